// Statements: a function's body, its blocks, assignments.
// After an error in a statement the variables it assigns are known to be broken, so that one mistake is one error.
#include "compiler/dialect/program/Dims.h"
#include "compiler/dialect/program/Names.h"
#include "compiler/dialect/program/UnusedResults.h"
#include "compiler/frontend/program/import/BodyImporter.h"

namespace pto::program {

namespace {

/// Does the expression mention the variable?
bool mentions(const Expr *expr, llvm::StringRef name) {
  if (const auto *each = llvm::dyn_cast<Name>(expr))
    return each->id == name;
  if (const auto *each = llvm::dyn_cast<Call>(expr))
    return llvm::any_of(each->arguments, [&](const Expr *argument) { return mentions(argument, name); }) ||
           llvm::any_of(each->keywords, [&](const Keyword &keyword) { return mentions(keyword.value, name); });
  if (const auto *each = llvm::dyn_cast<Tuple>(expr))
    return llvm::any_of(each->elements, [&](const Expr *element) { return mentions(element, name); });
  return false;
}

} // namespace

BodyImporter::BodyImporter(ProgramImporter &program, ProgramFunction &function, bool strict)
    : program(program), function(function), diagnostics(program.diagnostics), context(program.context),
      builder(&program.context), scope(function.scope), strict(strict) {}

TypeReader BodyImporter::typeReader() {
  return TypeReader(context, diagnostics, *scope, [this](llvm::StringRef name) -> std::optional<prog::Dim> {
    mlir::Value value = environment.valueOf(name);
    return value ? std::optional(prog::dimOf(value)) : std::nullopt;
  });
}

bool BodyImporter::run(mlir::Type &returnedTypes) {
  mlir::Block &body = function.op.getBlock();
  builder.setInsertionPointToEnd(&body);
  for (auto [name, argument] : llvm::zip(function.parameterNames, body.getArguments())) {
    environment.bind(name, argument);
    if (function.op.getDirection(argument.getArgNumber()) != "in")
      outParameters.insert(name);
  }
  liveness = std::make_unique<Liveness>(function.syntax->body);
  unsigned errors = diagnostics.errorCount();
  BlockEnd end;
  bool imported = block(function.syntax->body, end) && diagnostics.errorCount() == errors;
  if (!imported)
    return false;
  SourceRange where = end.returns ? end.returns->range : function.syntax->nameRange;
  auto last = builder.create<prog::ReturnOp>(locate(where), returned);
  // Makes new operations of old ones: what `returned` holds is gone, the return has what took its place.
  prog::dropUnusedResults(function.op);
  returned.assign(last.getValues().begin(), last.getValues().end());
  returnedTypes = mlir::FunctionType::get(&context, body.getArgumentTypes(), last.getValues().getTypes());
  if (!function.syntax->returns)
    return true;
  mlir::TypeRange declared = function.op.getType().getResults();
  if (declared.size() != returned.size())
    return fail(where, "'" + function.syntax->name.str() + "' gives " + std::to_string(returned.size()) +
                           " values, its annotation has " + std::to_string(declared.size())),
           false;
  for (auto [i, value] : llvm::enumerate(returned))
    if (!prog::compatible(declared[i], value.getType()))
      return fail(where, "'" + function.syntax->name.str() + "' gives " + prog::programText(value.getType()) +
                             ", its annotation says " + prog::programText(declared[i])),
             false;
  returnedTypes = function.op.getType();
  return true;
}

bool BodyImporter::block(Block body, BlockEnd &end) {
  bool fine = true;
  ++blockDepth;
  assignedHere.emplace_back();
  if (blockDepth == 1)
    for (llvm::StringRef name : environment.names())
      assignedHere.back().insert(name);
  for (auto [i, stmt] : llvm::enumerate(body)) {
    const auto *assigned = llvm::dyn_cast<Assign>(stmt);
    if (end.leaves && !end.yield && assigned && isYield(assigned->value)) {
      // Not reached, but it names the loop's results.
      end.yield = stmt;
      for (llvm::StringRef name : assignedNames(stmt))
        end.names.push_back(name.str());
      continue;
    }
    if (end.returns || end.leaves) {
      const char *what = end.returns ? "the return" : "break or continue";
      fail(stmt->range, std::string("this statement is never reached: it stands after ") + what);
      fine = false;
      break;
    }
    // Python's documentation strings.
    const auto *first = llvm::dyn_cast<ExprStmt>(stmt);
    if (i == 0 && first && llvm::isa<String>(first->value))
      continue;
    if (!statement(stmt, end)) {
      poison(stmt);
      fine = false;
    }
  }
  --blockDepth;
  assignedHere.pop_back();
  return fine;
}

void BodyImporter::poison(const Stmt *stmt) {
  for (llvm::StringRef name : assignedNames(stmt))
    environment.poison(name);
  if (const auto *loop = llvm::dyn_cast<For>(stmt)) {
    std::vector<const Expr *> pending = {loop->target};
    while (!pending.empty()) {
      const Expr *target = pending.back();
      pending.pop_back();
      if (const auto *name = llvm::dyn_cast<Name>(target))
        environment.poison(name->id);
      else if (const auto *tuple = llvm::dyn_cast<Tuple>(target))
        pending.insert(pending.end(), tuple->elements.begin(), tuple->elements.end());
    }
  }
}

bool BodyImporter::statement(const Stmt *stmt, BlockEnd &end) {
  switch (stmt->kind) {
  case Stmt::Kind::Assign: {
    const auto *each = llvm::cast<Assign>(stmt);
    if (isYield(each->value) && each->targets.size() == 1)
      return yieldStatement(stmt, each->targets.front(), llvm::cast<Call>(each->value), end);
    return assign(each->targets, each->value, nullptr, stmt);
  }
  case Stmt::Kind::AnnotatedAssign: {
    const auto *each = llvm::cast<AnnotatedAssign>(stmt);
    if (!each->value)
      return fail(stmt->range, "this only declares a variable: give it a value"), false;
    if (!llvm::isa<Name>(each->target))
      return fail(each->target->range, "only a variable can be annotated"), false;
    if (isYield(each->value))
      return yieldStatement(stmt, each->target, llvm::cast<Call>(each->value), end);
    return assign(each->target, each->value, each->annotation, stmt);
  }
  case Stmt::Kind::AugmentedAssign:
    return augmentedAssign(llvm::cast<AugmentedAssign>(stmt));
  case Stmt::Kind::Expression: {
    const Expr *value = llvm::cast<ExprStmt>(stmt)->value;
    if (isYield(value))
      return yieldStatement(stmt, nullptr, llvm::cast<Call>(value), end);
    return expressionStatement(value);
  }
  case Stmt::Kind::If:
    return ifStatement(llvm::cast<If>(stmt));
  case Stmt::Kind::For:
    return forStatement(llvm::cast<For>(stmt));
  case Stmt::Kind::While:
    return whileStatement(llvm::cast<While>(stmt));
  case Stmt::Kind::With:
    return withStatement(llvm::cast<With>(stmt), end);
  case Stmt::Kind::Return:
    if (blockDepth > 1)
      return fail(stmt->range, "a return stands at the end of a function: hand values on with pl.yield_ and return "
                               "after the branch or loop"),
             false;
    end.returns = llvm::cast<Return>(stmt);
    return returnStatement(end.returns);
  case Stmt::Kind::Break:
  case Stmt::Kind::Continue:
    return leave(stmt, end);
  case Stmt::Kind::Pass:
    return true;
  case Stmt::Kind::Function:
    return fail(llvm::cast<Function>(stmt)->nameRange, "a function inside a function is not part of the language"),
           false;
  case Stmt::Kind::Class:
    return fail(llvm::cast<Class>(stmt)->nameRange, "a class inside a function is not part of the language"), false;
  case Stmt::Kind::Import:
    return fail(stmt->range, "an import stands outside of functions"), false;
  case Stmt::Kind::Opaque:
    return fail(stmt->range, "'" + llvm::cast<OpaqueStmt>(stmt)->what.str() + "' is not part of the language"), false;
  }
  return false;
}

void BodyImporter::warnIfLost(llvm::StringRef name, const Expr *value) {
  if (outParameters.contains(name) && !mentions(value, name) && !llvm::isa<Name>(value))
    diagnostics.warning(value->range, "assigning to the output parameter '" + name.str() +
                                          "' writes nothing: store into it, " + name.str() +
                                          " = pl.store(tile, offsets, " + name.str() + ")");
}

bool BodyImporter::bindTarget(const Expr *target, mlir::Value value, const Expr *source) {
  if (const auto *variable = llvm::dyn_cast<Name>(target)) {
    if (variable->id == "self" && function.isMethod)
      return fail(target->range, "'self' cannot be assigned"), false;
    if (!assignedHere.back().insert(variable->id).second && strict)
      return fail(target->range, "'" + variable->id.str() + "' is assigned again, which strict_ssa forbids"), false;
    warnIfLost(variable->id, source);
    mlir::Operation *op = value.getDefiningOp();
    // An alias of another variable keeps that variable's name.
    if (op && prog::nameOf(value).empty() && !(prog::isExpression(op) && !value.use_empty()))
      prog::setName(value, variable->id);
    environment.bind(variable->id, value);
    return true;
  }
  const auto *tuple = llvm::dyn_cast<Tuple>(target);
  if (!tuple) {
    const char *hint = llvm::isa<Subscript>(target) ? ": write elements with pl.write, parts with pl.assemble" : "";
    return fail(target->range, std::string("only a variable can be assigned") + hint), false;
  }
  llvm::SmallVector<mlir::Value, 4> parts;
  auto type = mlir::dyn_cast<mlir::TupleType>(value.getType());
  if (auto made = value.getDefiningOp<prog::TupleOp>()) {
    parts.assign(made.getElements().begin(), made.getElements().end());
  } else if (type) {
    for (auto [i, element] : llvm::enumerate(type.getTypes()))
      parts.push_back(builder.create<prog::ElementOp>(locate(source->range), element, value, uint64_t(i)));
  } else {
    parts.push_back(value);
  }
  if (parts.size() != tuple->elements.size())
    return fail(target->range, "there are " + std::to_string(tuple->elements.size()) + " variables for " +
                                   std::to_string(parts.size()) + " values"),
           false;
  for (auto [element, part] : llvm::zip(tuple->elements, parts))
    if (!bindTarget(element, part, source))
      return false;
  return true;
}

bool BodyImporter::assign(Exprs targets, const Expr *value, const Expr *annotation, const Stmt *) {
  const auto *each = llvm::dyn_cast<Call>(value);
  bool closed = isClosed(value);
  mlir::Value imported = each && !closed ? oneOf(each, annotation) : expression(value);
  if (!imported)
    return false;
  const auto *variable = llvm::dyn_cast<Name>(targets.front());
  if (annotation && !(imported = annotate(imported, annotation, variable->id)))
    return false;
  for (const Expr *target : targets)
    if (!bindTarget(target, imported, value))
      return false;
  return true;
}

bool BodyImporter::augmentedAssign(const AugmentedAssign *stmt) {
  const auto *variable = llvm::dyn_cast<Name>(stmt->target);
  if (!variable)
    return fail(stmt->target->range, "only a variable can be assigned"), false;
  Binary whole(stmt->range, stmt->op, stmt->target, stmt->value);
  mlir::Value value = binary(&whole);
  return value && bindTarget(stmt->target, value, stmt->value);
}

bool BodyImporter::staticAssert(const Call *call) {
  if (call->arguments.empty() || call->arguments.size() > 2)
    return fail(call->range, "pl.static_assert takes a condition and a message"), false;
  const Expr *condition = call->arguments[0];
  std::optional<bool> truth;
  if (isClosed(condition)) {
    truth = evaluate(condition, *scope).truth();
  } else if (mlir::Value value = expression(condition)) {
    if (auto constant = value.getDefiningOp<prog::ConstOp>())
      if (auto integer = mlir::dyn_cast<mlir::IntegerAttr>(constant.getValue()))
        truth = !integer.getValue().isZero();
  } else {
    return false;
  }
  if (!truth)
    return fail(condition->range, "the condition of pl.static_assert has to be known before the program runs"), false;
  if (*truth)
    return true;
  const auto *message = call->arguments.size() == 2 ? llvm::dyn_cast<String>(call->arguments[1]) : nullptr;
  return fail(condition->range, "this does not hold" + (message ? ": " + message->value.str() : std::string())), false;
}

bool BodyImporter::expressionStatement(const Expr *value) {
  if (isLanguageCall(value, "pl.static_print"))
    return true;
  if (isLanguageCall(value, "pl.static_assert"))
    return staticAssert(llvm::cast<Call>(value));
  const auto *each = llvm::dyn_cast<Call>(value);
  if (!each) {
    bool ellipsis = llvm::isa<Constant>(value) && llvm::cast<Constant>(value)->value == Constant::Value::Ellipsis;
    return ellipsis || (fail(value->range, "this statement has no effect"), false);
  }
  llvm::SmallVector<mlir::Value, 4> results;
  return call(each, results);
}

} // namespace pto::program
