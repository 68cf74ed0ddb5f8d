// Subscripts in a function that is being specialized: of shapes, tuples, tensors and types.
// A slice's shape is followed, so that the shape of what is made from it is known.
#include "compiler/frontend/program/AstPrinter.h"
#include "compiler/specialize/FunctionRewriter.h"

namespace pto::specialize {

Term FunctionRewriter::shapeTerm(const Expr *original, const Type &type) {
  Term term;
  term.dimensions = type.shape;
  term.derived = true;
  std::vector<Value> values;
  llvm::SmallVector<const Expr *> nodes;
  for (const Dimension &dimension : type.shape) {
    if (dimension.isConstant())
      values.push_back(Value::ofInteger(dimension.size));
    else if (dimension.isSymbol())
      values.push_back(Value::symbol(dimension.text));
    if (!dimension.isKnown()) {
      error(original->range, "the shape is known only in part, as " + print(type) + "; annotate where it is made");
      term.expr = original;
      return term;
    }
    nodes.push_back(session.dimension(original->range, dimension));
  }
  term.expr = session.builder.list(original->range, nodes);
  if (values.size() == type.shape.size()) {
    term.value = Value::list(Value::Kind::List, std::move(values));
    term.literal = true;
  }
  return term;
}

Term FunctionRewriter::subscript(const Subscript *subscript, bool isIndex) {
  std::string path = languagePath(subscript->base, function);
  bool isTuple = llvm::isa<Name>(subscript->base) && llvm::cast<Name>(subscript->base)->id == "tuple" &&
                 !function.isLocal("tuple");
  if (!path.empty() || isTuple)
    return annotationTerm(subscript, isTuple ? "tuple" : path);

  Term base = rewrite(subscript->base);
  if (!llvm::isa<Slice, Tuple>(subscript->index)) {
    Term index = rewrite(subscript->index, true);
    if (base.derived || base.type.is(Type::Kind::Tuple))
      return element(subscript, base, index, isIndex);
  }
  Term term;
  term.type = base.type.isShaped() ? sliced(base.type, subscript->index) : Type();
  term.expr = session.builder.subscript(subscript->range, finish(base), slice(subscript->index));
  return term;
}

/// Of a shape, a constant list or a tuple.
Term FunctionRewriter::element(const Expr *original, const Term &base, const Term &index, bool isIndex) {
  Term term;
  term.expr = session.builder.subscript(original->range, finish(base), finish(index));
  bool isConstant = index.value && index.value->is(Value::Kind::Integer);
  size_t size =
      base.value ? base.value->elements().size() : std::max(base.type.elements.size(), base.dimensions.size());
  if (!isConstant) {
    if (base.derived)
      error(original->range, "the index must be a constant; found '" + print(index.expr) + "'");
    return term;
  }
  auto count = static_cast<int64_t>(size);
  int64_t at = index.value->integer < 0 ? index.value->integer + count : index.value->integer;
  if (at < 0 || at >= count) {
    error(original->range,
          "index " + std::to_string(index.value->integer) + " is outside of its " + std::to_string(size) + " elements");
    return term;
  }
  auto i = static_cast<size_t>(at);
  if (base.value && base.derived)
    return fromValue(original, base.value->elements()[i], nullptr, isIndex);
  if (base.type.is(Type::Kind::Tuple))
    term.type = base.type.elements[i];
  else if (i < base.dimensions.size() && base.dimensions[i].kind == Dimension::Kind::Expression) {
    term.expr = term.symbolic = base.dimensions[i].expression;
    term.type = Type::scalar(findDtype("INDEX"));
  }
  return term;
}

/// The parts of an index, slices included.
const Expr *FunctionRewriter::slice(const Expr *index) {
  if (const auto *slice = llvm::dyn_cast<Slice>(index))
    return session.arena.make<Slice>(slice->range, expression(slice->lower, true), expression(slice->upper, true),
                                     expression(slice->step, true));
  const auto *tuple = llvm::dyn_cast<Tuple>(index);
  if (!tuple)
    return expression(index, true);
  llvm::SmallVector<const Expr *> parts;
  for (const Expr *element : tuple->elements)
    parts.push_back(slice(element));
  return session.builder.tuple(index->range, parts);
}

/// `A[0:16, :]` is a slice of the same rank, `A[i, j]` an element.
Type FunctionRewriter::sliced(const Type &base, const Expr *index) {
  const auto *tuple = llvm::dyn_cast<Tuple>(index);
  Exprs parts = tuple ? tuple->elements : Exprs(index);
  if (llvm::none_of(parts, [](const Expr *part) { return llvm::isa<Slice>(part); }))
    return Type::scalar(base.dtype);
  Type type = base;
  for (auto [i, dimension] : llvm::enumerate(type.shape)) {
    const auto *slice = i < parts.size() ? llvm::dyn_cast<Slice>(parts[i]) : nullptr;
    if (i < parts.size())
      dimension = slice ? extent(slice, dimension) : Dimension::constant(1);
  }
  return type;
}

Dimension FunctionRewriter::extent(const Slice *slice, const Dimension &whole) {
  if (slice->step)
    return {};
  Dimension upper = slice->upper ? dimensionOf(rewrite(slice->upper, true)) : whole;
  if (!slice->lower)
    return upper;
  Dimension lower = dimensionOf(rewrite(slice->lower, true));
  if (lower.isConstant() && lower.size == 0)
    return upper;
  if (lower.isConstant() && upper.isConstant() && upper.size >= lower.size)
    return Dimension::constant(upper.size - lower.size);
  // `A[i : i + 8]` takes 8, whatever i is.
  const auto *sum = slice->upper ? llvm::dyn_cast<Binary>(slice->upper) : nullptr;
  if (!sum || sum->op != BinaryOperator::Add)
    return {};
  std::string from = print(slice->lower);
  if (print(sum->left) == from)
    return dimensionOf(rewrite(sum->right, true));
  return print(sum->right) == from ? dimensionOf(rewrite(sum->left, true)) : Dimension();
}

Dimension FunctionRewriter::dimensionOf(const Term &term) {
  if (term.value && term.value->is(Value::Kind::Integer))
    return term.value->integer >= 0 ? Dimension::constant(term.value->integer) : Dimension();
  if (term.value && term.value->is(Value::Kind::Symbol))
    return Dimension::symbol(term.value->text);
  Dimension dimension;
  if (term.symbolic) {
    dimension.kind = Dimension::Kind::Expression;
    dimension.text = print(term.symbolic);
    dimension.expression = term.symbolic;
  }
  return dimension;
}

/// `pl.Tensor[[M, N], a.dtype]`, `pl.Out[…]`, `tuple[…]`: its type is the one that it denotes.
Term FunctionRewriter::annotationTerm(const Subscript *subscript, llvm::StringRef path) {
  const auto *tuple = llvm::dyn_cast<Tuple>(subscript->index);
  Exprs parts = tuple ? tuple->elements : Exprs(subscript->index);
  if (parts.empty()) {
    Term term;
    term.expr = subscript;
    return term;
  }
  std::vector<Term> terms;
  llvm::SmallVector<const Expr *> nodes;
  for (const Expr *part : parts) {
    terms.push_back(rewrite(part, true));
    nodes.push_back(finish(terms.back()));
  }
  Term term;
  const Expr *base = path == "tuple" ? subscript->base : session.builder.path(subscript->base->range, path);
  const Expr *index = tuple ? session.builder.tuple(subscript->index->range, nodes) : nodes.front();
  term.expr = session.builder.subscript(subscript->range, base, index);
  auto dtypeAt = [&](size_t i) { return i < terms.size() ? terms[i].type.dtype : nullptr; };
  if (path == "pl.Tensor" || path == "pl.Tile") {
    Type::Kind kind = path == "pl.Tensor" ? Type::Kind::Tensor : Type::Kind::Tile;
    term.type = Type::shaped(kind, dtypeAt(1), terms.front().dimensions);
  } else if (path == "pl.Scalar") {
    term.type = Type::scalar(dtypeAt(0));
  } else if (path == "pl.Out" || path == "pl.InOut") {
    term.type = terms.front().type;
  } else if (path == "tuple" || path == "pl.Tuple") {
    std::vector<Type> elements;
    for (const Term &each : terms)
      elements.push_back(each.type);
    term.type = Type::tuple(std::move(elements));
  }
  return term;
}

} // namespace pto::specialize
