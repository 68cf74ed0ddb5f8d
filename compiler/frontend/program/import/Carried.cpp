// What a loop takes round.
// What a body changes and somebody needs, after the loop or in the next round; Liveness.h says what is needed.
#include "compiler/frontend/program/import/Carried.h"
#include "compiler/dialect/program/Names.h"
#include "compiler/frontend/program/Walk.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/ScopeExit.h"

namespace pto::frontend {

namespace {

/// What the first assignment of the variable in the block, or in one inside it, assigns.
const Expr *firstValueOf(Block body, llvm::StringRef name) {
  for (const Stmt *stmt : body) {
    const Expr *found = nullptr;
    if (const Expr *value = assignedValue(stmt))
      forEachTarget(stmt, [&](const Expr *target) {
        const auto *variable = llvm::dyn_cast<Name>(target);
        found = variable && variable->id == name ? value : found;
      });
    for (Block inner : blocksOf(stmt))
      found = found ? found : firstValueOf(inner, name);
    if (found)
      return found;
  }
  return nullptr;
}

} // namespace

/// A variable that is first assigned inside a loop and needed after it: `r = pl.store(tile, offsets, out)`. When the
/// loop does not run it is the tensor that the loop would have written to. Null for other values.
mlir::Value BodyImporter::writtenTensor(Block body, llvm::StringRef name) const {
  constexpr unsigned longestChain = 8;
  std::string current = name.str();
  for (unsigned i = 0; i < longestChain; ++i) {
    if (mlir::Value value = environment.valueOf(current))
      return mlir::isa<prog::TensorType>(value.getType()) ? value : mlir::Value();
    const auto *call = llvm::dyn_cast_if_present<Call>(firstValueOf(body, current));
    std::string path = call ? resolvePath(call->callee, *scope) : "";
    size_t output = path == "pl.store" || path == "pl.tile.store" ? 2 : 0;
    bool writes = output || path == "pl.assemble" || path == "pl.tensor.assemble";
    const auto *next =
        writes && call->arguments.size() > output ? llvm::dyn_cast<Name>(call->arguments[output]) : nullptr;
    if (!next)
      break;
    current = next->id.str();
  }
  return {};
}

void BodyImporter::addImplicitlyCarried(const Stmt *stmt, Block body, Carried &carried) {
  // What the body's last yield names is the loop's result, not a variable that goes round.
  NameList yielded;
  for (const Stmt *each : body) {
    const auto *assigned = llvm::dyn_cast<Assign>(each);
    const auto *annotated = llvm::dyn_cast<AnnotatedAssign>(each);
    if (isYield(assigned ? assigned->value : annotated ? annotated->value : nullptr))
      yielded = liveness->assigned(each);
  }
  for (llvm::StringRef name : liveness->assigned(body)) {
    if (yielded.contains(name))
      continue;
    mlir::Value value = environment.valueOf(name);
    if (!value && liveness->isLiveAfter(stmt, name))
      value = writtenTensor(body, name);
    bool needed = liveness->isLiveAfter(stmt, name) || liveness->isReadFirst(stmt, name);
    if (!needed || llvm::is_contained(carried.names, name.str()))
      continue;
    if (value) {
      carried.names.push_back(name.str());
      carried.inits.push_back(value);
    } else if (carried.certainlyRuns && !environment[name].isBroken && liveness->isLiveAfter(stmt, name)) {
      carried.fresh.push_back(name.str());
    }
  }
}

/// What every way through a round has assigned is handed on; the rest has no value after the loop.
void BodyImporter::finishFresh(Carried &carried, mlir::Region &region, mlir::Location location) {
  llvm::BitVector dropped(static_cast<unsigned>(carried.names.size() + carried.fresh.size()));
  std::vector<std::string> kept;
  for (auto [i, name] : llvm::enumerate(carried.fresh)) {
    mlir::Value value = environment.valueOf(name);
    if (!value || loops.back().missing.contains(name)) {
      dropped.set(static_cast<unsigned>(carried.names.size() + i));
      continue;
    }
    region.front().addArgument(prog::withoutMemref(value.getType()), prog::named(location, name));
    carried.freshValues.push_back(value);
    kept.push_back(name);
  }
  carried.fresh = std::move(kept);
  if (dropped.any())
    region.walk([&](mlir::Operation *op) {
      mlir::Operation *around = op->getParentOp();
      while (around && !mlir::isa<prog::ForOp, prog::WhileOp>(around))
        around = around->getParentOp();
      if (!around && mlir::isa<prog::BreakOp, prog::ContinueOp>(op))
        op->eraseOperands(dropped);
    });
}

bool BodyImporter::loopBody(const Stmt *stmt, Block body, Carried &carried, mlir::Region &region,
                            llvm::StringRef variable, mlir::Location location, const Expr *condition,
                            mlir::Region *conditionRegion) {
  mlir::OpBuilder::InsertionGuard guard(builder);
  Environment::Mark before = environment.mark();
  auto restore = llvm::make_scope_exit([&] { environment.rollBack(before); });
  auto enter = [&](mlir::Region &into, bool hasVariable) {
    environment.rollBack(before);
    mlir::Block &entry = into.emplaceBlock();
    builder.setInsertionPointToStart(&entry);
    if (hasVariable)
      environment.bind(variable, entry.addArgument(prog::ScalarType::get(&context, prog::DType::Index),
                                                   prog::named(location, variable)));
    for (auto [name, init] : llvm::zip(carried.names, carried.inits))
      environment.bind(name, entry.addArgument(prog::withoutMemref(init.getType()), prog::named(location, name)));
  };
  if (condition) {
    enter(*conditionRegion, false);
    mlir::Value value = expression(condition);
    if (!value)
      return false;
    if (!mlir::isa<prog::ScalarType>(value.getType()))
      return fail(condition->range, "a condition is a scalar, found " + prog::programText(value.getType())), false;
    builder.create<prog::ConditionOp>(locate(condition->range), value);
  }
  enter(region, !condition);
  BlockEnd end;
  if (!block(body, end))
    return false;
  SourceRange where = end.yield ? end.yield->range : stmt->range;
  finishFresh(carried, region, location);
  if (end.leaves) {
    carried.yieldNames = end.names;
    builder.create<prog::YieldOp>(locate(where), mlir::ValueRange());
    return true;
  }
  // Without a yield the carried variables go round with what was assigned to them.
  if (!end.yield)
    for (size_t i = 0; i < carried.explicitCount; ++i)
      if (mlir::Value value = environment.valueOf(carried.names[i]))
        end.values.push_back(value);
  if (end.values.size() != carried.explicitCount)
    return fail(where, "the loop carries " + std::to_string(carried.explicitCount) + " init_values, its body yields " +
                           std::to_string(end.values.size())),
           false;
  for (size_t i = carried.explicitCount; i < carried.names.size(); ++i) {
    mlir::Value value = environment.valueOf(carried.names[i]);
    if (!value)
      return fail(where, "'" + carried.names[i] + "' has no value at the end of the loop's body"), false;
    end.values.push_back(value);
  }
  for (auto [i, value] : llvm::enumerate(end.values))
    if (!prog::compatible(carried.inits[i].getType(), value.getType()))
      return fail(where, "'" + carried.names[i] + "' is " + prog::programText(carried.inits[i].getType()) +
                             " before the loop and " + prog::programText(value.getType()) + " after a round"),
             false;
  carried.yieldNames = end.names;
  end.values.append(carried.freshValues);
  builder.create<prog::YieldOp>(locate(where), end.values);
  return true;
}

void BodyImporter::bindResults(Block body, const Carried &carried, mlir::ValueRange results) {
  for (llvm::StringRef name : liveness->assigned(body))
    if (!environment.valueOf(name))
      environment.lose(name, carried.certainlyRuns
                                 ? "a round of the loop can end without assigning it: assign it before the loop"
                                 : "it is assigned inside a loop only, which may not run: assign it before the loop");
  for (auto [i, result] : llvm::enumerate(results)) {
    environment.bind(carried.names[i], result);
    if (i < carried.yieldNames.size())
      environment.bind(carried.yieldNames[i], result);
  }
}

} // namespace pto::frontend
