// Changes of a text by lines: what a patch is made of. Knows no MLIR.
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace pto::sync {

/// Some lines, which may be none, become others. Lines have no ends.
struct LineEdit {
  unsigned line;  ///< the first one, from 1
  unsigned count; ///< how many go; 0: the others come before it
  bool keepsSome; ///< what goes partly stays, in other lines
  std::vector<std::string> lines;
};

/// Some bytes of a text become others.
struct ByteEdit {
  size_t offset, count;
  std::string text;
};

/// The same as edits of lines. The edits do not overlap; those at one place are in their order.
std::vector<LineEdit> lineEdits(llvm::StringRef text, std::vector<ByteEdit> edits);

/// Without what stays the same in this text.
std::vector<LineEdit> withoutNoise(llvm::StringRef text, std::vector<LineEdit> edits);

/// The edits are in the order of their lines.
std::string applyEdits(llvm::StringRef text, llvm::ArrayRef<LineEdit> edits);

/// What `patch -p0` reads.
std::string unifiedDiff(llvm::StringRef file, llvm::StringRef text, llvm::ArrayRef<LineEdit> edits);

} // namespace pto::sync
