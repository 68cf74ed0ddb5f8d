// LibTorch's errors, which are text with an excerpt of the source, as a message and a place.
#pragma once

#include <string>
#include <string_view>

namespace pto::golden {

/// 1-based; line 0 is no place.
struct ScriptPlace {
  unsigned line = 0, column = 0;
};

struct ScriptError {
  std::string message;
  ScriptPlace place;
};

/// The name under which LibTorch is given the text, and by which its errors cite it.
inline constexpr std::string_view sourceName = "golden";

ScriptError readTorchError(std::string_view report, std::string_view source);

ScriptPlace placeOfOffset(std::string_view source, size_t offset);

} // namespace pto::golden
