// The text of one program file and positions in it.
// Positions are byte offsets; lines and columns are worked out only when somebody asks.
#pragma once

#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <string>
#include <vector>

namespace pto::program {

/// Half open, in bytes. A node that no text stands for (one that a rewrite made) has an empty range at 0.
struct SourceRange {
  uint32_t begin = 0;
  uint32_t end = 0;
};

/// Both count from 1; columns count bytes.
struct LineColumn {
  unsigned line = 1;
  unsigned column = 1;
};

class Source {
public:
  Source(std::string name, std::string text);

  llvm::StringRef name() const { return fileName; }
  llvm::StringRef text() const { return content; }
  llvm::StringRef text(SourceRange range) const { return text().slice(range.begin, range.end); }

  LineColumn locate(uint32_t offset) const;
  llvm::StringRef line(unsigned number) const;

  /// Texts are addressed with 32 bits; a longer one is refused by the parser.
  static constexpr size_t maximumSize = size_t(1) << 30;

private:
  std::string fileName;
  std::string content;
  std::vector<uint32_t> lineStarts;
};

} // namespace pto::program
