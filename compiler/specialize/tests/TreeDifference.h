// The first place where two programs' trees are not the same.
// Up to places in the text, names of variables and the name of the program; symbols are compared by their names.
#pragma once

#include "compiler/frontend/program/Parser.h"
#include <optional>
#include <string>

namespace pto::specialize {

struct TreeDifference {
  std::string path, left, right;
};

/// Of two modules with an import, symbols and one class each, as the specializer emits them.
std::optional<TreeDifference> findDifference(program::Block left, program::Block right);

} // namespace pto::specialize
