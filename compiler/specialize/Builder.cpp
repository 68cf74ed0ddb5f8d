// Makes nodes of the specialized program.
// What it makes prints and parses to the same tree: a negative number is a sign and a number.
#include "compiler/specialize/Builder.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

namespace pto::specialize {

const Expr *Builder::path(SourceRange range, llvm::StringRef dotted) {
  llvm::SmallVector<llvm::StringRef> parts;
  dotted.split(parts, '.');
  const Expr *expr = name(range, parts.front());
  for (llvm::StringRef part : llvm::drop_begin(parts))
    expr = arena.make<Attribute>(range, expr, arena.text(part), range);
  return expr;
}

const Expr *Builder::integer(SourceRange range, int64_t value) {
  return number(range, Value::ofInteger(value));
}

const Expr *Builder::list(SourceRange range, llvm::ArrayRef<const Expr *> elements) {
  return arena.make<List>(range, arena.list(elements));
}

const Expr *Builder::tuple(SourceRange range, llvm::ArrayRef<const Expr *> elements) {
  return arena.make<Tuple>(range, arena.list(elements));
}

const Expr *Builder::call(SourceRange range, const Expr *callee, llvm::ArrayRef<const Expr *> arguments,
                          llvm::ArrayRef<Keyword> keywords) {
  return arena.make<Call>(range, callee, arena.list(arguments), arena.list(keywords));
}

const Expr *Builder::subscript(SourceRange range, const Expr *base, const Expr *index) {
  return arena.make<Subscript>(range, base, index);
}

const Stmt *Builder::assign(SourceRange range, const Expr *target, const Expr *value) {
  return arena.make<Assign>(range, arena.list(llvm::ArrayRef(target)), value);
}

bool Builder::isLiteral(const Value &value) {
  switch (value.kind) {
  case Value::Kind::None:
  case Value::Kind::Bool:
  case Value::Kind::Integer:
  case Value::Kind::Float:
  case Value::Kind::String:
  case Value::Kind::Symbol:
    return true;
  case Value::Kind::Path:
    return llvm::StringRef(value.text).starts_with("pl.");
  case Value::Kind::List:
  case Value::Kind::Tuple:
    return llvm::all_of(value.elements(), isLiteral);
  default:
    return false;
  }
}

const Expr *Builder::number(SourceRange range, const Value &value) {
  if (value.is(Value::Kind::Integer)) {
    if (value.integer >= 0)
      return arena.make<Number>(range, value.integer);
    // The smallest integer has no positive counterpart in 64 bits; its digits are text.
    std::string digits = std::to_string(value.integer).substr(1);
    std::optional<int64_t> magnitude;
    if (value.integer != INT64_MIN)
      magnitude = -value.integer;
    const Expr *positive = arena.make<Number>(range, false, magnitude, -double(value.integer), arena.text(digits));
    return arena.make<Unary>(range, UnaryOperator::Neg, positive);
  }
  if (!std::isfinite(value.real)) {
    llvm::StringRef text = std::isnan(value.real) ? "nan" : value.real < 0 ? "-inf" : "inf";
    return call(range, name(range, "float"), {arena.make<String>(range, text)});
  }
  if (!std::signbit(value.real))
    return arena.make<Number>(range, value.real);
  return arena.make<Unary>(range, UnaryOperator::Neg, arena.make<Number>(range, -value.real));
}

const Expr *Builder::literal(SourceRange range, const Value &value, const Dtype *dtype,
                             llvm::function_ref<std::string(const std::string &)> symbol) {
  switch (value.kind) {
  case Value::Kind::None:
    return arena.make<Constant>(range, Constant::Value::None);
  case Value::Kind::Bool:
    return arena.make<Constant>(range, value.integer ? Constant::Value::True : Constant::Value::False);
  case Value::Kind::Integer:
  case Value::Kind::Float: {
    const Expr *bare = number(range, value);
    if (!dtype || dtype == defaultDtype(value))
      return bare;
    return call(range, path(range, "pl.const"), {bare, path(range, "pl." + dtype->name.str())});
  }
  case Value::Kind::String:
    return arena.make<String>(range, arena.text(value.text));
  case Value::Kind::Symbol:
    return name(range, symbol(value.text));
  case Value::Kind::Path:
    return path(range, value.text);
  case Value::Kind::List:
  case Value::Kind::Tuple: {
    llvm::SmallVector<const Expr *> elements;
    for (const Value &element : value.elements())
      elements.push_back(literal(range, element, nullptr, symbol));
    return value.is(Value::Kind::List) ? list(range, elements) : tuple(range, elements);
  }
  default:
    return nullptr;
  }
}

} // namespace pto::specialize
