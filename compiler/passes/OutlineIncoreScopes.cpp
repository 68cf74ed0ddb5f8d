// Makes functions of in-core scopes, wherever no core runs yet; what held them in no other role orchestrates.
// What a scope uses from outside becomes a parameter, in the order of use; what is used after it is returned.
#include "compiler/dialect/program/Names.h"
#include "compiler/dialect/program/OpTable.h"
#include "compiler/passes/Memref.h"
#include "compiler/passes/ParameterUses.h"
#include "compiler/passes/Passes.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/SetVector.h"

namespace pto::passes {

using prog::operator""_op;

namespace {

using mlir::Operation;
using mlir::Value;

class Outliner {
public:
  Outliner(prog::FuncOp parent, mlir::SymbolTable &symbols) : parent(parent), symbols(symbols) {}

  mlir::LogicalResult outline(prog::ScopeOp scope) {
    mlir::Block &body = scope.getBody().front();
    mlir::WalkResult leaves = scope.walk([&](Operation *op) {
      if (!mlir::isa<prog::BreakOp, prog::ContinueOp>(op))
        return mlir::WalkResult::advance();
      Operation *around = op->getParentOp();
      while (around != scope && !mlir::isa<prog::ForOp, prog::WhileOp>(around))
        around = around->getParentOp();
      if (around != scope)
        return mlir::WalkResult::advance();
      op->emitError("a kernel cannot leave its caller's loop: put the loop into the scope, or this out of it");
      return mlir::WalkResult::interrupt();
    });
    if (leaves.wasInterrupted())
      return mlir::failure();

    llvm::SetVector<Value> captured, constants;
    scope.getBody().walk<mlir::WalkOrder::PreOrder>([&](Operation *op) {
      for (Value operand : op->getOperands()) {
        if (scope.getBody().isAncestor(operand.getParentRegion()))
          continue;
        bool isConstant = operand.getDefiningOp<prog::ConstOp>() || operand.getDefiningOp<prog::SymbolOp>();
        (isConstant ? constants : captured).insert(operand);
      }
    });
    mlir::OpBuilder builder(parent);
    auto types = mlir::FunctionType::get(parent.getContext(), mlir::ValueRange(captured.getArrayRef()).getTypes(),
                                         mlir::TypeRange(scope.getResultTypes()).drop_back(scope.getTracked()));
    llvm::SmallVector<llvm::StringRef, 4> unknown(captured.size(), "in");
    auto kernel = builder.create<prog::FuncOp>(scope.getLoc(), nameFor(scope), types, "InCore",
                                               builder.getStrArrayAttr(unknown), mlir::DictionaryAttr());
    symbols.insert(kernel);
    mlir::Block &entry = kernel.getBody().emplaceBlock();
    for (Value value : captured)
      value.replaceUsesWithIf(entry.addArgument(value.getType(), prog::named(value.getLoc(), prog::nameOf(value))),
                              [&](mlir::OpOperand &use) { return scope->isProperAncestor(use.getOwner()); });
    builder.setInsertionPointToStart(&entry);
    for (Value value : constants) {
      Value copy = builder.clone(*value.getDefiningOp())->getResult(0);
      value.replaceUsesWithIf(copy, [&](mlir::OpOperand &use) { return scope->isProperAncestor(use.getOwner()); });
    }
    entry.getOperations().splice(entry.end(), body.getOperations());
    Operation *yield = &entry.back();
    builder.setInsertionPoint(yield);
    builder.create<prog::ReturnOp>(yield->getLoc(), yield->getOperands());
    yield->erase();
    setDirections(kernel, captured.getArrayRef());

    builder.setInsertionPoint(scope);
    // What the scope says of the task, the call says of it.
    mlir::DictionaryAttr keywords;
    if (mlir::Attribute early = scope.getKeywords().get("allow_early_resolve"))
      keywords = builder.getDictionaryAttr(builder.getNamedAttr("allow_early_resolve", early));
    auto call = builder.create<prog::CallOp>(scope.getLoc(), scope.getResultTypes(),
                                             mlir::FlatSymbolRefAttr::get(kernel.getSymNameAttr()),
                                             captured.getArrayRef(), scope.getExtras(), mlir::ArrayAttr(),
                                             scope.getExtraNamesAttr(), keywords, scope.getTrackedAttr());
    scope->replaceAllUsesWith(call);
    scope->erase();
    return mlir::success();
  }

private:
  std::string nameFor(prog::ScopeOp scope) {
    auto hint = scope.getKeywords().getAs<mlir::StringAttr>("name_hint");
    std::string stem = hint && !hint.getValue().empty() ? hint.str() : parent.getSymName().str() + "_incore";
    if (hint && !symbols.lookup(stem))
      return stem;
    for (;; ++count)
      if (std::string name = stem + "_" + std::to_string(count); !symbols.lookup(name))
        return name;
  }

  /// Written without being read is out only where nobody else has put anything there.
  void setDirections(prog::FuncOp kernel, llvm::ArrayRef<Value> captured) {
    llvm::DenseMap<Value, Use> uses = usesOf(kernel);
    llvm::SmallVector<llvm::StringRef, 4> directions;
    for (auto [value, parameter] : llvm::zip(captured, kernel.getParameters())) {
      Use use = uses.lookup(parameter);
      directions.push_back(!use.isWritten ? "in" : !use.isRead && isEmpty(value) ? "out" : "inout");
    }
    kernel.setDirectionsAttr(mlir::OpBuilder(kernel).getStrArrayAttr(directions));
  }

  bool isEmpty(Value value) {
    if (auto parameter = mlir::dyn_cast<mlir::BlockArgument>(value))
      return parameter.getOwner() == &parent.getBlock() && parent.getDirection(parameter.getArgNumber()) == "out";
    auto op = value.getDefiningOp<prog::BuiltinOp>();
    return op && op.is("tensor.create"_op);
  }

  prog::FuncOp parent;
  mlir::SymbolTable &symbols;
  unsigned count = 0;
};

class OutlineIncoreScopes : public mlir::PassWrapper<OutlineIncoreScopes, mlir::OperationPass<mlir::ModuleOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(OutlineIncoreScopes)

  llvm::StringRef getArgument() const final { return "OutlineIncoreScopes"; }

  void runOnOperation() final {
    for (auto program : getOperation().getOps<prog::ProgramOp>()) {
      mlir::SymbolTable symbols(program);
      for (auto function : llvm::make_early_inc_range(program.getBody().getOps<prog::FuncOp>()))
        if (!runsOnCore(function) && failed(runOn(function, symbols)))
          return signalPassFailure();
    }
  }

private:
  static mlir::LogicalResult runOn(prog::FuncOp function, mlir::SymbolTable &symbols) {
    llvm::SmallVector<prog::ScopeOp, 4> scopes;
    function.walk<mlir::WalkOrder::PreOrder>([&](prog::ScopeOp scope) {
      if (!isInCore(scope))
        return mlir::WalkResult::advance();
      scopes.push_back(scope);
      return mlir::WalkResult::skip();
    });
    Outliner outliner(function, symbols);
    for (prog::ScopeOp scope : scopes)
      if (failed(outliner.outline(scope)))
        return mlir::failure();
    if (!scopes.empty() && function.getKind() == "Opaque")
      function.setKind("Orchestration");
    return mlir::success();
  }
};

} // namespace

std::unique_ptr<mlir::Pass> createOutlineIncoreScopes() {
  return std::make_unique<OutlineIncoreScopes>();
}

} // namespace pto::passes
