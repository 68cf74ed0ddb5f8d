// Statements: a function's body, its blocks, assignments.
// After an error in a statement the variables it assigns are known to be broken, so that one mistake is one error.
#include "compiler/dialect/program/Dims.h"
#include "compiler/dialect/program/Names.h"
#include "compiler/dialect/program/UnusedResults.h"
#include "compiler/frontend/program/import/BodyImporter.h"

namespace pto::frontend {

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

/// `-> pl.Tensor`, `-> tuple[pl.Tensor, pl.Tensor]`: what is returned says more.
bool isBareTensor(const Expr *annotation, const Scope &scope) {
  if (const auto *access = llvm::dyn_cast<Subscript>(annotation)) {
    const auto *base = llvm::dyn_cast<Name>(access->base);
    bool isTuple = (base && base->id == "tuple") || resolvePath(access->base, scope) == "pl.Tuple";
    const auto *list = llvm::dyn_cast<Tuple>(access->index);
    return isTuple && llvm::all_of(list ? list->elements : Exprs(access->index),
                                   [&](const Expr *each) { return isBareTensor(each, scope); });
  }
  return resolvePath(annotation, scope) == "pl.Tensor";
}

} // namespace

BodyImporter::BodyImporter(ProgramImporter &program, ProgramFunction &function, bool strict, Decisions &decisions)
    : program(program), function(function), generic(function.generic), decisions(&decisions),
      diagnostics(program.diagnostics), context(program.context), builder(&program.context), scope(function.scope),
      strict(strict) {}

TypeReader BodyImporter::typeReader() {
  return TypeReader(context, diagnostics, *scope,
                    {[this](const Expr *expr) { return localValue(expr, /*withWritten=*/true); },
                     [this](const Expr *expr) { return localDim(expr); }});
}

bool BodyImporter::run(mlir::Type &returnedTypes) {
  mlir::Block &body = function.op.getBlock();
  builder.setInsertionPointToEnd(&body);
  bindParameters();
  liveness = std::make_unique<Liveness>(function.syntax->body, *decisions);
  unsigned errors = diagnostics.errorCount();
  BlockEnd end;
  if (!block(function.syntax->body, end) || diagnostics.errorCount() != errors)
    return false;
  SourceRange where = end.returns ? end.returns->range : function.syntax->nameRange;
  auto last = builder.create<prog::ReturnOp>(locate(where), returned);
  // Makes new operations of old ones: what `returned` holds is gone, the return has what took its place.
  prog::dropUnusedResults(function.op);
  returned.assign(last.getValues().begin(), last.getValues().end());
  return finishReturns(where, returnedTypes);
}

void BodyImporter::bindParameters() {
  for (auto [i, argument] : llvm::enumerate(function.op.getBlock().getArguments())) {
    llvm::StringRef name = function.parameterNames[i];
    environment.bind(name, argument);
    if (function.op.getDirection(static_cast<unsigned>(i)) != "in")
      outParameters.insert(name);
    if (!generic || !function.bound[i].value)
      continue;
    const Value &value = *function.bound[i].value;
    prog::DType dtype = mlir::cast<prog::ScalarType>(argument.getType()).getDtype();
    if (generic->locals.lookup(name) == 1) {
      environment.bind(name, {}, {value, dtype, /*isConstant=*/true});
      continue;
    }
    // The body assigns to it: it begins as its value, and may be another one later.
    Name here{{generic->parameters[i].range}, name};
    mlir::Value start = constant(value, &here, dtype);
    prog::setName(start, name);
    environment.bind(name, start);
  }
}

/// Of what is returned, and as the function's annotation says it.
bool BodyImporter::finishReturns(SourceRange where, mlir::Type &returnedTypes) {
  mlir::TypeRange inputs = function.op.getBlock().getArgumentTypes();
  llvm::SmallVector<mlir::Type, 4> declared(function.op.getType().getResults());
  const Expr *annotation = function.syntax->returns;
  if (generic) {
    declared.clear();
    if (annotation && !llvm::isa<Constant>(annotation) && !isBareTensor(annotation, *scope)) {
      ReadType type = typeReader().read(annotation);
      if (!type)
        return false;
      if (auto tuple = mlir::dyn_cast<mlir::TupleType>(type.type))
        declared.append(tuple.begin(), tuple.end());
      else
        declared.push_back(type.type);
    } else {
      for (mlir::Value value : returned)
        declared.push_back(plainType(value.getType()));
    }
  } else if (!annotation) {
    declared.assign(mlir::ValueRange(returned).getTypes().begin(), mlir::ValueRange(returned).getTypes().end());
  }
  returnedTypes = mlir::FunctionType::get(&context, inputs, declared);
  if (declared.size() != returned.size())
    return fail(where, "'" + function.syntax->name.str() + "' gives " + std::to_string(returned.size()) +
                           " values, its annotation has " + std::to_string(declared.size())),
           false;
  for (auto [i, value] : llvm::enumerate(returned))
    if (!prog::compatible(declared[i], value.getType()))
      return fail(where, "'" + function.syntax->name.str() + "' gives " + prog::programText(value.getType()) +
                             ", its annotation says " + prog::programText(declared[i])),
             false;
  return true;
}

bool BodyImporter::block(Block body, BlockEnd &end) {
  ++blockDepth;
  assignedHere.emplace_back();
  if (blockDepth == 1)
    for (llvm::StringRef name : environment.names())
      assignedHere.back().insert(name);
  bool fine = statements(body, end);
  --blockDepth;
  assignedHere.pop_back();
  return fine;
}

