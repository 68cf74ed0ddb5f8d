// The parameters of a function as its text declares them.
// An alias (`F32 = pl.FP32`, `Matrix = pl.Tensor[[64, 64], pl.FP32]`) stands for what it was bound to.
#include "compiler/specialize/Signature.h"
#include "compiler/frontend/program/CallArguments.h"

namespace pto::specialize {

namespace {

/// An expression and the names it is in, after following aliases.
struct Resolved {
  const Expr *expr;
  const Scope *scope;
};

Resolved followAliases(const Expr *expr, const Scope &scope) {
  Resolved at{expr, &scope};
  // An alias refers to what was bound before it; the bound only guards against a scope that says otherwise.
  for (unsigned step = 0; step < maximumNesting && llvm::isa<Name>(at.expr); ++step) {
    Value value = evaluate(at.expr, *at.scope);
    if (!value.is(Value::Kind::Expression))
      break;
    at = {value.expression, value.home};
  }
  return at;
}

std::optional<prog::DType> readDtype(const Expr *expr, const Scope &scope) {
  Value value = evaluate(expr, scope);
  llvm::StringRef path = value.text;
  return value.is(Value::Kind::Path) && path.consume_front("pl.") ? prog::dtypeNamed(path) : std::nullopt;
}

/// `[M, 128]`, or the name of a list.
Shape readShape(const Expr *expr, const Scope &scope) {
  auto dimensionOf = [](const Value &value) {
    if (value.is(Value::Kind::Symbol))
      return Dimension::of(value.text);
    return value.is(Value::Kind::Integer) && value.integer >= 0 ? Dimension::of(value.integer) : Dimension();
  };
  Shape shape;
  if (llvm::isa<Tuple, List>(expr)) {
    for (const Expr *element : elementsOf(expr))
      shape.push_back(dimensionOf(evaluate(element, scope)));
    return shape;
  }
  Value whole = evaluate(expr, scope);
  for (const Value &element : whole.elements())
    shape.push_back(dimensionOf(element));
  return shape;
}

GenericParameter readParameter(const Parameter &written, const Scope &scope) {
  using Kind = GenericParameter::Kind;
  GenericParameter parameter;
  parameter.name = written.name;
  parameter.range = written.range;
  parameter.defaultValue = written.defaultValue;
  parameter.scope = &scope;
  if (!written.annotation)
    return parameter;
  Resolved at = followAliases(written.annotation, scope);
  auto open = [&]() -> std::pair<std::string, Exprs> {
    const auto *access = llvm::dyn_cast<Subscript>(at.expr);
    if (!access)
      return {resolvePath(at.expr, *at.scope), {}};
    const auto *list = llvm::dyn_cast<Tuple>(access->index);
    const Expr *const &index = access->index;
    return {resolvePath(access->base, *at.scope), list ? list->elements : Exprs(index)};
  };
  auto [path, parts] = open();
  if ((path == "pl.Out" || path == "pl.InOut") && !parts.empty()) {
    parameter.direction = path == "pl.Out" ? Direction::Out : Direction::InOut;
    at = followAliases(parts.front(), *at.scope);
    std::tie(path, parts) = open();
  }
  parameter.annotation = at.expr;
  parameter.scope = at.scope;
  parameter.kind = Kind::Other;
  bool isSubscript = llvm::isa<Subscript>(at.expr);
  if (path == "pl.Tensor" && !isSubscript)
    parameter.kind = Kind::Tensor;
  if (path == "pl.Tensor" && parts.size() >= 2) {
    parameter.kind = Kind::Tensor;
    parameter.type = {readDtype(parts[1], *at.scope), readShape(parts[0], *at.scope)};
  }
  const Expr *scalar = isSubscript ? (path == "pl.Scalar" && parts.size() == 1 ? parts[0] : nullptr) : at.expr;
  if (std::optional<prog::DType> dtype = scalar ? readDtype(scalar, *at.scope) : std::nullopt) {
    parameter.kind = Kind::Scalar;
    parameter.type.dtype = dtype;
  }
  return parameter;
}

} // namespace

std::vector<GenericParameter> readSignature(const Function &function, const Scope &scope) {
  std::vector<GenericParameter> signature;
  for (const Parameter &parameter : ownParameters(function))
    signature.push_back(readParameter(parameter, scope));
  return signature;
}

} // namespace pto::specialize
