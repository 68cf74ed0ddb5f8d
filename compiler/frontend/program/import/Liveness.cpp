// Which variables are still needed after a statement.
// The classic backward walk, on the tree; a loop is walked until its entry stops growing.
#include "compiler/frontend/program/import/Liveness.h"
#include "compiler/frontend/program/Walk.h"

namespace pto::frontend {

namespace {

void addUses(const Expr *expr, NameSet &names) {
  auto onExpr = [&](const Expr *each) {
    if (const auto *name = llvm::dyn_cast<Name>(each))
      names.insert(name->id);
  };
  walk(expr, {onExpr, {}});
}

/// What a loop with init_values gives, also when it runs no round: its carried variables and what its yield names.
void forEachResult(const For *loop, llvm::function_ref<void(llvm::StringRef)> visit) {
  const auto *call = llvm::dyn_cast<Call>(loop->iterable);
  bool carries =
      call && llvm::any_of(call->keywords, [](const Keyword &keyword) { return keyword.name == "init_values"; });
  if (!carries)
    return;
  const auto *targets = llvm::dyn_cast<Tuple>(loop->target);
  for (const Expr *target : targets ? targets->elements : Exprs())
    forEachName(target, visit);
  for (const Stmt *stmt : loop->body) {
    const auto *yield = llvm::dyn_cast_if_present<Call>(assignedValue(stmt));
    const auto *word = yield ? llvm::dyn_cast<Attribute>(yield->callee) : nullptr;
    if (word && word->name == "yield_")
      forEachTarget(stmt, [&](const Expr *target) { forEachName(target, visit); });
  }
}

/// `out[i] = x` makes a new `out` of the old one.
void forEachAssigned(const Expr *target, llvm::function_ref<void(llvm::StringRef)> visit) {
  if (const auto *part = llvm::dyn_cast<Subscript>(target))
    return forEachName(part->base, visit);
  forEachName(target, visit);
}

void merge(NameSet &into, const NameSet &from) {
  for (const auto &entry : from)
    into.insert(entry.getKey());
}

} // namespace

void Liveness::collectAssigned(Block body, NameList &names) const {
  auto add = [&](llvm::StringRef name) { names.insert(name); };
  for (const Stmt *stmt : body) {
    if (assignedValue(stmt) || llvm::isa<AugmentedAssign>(stmt))
      forEachTarget(stmt, [&](const Expr *target) { forEachAssigned(target, add); });
    if (const auto *with = llvm::dyn_cast<With>(stmt))
      for (const WithItem &item : with->items)
        if (item.target)
          forEachName(item.target, add);
    const auto *branch = llvm::dyn_cast<If>(stmt);
    auto decision = branch ? decisions.find(branch) : decisions.end();
    if (decision != decisions.end())
      collectAssigned(decision->second ? branch->then : branch->otherwise, names);
    else
      for (Block inner : blocksOf(stmt))
        collectAssigned(inner, names);
  }
}

NameList Liveness::assigned(Block body) const {
  NameList names;
  collectAssigned(body, names);
  return names;
}

Liveness::Liveness(Block body, Decisions decisions) : decisions(std::move(decisions)) {
  before(body, {});
}

bool Liveness::isLiveAfter(const Stmt *stmt, llvm::StringRef name) const {
  auto it = after.find(stmt);
  return it != after.end() && it->second.contains(name);
}

bool Liveness::isReadFirst(const Stmt *loop, llvm::StringRef name) const {
  auto it = entry.find(loop);
  return it != entry.end() && it->second.contains(name);
}

NameSet Liveness::before(Block body, NameSet live) {
  for (const Stmt *stmt : llvm::reverse(body))
    live = before(stmt, std::move(live));
  return live;
}

NameSet Liveness::beforeLoop(const Stmt *stmt, const NameSet &live, Block body, Block otherwise,
                             llvm::function_ref<void(NameSet &)> head) {
  NameSet out = live;
  // A loop around walks this one again, with more that is live behind it: what was found then is where to begin, or
  // loops within loops would be walked twice as often with each level.
  Loop loop = {&live, std::move(entry[stmt])};
  loops.push_back(&loop);
  for (;;) {
    NameSet around = out;
    merge(around, loop.again);
    NameSet in = before(body, around);
    head(in);
    size_t known = loop.again.size();
    merge(loop.again, in);
    if (loop.again.size() == known)
      break;
  }
  loops.pop_back();
  merge(out, loop.again);
  entry[stmt] = std::move(loop.again);
  return before(otherwise, std::move(out));
}

NameSet Liveness::before(const Stmt *stmt, NameSet live) {
  auto define = [&](const Expr *target) { forEachName(target, [&](llvm::StringRef name) { live.erase(name); }); };
  switch (stmt->kind) {
  case Stmt::Kind::Expression:
    addUses(llvm::cast<ExprStmt>(stmt)->value, live);
    return live;
  case Stmt::Kind::Assign: {
    const auto *assign = llvm::cast<Assign>(stmt);
    for (const Expr *target : assign->targets) {
      define(target);
      if (llvm::isa<Subscript>(target))
        addUses(target, live);
    }
    addUses(assign->value, live);
    return live;
  }
  case Stmt::Kind::AnnotatedAssign: {
    const auto *assign = llvm::cast<AnnotatedAssign>(stmt);
    if (assign->value)
      define(assign->target);
    addUses(assign->value, live);
    addUses(assign->annotation, live);
    return live;
  }
  case Stmt::Kind::AugmentedAssign:
    addUses(llvm::cast<AugmentedAssign>(stmt)->target, live);
    addUses(llvm::cast<AugmentedAssign>(stmt)->value, live);
    return live;
  case Stmt::Kind::If: {
    const auto *branch = llvm::cast<If>(stmt);
    after[stmt] = live;
    if (auto decision = decisions.find(branch); decision != decisions.end())
      return before(decision->second ? branch->then : branch->otherwise, std::move(live));
    NameSet otherwise = before(branch->otherwise, live);
    NameSet result = before(branch->then, std::move(live));
    merge(result, otherwise);
    addUses(branch->condition, result);
    return result;
  }
  case Stmt::Kind::For: {
    const auto *loop = llvm::cast<For>(stmt);
    after[stmt] = live;
    NameSet kept = live;
    forEachResult(loop, [&](llvm::StringRef name) { kept.erase(name); });
    NameSet result = beforeLoop(stmt, kept, loop->body, loop->otherwise, [&](NameSet &in) {
      forEachName(loop->target, [&](llvm::StringRef name) { in.erase(name); });
    });
    addUses(loop->iterable, result);
    return result;
  }
  case Stmt::Kind::While: {
    const auto *loop = llvm::cast<While>(stmt);
    after[stmt] = live;
    NameSet kept = live;
    return beforeLoop(stmt, kept, loop->body, loop->otherwise, [&](NameSet &in) { addUses(loop->condition, in); });
  }
  case Stmt::Kind::With: {
    const auto *with = llvm::cast<With>(stmt);
    after[stmt] = live;
    NameSet result = before(with->body, std::move(live));
    for (const WithItem &item : with->items) {
      if (item.target)
        forEachName(item.target, [&](llvm::StringRef name) { result.erase(name); });
      addUses(item.context, result);
    }
    return result;
  }
  case Stmt::Kind::Return: {
    NameSet result;
    addUses(llvm::cast<Return>(stmt)->value, result);
    return result;
  }
  // A loop that is left takes all that it carries along, also what only a next round would read.
  case Stmt::Kind::Break:
  case Stmt::Kind::Continue: {
    if (loops.empty())
      return live;
    NameSet result = *loops.back()->after;
    merge(result, loops.back()->again);
    return result;
  }
  default:
    return live;
  }
}

} // namespace pto::frontend
