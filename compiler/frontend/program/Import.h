// Programs to the prog dialect.
// SSA comes out: a variable that is assigned again is a new value, loops carry what they change, branches hand on.
#pragma once

#include "compiler/dialect/program/Ops.h"
#include "compiler/frontend/program/Diagnostics.h"
#include "compiler/frontend/program/Generic.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace pto::frontend {

/// A `@pl.program`, or a `@pl.function` that stands alone (a program of that function and those it calls).
/// The prog.program is the module's only operation. Null after an error; warnings do not stop it.
mlir::OwningOpRef<mlir::ModuleOp> importProgram(const Definition &definition, mlir::MLIRContext &context,
                                                std::vector<Diagnostic> &diagnostics);

/// A generic function for the given arguments, and the functions that it calls for what they are called with.
mlir::OwningOpRef<mlir::ModuleOp> importGeneric(const Specialization &specialization, mlir::MLIRContext &context,
                                                Diagnostics &diagnostics);

prog::ProgramOp programIn(mlir::ModuleOp module);

} // namespace pto::frontend
