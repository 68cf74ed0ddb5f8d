// What scopes and loops hand out and nobody uses.
// Private to the importer.
#pragma once

#include "compiler/dialect/program/Ops.h"

namespace pto::program {

/// What a scope hands out, and what a loop hands out that it sets itself, is no part of the text: exactly what is used
/// is handed out. Liveness asks who mentions a variable, which is more than who uses its value.
void dropUnusedResults(prog::FuncOp function);

} // namespace pto::program
