// A pattern of case names, taken apart once and matched against many.
#pragma once

#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>
#include <vector>

namespace pto::harness {

/// One side of a pattern: the folders, or the point. Matching takes time in the product of both lengths, whatever
/// the stars.
class GlobText {
public:
  explicit GlobText(llvm::StringRef pattern);
  bool matches(llvm::StringRef text) const;
  /// Whether some text that starts like this can match.
  bool matchesStart(llvm::StringRef start) const;
  bool isLiteral() const { return literal; }
  llvm::StringRef text() const { return pattern; }

private:
  enum class Kind { Literal, One, Run, DeepRun, Folders, InFolders };
  struct Token {
    Kind kind;
    char symbol = 0;
  };
  using States = std::vector<char>;
  void enter(States &states, size_t token) const;
  States walk(llvm::StringRef text) const;
  friend class Glob;

  std::string pattern;
  std::vector<Token> tokens;
  bool literal = true;
};

class Glob {
public:
  explicit Glob(llvm::StringRef pattern);

  /// A name with or without its point.
  bool matches(llvm::StringRef name) const;
  /// Whether some point of the case can match.
  bool matchesCase(llvm::StringRef caseName) const;
  /// Whether some case below the folder can match.
  bool reachesBelow(llvm::StringRef folder) const;
  /// What is left to match below a folder: two folders with the same rest have the same cases selected in them.
  std::string restBelow(llvm::StringRef folder) const;

private:
  GlobText folders;
  std::optional<GlobText> point;
};

} // namespace pto::harness
