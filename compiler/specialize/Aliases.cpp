// Which parameters a local name may stand for, with the same shape.
// The order of the statements plays no part: facts are added until nothing new follows.
#include "compiler/specialize/Aliases.h"
#include "compiler/frontend/program/CallArguments.h"
#include "compiler/frontend/program/Walk.h"

namespace pto::specialize {

namespace {

const Expr *keywordOf(const Call *call, llvm::StringRef name) {
  for (const Keyword &keyword : call->keywords)
    if (keyword.name == name)
      return keyword.value;
  return nullptr;
}

const Expr *argumentOf(const Call *call, size_t index, llvm::StringRef name) {
  return index < call->arguments.size() ? call->arguments[index] : keywordOf(call, name);
}

/// The operations that give one of their operands back, changed but of the same shape.
const Expr *passedThrough(const Call *call, llvm::StringRef path) {
  if (path == "pl.store" || path == "pl.tile.store")
    return argumentOf(call, 2, "output_tensor");
  if (path == "pl.assemble" || path == "pl.tensor.assemble")
    return argumentOf(call, 0, "target");
  return nullptr;
}

} // namespace

Aliases::Aliases(const FunctionOutline &function, const Outline &outline) : function(function), outline(outline) {
  for (auto [i, parameter] : llvm::enumerate(function.parameters))
    names[parameter.name].insert(i);
  do {
    changed = false;
    auto onStmt = [&](const Stmt *stmt) { learn(stmt); };
    walk(function.function->body, {{}, onStmt});
  } while (changed);
}

std::set<size_t> Aliases::of(const Expr *expr) const {
  Sets sets = each(expr);
  return sets.size() == 1 ? sets.front() : std::set<size_t>();
}

std::vector<std::set<size_t>> Aliases::returned() const {
  Sets all;
  auto onStmt = [&](const Stmt *stmt) {
    const auto *result = llvm::dyn_cast<Return>(stmt);
    if (!result || !result->value)
      return;
    Sets values = each(result->value);
    all.resize(std::max(all.size(), values.size()));
    for (auto [i, value] : llvm::enumerate(values))
      all[i].insert(value.begin(), value.end());
  };
  walk(function.function->body, {{}, onStmt});
  return all;
}

Aliases::Sets Aliases::each(const Expr *expr) const {
  if (const auto *name = llvm::dyn_cast<Name>(expr))
    return {names.lookup(name->id)};
  if (llvm::isa<Tuple, List>(expr)) {
    Sets sets;
    for (const Expr *element : elementsOf(expr))
      sets.push_back(of(element));
    return sets;
  }
  const auto *call = llvm::dyn_cast<Call>(expr);
  if (!call)
    return {{}};
  if (const Function *called = calledFunction(call, function)) {
    const FunctionOutline *callee = outline.find(called);
    if (!callee)
      return {{}};
    std::vector<const Expr *> arguments = matchArguments(*call, *callee->function);
    Sets sets;
    for (const std::set<size_t> &origins : callee->returnOrigins) {
      sets.emplace_back();
      for (size_t origin : origins)
        if (arguments[origin])
          for (size_t parameter : of(arguments[origin]))
            sets.back().insert(parameter);
    }
    return sets;
  }
  std::string path = languagePath(call->callee, function);
  if (path == "pl.yield_") {
    Sets sets;
    for (const Expr *value : call->arguments)
      sets.push_back(of(value));
    return sets;
  }
  const Expr *same = passedThrough(call, path);
  return same ? each(same) : Sets{{}};
}

void Aliases::assign(const Expr *target, const Sets &values) {
  if (const auto *name = llvm::dyn_cast<Name>(target); name && values.size() == 1) {
    std::set<size_t> &known = names[name->id];
    size_t before = known.size();
    known.insert(values[0].begin(), values[0].end());
    changed |= known.size() != before;
    return;
  }
  Exprs targets = elementsOf(target);
  for (auto [i, element] : llvm::enumerate(targets))
    if (targets.size() == values.size())
      assign(element, {values[i]});
}

/// `for i, (acc,) in pl.range(n, init_values=(c,))`: acc begins as c.
void Aliases::assignCarried(const For *loop) {
  const auto *call = llvm::dyn_cast<Call>(loop->iterable);
  const Expr *initial = call ? keywordOf(call, "init_values") : nullptr;
  if (!initial)
    return;
  bool isWhile = languagePath(call->callee, function) == "pl.while_";
  Exprs targets = elementsOf(loop->target);
  if (!isWhile && targets.size() == 2)
    assign(targets[1], each(initial));
  else if (isWhile)
    assign(loop->target, each(initial));
}

void Aliases::learn(const Stmt *stmt) {
  if (const Expr *value = assignedValue(stmt))
    forEachTarget(stmt, [&, values = each(value)](const Expr *target) { assign(target, values); });
  else if (const auto *loop = llvm::dyn_cast<For>(stmt))
    assignCarried(loop);
}

} // namespace pto::specialize
