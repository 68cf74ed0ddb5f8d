// Programs are compared in their own terms, all else as MLIR has it.
#include "compiler/equality/Equality.h"
#include "compiler/equality/Kinds.h"
#include "compiler/frontend/program/Import.h"

namespace pto::equality {

/// The line that is marked, or else the first one that differs.
static std::string lineOf(llvm::StringRef text, llvm::StringRef other) {
  while (!text.empty()) {
    auto [line, rest] = text.split('\n');
    auto [otherLine, otherRest] = other.split('\n');
    if (line.starts_with("> ") || (line != otherLine && !text.contains("\n> ")))
      return (line.starts_with("> ") ? line.drop_front(2) : line).trim().str();
    text = rest;
    other = otherRest;
  }
  return {};
}

std::string Difference::message() const {
  std::string before = lineOf(left, right), after = lineOf(right, left);
  return summary() + (before.empty() ? "" : "\nbefore: " + before) + (after.empty() ? "" : "\nafter: " + after);
}

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
