// Which tensor a value is.
// A loop's value is what it starts with or what a round hands on; a call's result, what the callee makes of its
// parameters.
#include "compiler/passes/Lineage.h"
#include "compiler/dialect/program/Loops.h"
#include "compiler/passes/Effects.h"

namespace pto::passes {

namespace {

using mlir::Operation;
using mlir::Value;
using Values = llvm::SmallVector<Value, 2>;

void handedOn(mlir::Block &block, unsigned index, Values &values) {
  Operation &last = block.back();
  if (index < last.getNumOperands())
    values.push_back(last.getOperand(index));
}

/// What a loop's carried value may be, the breaks and continues included.
Values carriedBy(Operation *loop, mlir::ValueRange inits, mlir::Region &body, unsigned index) {
  Values values = {inits[index]};
  handedOn(body.front(), index, values);
  for (Operation *leave : prog::leavesOf(loop))
    values.push_back(leave->getOperand(index));
  return values;
}

} // namespace

Values Lineage::sourcesOf(Value value, bool &startsHere) {
  startsHere = false;
  auto argument = mlir::dyn_cast<mlir::BlockArgument>(value);
  Operation *op = argument ? argument.getOwner()->getParentOp() : value.getDefiningOp();
  unsigned index = argument ? argument.getArgNumber() : mlir::cast<mlir::OpResult>(value).getResultNumber();
  if (auto loop = mlir::dyn_cast<prog::ForOp>(op); loop && (!argument || index > 0))
    return carriedBy(loop, loop.getInits(), loop.getBody(), argument ? index - 1 : index);
  if (auto loop = mlir::dyn_cast<prog::WhileOp>(op))
    return carriedBy(loop, loop.getInits(), loop.getBody(), index);
  Values values;
  if (mlir::isa<prog::IfOp, prog::ScopeOp>(op)) {
    for (mlir::Region &region : op->getRegions())
      handedOn(region.front(), index, values);
  } else if (mlir::isa<prog::TupleOp, prog::ElementOp>(op)) {
    values.append(op->operand_begin(), op->operand_end());
  } else if (auto builtin = mlir::dyn_cast<prog::BuiltinOp>(op)) {
    if (std::optional<Sharing> sharing = sharingOf(builtin))
      values.push_back(sharing->operand);
  } else if (auto call = mlir::dyn_cast<prog::CallOp>(op)) {
    auto callee = functions.lookup<prog::FuncOp>(call.getCallee());
    llvm::ArrayRef<Origin> results = callee ? originsOf(callee) : llvm::ArrayRef<Origin>();
    startsHere = index >= results.size() || results[index].mayBeNew;
    if (index < results.size())
      for (unsigned parameter : results[index].parameters)
        values.push_back(call.getArguments()[parameter]);
  }
  // No round reads what a loop carries before anything has been set.
  startsHere |= values.empty() && !mlir::isa<prog::UnsetOp>(op);
  return values;
}

llvm::ArrayRef<Lineage::Origin> Lineage::originsOf(prog::FuncOp function) {
  // Of a function that calls itself, which no program has, nothing is known.
  auto [known, isNew] = origins.try_emplace(function);
  if (!isNew)
    return known->second;
  std::vector<Origin> found;
  for (Value result : function.getBlock().getTerminator()->getOperands()) {
    Origin &origin = found.emplace_back();
    for (Value root : rootsOf(result)) {
      auto parameter = mlir::dyn_cast<mlir::BlockArgument>(root);
      if (parameter && parameter.getOwner() == &function.getBlock())
        origin.parameters.push_back(parameter.getArgNumber());
      else
        origin.mayBeNew = true;
    }
  }
  return origins[function] = std::move(found);
}

Lineage::Roots Lineage::rootsOf(Value value) {
  Roots roots;
  llvm::SmallSetVector<Value, 8> met;
  met.insert(value);
  for (size_t i = 0; i < met.size(); ++i) {
    bool startsHere = false;
    Values sources = sourcesOf(met[i], startsHere);
    if (startsHere)
      roots.insert(met[i]);
    met.insert(sources.begin(), sources.end());
  }
  return roots;
}

} // namespace pto::passes
