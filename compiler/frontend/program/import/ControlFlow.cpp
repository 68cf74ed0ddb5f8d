// Branches, loops and scopes.
// What a block changes and somebody needs afterwards becomes a result; Liveness.h says what is needed.
#include "compiler/dialect/program/Dims.h"
#include "compiler/dialect/program/Names.h"
#include "compiler/frontend/program/import/BodyImporter.h"
#include "llvm/ADT/ScopeExit.h"

namespace pto::program {

namespace {

/// One type for a value that comes from two places; null if there is none.
mlir::Type join(mlir::Type left, mlir::Type right) {
  if (left == right)
    return left;
  if (!prog::compatible(left, right))
    return {};
  mlir::ArrayAttr a = prog::shapeOf(left), b = prog::shapeOf(right);
  if (!a || a == b)
    return left;
  llvm::SmallVector<mlir::Attribute, 4> dims;
  for (auto [x, y] : llvm::zip(a, b))
    dims.push_back(x == y ? x : prog::unknownDim(left.getContext()));
  auto shape = mlir::ArrayAttr::get(left.getContext(), dims);
  if (auto tensor = mlir::dyn_cast<prog::TensorType>(left))
    return prog::TensorType::get(left.getContext(), shape, tensor.getDtype(), tensor.getView(), tensor.getMemref());
  auto tile = mlir::cast<prog::TileType>(left);
  return prog::TileType::get(left.getContext(), shape, tile.getDtype(), tile.getMemory(), tile.getView(),
                             tile.getMemref());
}

llvm::SmallVector<llvm::StringRef, 4> refs(const std::vector<std::string> &names) {
  return {names.begin(), names.end()};
}

} // namespace

/// What a loop takes round: first the init_values, then the variables it assigns.
struct BodyImporter::Carried {
  std::vector<std::string> names;
  llvm::SmallVector<mlir::Value, 4> inits;
  size_t explicitCount = 0;
  /// What the loop, which certainly runs, assigns first: a round hands it on, and none reads it. Carried behind the
  /// others, from nothing.
  std::vector<std::string> fresh;
  llvm::SmallVector<mlir::Value, 4> freshValues;
  /// The variables that the last yield names, which hold the explicit values after the loop.
  std::vector<std::string> yieldNames;
  bool certainlyRuns = false;

