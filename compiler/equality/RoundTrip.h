// Printing a verified module and reading it back must give the same module, and printing that the same text.
#pragma once

#include "compiler/equality/Equality.h"
#include "mlir/IR/BuiltinOps.h"

namespace pto::equality {

/// Left is the module, right what came back; allocations are compared too. A program is printed as one, all else as
/// MLIR; `text` is what the module prints as, where that is known. Text that cannot be read back is a difference too,
/// with the parser's message and the line it points to.
std::optional<Difference> checkRoundTrip(mlir::ModuleOp module, std::string text = {});

} // namespace pto::equality
