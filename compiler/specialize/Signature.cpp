// The parameters of a function as its text declares them.
// An alias (`F32 = pl.FP32`, `Matrix = pl.Tensor[[64, 64], pl.FP32]`) stands for what it was bound to.
#include "compiler/specialize/Signature.h"

namespace pto::specialize {

namespace {

/// Of a type: aliases of tuples of aliases can stand for more types than there is memory.
constexpr unsigned mostAliasedParts = 4096;

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

Dimension readDimension(const Expr *expr, const Scope &scope) {
  Value value = evaluate(expr, scope);
  if (value.is(Value::Kind::Integer) && value.integer >= 0)
    return Dimension::constant(value.integer);
  return value.is(Value::Kind::Symbol) ? Dimension::symbol(value.text) : Dimension();
}

const Dtype *readDtype(const Expr *expr, const Scope &scope) {
  Value value = evaluate(expr, scope);
  return value.is(Value::Kind::Path) ? dtypeOfPath(value.text) : nullptr;
}

std::string subscriptPath(const Expr *expr, const Scope &scope) {
  const auto *subscript = llvm::dyn_cast<Subscript>(expr);
  return subscript ? resolvePath(subscript->base, scope) : std::string();
}

Exprs subscriptParts(const Expr *expr) {
  const Expr *const &index = llvm::cast<Subscript>(expr)->index;
  const auto *tuple = llvm::dyn_cast<Tuple>(index);
  return tuple ? tuple->elements : Exprs(index);
}

Exprs listElements(const Expr *expr) {
  if (const auto *list = llvm::dyn_cast<List>(expr))
    return list->elements;
  const auto *tuple = llvm::dyn_cast<Tuple>(expr);
  return tuple ? tuple->elements : Exprs();
}

Type readTypeWithin(const Expr *annotation, const Scope &scope, unsigned &budget) {
  if (budget == 0)
    return {};
  --budget;
  Resolved at = followAliases(annotation, scope);
  if (const Dtype *dtype = llvm::isa<Name, Attribute>(at.expr) ? readDtype(at.expr, *at.scope) : nullptr)
    return Type::scalar(dtype);
  std::string path = subscriptPath(at.expr, *at.scope);
  const auto *tuple = llvm::dyn_cast<Subscript>(at.expr);
  bool isTuple = tuple && llvm::isa<Name>(tuple->base) && llvm::cast<Name>(tuple->base)->id == "tuple";
  if (path.empty() && !isTuple)
    return {};
  Exprs parts = subscriptParts(at.expr);
  if (isTuple || path == "pl.Tuple") {
    std::vector<Type> elements;
    for (const Expr *part : parts)
      elements.push_back(readTypeWithin(part, *at.scope, budget));
    return Type::tuple(std::move(elements));
  }
  if (path == "pl.Scalar" && parts.size() == 1)
    return Type::scalar(readDtype(parts[0], *at.scope));
  if ((path != "pl.Tensor" && path != "pl.Tile") || parts.size() < 2)
    return {};
  std::vector<Dimension> shape;
  for (const Expr *dimension : listElements(parts[0]))
    shape.push_back(readDimension(dimension, *at.scope));
  return Type::shaped(path == "pl.Tensor" ? Type::Kind::Tensor : Type::Kind::Tile, readDtype(parts[1], *at.scope),
                      std::move(shape));
}

ParameterSignature readParameter(const Parameter &parameter, const Scope &scope) {
  ParameterSignature signature;
  signature.name = parameter.name;
  signature.range = parameter.range;
  signature.defaultValue = parameter.defaultValue;
  signature.scope = &scope;
  if (!parameter.annotation)
    return signature;
  Resolved at = followAliases(parameter.annotation, scope);
  std::string path = subscriptPath(at.expr, *at.scope);
  if ((path == "pl.Out" || path == "pl.InOut") && !subscriptParts(at.expr).empty()) {
    signature.direction = path == "pl.Out" ? Direction::Out : Direction::InOut;
    at = followAliases(subscriptParts(at.expr).front(), *at.scope);
  }
  signature.annotation = at.expr;
  signature.scope = at.scope;
  signature.type = readType(at.expr, *at.scope);
  bool isBareTensor = resolvePath(at.expr, *at.scope) == "pl.Tensor";
  if (isBareTensor || signature.type.is(Type::Kind::Tensor))
    signature.kind = ParameterSignature::Kind::Tensor;
  else
    signature.kind =
        signature.type.is(Type::Kind::Scalar) ? ParameterSignature::Kind::Scalar : ParameterSignature::Kind::Other;
  return signature;
}

} // namespace

Type readType(const Expr *annotation, const Scope &scope) {
  unsigned budget = mostAliasedParts;
  return readTypeWithin(annotation, scope, budget);
}

std::vector<ParameterSignature> readSignature(const Function &function, const Scope &scope) {
  std::vector<ParameterSignature> signature;
  for (const Parameter &parameter : function.parameters)
    if (parameter.name != "self")
      signature.push_back(readParameter(parameter, scope));
  return signature;
}

} // namespace pto::specialize