bool BodyImporter::statements(Block body, BlockEnd &end) {
  bool fine = true;
  for (auto [i, stmt] : llvm::enumerate(body)) {
    // What follows an early return that is decided is not reached in this program.
    if (end.returns && i && llvm::isa<If>(body[i - 1]) && decisions->contains(llvm::cast<If>(body[i - 1])))
      break;
    const auto *assigned = llvm::dyn_cast<Assign>(stmt);
    if (end.leaves && !end.yield && assigned && isYield(assigned->value)) {
      // Not reached, but it names the loop's results.
      end.yield = stmt;
      for (llvm::StringRef name : liveness->assigned(stmt))
        end.names.push_back(name.str());
      continue;
    }
    if (end.returns || end.leaves) {
      const char *what = end.returns ? "the return" : "break or continue";
      fail(stmt->range, std::string("this statement is unreachable: it comes after ") + what);
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
  return fine;
}

void BodyImporter::poison(const Stmt *stmt) {
  for (llvm::StringRef name : liveness->assigned(stmt))
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
    return ifStatement(llvm::cast<If>(stmt), end);
  case Stmt::Kind::For:
    return forStatement(llvm::cast<For>(stmt));
  case Stmt::Kind::While:
    return whileStatement(llvm::cast<While>(stmt));
  case Stmt::Kind::With:
    return withStatement(llvm::cast<With>(stmt), end);
  case Stmt::Kind::Return:
    if (blockDepth > 1)
      return fail(stmt->range,
                  "a return must be the last statement of a function: pass values out with pl.yield_ and return "
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
    return fail(stmt->range, "an import belongs outside of functions"), false;
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
  if (const auto *part = llvm::dyn_cast<Subscript>(target))
    return storePart(part, value);
  const auto *tuple = llvm::dyn_cast<Tuple>(target);
  if (!tuple)
    return fail(target->range, "only a variable, or a part of one, can be assigned"), false;
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
  // (a, b), task = pl.submit(…)
  const auto *results = tuple->elements.size() == 2 ? llvm::dyn_cast<Tuple>(tuple->elements[0]) : nullptr;
  if (results && parts.size() == results->elements.size() + 1) {
    for (auto [element, part] : llvm::zip(results->elements, parts))
      if (!bindTarget(element, part, source))
        return false;
    return bindTarget(tuple->elements[1], parts.back(), source);
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
  if (generic && targets.size() == 1 && !annotation)
    if (std::optional<bool> done = assignConstants(targets.front(), value))
      return *done;
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
  if (generic && targets.size() == 1)
    remember(targets.front(), value);
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
  if (call->arguments.empty() || call->arguments.size() > 2 || !call->keywords.empty())
    return fail(call->range, "pl.static_assert takes a condition and, if you like, a message"), false;
  const Expr *condition = call->arguments[0];
  Value known = evaluated(condition, /*withWritten=*/true);
  std::optional<bool> truth = known.truth();
  // A variable of the program may be constant all the same.
  if (!truth && !isClosed(condition)) {
    mlir::Value value = expression(condition);
    if (!value)
      return false;
    if (auto constant = value.getDefiningOp<prog::ConstOp>())
      if (auto integer = mlir::dyn_cast<mlir::IntegerAttr>(constant.getValue()))
        truth = !integer.getValue().isZero();
  }
  if (!truth)
    return fail(condition->range, "the condition of pl.static_assert must be known before the program runs; '" +
                                      text(condition) + "' is " + (known.text.empty() ? "no truth value" : known.text)),
           false;
  if (*truth)
    return true;
  Value message = call->arguments.size() == 2 ? evaluated(call->arguments[1], true) : Value();
  return fail(condition->range, "pl.static_assert failed" +
                                    (message.is(Value::Kind::String) ? ": " + message.text : std::string()) + "; '" +
                                    text(condition) + "' is false"),
         false;
}

/// `pl.func_attr({"split": …})` says in the body what `attrs=` says in the decorator.
bool BodyImporter::functionAttributes(const Call *call) {
  const auto *dict = call->arguments.size() == 1 ? llvm::dyn_cast<Dict>(call->arguments.front()) : nullptr;
  if (!dict || !call->keywords.empty())
    return fail(call->range, "pl.func_attr takes a dictionary"), false;
  auto attributes = mlir::dyn_cast_if_present<mlir::DictionaryAttr>(attribute(dict));
  if (!attributes || inlineDepth)
    return static_cast<bool>(attributes);
  mlir::NamedAttrList keywords(function.op.getKeywordsAttr());
  mlir::NamedAttrList attrs(mlir::dyn_cast_if_present<mlir::DictionaryAttr>(keywords.get("attrs")));
  for (mlir::NamedAttribute each : attributes)
    attrs.set(each.getName(), each.getValue());
  keywords.set("attrs", attrs.getDictionary(&context));
  function.op.setKeywordsAttr(keywords.getDictionary(&context));
  return true;
}

bool BodyImporter::expressionStatement(const Expr *value) {
  if (isLanguageCall(value, "pl.static_print"))
    return true;
  if (isLanguageCall(value, "pl.func_attr"))
    return functionAttributes(llvm::cast<Call>(value));
  if (isLanguageCall(value, "pl.static_assert"))
    return staticAssert(llvm::cast<Call>(value));
  const auto *each = llvm::dyn_cast<Call>(value);
  const auto *method = each ? llvm::dyn_cast<Attribute>(each->callee) : nullptr;
  // Said to whoever specializes; it is in the types now.
  if (generic && method && method->name == "bind_dynamic")
    return true;
  if (!each) {
    bool ellipsis = llvm::isa<Constant>(value) && llvm::cast<Constant>(value)->value == Constant::Value::Ellipsis;
    return ellipsis || (fail(value->range, "this statement has no effect"), false);
  }
  llvm::SmallVector<mlir::Value, 4> results;
  return call(each, results);
}

} // namespace pto::frontend
