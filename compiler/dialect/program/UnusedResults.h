// What scopes and loops hand out and nobody uses.
// For who makes a program: the importer, and passes after which less is used.
#pragma once

#include "compiler/dialect/program/Ops.h"

namespace pto::prog {

/// What a scope hands out, and what a loop hands out that it sets itself, is no part of the text: exactly what is used
/// is handed out. Liveness asks who mentions a variable, which is more than who uses its value.
void dropUnusedResults(FuncOp function);

} // namespace pto::prog
