// Which tensor a value is: followed through stores, views, loops, branches and calls back to where it was made.
#pragma once

#include "compiler/dialect/program/Ops.h"
#include "mlir/IR/SymbolTable.h"
#include "llvm/ADT/SetVector.h"

namespace pto::passes {

class Lineage {
public:
  /// `functions` are the program's.
  explicit Lineage(const mlir::SymbolTable &functions) : functions(functions) {}

  using Roots = llvm::SmallSetVector<mlir::Value, 2>;
  /// The function's parameters and what its operations have made anew. Several where it depends on the path taken.
  Roots rootsOf(mlir::Value value);

private:
  /// Of one result of a function.
  struct Origin {
    llvm::SmallVector<unsigned, 2> parameters;
    bool mayBeNew = false;
  };
  llvm::ArrayRef<Origin> originsOf(prog::FuncOp function);
  /// The values that this one is one of; none if it starts here.
  llvm::SmallVector<mlir::Value, 2> sourcesOf(mlir::Value value, bool &startsHere);

  const mlir::SymbolTable &functions;
  llvm::DenseMap<mlir::Operation *, std::vector<Origin>> origins;
};

} // namespace pto::passes
