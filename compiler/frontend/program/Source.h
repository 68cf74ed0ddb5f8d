// The text of a program file, of the files that it imports, and positions in them.
// Positions are byte offsets; lines and columns are worked out only when somebody asks.
#pragma once

#include "base/Place.h"
#include <cstdint>
#include <deque>
#include <vector>

namespace pto::frontend {

/// Half open, in bytes. What no text stands for has an empty range at 0.
struct SourceRange {
  uint32_t begin = 0;
  uint32_t end = 0;
};

class Source {
public:
  /// Each file has positions of its own, from `begin` on, so that a position says which file it is in.
  struct File {
    std::string name, text;
    uint32_t begin;
    std::vector<uint32_t> lineStarts;
  };

  Source(std::string name, std::string text);

  /// A file that is imported; null if all are too long together.
  const File *add(std::string name, std::string text);

  /// The first file, which imports the others.
  const File &file() const { return files.front(); }
  llvm::StringRef name() const { return file().name; }
  llvm::StringRef text() const { return file().text; }
  llvm::StringRef line(unsigned number) const;

  /// Of whichever file the position is in.
  const File &fileAt(uint32_t offset) const;
  llvm::StringRef name(uint32_t offset) const { return fileAt(offset).name; }
  llvm::StringRef text(SourceRange range) const;
  llvm::StringRef lineAt(uint32_t offset) const;
  Place place(uint32_t offset) const;
  /// `file:line:column`.
  std::string where(SourceRange range) const { return toString(place(range.begin)); }
  /// No position is behind this one.
  uint32_t end() const;

  /// Texts are addressed with 32 bits; a longer one is refused by the parser.
  static constexpr size_t maximumSize = size_t(1) << 30;

private:
  void append(std::string name, std::string text, uint32_t begin);

  std::deque<File> files;
};

} // namespace pto::frontend
