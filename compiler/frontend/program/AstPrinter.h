// Syntax tree to program text.
// What it prints parses to the same tree; comments and the layout of the lines are gone.
#pragma once

#include "compiler/frontend/program/Ast.h"
#include <string>

namespace pto::program {

std::string print(const Expr *expression);
/// As it stands alone on a line: a tuple without its parentheses.
std::string printBare(const Expr *expression);
std::string print(const Stmt *statement);
std::string print(Block statements);

/// As Python writes it: `1.0`, `1e-05`, `0.1`. A value that Python has no literal for is `float("inf")` and so on.
std::string printFloat(double value);

} // namespace pto::program
