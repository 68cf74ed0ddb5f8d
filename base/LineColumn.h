// A place in a text. Without LLVM: the plugin that holds LibTorch tells places too.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace pto {

/// From 1; columns count bytes, as MLIR's do. Line 0 is no place.
struct LineColumn {
  unsigned line = 0, column = 0;
};

inline LineColumn lineColumnAt(std::string_view text, size_t offset) {
  std::string_view before = text.substr(0, offset);
  size_t lineStart = before.rfind('\n') + 1; // npos + 1 is 0
  return {static_cast<unsigned>(std::count(before.begin(), before.end(), '\n')) + 1,
          static_cast<unsigned>(before.size() - lineStart) + 1};
}

} // namespace pto