  std::vector<std::string> roundNames() const {
    std::vector<std::string> all = names;
    all.insert(all.end(), fresh.begin(), fresh.end());
    return all;
  }
  std::vector<std::string> resultNames() const {
    std::vector<std::string> result = names;
    for (size_t i = 0; i < yieldNames.size() && i < explicitCount; ++i)
      result[i] = yieldNames[i];
    return result;
  }
};

bool BodyImporter::ifStatement(const If *stmt) {
  mlir::Value condition = expression(stmt->condition);
  if (!condition)
    return false;
  if (!mlir::isa<prog::ScalarType>(condition.getType()))
    return fail(stmt->condition->range, "a condition is a scalar, found " + prog::programText(condition.getType())),
           false;
  mlir::OpBuilder::InsertPoint here = builder.saveInsertionPoint();
  auto restore = llvm::make_scope_exit([&] { builder.restoreInsertionPoint(here); });
  mlir::Region regions[2];
  Environment before = environment, after[2];
  BlockEnd ends[2];
  Block bodies[2] = {stmt->then, stmt->otherwise};
  bool fine = true;
  for (unsigned i = 0; i < 2; ++i) {
    environment = before;
    builder.setInsertionPointToStart(&regions[i].emplaceBlock());
    fine &= block(bodies[i], ends[i]);
    after[i] = std::move(environment);
  }
  environment = std::move(before);
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
                           std::to_string(ends[i].values.size()) + ": both have to yield the same"),
           false;
  }
  if (!ends[0].names.empty() && !ends[1].names.empty() && ends[0].names != ends[1].names)
    return fail(ends[1].yield->range, "the branches yield to different variables: '" + ends[0].names.front() +
                                          "' and '" + ends[1].names.front() + "'"),
           false;
  std::vector<std::string> names = ends[0].names.empty() ? ends[1].names : ends[0].names;
  names.resize(explicitCount);

  // Variables that the branches assign.
  NameList assigned = assignedNames(stmt);
  for (llvm::StringRef name : assigned) {
    if (llvm::is_contained(names, name.str()))
      continue;
    mlir::Value sides[2] = {after[0].values.lookup(name), after[1].values.lookup(name)};
    mlir::Value old = environment.values.lookup(name);
    for (unsigned i = 0; i < 2; ++i)
      if (leaves[i])
        sides[i] = sides[1 - i];
    if (sides[0] == sides[1] && sides[0] == old)
      continue;
    if (!sides[0] || !sides[1]) {
      bool isBroken = after[0].broken.contains(name) || after[1].broken.contains(name);
      if (isBroken)
        environment.broken.insert(name);
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

namespace {

/// What the first assignment of the variable in the block, or in one inside it, assigns.
const Expr *firstValueOf(Block body, llvm::StringRef name) {
  for (const Stmt *stmt : body) {
    const auto *assign = llvm::dyn_cast<Assign>(stmt);
    const auto *annotated = llvm::dyn_cast<AnnotatedAssign>(stmt);
    const Expr *target = assign ? assign->targets.front() : annotated ? annotated->target : nullptr;
    const auto *variable = llvm::dyn_cast_if_present<Name>(target);
    if (variable && variable->id == name)
      return assign ? assign->value : annotated->value;
    const Expr *inner = nullptr;
    if (const auto *branch = llvm::dyn_cast<If>(stmt)) {
      inner = firstValueOf(branch->then, name);
      inner = inner ? inner : firstValueOf(branch->otherwise, name);
    } else if (const auto *loop = llvm::dyn_cast<For>(stmt)) {
      inner = firstValueOf(loop->body, name);
    } else if (const auto *whileLoop = llvm::dyn_cast<While>(stmt)) {
      inner = firstValueOf(whileLoop->body, name);
    } else if (const auto *with = llvm::dyn_cast<With>(stmt)) {
      inner = firstValueOf(with->body, name);
    }
    if (inner)
      return inner;
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
    if (mlir::Value value = environment.values.lookup(current))
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
      yielded = assignedNames(each);
  }
  for (llvm::StringRef name : assignedNames(body)) {
    if (yielded.contains(name))
      continue;
    mlir::Value value = environment.values.lookup(name);
    if (!value && liveness->isLiveAfter(stmt, name))
      value = writtenTensor(body, name);
    bool needed = liveness->isLiveAfter(stmt, name) || liveness->isReadFirst(stmt, name);
    if (!needed || llvm::is_contained(carried.names, name.str()))
      continue;
    if (value) {
      carried.names.push_back(name.str());
      carried.inits.push_back(value);
    } else if (carried.certainlyRuns && !environment.broken.contains(name) && liveness->isLiveAfter(stmt, name)) {
      carried.fresh.push_back(name.str());
    }
  }
}

bool BodyImporter::loopBody(const Stmt *stmt, Block body, Carried &carried, mlir::Region &region,
                            llvm::StringRef variable, mlir::Location location, const Expr *condition,
                            mlir::Region *conditionRegion) {
  mlir::OpBuilder::InsertionGuard guard(builder);
  Environment before = environment;
  auto restore = llvm::make_scope_exit([&] { environment = std::move(before); });
  auto enter = [&](mlir::Region &into, bool hasVariable) {
    environment = before;
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
  for (const std::string &name : carried.fresh) {
    mlir::Value value = environment.values.lookup(name);
    if (!value)
      return fail(stmt->range, "'" + name + "' is used after this loop and may have no value there: " +
                                   environment.lost.lookup(name) + "; assign it before the loop"),
             false;
    region.front().addArgument(prog::withoutMemref(value.getType()), prog::named(location, name));
    carried.freshValues.push_back(value);
  }
  if (end.leaves) {
    carried.yieldNames = end.names;
    builder.create<prog::YieldOp>(locate(where), mlir::ValueRange());
    return true;
  }
  // Without a yield the carried variables go round with what was assigned to them.
  if (!end.yield)
    for (size_t i = 0; i < carried.explicitCount; ++i)
      if (mlir::Value value = environment.values.lookup(carried.names[i]))
        end.values.push_back(value);
  if (end.values.size() != carried.explicitCount)
    return fail(where, "the loop carries " + std::to_string(carried.explicitCount) + " init_values, its body yields " +
                           std::to_string(end.values.size())),
           false;
  for (size_t i = carried.explicitCount; i < carried.names.size(); ++i) {
    mlir::Value value = environment.values.lookup(carried.names[i]);
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
  for (llvm::StringRef name : assignedNames(body))
    if (!environment.values.count(name))
      environment.lose(name, "it is assigned inside a loop only, which may not run: assign it before the loop");
  for (auto [i, result] : llvm::enumerate(results)) {
    environment.bind(carried.names[i], result);
    if (i < carried.yieldNames.size())
      environment.bind(carried.yieldNames[i], result);
  }
}

bool BodyImporter::readTargets(const Expr *target, std::vector<const Name *> &names) {
  const auto *tuple = llvm::dyn_cast<Tuple>(target);
  for (const Expr *element : tuple ? tuple->elements : Exprs(target)) {
    const auto *name = llvm::dyn_cast<Name>(element);
    if (!name)
      return fail(element->range, "expected a variable"), false;
    names.push_back(name);
  }
  return true;
}

namespace {

/// Start, stop and step are known and give at least one round.
bool certainlyRuns(llvm::ArrayRef<mlir::Value> bounds) {
  std::optional<int64_t> start = prog::constantOf(prog::dimOf(bounds[0])),
                         stop = prog::constantOf(prog::dimOf(bounds[1]));
  std::optional<int64_t> step = prog::constantOf(prog::dimOf(bounds[2]));
  return start && stop && step && (*step > 0 ? *start < *stop : *start > *stop);
}

} // namespace

bool BodyImporter::forStatement(const For *stmt) {
  const auto *head = llvm::dyn_cast<Call>(stmt->iterable);
  std::string path = head ? resolvePath(head->callee, *scope) : "";
  if (!stmt->otherwise.empty())
    return fail(stmt->otherwise.front()->range, "a loop has no else in the language"), false;
  if (path == "pl.while_")
    return whileCall(stmt, head);
  llvm::StringRef kind = path;
  if (!kind.consume_front("pl.") || !llvm::is_contained({"range", "parallel", "unroll", "pipeline"}, kind)) {
    const auto *plain = head ? llvm::dyn_cast<Name>(head->callee) : nullptr;
    return fail(stmt->iterable->range, plain && plain->id == "range"
                                           ? "Python's range is not part of the language: use pl.range"
                                           : "a loop goes over pl.range, pl.parallel, pl.unroll, pl.pipeline or "
                                             "pl.while_"),
           false;
  }
  if (head->arguments.empty() || head->arguments.size() > 3)
    return fail(head->range,
                "pl." + kind.str() + " takes 1 to 3 bounds, found " + std::to_string(head->arguments.size())),
           false;

  mlir::Value bounds[3];
  size_t count = head->arguments.size();
  for (size_t i = 0; i < 3; ++i) {
    // start, stop, step; one argument is the stop, two are start and stop.
    const Expr *source = i == 0   ? (count > 1 ? head->arguments[0] : nullptr)
                         : i == 1 ? head->arguments[count > 1]
                                  : (count > 2 ? head->arguments[2] : nullptr);
    bounds[i] = source ? expression(source) : integer(i == 2, head->range);
    if (!bounds[i])
      return false;
    auto type = mlir::dyn_cast<prog::ScalarType>(bounds[i].getType());
    if (!type || !prog::isInteger(type.getDtype()))
      return fail(source->range,
                  "a loop's bound is an integer scalar, found " + prog::programText(bounds[i].getType())),
             false;
  }
  if (prog::constantOf(prog::dimOf(bounds[2])) == 0)
    return fail(head->arguments[2]->range, "a loop's step cannot be 0"), false;

  Carried carried;
  llvm::SmallVector<mlir::NamedAttribute, 4> keywords;
  const Keyword *inits = nullptr;
  constexpr llvm::StringRef known[] = {"init_values", "chunk", "chunk_policy", "stage", "attrs"};
  for (const Keyword &keyword : head->keywords) {
    if (!llvm::is_contained(known, keyword.name))
      return fail(keyword.range, "pl." + kind.str() + " has no parameter '" + keyword.name.str() + "'" +
                                     didYouMean(keyword.name, known)),
             false;
    if (keyword.name == "init_values") {
      inits = &keyword;
      continue;
    }
    mlir::Attribute value = attribute(keyword.value);
    if (!value)
      return false;
    if (builder.getDictionaryAttr(keywords).get(keyword.name))
      return fail(keyword.range, "'" + keyword.name.str() + "' is given twice"), false;
    keywords.push_back(builder.getNamedAttr(keyword.name, value));
  }
  if (kind == "pipeline" && !builder.getDictionaryAttr(keywords).get("stage"))
    return fail(head->range, "pl.pipeline needs stage=…"), false;

  const auto *targets = llvm::dyn_cast<Tuple>(stmt->target);
  const Expr *variable = targets && !targets->elements.empty() ? targets->elements[0] : stmt->target;
  std::vector<const Name *> names;
  if (targets && (targets->elements.size() != 2 || !readTargets(targets->elements[1], names)))
    return targets->elements.size() == 2 ? false
                                         : (fail(stmt->target->range, "a loop's head is: for i, (a, b) in pl." +
                                                                          kind.str() + "(…, init_values=(a0, b0))"),
                                            false);
  const auto *induction = llvm::dyn_cast<Name>(variable);
  if (!induction)
    return fail(variable->range, "expected the loop's variable"), false;
  if (inits) {
    const auto *tuple = llvm::dyn_cast<Tuple>(inits->value);
    const auto *list = llvm::dyn_cast<List>(inits->value);
    if (!tuple && !list)
      return fail(inits->value->range, "init_values is a tuple, with a comma: init_values=(a,)"), false;
    for (const Expr *init : tuple ? tuple->elements : list->elements) {
      carried.inits.push_back(expression(init));
      if (!carried.inits.back())
        return false;
    }
  }
  if (carried.inits.size() != names.size())
    return fail(stmt->target->range, "there are " + std::to_string(names.size()) + " carried variables for " +
                                         std::to_string(carried.inits.size()) + " init_values"),
           false;
  for (const Name *name : names)
    carried.names.push_back(name->id.str());
  carried.explicitCount = names.size();
  carried.certainlyRuns = certainlyRuns(bounds);
  addImplicitlyCarried(stmt, stmt->body, carried);
  if (kind == "unroll" && !carried.names.empty() && carried.explicitCount)
    return fail(stmt->target->range, "pl.unroll carries no init_values"), false;

  mlir::Region region;
  loops.push_back({kind, carried.roundNames()});
  bool imported = loopBody(stmt, stmt->body, carried, region, induction->id, locate(stmt->range), nullptr, nullptr);
  loops.pop_back();
  if (!imported)
    return false;
  for (auto [name, value] : llvm::zip(carried.fresh, carried.freshValues)) {
    carried.names.push_back(name);
    carried.inits.push_back(builder.create<prog::UnsetOp>(locate(stmt->range), value.getType()));
  }
  llvm::SmallVector<mlir::Type, 4> types;
  for (mlir::Value init : carried.inits)
    types.push_back(prog::withoutMemref(init.getType()));
  auto op =
      builder.create<prog::ForOp>(prog::named(locate(stmt->range), refs(carried.resultNames())), types, kind, bounds[0],
                                  bounds[1], bounds[2], carried.inits, builder.getDictionaryAttr(keywords));
  op.getBody().takeBody(region);
  bindResults(stmt->body, carried, op.getResults());
  return true;
}

bool BodyImporter::whileStatement(const While *stmt) {
  if (!stmt->otherwise.empty())
    return fail(stmt->otherwise.front()->range, "a loop has no else in the language"), false;
  Carried carried;
  addImplicitlyCarried(stmt, stmt->body, carried);
  mlir::Region condition, body;
  loops.push_back({"while", carried.names});
  bool imported = loopBody(stmt, stmt->body, carried, body, {}, locate(stmt->range), stmt->condition, &condition);
  loops.pop_back();
  if (!imported)
    return false;
  llvm::SmallVector<mlir::Type, 4> types;
  for (mlir::Value init : carried.inits)
    types.push_back(prog::withoutMemref(init.getType()));
  auto op = builder.create<prog::WhileOp>(prog::named(locate(stmt->range), refs(carried.names)), types, carried.inits);
  op.getCondition().takeBody(condition);
  op.getBody().takeBody(body);
  bindResults(stmt->body, carried, op.getResults());
  return true;
}

bool BodyImporter::whileCall(const For *stmt, const Call *call) {
  const auto *first = stmt->body.empty() ? nullptr : llvm::dyn_cast<ExprStmt>(stmt->body.front());
  const auto *condition = first && isLanguageCall(first->value, "pl.cond") ? llvm::cast<Call>(first->value) : nullptr;
  if (!condition || condition->arguments.size() != 1)
    return fail(call->range, "the body of a pl.while_ loop starts with pl.cond(condition)"), false;
  if (!call->arguments.empty() || call->keywords.size() != 1 || call->keywords.front().name != "init_values")
    return fail(call->range, "a loop's head is: for (x,) in pl.while_(init_values=(x0,))"), false;
  const Expr *values = call->keywords.front().value;
  const auto *tuple = llvm::dyn_cast<Tuple>(values);
  const auto *list = llvm::dyn_cast<List>(values);
  if (!tuple && !list)
    return fail(values->range, "init_values is a tuple, with a comma: init_values=(a,)"), false;
  Carried carried;
  for (const Expr *init : tuple ? tuple->elements : list->elements) {
    carried.inits.push_back(expression(init));
    if (!carried.inits.back())
      return false;
  }
  std::vector<const Name *> names;
  if (!readTargets(stmt->target, names))
    return false;
  if (names.size() != carried.inits.size())
    return fail(stmt->target->range, "there are " + std::to_string(names.size()) + " carried variables for " +
                                         std::to_string(carried.inits.size()) + " init_values"),
           false;
  for (const Name *name : names)
    carried.names.push_back(name->id.str());
  carried.explicitCount = names.size();
  Block body = stmt->body.drop_front();
  addImplicitlyCarried(stmt, body, carried);
  mlir::Region conditionRegion, region;
  loops.push_back({"while", carried.names});
  bool imported =
      loopBody(stmt, body, carried, region, {}, locate(stmt->range), condition->arguments[0], &conditionRegion);
  loops.pop_back();
  if (!imported)
    return false;
  llvm::SmallVector<mlir::Type, 4> types;
  for (mlir::Value init : carried.inits)
    types.push_back(prog::withoutMemref(init.getType()));
  auto op = builder.create<prog::WhileOp>(prog::named(locate(stmt->range), refs(carried.resultNames())), types,
                                          carried.inits);
  op.getCondition().takeBody(conditionRegion);
  op.getBody().takeBody(region);
  bindResults(body, carried, op.getResults());
  return true;
}

bool BodyImporter::scopeKind(const Call *call, std::string &kind, mlir::DictionaryAttr &keywords) {
  kind = llvm::StringRef(resolvePath(call->callee, *scope)).drop_front(3).str();
  struct Parameters {
    std::vector<llvm::StringRef> names;
    /// So many of them may be given by position.
    size_t positional;
  };
  static const llvm::StringMap<Parameters> allowed = {
      {"incore", {{"split", "name_hint"}, 1}},
      {"auto_incore", {{"split", "name_hint"}, 1}},
      {"cluster", {{"name_hint"}, 0}},
      {"spmd", {{"core_num", "sync_start", "name_hint"}, 0}},
      {"at", {{"level", "role", "name_hint", "optimizations", "optimization", "split"}, 2}}};
  const auto &[names, positional] = allowed.find(kind)->second;
  if (call->arguments.size() > positional)
    return fail(call->arguments[positional]->range,
                "pl." + kind + " takes " + (positional ? "further " : "its ") + "arguments by name"),
           false;
  llvm::SmallVector<Keyword, 4> given;
  for (auto [name, argument] : llvm::zip(names, call->arguments))
    given.push_back({name, argument, argument->range});
  given.append(call->keywords.begin(), call->keywords.end());
  llvm::SmallVector<mlir::NamedAttribute, 4> entries;
  bool chunks = false, coreGroup = false, hasLevel = false;
  auto add = [&](const Keyword &keyword, llvm::StringRef name, mlir::Attribute value) {
    if (llvm::any_of(entries, [&](mlir::NamedAttribute entry) { return entry.getName() == name; }))
      return fail(keyword.range, "'" + name.str() + "' is given twice"), false;
    entries.push_back(builder.getNamedAttr(name, value));
    return true;
  };
  for (const Keyword &keyword : given) {
    if (!llvm::is_contained(names, keyword.name))
      return fail(keyword.range,
                  "pl." + kind + " has no parameter '" + keyword.name.str() + "'" + didYouMean(keyword.name, names)),
             false;
    mlir::Attribute value = attribute(keyword.value);
    if (!value)
      return false;
    auto word = mlir::dyn_cast<prog::NameAttr>(value);
    if (keyword.name == "level") {
      hasLevel = true;
      coreGroup = word && word.getValue() == "Level.CORE_GROUP";
      if (!coreGroup)
        add(keyword, "level", value);
      continue;
    }
    if (keyword.name != "optimizations" && keyword.name != "optimization") {
      if (!add(keyword, keyword.name, value))
        return false;
      continue;
    }
    // A list of pl.auto_chunk and pl.split(mode), or the older pl.chunked_loop_optimizer.
    auto list = mlir::dyn_cast<mlir::ArrayAttr>(value);
    for (mlir::Attribute each : list ? list.getValue() : llvm::ArrayRef(value)) {
      auto plain = mlir::dyn_cast<prog::NameAttr>(each);
      auto with = mlir::dyn_cast<mlir::DictionaryAttr>(each);
      auto callee = with ? with.getAs<prog::NameAttr>("call") : prog::NameAttr();
      llvm::StringRef named = plain ? plain.getValue() : callee ? callee.getValue() : "";
      if (named == "auto_chunk" || named == "chunked_loop_optimizer")
        chunks = true;
      else if (named != "split")
        return fail(keyword.value->range, "expected pl.auto_chunk or pl.split(mode)"), false;
      mlir::Attribute split = with ? with.get("keyword.split") : mlir::Attribute();
      auto arguments = with ? with.getAs<mlir::ArrayAttr>("arguments") : mlir::ArrayAttr();
      if (!split && arguments && !arguments.empty())
        split = arguments[0];
      if (split && !add(keyword, "split", split))
        return false;
    }
  }
  if (kind == "at" && !hasLevel)
    return fail(call->range, "pl.at needs level=pl.Level.…"), false;
  if (kind == "at" && coreGroup)
    kind = chunks ? "auto_incore" : "incore";
  if (kind == "spmd" && llvm::none_of(entries, [](auto entry) { return entry.getName() == "core_num"; }))
    return fail(call->range, "pl.spmd needs core_num=…"), false;
  keywords = builder.getDictionaryAttr(entries);
  return true;
}

bool BodyImporter::withStatement(const With *stmt, BlockEnd &end) {
  const auto *call = stmt->items.size() == 1 ? llvm::dyn_cast<Call>(stmt->items.front().context) : nullptr;
  std::string path = call ? resolvePath(call->callee, *scope) : "";
  llvm::StringRef word = path;
  constexpr llvm::StringRef known[] = {"incore", "auto_incore", "cluster", "at", "spmd"};
  if (!word.consume_front("pl.") || !llvm::is_contained(known, word))
    return fail(stmt->items.front().context->range,
                "a with statement opens pl.at, pl.cluster, pl.spmd, pl.incore or pl.auto_incore" +
                    didYouMean(word, known)),
           false;
  if (stmt->items.front().target)
    return fail(stmt->items.front().target->range, "a scope has no value"), false;
  std::string kind;
  mlir::DictionaryAttr keywords;
  if (!scopeKind(call, kind, keywords))
    return false;

  mlir::OpBuilder::InsertPoint here = builder.saveInsertionPoint();
  auto restore = llvm::make_scope_exit([&] { builder.restoreInsertionPoint(here); });
  mlir::Region region;
  mlir::Block &body = region.emplaceBlock();
  builder.setInsertionPointToStart(&body);
  // A scope is no branch: it runs once, and may return if the statements around it may.
  --blockDepth;
  BlockEnd inner;
  Environment before = environment;
  bool imported = block(stmt->body, inner);
  ++blockDepth;
  if (!imported)
    return false;
  if (inner.yield)
    return fail(inner.yield->range, "a scope hands its variables on by itself, without pl.yield_"), false;
  end.returns = inner.returns;
  end.leaves = inner.leaves;

  // In the order in which the values are made, so that printing and reading again gives the same.
  NameList assigned = assignedNames(stmt->body);
  llvm::SetVector<mlir::Value> needed;
  auto isInside = [&](mlir::Value value) { return value && value.getParentBlock() == &body; };
  for (llvm::StringRef name : assigned)
    if (mlir::Value value = environment.values.lookup(name); isInside(value) && liveness->isLiveAfter(stmt, name))
      needed.insert(value);
  if (end.returns)
    for (mlir::Value value : returned)
      if (isInside(value))
        needed.insert(value);
  // What stands behind a break is not reached: nothing is handed out.
  if (inner.leaves)
    needed.clear();
  llvm::SmallVector<mlir::Value, 4> results;
  for (mlir::Operation &op : body)
    for (mlir::Value result : op.getResults())
      if (needed.contains(result))
        results.push_back(result);
  std::vector<std::string> names;
  for (mlir::Value result : results)
    names.push_back(prog::nameOf(result).str());
  builder.create<prog::YieldOp>(locate(stmt->range), inner.leaves ? mlir::ValueRange() : mlir::ValueRange(results));
  builder.restoreInsertionPoint(here);
  auto op = builder.create<prog::ScopeOp>(prog::named(locate(stmt->range), refs(names)),
                                          mlir::ValueRange(results).getTypes(), kind, keywords);
  op.getBody().takeBody(region);
  llvm::DenseMap<mlir::Value, mlir::Value> outside;
  for (auto [inside, result] : llvm::zip(results, op.getResults()))
    outside[inside] = result;
  for (llvm::StringRef name : assigned) {
    mlir::Value value = environment.values.lookup(name);
    if (!value || value.getParentBlock() != &op.getBody().front())
      continue;
    if (mlir::Value result = outside.lookup(value))
      environment.bind(name, result);
    else
      environment.lose(name, "it is assigned inside a scope");
  }
  for (mlir::Value &value : returned)
    if (mlir::Value result = outside.lookup(value))
      value = result;
  return true;
}

} // namespace pto::program
