// Statements that hand values on: yields, returns, break and continue.
// They end a round, a branch or the function; what stands behind a break is not reached.
#include "compiler/frontend/program/import/BodyImporter.h"

namespace pto::frontend {

bool BodyImporter::isYield(const Expr *expr) const {
  return isLanguageCall(expr, "pl.yield_");
}

bool BodyImporter::yieldStatement(const Stmt *stmt, const Expr *target, const Call *call, BlockEnd &end) {
  if (blockDepth <= 1)
    return fail(stmt->range, "pl.yield_ belongs in a loop or a branch, not directly in the function"), false;
  if (end.yield)
    return fail(stmt->range, "this block already has a pl.yield_: yield all values with one"), false;
  if (!call->keywords.empty())
    return fail(call->keywords.front().range, "pl.yield_ takes its values by position"), false;
  for (const Expr *argument : call->arguments) {
    mlir::Value value = expression(argument);
    if (!value)
      return false;
    end.values.push_back(value);
  }
  end.yield = stmt;
  if (!target)
    return true;
  const auto *tuple = llvm::dyn_cast<Tuple>(target);
  Exprs names = tuple ? tuple->elements : Exprs(target);
  for (const Expr *name : names) {
    const auto *variable = llvm::dyn_cast<Name>(name);
    if (!variable)
      return fail(name->range, "assign the result of pl.yield_ to variables"), false;
    end.names.push_back(variable->id.str());
  }
  if (end.names.size() != end.values.size())
    return fail(target->range, "there are " + std::to_string(end.names.size()) + " variables for " +
                                   std::to_string(end.values.size()) + " yielded values"),
           false;
  // A yield ends nothing: what follows in the block may use what was yielded.
  for (auto [name, value] : llvm::zip(end.names, end.values))
    environment.bind(name, value);
  return true;
}

bool BodyImporter::returnStatement(const Return *stmt) {
  returned.clear();
  if (!stmt->value)
    return true;
  const auto *tuple = llvm::dyn_cast<Tuple>(stmt->value);
  const auto *each = llvm::dyn_cast<Call>(stmt->value);
  if (!tuple && each && !isClosed(each))
    return call(each, returned);
  for (const Expr *element : tuple ? tuple->elements : Exprs(stmt->value)) {
    mlir::Value value = expression(element);
    if (!value)
      return false;
    returned.push_back(value);
  }
  // A variable that holds several values gives them all.
  if (returned.size() == 1 && function.op.getType().getNumResults() > 1)
    if (auto made = returned.front().getDefiningOp<prog::TupleOp>())
      returned.assign(made.getElements().begin(), made.getElements().end());
  return true;
}

bool BodyImporter::leave(const Stmt *stmt, BlockEnd &end) {
  llvm::StringRef word = stmt->kind == Stmt::Kind::Break ? "break" : "continue";
  if (loops.empty())
    return fail(stmt->range, "'" + word.str() + "' outside of a loop"), false;
  Loop &loop = loops.back();
  if (loop.kind != "range" && loop.kind != "while")
    return fail(stmt->range, "'" + word.str() + "' is for pl.range and while loops, this is a pl." + loop.kind.str()),
           false;
  llvm::SmallVector<mlir::Value, 4> values;
  for (auto [i, name] : llvm::enumerate(loop.names)) {
    mlir::Value value = environment.valueOf(name);
    if (!value && i + loop.freshCount >= loop.names.size()) {
      // Nothing takes the place of what the loop will not hand on after all.
      loop.missing.insert(name);
      value = builder.create<prog::UnsetOp>(locate(stmt->range), prog::ScalarType::get(&context, prog::DType::Index));
    }
    if (!value)
      return fail(stmt->range, "'" + name + "' has no value when the loop is left here"), false;
    values.push_back(value);
  }
  if (word == "break")
    builder.create<prog::BreakOp>(locate(stmt->range), values);
  else
    builder.create<prog::ContinueOp>(locate(stmt->range), values);
  end.leaves = true;
  return true;
}

} // namespace pto::frontend
