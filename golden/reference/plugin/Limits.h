// How large and how deeply nested a golden may be. LibTorch's parser and compiler recurse without a bound of their
// own, so a text beyond these limits could end the process instead of giving an error.
#pragma once

#include "golden/reference/plugin/TorchError.h"
#include <optional>

namespace pto::golden {

std::optional<ScriptError> findLimitBroken(std::string_view source);

} // namespace pto::golden
