// How deeply brackets nest in a text, told before a recursive parser finds out.
#pragma once

#include "llvm/ADT/StringRef.h"
#include <optional>

namespace pto::compiler {

struct TooDeep {
  unsigned line, column; // of the bracket that goes too deep, from 1
};

std::optional<TooDeep> findTooDeep(llvm::StringRef text, unsigned limit);

} // namespace pto::compiler
