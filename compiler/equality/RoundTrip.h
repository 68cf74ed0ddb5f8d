// Printing a verified module and reading it back must give the same module, and printing that the same text.
#pragma once

#include "compiler/equality/StructuralEquality.h"
#include "mlir/IR/BuiltinOps.h"

namespace pto::compiler {

// Left is the module, right what came back. Text that cannot be read back is a difference too, with the
// parser's message as its reason and the line it points to on the right.
std::optional<Difference> checkRoundTrip(mlir::ModuleOp module);

} // namespace pto::compiler
