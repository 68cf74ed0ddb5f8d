// Says for each call what it does with its arguments.
// An Out parameter is written into a tensor that exists. Where an earlier round or task may have written into the same
// tensor, the call has to come after it: InOut. What a call says already, it keeps.
#include "compiler/dialect/program/CallDirections.h"
#include "compiler/passes/Lineage.h"
#include "compiler/passes/Memref.h"
#include "compiler/passes/Passes.h"
#include "compiler/passes/WrapperDirections.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"

namespace pto::passes {

namespace {

using mlir::Value;
using Written = llvm::DenseSet<Value>;

class Caller {
public:
  Caller(prog::FuncOp function, const mlir::SymbolTable &functions, Lineage &lineage)
      : function(function), functions(functions), lineage(lineage) {}

  void run() {
    Written written;
    visit(function.getBlock(), written, false);
  }

private:
  /// `written` is what has been written into on the way here.
  void visit(mlir::Block &block, Written &written, bool isRepeated) {
    for (mlir::Operation &op : block) {
      if (auto call = mlir::dyn_cast<prog::CallOp>(op)) {
        derive(call, written, isRepeated);
        continue;
      }
      auto counted = mlir::dyn_cast<prog::ForOp>(op);
      bool repeats = mlir::isa<prog::WhileOp>(op) || (counted && counted.getKind() != "parallel");
      if (op.getNumRegions() == 0)
        continue;
      // One branch does not see what the other writes; what comes after sees both.
      Written before = written;
      for (mlir::Region &region : op.getRegions()) {
        Written inside = before;
        visit(region.front(), inside, isRepeated || repeats);
        written.insert(inside.begin(), inside.end());
      }
    }
  }

  void derive(prog::CallOp call, Written &written, bool isRepeated) {
    auto callee = functions.lookup<prog::FuncOp>(call.getCallee());
    llvm::SmallVector<llvm::StringRef, 8> directions;
    llvm::SmallVector<Value, 4> writes;
    for (auto [i, argument] : llvm::enumerate(call.getArguments())) {
      llvm::StringRef parameter = callee.getDirection(static_cast<unsigned>(i));
      if (!prog::isTracked(argument.getType())) {
        directions.push_back("Scalar");
      } else if (parameter == "in") {
        directions.push_back("Input");
      } else {
        Lineage::Roots roots = lineage.rootsOf(argument);
        bool mayWait = isRepeated || roots.size() != 1 || written.contains(roots.front()) || isInOut(roots.front());
        directions.push_back(parameter == "inout" || mayWait ? "InOut" : "OutputExisting");
        writes.append(roots.begin(), roots.end());
      }
    }
    written.insert(writes.begin(), writes.end());
    if (!call.getDirections() && !directions.empty())
      call.setDirectionsAttr(mlir::OpBuilder(call).getStrArrayAttr(directions));
  }

  bool isInOut(Value root) {
    auto parameter = mlir::dyn_cast<mlir::BlockArgument>(root);
    return parameter && parameter.getOwner() == &function.getBlock() &&
           function.getDirection(parameter.getArgNumber()) == "inout";
  }

  prog::FuncOp function;
  const mlir::SymbolTable &functions;
  Lineage &lineage;
};

class DeriveCallDirections : public mlir::PassWrapper<DeriveCallDirections, mlir::OperationPass<mlir::ModuleOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(DeriveCallDirections)

  llvm::StringRef getArgument() const final { return "DeriveCallDirections"; }

  void runOnOperation() final {
    for (auto program : getOperation().getOps<prog::ProgramOp>()) {
      for (auto &[wrapper, directions] : wrapperDirections(program))
        mlir::cast<prog::FuncOp>(wrapper).setDirectionsAttr(mlir::OpBuilder(wrapper).getStrArrayAttr(directions));
      mlir::SymbolTable functions(program);
      Lineage lineage(functions);
      for (auto function : program.getBody().getOps<prog::FuncOp>())
        if (!runsOnCore(function))
          Caller(function, functions, lineage).run();
    }
  }
};

} // namespace

std::unique_ptr<mlir::Pass> createDeriveCallDirections() {
  return std::make_unique<DeriveCallDirections>();
}

} // namespace pto::passes
