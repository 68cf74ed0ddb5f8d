// Loops, branches and returns in a function that is being specialized.
// A branch whose condition is known becomes the block that it chooses.
#include "compiler/frontend/program/AstPrinter.h"
#include "compiler/specialize/FunctionRewriter.h"

namespace pto::specialize {

namespace {

bool sameValue(const std::optional<Value> &left, const std::optional<Value> &right) {
  return left && right && left->kind == right->kind && print(*left) == print(*right);
}

} // namespace

/// `for i in pl.range(n)`, `for i, (acc,) in pl.range(n, init_values=(acc0,))`, `for (x,) in pl.while_(…)`.
void FunctionRewriter::forLoop(const For *stmt, Statements &out) {
  Term iterable = rewrite(stmt->iterable);
  const auto *call = llvm::dyn_cast<Call>(stmt->iterable);
  Term carried, counter;
  counter.type = Type::scalar(findDtype("INDEX"));
  if (call)
    for (const Keyword &keyword : call->keywords)
      if (keyword.name == "init_values")
        carried = rewrite(keyword.value);
  bool isWhile = call && languagePath(call->callee, function) == "pl.while_";
  Exprs targets = elementsOf(stmt->target);
  if (isWhile) {
    bindTarget(stmt->target, carried);
  } else if (targets.size() == 2) {
    bindTarget(targets[0], counter);
    bindTarget(targets[1], carried);
  } else {
    bindTarget(stmt->target, counter);
  }
  Arena &arena = session.arena;
  Statements body, otherwise;
  block(stmt->body, body);
  block(stmt->otherwise, otherwise);
  if (body.empty())
    body.push_back(arena.make<Pass>(stmt->range));
  out.push_back(arena.make<For>(stmt->range, target(stmt->target), finish(iterable), arena.list<const Stmt *>(body),
                                arena.list<const Stmt *>(otherwise)));
}

void FunctionRewriter::branch(const If *stmt, Statements &out) {
  Term condition = rewrite(stmt->condition);
  std::optional<bool> truth = condition.value ? condition.value->truth() : std::nullopt;
  if (mode == RewriteMode::Generic && condition.derived && truth)
    return chosenBranch(*truth ? stmt->then : stmt->otherwise, out);
  Arena &arena = session.arena;
  Environment before = environment;
  Statements then, otherwise;
  block(stmt->then, then);
  Environment afterThen = std::move(environment);
  environment = std::move(before);
  block(stmt->otherwise, otherwise);
  merge(afterThen);
  if (then.empty())
    then.push_back(arena.make<Pass>(stmt->range));
  out.push_back(arena.make<If>(stmt->range, finish(condition), arena.list<const Stmt *>(then),
                               arena.list<const Stmt *>(otherwise)));
}

/// The branch that is always taken takes the place of the whole: its `r = pl.yield_(x)` is `r = x`.
void FunctionRewriter::chosenBranch(Block statements, Statements &out) {
  for (const Stmt *stmt : statements) {
    const auto *result = llvm::dyn_cast<Assign>(stmt);
    const auto *call = result ? llvm::dyn_cast<Call>(result->value) : nullptr;
    if (!call || languagePath(call->callee, function) != "pl.yield_" || call->arguments.empty()) {
      statement(stmt, out);
      continue;
    }
    const Expr *value =
        call->arguments.size() == 1 ? call->arguments[0] : session.builder.tuple(call->range, call->arguments);
    statement(session.arena.make<Assign>(stmt->range, result->targets, value), out);
  }
}

/// After a branch a name is what both sides say it is.
void FunctionRewriter::merge(const Environment &other) {
  for (const auto &entry : other) {
    auto [it, isNew] = environment.try_emplace(entry.getKey(), entry.getValue());
    Binding &binding = it->second;
    if (isNew)
      continue;
    if (binding.type != entry.getValue().type)
      binding.type = Type();
    if (!sameValue(binding.value, entry.getValue().value)) {
      binding.value.reset();
      binding.symbolic = nullptr;
    }
  }
}

void FunctionRewriter::returnStatement(const Return *stmt, Statements &out) {
  if (!stmt->value) {
    out.push_back(stmt);
    return;
  }
  Term value = rewrite(stmt->value);
  out.push_back(session.arena.make<Return>(stmt->range, finish(value)));
  if (returned && returned->isComplete())
    return;
  returned = value.type;
  returnSite = stmt->value->range;
}

} // namespace pto::specialize
