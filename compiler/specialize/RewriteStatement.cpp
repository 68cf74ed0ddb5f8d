// Statements of a function that is being specialized.
// What only says something to the specializer is gone afterwards; a branch that cannot be taken is gone too.
#include "compiler/frontend/program/AstPrinter.h"
#include "compiler/specialize/FunctionRewriter.h"

namespace pto::specialize {

void FunctionRewriter::block(Block statements, Statements &out) {
  for (const Stmt *stmt : statements)
    statement(stmt, out);
}

void FunctionRewriter::statement(const Stmt *stmt, Statements &out) {
  Arena &arena = session.arena;
  switch (stmt->kind) {
  case Stmt::Kind::Expression:
    return exprStatement(llvm::cast<ExprStmt>(stmt), out);
  case Stmt::Kind::Assign:
    return assign(llvm::cast<Assign>(stmt), out);
  case Stmt::Kind::AnnotatedAssign:
    return annotatedAssign(llvm::cast<AnnotatedAssign>(stmt), out);
  case Stmt::Kind::AugmentedAssign: {
    const auto *update = llvm::cast<AugmentedAssign>(stmt);
    Term current = rewrite(update->target);
    const Expr *value = expression(update->value);
    out.push_back(arena.make<AugmentedAssign>(stmt->range, update->op, target(update->target), value));
    Term after;
    after.type = current.type;
    return bindTarget(update->target, after);
  }
  case Stmt::Kind::For:
    return forLoop(llvm::cast<For>(stmt), out);
  case Stmt::Kind::While: {
    const auto *loop = llvm::cast<While>(stmt);
    const Expr *condition = expression(loop->condition);
    Statements body, otherwise;
    block(loop->body, body);
    block(loop->otherwise, otherwise);
    out.push_back(
        arena.make<While>(stmt->range, condition, arena.list<const Stmt *>(body), arena.list<const Stmt *>(otherwise)));
    return;
  }
  case Stmt::Kind::If:
    return branch(llvm::cast<If>(stmt), out);
  case Stmt::Kind::With: {
    const auto *with = llvm::cast<With>(stmt);
    llvm::SmallVector<WithItem> items;
    for (const WithItem &item : with->items) {
      Term context = rewrite(item.context);
      items.push_back({finish(context), item.target ? target(item.target) : nullptr});
      if (item.target)
        bindTarget(item.target, {});
    }
    Statements body;
    block(with->body, body);
    out.push_back(arena.make<With>(stmt->range, arena.list<WithItem>(items), arena.list<const Stmt *>(body)));
    return;
  }
  case Stmt::Kind::Return:
    return returnStatement(llvm::cast<Return>(stmt), out);
  case Stmt::Kind::Break:
  case Stmt::Kind::Continue:
  case Stmt::Kind::Pass:
  case Stmt::Kind::Function:
  case Stmt::Kind::Class:
  case Stmt::Kind::Import:
  case Stmt::Kind::Opaque:
    out.push_back(stmt);
    return;
  }
}

void FunctionRewriter::exprStatement(const ExprStmt *stmt, Statements &out) {
  const auto *call = llvm::dyn_cast<Call>(stmt->value);
  if (call && mode == RewriteMode::Generic) {
    const auto *method = llvm::dyn_cast<Attribute>(call->callee);
    if (method && method->name == "bind_dynamic")
      return;
    std::string path = languagePath(call->callee, function);
    if (path == "pl.static_assert")
      return staticAssert(call);
    if (path == "pl.static_print")
      return;
  }
  out.push_back(session.arena.make<ExprStmt>(stmt->range, expression(stmt->value)));
}

void FunctionRewriter::staticAssert(const Call *call) {
  if (call->arguments.empty() || call->arguments.size() > 2 || !call->keywords.empty())
    return error(call->range, "pl.static_assert takes a condition and, if you like, a message");
  Term condition = rewrite(call->arguments[0]);
  std::optional<bool> truth = condition.value ? condition.value->truth() : std::nullopt;
  std::string text = print(call->arguments[0]);
  if (!truth)
    return error(call->arguments[0]->range, "pl.static_assert needs a condition that is known before the program "
                                            "runs; `" +
                                                text + "` becomes `" + print(finish(condition)) + "`");
  if (*truth)
    return;
  std::string message;
  if (call->arguments.size() == 2)
    if (Value given = evaluate(call->arguments[1], *function.scope); given.is(Value::Kind::String))
      message = ": " + given.text;
  error(call->range, "pl.static_assert failed" + message + "; `" + text + "` is false");
}

const Expr *FunctionRewriter::target(const Expr *target) {
  if (const auto *tuple = llvm::dyn_cast<Tuple>(target)) {
    llvm::SmallVector<const Expr *> elements;
    for (const Expr *element : tuple->elements)
      elements.push_back(this->target(element));
    return session.builder.tuple(target->range, elements);
  }
  return llvm::isa<Name>(target) ? target : expression(target);
}

bool FunctionRewriter::canInline(const Name *target, const Term &term) const {
  return mode == RewriteMode::Generic && term.derived && term.literal && function.locals.lookup(target->id) == 1;
}

void FunctionRewriter::bindName(llvm::StringRef name, const Term &term, bool inlined) {
  Binding binding;
  binding.type = term.type;
  // Where it is assigned again, in a loop perhaps, nothing is known of its value.
  if (function.locals.lookup(name) == 1) {
    binding.value = term.value;
    binding.derived = term.derived;
    binding.symbolic = term.symbolic;
    binding.inlined = inlined;
  }
  environment[name] = std::move(binding);
}

void FunctionRewriter::bindTarget(const Expr *target, const Term &term) {
  if (const auto *name = llvm::dyn_cast<Name>(target))
    return bindName(name->id, term, false);
  Exprs targets = elementsOf(target);
  for (auto [i, element] : llvm::enumerate(targets)) {
    Term part;
    if (term.type.is(Type::Kind::Tuple) && term.type.elements.size() == targets.size())
      part.type = term.type.elements[i];
    bindTarget(element, part);
  }
}

void FunctionRewriter::assign(const Assign *stmt, Statements &out) {
  const auto *name = stmt->targets.size() == 1 ? llvm::dyn_cast<Name>(stmt->targets[0]) : nullptr;
  if (name && mode == RewriteMode::Generic)
    if (auto symbol = function.localSymbols.find(name->id); symbol != function.localSymbols.end())
      return bindName(name->id, fromValue(name, Value::symbol(symbol->second), nullptr, false), true);
  if (assignElements(stmt, out))
    return;
  Term value = rewrite(stmt->value);
  if (name && canInline(name, value))
    return bindName(name->id, value, true);
  if (unpack(stmt, value, out))
    return;
  llvm::SmallVector<const Expr *> targets;
  for (const Expr *each : stmt->targets)
    targets.push_back(target(each));
  out.push_back(session.arena.make<Assign>(stmt->range, session.arena.list<const Expr *>(targets), finish(value)));
  for (const Expr *each : stmt->targets)
    bindTarget(each, value);
}

/// `M, N = a.shape[0], b.shape[1]`: both at once, since one side may name what the other assigns.
bool FunctionRewriter::assignElements(const Assign *stmt, Statements &out) {
  const auto *targets = stmt->targets.size() == 1 ? llvm::dyn_cast<Tuple>(stmt->targets[0]) : nullptr;
  const auto *values = llvm::dyn_cast<Tuple>(stmt->value);
  if (!targets || !values || targets->elements.size() != values->elements.size())
    return false;
  std::vector<Term> terms;
  llvm::SmallVector<const Expr *> nodes;
  bool canAllGo = true;
  for (auto [each, value] : llvm::zip(targets->elements, values->elements)) {
    terms.push_back(rewrite(value));
    nodes.push_back(finish(terms.back()));
    const auto *name = llvm::dyn_cast<Name>(each);
    canAllGo &= name && canInline(name, terms.back());
  }
  if (!canAllGo)
    out.push_back(session.builder.assign(stmt->range, target(targets), session.builder.tuple(values->range, nodes)));
  for (auto [each, term] : llvm::zip(targets->elements, terms))
    if (const auto *name = llvm::dyn_cast<Name>(each))
      bindName(name->id, term, canAllGo);
    else
      bindTarget(each, term);
  return true;
}

/// `M, N = a.shape`: each name on its own, so that those that stand for a constant can go.
bool FunctionRewriter::unpack(const Assign *stmt, const Term &value, Statements &out) {
  const auto *tuple = stmt->targets.size() == 1 ? llvm::dyn_cast<Tuple>(stmt->targets[0]) : nullptr;
  bool isSequence = value.derived && (!value.dimensions.empty() || (value.value && value.value->isSequence()));
  if (!tuple || !isSequence || mode == RewriteMode::Concrete)
    return false;
  size_t size = value.value ? value.value->elements().size() : value.dimensions.size();
  if (tuple->elements.size() != size) {
    error(stmt->range, std::to_string(tuple->elements.size()) + " names for " + std::to_string(size) + " values");
    return true;
  }
  for (auto [i, each] : llvm::enumerate(tuple->elements)) {
    Term index;
    index.value = Value::ofInteger(int64_t(i));
    index.expr = session.builder.integer(stmt->value->range, int64_t(i));
    Term part = element(stmt->value, value, index, false);
    const auto *name = llvm::dyn_cast<Name>(each);
    bool inlined = name && canInline(name, part);
    if (!inlined)
      out.push_back(session.builder.assign(stmt->range, target(each), finish(part)));
    if (name)
      bindName(name->id, part, inlined);
  }
  return true;
}

void FunctionRewriter::annotatedAssign(const AnnotatedAssign *stmt, Statements &out) {
  Term annotation = rewrite(stmt->annotation, true);
  Term value;
  if (stmt->value) {
    value = rewrite(stmt->value);
    const Dtype *dtype = annotation.type.is(Type::Kind::Scalar) ? annotation.type.dtype : nullptr;
    std::string reason;
    if (value.literal && dtype && value.value->isNumber())
      if (std::optional<Value> converted = convertScalar(*value.value, *dtype, reason)) {
        value.value = converted;
        value.type = annotation.type;
      }
  }
  out.push_back(session.arena.make<AnnotatedAssign>(stmt->range, target(stmt->target), finish(annotation),
                                                    stmt->value ? finish(value) : nullptr));
  if (!stmt->value)
    return;
  if (!value.type.isComplete() && !annotation.type.is(Type::Kind::Unknown))
    value.type = annotation.type;
  bindTarget(stmt->target, value);
}

} // namespace pto::specialize
