// Whole syntax trees to program text, for the laws of the parser.
// What it prints parses to the same tree; comments and the layout of the lines are gone.
#pragma once

#include "compiler/frontend/program/AstPrinter.h"

namespace pto::frontend {

std::string print(const Stmt *statement);
std::string print(Block statements);

} // namespace pto::frontend
