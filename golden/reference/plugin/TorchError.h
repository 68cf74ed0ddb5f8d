// LibTorch's errors, which are text with an excerpt of the source, as a message and a place.
#pragma once

#include "base/LineColumn.h"
#include <string>
#include <string_view>

namespace pto::golden {

struct ScriptError {
  std::string message;
  LineColumn at;
};

/// The name under which LibTorch is given the text, and by which its errors cite it.
inline constexpr std::string_view sourceName = "golden";

ScriptError readTorchError(std::string_view report, std::string_view source);

} // namespace pto::golden
