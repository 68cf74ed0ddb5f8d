// What the kinds of mutations are made with: the kernel's operations, and a copy of it for each change.
#pragma once

#include "compiler/mutate/Mutant.h"
#include "compiler/sync/SyncOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"
#include <set>

namespace pto::mutate {

// A copy of the kernel that a change is made in.
class Copy {
public:
  explicit Copy(mlir::ModuleOp original) : module(mlir::cast<mlir::ModuleOp>(original->clone(mapping))) {}

  // The operation of the copy that stands for one of the original.
  mlir::Operation *of(mlir::Operation *original) const { return mapping.lookup(original); }

private:
  friend class Mutator;
  mlir::IRMapping mapping;
  mlir::OwningOpRef<mlir::ModuleOp> module;
};

// "pto.wait_flag"
inline std::string nameOf(mlir::Operation *op) {
  return op->getName().getStringRef().str();
}

class Mutator {
public:
  Mutator(mlir::ModuleOp module, mlir::func::FuncOp entry);

  // The operations that the entry executes, in the order of the text.
  llvm::ArrayRef<mlir::Operation *> operations() const { return ops; }

  // Makes one change, told by what it does ("drop pto.wait_flag") at `place`.
  void change(mlir::Operation *place, const llvm::Twine &what, llvm::function_ref<void(const Copy &copy)> change);

private:
  friend std::vector<Mutant> mutantsOf(mlir::ModuleOp, mlir::func::FuncOp, llvm::ArrayRef<const MutationKind *>);

  mlir::ModuleOp module;
  sync::Operations ops;
  std::set<std::string> texts; // that the kernel and its mutants have
  std::set<std::pair<mlir::Operation *, std::string>> told;
  const MutationKind *kind = nullptr;
  std::vector<Mutant> mutants;
};

// The kinds that change what orders the pipes; each adds its mutants.
void dropSync(Mutator &mutator);
void dropSyncPair(Mutator &mutator);
void retargetSync(Mutator &mutator);
void moveSync(Mutator &mutator);
void swapSync(Mutator &mutator);

// The kinds that change what a kernel does.
void shiftAddress(Mutator &mutator);
void changeBurst(Mutator &mutator);
void flipMask(Mutator &mutator);
void changeOperation(Mutator &mutator);
void changeConstant(Mutator &mutator);

} // namespace pto::mutate
