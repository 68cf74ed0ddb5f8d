// What Group and Spmd functions do with their parameters.
// Directions only ever rise, so that going round until none does ends, whatever calls whatever.
#include "compiler/passes/WrapperDirections.h"
#include "compiler/passes/Lineage.h"

namespace pto::passes {

namespace {

unsigned rankOf(llvm::StringRef direction) {
  return direction == "inout" ? 2 : direction == "out" ? 1 : 0;
}

} // namespace

llvm::MapVector<mlir::Operation *, llvm::SmallVector<llvm::StringRef, 4>> wrapperDirections(prog::ProgramOp program) {
  llvm::MapVector<mlir::Operation *, llvm::SmallVector<llvm::StringRef, 4>> directions;
  for (auto function : program.getBody().getOps<prog::FuncOp>())
    if (function.getKind() == "Group" || function.getKind() == "Spmd") {
      auto declared = function.getDirections().getAsValueRange<mlir::StringAttr>();
      directions[function] = llvm::SmallVector<llvm::StringRef, 4>(declared.begin(), declared.end());
    }

  mlir::SymbolTable functions(program);
  Lineage lineage(functions);
  bool changed = true;
  while (changed) {
    changed = false;
    for (auto &[wrapper, own] : directions)
      wrapper->walk([&, &own = own, wrapper = wrapper](prog::CallOp call) {
        auto callee = functions.lookup<prog::FuncOp>(call.getCallee());
        auto *inner = callee ? directions.find(callee) : directions.end();
        for (auto [i, argument] : llvm::enumerate(call.getArguments())) {
          auto index = static_cast<unsigned>(i);
          llvm::StringRef what = inner != directions.end() ? inner->second[i]
                                 : callee                  ? callee.getDirection(index)
                                                           : llvm::StringRef("in");
          for (mlir::Value root : lineage.rootsOf(argument)) {
            auto parameter = mlir::dyn_cast<mlir::BlockArgument>(root);
            if (!parameter || parameter.getOwner()->getParentOp() != wrapper)
              continue;
            llvm::StringRef &mine = own[parameter.getArgNumber()];
            if (rankOf(what) > rankOf(mine)) {
              mine = what;
              changed = true;
            }
          }
        }
      });
  }
  return directions;
}

} // namespace pto::passes
