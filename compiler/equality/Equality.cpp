// Programs are compared in their own terms, all else as MLIR has it.
#include "compiler/equality/Equality.h"
#include "compiler/equality/Kinds.h"
#include "compiler/frontend/program/Import.h"

namespace pto::equality {

prog::ProgramOp programOf(mlir::Operation *op) {
  auto module = mlir::dyn_cast<mlir::ModuleOp>(op);
  return module ? frontend::programIn(module) : mlir::dyn_cast<prog::ProgramOp>(op);
}

std::optional<Difference> compare(mlir::Operation *left, mlir::Operation *right, ProgramEqualityOptions options) {
  prog::ProgramOp leftProgram = programOf(left), rightProgram = programOf(right);
  return leftProgram && rightProgram ? comparePrograms(leftProgram, rightProgram, options)
                                     : compareKernels(left, right);
}

llvm::hash_code structuralHash(mlir::Operation *op) {
  prog::ProgramOp program = programOf(op);
  return program ? hashOfProgram(program) : hashOfKernel(op);
}

} // namespace pto::equality
