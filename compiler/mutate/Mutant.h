// Small mistakes made in a kernel on purpose. A case that passes with one of them does not test what it changes.
#pragma once

#include "base/Place.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include <string>
#include <vector>

namespace pto::mutate {

class Mutator;

struct MutationKind {
  llvm::StringLiteral name, summary;
  bool isSync; // it changes what orders the pipes, not what they do
  void (*mutate)(Mutator &mutator);
};

// All there are.
llvm::ArrayRef<MutationKind> mutationKinds();

struct Mutant {
  const MutationKind *kind;
  std::string change;    // "drop pto.wait_flag"
  Place place;           // of the operation that changed
  std::string text;      // the kernel, with the locations of the original; empty where the verifier refuses it
  std::string plainText; // the same as a person would write it
  std::string refusal;   // what the verifier says
};

// Prints a kernel as the plain text of its mutants is printed.
std::string printPlain(mlir::ModuleOp module);

// Every mutant of these kinds of a verified kernel: of its entry and of the functions that this calls. No two have the
// same text, and none has that of the kernel.
std::vector<Mutant> mutantsOf(mlir::ModuleOp module, mlir::func::FuncOp entry,
                              llvm::ArrayRef<const MutationKind *> kinds);

} // namespace pto::mutate
