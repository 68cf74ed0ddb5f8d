// Two kinds of things are compared, each in its own terms.
// Private to equality.
#pragma once

#include "compiler/dialect/program/Ops.h"
#include "compiler/equality/Equality.h"

namespace pto::equality {

/// The operation itself or what a module holds; null if it is no program.
prog::ProgramOp programOf(mlir::Operation *op);

std::optional<Difference> compareKernels(mlir::Operation *left, mlir::Operation *right);
std::optional<Difference> comparePrograms(prog::ProgramOp left, prog::ProgramOp right, ProgramEqualityOptions options);

llvm::hash_code hashOfKernel(mlir::Operation *op);
llvm::hash_code hashOfProgram(prog::ProgramOp program);

} // namespace pto::equality
