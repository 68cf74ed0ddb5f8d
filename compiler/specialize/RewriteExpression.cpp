// Expressions of a function that is being specialized.
// What is known before the program runs becomes a constant; the rest keeps its form.
#include "compiler/frontend/program/AstPrinter.h"
#include "compiler/specialize/FunctionRewriter.h"

namespace pto::specialize {

namespace {

bool hasSymbol(const Value &value) {
  return value.is(Value::Kind::Symbol) || llvm::any_of(value.elements(), hasSymbol);
}

/// A dynamic dimension is a number that is not known yet: it equals itself, and nothing else can be said.
Value applyKnown(BinaryOperator op, const Value &left, const Value &right) {
  if (!hasSymbol(left) && !hasSymbol(right))
    return apply(op, left, right);
  bool isEquality = op == BinaryOperator::Eq || op == BinaryOperator::Ne;
  if (isEquality && left == right)
    return Value::boolean(op == BinaryOperator::Eq);
  return Value::unknown("a dynamic dimension");
}

bool isBare(const Term &term) {
  return term.value && (!term.type.is(Type::Kind::Scalar) || term.type.dtype == defaultDtype(*term.value));
}

Type arithmeticType(BinaryOperator op, const Type &left, const Type &right) {
  if (left.isShaped() || right.isShaped())
    return left.isShaped() ? left : right;
  if (isComparison(op))
    return Type::scalar(findDtype("BOOL"));
  if (!left.is(Type::Kind::Scalar) || !right.is(Type::Kind::Scalar))
    return {};
  if (left.dtype == right.dtype || right.dtype == findDtype("INDEX"))
    return left;
  return left.dtype == findDtype("INDEX") ? right : Type();
}

} // namespace

const Expr *FunctionRewriter::finish(const Term &term) {
  return term.literal ? session.literal(term.expr->range, *term.value, term.type.dtype) : term.expr;
}

const Expr *FunctionRewriter::expression(const Expr *expr, bool isIndex) {
  return expr ? finish(rewrite(expr, isIndex)) : nullptr;
}

/// A value from the arguments or from outside, in place of `original`.
Term FunctionRewriter::fromValue(const Expr *original, const Value &value, const Dtype *dtype, bool isIndex) {
  Term term;
  term.expr = original;
  term.value = value;
  term.derived = true;
  term.literal = Builder::isLiteral(value);
  if (isIndex && value.is(Value::Kind::Integer))
    dtype = nullptr;
  term.type = Type::scalar(dtype ? dtype : defaultDtype(value));
  if (value.is(Value::Kind::Symbol)) {
    term.type = Type::scalar(findDtype("INDEX"));
    term.symbolic = session.builder.name(original->range, session.symbolVariable(value.text, original->range));
  } else if (value.is(Value::Kind::Integer)) {
    term.symbolic = session.builder.integer(original->range, value.integer);
  } else if (value.is(Value::Kind::Path)) {
    term.type = Type::scalar(dtypeOfPath(value.text));
  }
  for (const Value &element : value.elements())
    term.dimensions.push_back(dimensionOf(fromValue(original, element, nullptr, true)));
  return term;
}

Term FunctionRewriter::rewrite(const Expr *expr, bool isIndex) {
  Term term;
  term.expr = expr;
  switch (expr->kind) {
  case Expr::Kind::Name:
    return name(llvm::cast<Name>(expr), isIndex);
  case Expr::Kind::Attribute:
    return attribute(llvm::cast<Attribute>(expr));
  case Expr::Kind::Call:
    return call(llvm::cast<Call>(expr), isIndex);
  case Expr::Kind::Subscript:
    return subscript(llvm::cast<Subscript>(expr), isIndex);
  case Expr::Kind::Tuple:
    return sequence(expr, llvm::cast<Tuple>(expr)->elements, isIndex);
  case Expr::Kind::List:
    return sequence(expr, llvm::cast<List>(expr)->elements, true);
  case Expr::Kind::Dict: {
    llvm::SmallVector<DictEntry> entries;
    for (const DictEntry &entry : llvm::cast<Dict>(expr)->entries)
      entries.push_back({expression(entry.key), expression(entry.value)});
    term.expr = session.arena.make<Dict>(expr->range, session.arena.list<DictEntry>(entries));
    return term;
  }
  case Expr::Kind::Number:
  case Expr::Kind::String:
  case Expr::Kind::Constant: {
    Value value = evaluate(expr, *function.scope);
    if (!value.is(Value::Kind::Unknown)) {
      term.type = Type::scalar(defaultDtype(value));
      term.symbolic = value.is(Value::Kind::Integer) ? expr : nullptr;
      term.value = std::move(value);
    }
    return term;
  }
  case Expr::Kind::Unary:
    return unary(llvm::cast<Unary>(expr), isIndex);
  case Expr::Kind::Binary:
    return binary(llvm::cast<Binary>(expr), isIndex);
  case Expr::Kind::Conditional:
    return conditional(llvm::cast<Conditional>(expr), isIndex);
  case Expr::Kind::Slice:
    term.expr = slice(expr);
    return term;
  case Expr::Kind::Opaque:
    return term;
  }
  return term;
}

Term FunctionRewriter::name(const Name *name, bool isIndex) {
  if (!function.isLocal(name->id))
    return outerName(name, isIndex);
  Term term;
  term.expr = name;
  auto it = environment.find(name->id);
  if (it == environment.end())
    return term;
  const Binding &binding = it->second;
  if (binding.inlined)
    return fromValue(name, *binding.value, binding.type.dtype, isIndex);
  term.type = binding.type;
  term.value = binding.value;
  term.derived = binding.derived;
  term.symbolic = binding.symbolic;
  return term;
}

Term FunctionRewriter::outerName(const Name *name, bool isIndex) {
  Term term;
  term.expr = name;
  const Value *value = function.scope->find(name->id);
  if (!value) {
    constexpr llvm::StringLiteral known[] = {"range", "tuple", "print", "str", "dict", "set", "zip", "enumerate"};
    if (!isBuiltin(name->id) && !llvm::is_contained(known, name->id)) {
      std::vector<llvm::StringRef> names = function.scope->names();
      for (const auto &local : function.locals)
        names.push_back(local.getKey());
      error(name->range, "unknown name '" + name->id.str() + "'" + whyUndefined(name->id, *function.scope, names));
    }
    return term;
  }
  switch (value->kind) {
  case Value::Kind::Unknown:
    error(name->range, "'" + name->id.str() + "' is " + value->text + "; a constant is needed here");
    return term;
  case Value::Kind::Expression:
    return rewriteIn(*value->home, value->expression, isIndex);
  case Value::Kind::Function:
  case Value::Kind::Class:
    if (mode == RewriteMode::Generic)
      error(name->range, "'" + name->id.str() + "' is " + describe(value->kind).str() +
                             ", which can only be called or decorate something");
    return term;
  default:
    return fromValue(name, *value, nullptr, isIndex);
  }
}

Term FunctionRewriter::rewriteIn(const Scope &scope, const Expr *expr, bool isIndex) {
  // Aliases of aliases, each twice as large as the one before, would never end.
  constexpr unsigned deepest = 16, most = 1 << 14;
  Term term;
  term.expr = expr;
  if (session.aliasDepth == deepest || session.aliasCount == most) {
    if (!diagnostics.hasErrors())
      error(expr->range, "aliases of types are more than " + std::to_string(deepest) + " deep, or too many");
    return term;
  }
  ++session.aliasCount;
  ++session.aliasDepth;
  FunctionOutline around;
  around.function = function.function;
  around.scope = &scope;
  around.definition = function.definition;
  term = FunctionRewriter(session, around, mode).rewrite(expr, isIndex);
  --session.aliasDepth;
  return term;
}

Term FunctionRewriter::attribute(const Attribute *attribute) {
  if (std::string path = languagePath(attribute, function); !path.empty())
    return fromValue(attribute, Value::path(path), nullptr, false);
  Term base = rewrite(attribute->base);
  Term term;
  bool isShape = attribute->name == "shape", isDtype = attribute->name == "dtype";
  if ((isShape || isDtype) && (base.type.isShaped() || mode == RewriteMode::Generic)) {
    term.expr = attribute;
    bool isKnown = base.type.isShaped() && (isShape || base.type.dtype);
    if (!isKnown)
      error(attribute->range, "the " + attribute->name.str() + " of '" + print(attribute->base) +
                                  "' is not known here; annotate it where it is assigned, as in `x: "
                                  "pl.Tensor[[64, 64], pl.FP32] = …`");
    else
      term = isShape ? shapeTerm(attribute, base.type)
                     : fromValue(attribute, Value::path("pl." + base.type.dtype->name.str()), nullptr, false);
    return term;
  }
  term.expr = session.arena.make<Attribute>(attribute->range, finish(base), attribute->name, attribute->nameRange);
  return term;
}

Term FunctionRewriter::sequence(const Expr *expr, Exprs elements, bool isIndex) {
  Term term;
  std::vector<Value> values;
  std::vector<Type> types;
  llvm::SmallVector<const Expr *> nodes;
  for (const Expr *element : elements) {
    Term each = rewrite(element, isIndex);
    nodes.push_back(finish(each));
    term.derived |= each.derived;
    term.dimensions.push_back(dimensionOf(each));
    if (each.value && isBare(each))
      values.push_back(*each.value);
    types.push_back(std::move(each.type));
  }
  bool isList = llvm::isa<List>(expr);
  if (values.size() == nodes.size())
    term.value = Value::list(isList ? Value::Kind::List : Value::Kind::Tuple, std::move(values));
  term.expr = isList ? session.builder.list(expr->range, nodes) : session.builder.tuple(expr->range, nodes);
  term.type = Type::tuple(std::move(types));
  return term;
}

Term FunctionRewriter::unary(const Unary *unary, bool isIndex) {
  Term operand = rewrite(unary->operand, isIndex);
  Term term;
  term.derived = operand.derived;
  term.type = unary->op == UnaryOperator::Not ? Type::scalar(findDtype("BOOL")) : operand.type;
  if (operand.value && !hasSymbol(*operand.value))
    if (Value value = apply(unary->op, *operand.value); !value.is(Value::Kind::Unknown)) {
      if (term.derived && isBare(operand))
        return fromValue(unary, value, nullptr, isIndex);
      term.value = std::move(value);
    }
  const Expr *inner = finish(operand);
  term.expr = inner == unary->operand ? unary : session.arena.make<Unary>(unary->range, unary->op, inner);
  if (operand.symbolic && unary->op == UnaryOperator::Neg)
    term.symbolic = session.arena.make<Unary>(unary->range, unary->op, operand.symbolic);
  return term;
}

Term FunctionRewriter::binary(const Binary *binary, bool isIndex) {
  Term left = rewrite(binary->left, isIndex), right = rewrite(binary->right, isIndex);
  Term term;
  term.derived = left.derived || right.derived;
  term.type = arithmeticType(binary->op, left.type, right.type);
  if (left.value && right.value)
    if (Value value = applyKnown(binary->op, *left.value, *right.value); !value.is(Value::Kind::Unknown)) {
      bool isFolded = term.derived && (isIndex || (isBare(left) && isBare(right)) || isComparison(binary->op));
      if (isFolded && Builder::isLiteral(value))
        return fromValue(binary, value, nullptr, isIndex);
      term.value = std::move(value);
    }
  const Expr *newLeft = finish(left), *newRight = finish(right);
  bool isSame = newLeft == binary->left && newRight == binary->right;
  term.expr = isSame ? binary : session.arena.make<Binary>(binary->range, binary->op, newLeft, newRight);
  if (left.symbolic && right.symbolic && !isComparison(binary->op))
    term.symbolic = session.arena.make<Binary>(binary->range, binary->op, left.symbolic, right.symbolic);
  return term;
}

Term FunctionRewriter::conditional(const Conditional *conditional, bool isIndex) {
  Term condition = rewrite(conditional->condition);
  std::optional<bool> truth = condition.value ? condition.value->truth() : std::nullopt;
  if (condition.derived && truth) {
    Term chosen = rewrite(*truth ? conditional->then : conditional->otherwise, isIndex);
    chosen.derived = true;
    return chosen;
  }
  Term then = rewrite(conditional->then, isIndex), otherwise = rewrite(conditional->otherwise, isIndex);
  Term term;
  term.type = then.type == otherwise.type ? then.type : Type();
  term.expr = session.arena.make<Conditional>(conditional->range, finish(condition), finish(then), finish(otherwise));
  return term;
}

} // namespace pto::specialize
