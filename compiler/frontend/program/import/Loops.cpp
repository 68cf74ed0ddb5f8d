// Loops: over a range, and as long as a condition holds.
// Both carry values round; Carried.cpp says which.
#include "compiler/dialect/program/Dims.h"
#include "compiler/dialect/program/Kinds.h"
#include "compiler/dialect/program/Names.h"
#include "compiler/frontend/program/import/Carried.h"
#include "llvm/Support/SaveAndRestore.h"

namespace pto::frontend {

namespace {

/// Start, stop and step are known and give at least one round.
bool certainlyRuns(llvm::ArrayRef<mlir::Value> bounds) {
  std::optional<int64_t> start = prog::constantOf(prog::dimOf(bounds[0]));
  std::optional<int64_t> stop = prog::constantOf(prog::dimOf(bounds[1]));
  std::optional<int64_t> step = prog::constantOf(prog::dimOf(bounds[2]));
  return start && stop && step && (*step > 0 ? *start < *stop : *start > *stop);
}

} // namespace

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

/// The variables that a loop's head carries, and what they start as; `inits` is null where there are none.
bool BodyImporter::startCarried(const For *stmt, const Expr *inits, llvm::ArrayRef<const Name *> names,
                                Carried &carried) {
  const auto *tuple = llvm::dyn_cast_if_present<Tuple>(inits);
  const auto *list = llvm::dyn_cast_if_present<List>(inits);
  if (inits && !tuple && !list)
    return fail(inits->range, "init_values is a tuple, with a comma: init_values=(a,)"), false;
  for (const Expr *init : tuple ? tuple->elements : list ? list->elements : Exprs()) {
    carried.inits.push_back(expression(init));
    if (!carried.inits.back())
      return false;
  }
  if (carried.inits.size() != names.size())
    return fail(stmt->target->range, "there are " + std::to_string(names.size()) + " carried variables for " +
                                         std::to_string(carried.inits.size()) + " init_values"),
           false;
  for (const Name *name : names)
    carried.names.push_back(name->id.str());
  carried.explicitCount = names.size();
  return true;
}

bool BodyImporter::loopBounds(const Call *head, llvm::StringRef kind, llvm::SmallVectorImpl<mlir::Value> &bounds) {
  size_t count = head->arguments.size();
  if (count == 0 || count > 3)
    return fail(head->range, "pl." + kind.str() + " takes 1 to 3 bounds, found " + std::to_string(count)), false;
  // Start, stop, step; one argument is the stop, two are start and stop.
  const Expr *sources[] = {count > 1 ? head->arguments[0] : nullptr, head->arguments[count > 1],
                           count > 2 ? head->arguments[2] : nullptr};
  llvm::SaveAndRestore<bool> inBounds(takesIndices, true);
  for (const Expr *source : sources) {
    bool isStep = bounds.size() == 2;
    bounds.push_back(source ? expression(source) : integer(isStep, head->range));
    if (!bounds.back())
      return false;
    auto type = mlir::dyn_cast<prog::ScalarType>(bounds.back().getType());
    if (!type || !prog::isInteger(type.getDtype()))
      return fail(source->range,
                  "a loop's bound is an integer scalar, found " + prog::programText(bounds.back().getType())),
             false;
  }
  if (prog::constantOf(prog::dimOf(bounds[2])) == 0)
    return fail(head->arguments[2]->range, "a loop's step cannot be 0"), false;
  return true;
}

bool BodyImporter::loopKeywords(const Call *head, llvm::StringRef kind, mlir::DictionaryAttr &keywords,
                                const Expr *&inits) {
  constexpr llvm::StringRef known[] = {"init_values", "chunk", "chunk_policy", "stage", "attrs"};
  llvm::SmallVector<mlir::NamedAttribute, 4> entries;
  for (const Keyword &keyword : head->keywords) {
    if (!llvm::is_contained(known, keyword.name))
      return fail(keyword.range, "pl." + kind.str() + " has no parameter '" + keyword.name.str() + "'" +
                                     didYouMean(keyword.name, known)),
             false;
    if (keyword.name == "init_values") {
      inits = keyword.value;
      continue;
    }
    mlir::Attribute value = attribute(keyword.value);
    if (!value)
      return false;
    if (builder.getDictionaryAttr(entries).get(keyword.name))
      return fail(keyword.range, "'" + keyword.name.str() + "' is given twice"), false;
    entries.push_back(builder.getNamedAttr(keyword.name, value));
  }
  keywords = builder.getDictionaryAttr(entries);
  if (kind == "pipeline" && !keywords.get("stage"))
    return fail(head->range, "pl.pipeline needs stage=…"), false;
  return true;
}

bool BodyImporter::forStatement(const For *stmt) {
  const auto *head = llvm::dyn_cast<Call>(stmt->iterable);
  std::string path = head ? resolvePath(head->callee, *scope) : "";
  if (!stmt->otherwise.empty())
    return fail(stmt->otherwise.front()->range, "a loop has no else in the language"), false;
  if (path == "pl.while_")
    return whileCall(stmt, head);
  if (path == "pl.spmd" || path == "pl.split_aiv")
    return scopeLoop(stmt, head, llvm::StringRef(path).drop_front(3));
  llvm::StringRef kind = path;
  if (!kind.consume_front("pl.") || !llvm::is_contained(prog::loopKinds, kind)) {
    const auto *plain = head ? llvm::dyn_cast<Name>(head->callee) : nullptr;
    return fail(stmt->iterable->range, plain && plain->id == "range"
                                           ? "Python's range is not part of the language: use pl.range"
                                           : "a loop goes over pl.range, pl.parallel, pl.unroll, pl.pipeline or "
                                             "pl.while_"),
           false;
  }
  llvm::SmallVector<mlir::Value, 3> bounds;
  mlir::DictionaryAttr keywords;
  const Expr *inits = nullptr;
  if (!loopBounds(head, kind, bounds) || !loopKeywords(head, kind, keywords, inits))
    return false;

  const auto *targets = llvm::dyn_cast<Tuple>(stmt->target);
  const Expr *variable = targets && !targets->elements.empty() ? targets->elements[0] : stmt->target;
  if (targets && targets->elements.size() != 2)
    return fail(stmt->target->range,
                "a loop's head is: for i, (a, b) in pl." + kind.str() + "(…, init_values=(a0, b0))"),
           false;
  std::vector<const Name *> names;
  if (targets && !readTargets(targets->elements[1], names))
    return false;
  const auto *induction = llvm::dyn_cast<Name>(variable);
  if (!induction)
    return fail(variable->range, "expected the loop's variable"), false;
  Carried carried;
  if (!startCarried(stmt, inits, names, carried))
    return false;
  if (kind == "unroll" && carried.explicitCount)
    return fail(stmt->target->range, "pl.unroll carries no init_values"), false;
  carried.certainlyRuns = certainlyRuns(bounds);
  addImplicitlyCarried(stmt, stmt->body, carried);

  mlir::Region region;
  loops.push_back({kind, carried.roundNames(), carried.fresh.size()});
  bool imported = loopBody(stmt, stmt->body, carried, region, induction->id, locate(stmt->range), nullptr, nullptr);
  loops.pop_back();
  if (!imported)
    return false;
  for (auto [name, value] : llvm::zip(carried.fresh, carried.freshValues)) {
    carried.names.push_back(name);
    carried.inits.push_back(builder.create<prog::UnsetOp>(locate(stmt->range), value.getType()));
  }
  auto op = builder.create<prog::ForOp>(prog::named(locate(stmt->range), refs(carried.resultNames())), carried.types(),
                                        kind, bounds[0], bounds[1], bounds[2], carried.inits, keywords);
  op.getBody().takeBody(region);
  bindResults(stmt->body, carried, op.getResults());
  return true;
}

bool BodyImporter::whileLoop(const Stmt *stmt, Block body, const Expr *condition, Carried &carried) {
  addImplicitlyCarried(stmt, body, carried);
  mlir::Region conditionRegion, region;
  loops.push_back({"while", carried.names});
  bool imported = loopBody(stmt, body, carried, region, {}, locate(stmt->range), condition, &conditionRegion);
  loops.pop_back();
  if (!imported)
    return false;
  auto op = builder.create<prog::WhileOp>(prog::named(locate(stmt->range), refs(carried.resultNames())),
                                          carried.types(), carried.inits);
  op.getCondition().takeBody(conditionRegion);
  op.getBody().takeBody(region);
  bindResults(body, carried, op.getResults());
  return true;
}

bool BodyImporter::whileStatement(const While *stmt) {
  if (!stmt->otherwise.empty())
    return fail(stmt->otherwise.front()->range, "a loop has no else in the language"), false;
  Carried carried;
  return whileLoop(stmt, stmt->body, stmt->condition, carried);
}

bool BodyImporter::whileCall(const For *stmt, const Call *call) {
  const auto *first = stmt->body.empty() ? nullptr : llvm::dyn_cast<ExprStmt>(stmt->body.front());
  const auto *condition = first && isLanguageCall(first->value, "pl.cond") ? llvm::cast<Call>(first->value) : nullptr;
  if (!condition || condition->arguments.size() != 1)
    return fail(call->range, "the body of a pl.while_ loop starts with pl.cond(condition)"), false;
  if (!call->arguments.empty() || call->keywords.size() != 1 || call->keywords.front().name != "init_values")
    return fail(call->range, "a loop's head is: for (x,) in pl.while_(init_values=(x0,))"), false;
  std::vector<const Name *> names;
  Carried carried;
  return readTargets(stmt->target, names) && startCarried(stmt, call->keywords.front().value, names, carried) &&
         whileLoop(stmt, stmt->body.drop_front(), condition->arguments[0], carried);
}

} // namespace pto::frontend
