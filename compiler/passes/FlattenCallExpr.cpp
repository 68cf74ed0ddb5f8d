// Takes operations out of the conditions of while loops.
// Everywhere else each operation stands alone from the start. The condition is then computed before the loop and at the
// end of each round, and carried.
#include "compiler/dialect/program/Loops.h"
#include "compiler/dialect/program/Names.h"
#include "compiler/passes/FunctionPass.h"
#include "compiler/passes/Passes.h"
#include "mlir/IR/IRMapping.h"

namespace pto::passes {

namespace {

using mlir::Operation;
using mlir::Value;

bool isFlat(prog::WhileOp loop) {
  return llvm::all_of(loop.getCondition().getOps(),
                      [](Operation &op) { return prog::isExpression(&op) || mlir::isa<prog::ConditionOp>(op); });
}

/// The condition on these values.
Value conditionOn(prog::WhileOp loop, mlir::ValueRange values, mlir::OpBuilder &builder) {
  mlir::IRMapping mapping;
  mapping.map(loop.getCondition().getArguments(), values);
  for (Operation &op : loop.getCondition().front().without_terminator())
    builder.clone(op, mapping);
  auto condition = mlir::cast<prog::ConditionOp>(loop.getCondition().front().back());
  return mapping.lookupOrDefault(condition.getCondition());
}

/// Yields, breaks and continues that hand on this loop's values.
llvm::SmallVector<Operation *, 4> handOversOf(prog::WhileOp loop) {
  llvm::SmallVector<Operation *, 4> found;
  Operation *last = &loop.getBody().front().back();
  if (last->getNumOperands() || loop.getInits().empty())
    found.push_back(last);
  found.append(prog::leavesOf(loop));
  return found;
}

void flatten(prog::WhileOp loop) {
  mlir::OpBuilder builder(loop);
  llvm::SmallVector<Value, 4> inits(loop.getInits());
  inits.push_back(conditionOn(loop, inits, builder));
  for (Operation *handOver : handOversOf(loop)) {
    builder.setInsertionPoint(handOver);
    // After a break nobody asks, but the value has to be there.
    llvm::SmallVector<Value, 4> values(handOver->getOperands());
    values.push_back(conditionOn(loop, values, builder));
    handOver->setOperands(values);
  }

  mlir::Type type = inits.back().getType();
  llvm::SmallVector<mlir::Type, 4> types(loop.getResultTypes());
  types.push_back(type);
  llvm::SmallVector<llvm::StringRef, 4> names;
  for (Value result : loop.getResults())
    names.push_back(prog::nameOf(result));
  names.push_back("goes_on");
  builder.setInsertionPoint(loop);
  auto flat = builder.create<prog::WhileOp>(prog::named(loop.getLoc(), names), types, inits);
  flat.getBody().takeBody(loop.getBody());
  mlir::Location named = prog::named(loop.getLoc(), "goes_on");
  flat.getBody().addArgument(type, named);
  mlir::Block &condition = flat.getCondition().emplaceBlock();
  for (mlir::BlockArgument argument : flat.getBody().getArguments())
    condition.addArgument(argument.getType(), argument.getLoc());
  builder.setInsertionPointToStart(&condition);
  builder.create<prog::ConditionOp>(loop.getLoc(), condition.getArguments().back());
  loop.replaceAllUsesWith(flat.getResults().drop_back());
  loop.erase();
}

class FlattenCallExpr : public FunctionPass<FlattenCallExpr> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(FlattenCallExpr)
  static constexpr llvm::StringLiteral name = "FlattenCallExpr";

  mlir::LogicalResult runOn(prog::FuncOp function) {
    llvm::SmallVector<prog::WhileOp, 2> nested;
    function.walk([&](prog::WhileOp loop) {
      if (!isFlat(loop))
        nested.push_back(loop);
    });
    for (prog::WhileOp loop : nested)
      flatten(loop);
    return mlir::success();
  }
};

} // namespace

std::unique_ptr<mlir::Pass> createFlattenCallExpr() {
  return std::make_unique<FlattenCallExpr>();
}

} // namespace pto::passes
