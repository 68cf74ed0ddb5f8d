// Branches.
// What both sides of a branch assign, and somebody needs afterwards, becomes a result.
#include "compiler/dialect/program/Dims.h"
#include "compiler/dialect/program/Names.h"
#include "compiler/frontend/program/import/BodyImporter.h"
#include "llvm/ADT/ScopeExit.h"

namespace pto::frontend {

namespace {

/// One type for a value that comes from two places; null if there is none.
mlir::Type join(mlir::Type left, mlir::Type right) {
  if (left == right)
    return left;
  if (!prog::compatible(left, right))
    return {};
  prog::Dims a = prog::shapeOf(left), b = prog::shapeOf(right);
  if (!a || a == b)
    return left;
  prog::DimVector dims;
  for (auto [x, y] : llvm::zip(a, b))
    dims.push_back(x == y ? x : prog::unknownDim(left.getContext()));
  return prog::withShape(left, {left.getContext(), dims});
}

} // namespace

/// Decided by the arguments, not by the text alone.
std::optional<bool> BodyImporter::decided(const If *stmt) {
  if (!generic || !isClosed(stmt->condition) || !comesFromOutside(stmt->condition))
    return std::nullopt;
  std::optional<bool> truth = evaluated(stmt->condition).truth();
  if (truth)
    decisions->try_emplace(stmt, *truth);
  return truth;
}

/// The branch that is always taken takes the place of the whole: its `r = pl.yield_(x)` is `r = x`.
bool BodyImporter::takenBranch(Block body, BlockEnd &end) {
  for (const Stmt *stmt : body) {
    const auto *assigned = llvm::dyn_cast<Assign>(stmt);
    const auto *annotated = llvm::dyn_cast<AnnotatedAssign>(stmt);
    const Expr *value = assigned ? assigned->value : annotated ? annotated->value : nullptr;
    bool fine = true;
    if (value && isYield(value)) {
      Exprs values = llvm::cast<Call>(value)->arguments;
      Tuple all{{value->range}, values};
      fine = assign(assigned ? assigned->targets : Exprs(annotated->target), values.size() == 1 ? values[0] : &all,
                    annotated ? annotated->annotation : nullptr, stmt);
      if (!fine)
        poison(stmt);
    } else {
      fine = statements(stmt, end);
    }
    if (!fine)
      return false;
    if (end.returns || end.leaves)
      break;
  }
  return true;
}

bool BodyImporter::ifStatement(const If *stmt, BlockEnd &end) {
  if (std::optional<bool> truth = decided(stmt))
    return takenBranch(*truth ? stmt->then : stmt->otherwise, end);
  mlir::Value condition = expression(stmt->condition);
  if (!condition)
    return false;
  if (!mlir::isa<prog::ScalarType>(condition.getType()))
    return fail(stmt->condition->range, "a condition is a scalar, found " + prog::programText(condition.getType())),
           false;
  mlir::OpBuilder::InsertPoint here = builder.saveInsertionPoint();
  auto restore = llvm::make_scope_exit([&] { builder.restoreInsertionPoint(here); });
  mlir::Region regions[2];
  Environment::Mark before = environment.mark();
  Environment::Changes after[2];
  BlockEnd ends[2];
  Block bodies[2] = {stmt->then, stmt->otherwise};
  bool fine = true;
  for (unsigned i = 0; i < 2; ++i) {
    builder.setInsertionPointToStart(&regions[i].emplaceBlock());
    fine &= block(bodies[i], ends[i]);
    after[i] = environment.rollBack(before);
  }
  if (!fine)
    return false;

  // Values that the branches yield by name.
  bool leaves[2] = {ends[0].leaves, ends[1].leaves};
  size_t explicitCount = std::max(ends[0].values.size(), ends[1].values.size());
  for (unsigned i = 0; i < 2; ++i) {
    const BlockEnd &other = ends[1 - i];
    if (leaves[i] || ends[i].values.size() == explicitCount)
      continue;
    SourceRange where = ends[i].yield ? ends[i].yield->range : other.yield->range;
    return fail(where, "one branch yields " + std::to_string(other.values.size()) + " values, the other " +
                           std::to_string(ends[i].values.size()) + ": both must yield the same"),
           false;
  }
  if (!ends[0].names.empty() && !ends[1].names.empty() && ends[0].names != ends[1].names)
    return fail(ends[1].yield->range, "the branches yield to different variables: '" + ends[0].names.front() +
                                          "' and '" + ends[1].names.front() + "'"),
           false;
  std::vector<std::string> names = ends[0].names.empty() ? ends[1].names : ends[0].names;
  names.resize(explicitCount);

  // Variables that the branches assign.
  NameList assigned = liveness->assigned(stmt);
  for (llvm::StringRef name : assigned) {
    if (llvm::is_contained(names, name.str()))
      continue;
    Variable old = environment[name];
    auto atEnd = [&](const Environment::Changes &changes) {
      auto changed = changes.find(name);
      return changed == changes.end() ? old : changed->getValue();
    };
    Variable ended[2] = {atEnd(after[0]), atEnd(after[1])};
    mlir::Value sides[2] = {ended[0].value, ended[1].value};
    for (unsigned i = 0; i < 2; ++i)
      if (leaves[i])
        sides[i] = sides[1 - i];
    if (sides[0] == sides[1] && sides[0] == old.value)
      continue;
    if (!sides[0] || !sides[1]) {
      if (ended[0].isBroken || ended[1].isBroken)
        environment.poison(name);
      else
        environment.lose(name, "it is assigned in one branch only");
      continue;
    }
    if (!liveness->isLiveAfter(stmt, name)) {
      environment.lose(name, "it is assigned inside a branch");
      continue;
    }
    for (unsigned i = 0; i < 2; ++i)
      if (!leaves[i])
        ends[i].values.push_back(sides[i]);
    names.push_back(name.str());
  }

  llvm::SmallVector<mlir::Type, 4> types;
  for (size_t i = 0; i < names.size(); ++i) {
    mlir::Value left = leaves[0] ? ends[1].values[i] : ends[0].values[i];
    mlir::Value right = leaves[1] ? left : ends[1].values[i];
    mlir::Type type = join(left.getType(), right.getType());
    if (!type)
      return fail(ends[1].yield ? ends[1].yield->range : stmt->condition->range,
                  "'" + (names[i].empty() ? "value " + std::to_string(i) : names[i]) + "' is " +
                      prog::programText(left.getType()) + " in one branch and " + prog::programText(right.getType()) +
                      " in the other"),
             false;
    types.push_back(type);
  }
  for (unsigned i = 0; i < 2; ++i) {
    builder.setInsertionPointToEnd(&regions[i].front());
    SourceRange where = ends[i].yield ? ends[i].yield->range : stmt->range;
    builder.create<prog::YieldOp>(locate(where), leaves[i] ? mlir::ValueRange() : mlir::ValueRange(ends[i].values));
  }
  builder.restoreInsertionPoint(here);
  auto op = builder.create<prog::IfOp>(prog::named(locate(stmt->range), refs(names)), types, condition);
  op.getThenRegion().takeBody(regions[0]);
  op.getElseRegion().takeBody(regions[1]);
  for (auto [name, result] : llvm::zip(names, op.getResults()))
    if (!name.empty())
      environment.bind(name, result);
  return true;
}

} // namespace pto::frontend
