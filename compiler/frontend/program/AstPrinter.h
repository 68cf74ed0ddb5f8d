// Expressions of the syntax tree to program text.
// What it prints parses to the same tree.
#pragma once

#include "compiler/frontend/program/Ast.h"
#include <string>

namespace pto::frontend {

std::string print(const Expr *expression);

/// As Python writes it: `1.0`, `1e-05`, `0.1`. A value that Python has no literal for is `float("inf")` and so on.
std::string printFloat(double value);

} // namespace pto::frontend
