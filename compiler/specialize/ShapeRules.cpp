// What the operations give: kind, element type and shape of the result.
// A row an operation; the rules are few.
#include "compiler/specialize/ShapeRules.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"

namespace pto::specialize {

namespace {

/// `prefix` is `tensor`, `tile` or nothing.
using Rule = Type (*)(llvm::StringRef prefix, const Operands &operands);

Type typeOf(const Term *term) {
  return term ? term->type : Type();
}

std::vector<Dimension> shapeOf(const Term *term) {
  return term ? term->dimensions : std::vector<Dimension>();
}

const Dtype *dtypeOf(const Term *term) {
  return term && term->value && term->value->is(Value::Kind::Path) ? dtypeOfPath(term->value->text) : nullptr;
}

std::optional<int64_t> integerOf(const Term *term) {
  if (!term || !term->value || !term->value->is(Value::Kind::Integer))
    return std::nullopt;
  return term->value->integer;
}

/// The first tensor or tile among the operands: the other side may be a scalar.
Type sameAsOperand(llvm::StringRef, const Operands &operands) {
  for (const Term &term : operands.positional)
    if (term.type.isShaped())
      return term.type;
  for (const NamedTerm &keyword : operands.keywords)
    if (keyword.term.type.isShaped())
      return keyword.term.type;
  return {};
}

Type sameAsFirst(llvm::StringRef, const Operands &operands) {
  return operands.positional.empty() ? sameAsOperand({}, operands) : operands.positional.front().type;
}

Type load(llvm::StringRef, const Operands &operands) {
  Type source = typeOf(operands.find(0, "tensor"));
  return Type::shaped(Type::Kind::Tile, source.dtype, shapeOf(operands.find(2, "shapes")));
}

Type store(llvm::StringRef, const Operands &operands) {
  return typeOf(operands.find(2, "output_tensor"));
}

/// slice, reshape, view: the second operand is the new shape.
Type reshaped(llvm::StringRef, const Operands &operands) {
  Type type = sameAsFirst({}, operands);
  if (type.isShaped())
    type.shape = shapeOf(operands.find(1, "shape"));
  return type;
}

Type created(llvm::StringRef prefix, const Operands &operands) {
  Type::Kind kind = prefix == "tile" ? Type::Kind::Tile : Type::Kind::Tensor;
  return Type::shaped(kind, dtypeOf(operands.find(1, "dtype")), shapeOf(operands.find(0, "shape")));
}

Type createdTile(llvm::StringRef, const Operands &operands) {
  return created("tile", operands);
}

Type cast(llvm::StringRef, const Operands &operands) {
  Type type = sameAsFirst({}, operands);
  type.dtype = dtypeOf(operands.find(1, "target_type"));
  return type;
}

bool isTrue(const Term *term) {
  return term && term->value && term->value->truth() == true;
}

Type matmul(llvm::StringRef, const Operands &operands) {
  Type left = typeOf(operands.find(0, "lhs")), right = typeOf(operands.find(1, "rhs"));
  if (!left.isShaped() || !right.isShaped() || left.shape.size() != 2 || right.shape.size() != 2)
    return {};
  auto keyword = [&](llvm::StringRef name) { return operands.find(SIZE_MAX, name); };
  Type type = left;
  type.shape = {left.shape[isTrue(keyword("a_trans")) ? 1 : 0], right.shape[isTrue(keyword("b_trans")) ? 0 : 1]};
  if (const Dtype *to = dtypeOf(keyword("out_dtype")))
    type.dtype = to;
  else if (type.is(Type::Kind::Tile) && type.dtype)
    type.dtype = findDtype(type.dtype->isInteger() ? "INT32" : "FP32");
  return type;
}

Type rowReduction(llvm::StringRef, const Operands &operands) {
  Type type = sameAsFirst({}, operands);
  if (type.isShaped() && !type.shape.empty())
    type.shape.back() = Dimension::constant(1);
  return type;
}

Type columnReduction(llvm::StringRef, const Operands &operands) {
  Type type = sameAsFirst({}, operands);
  if (type.isShaped() && type.shape.size() >= 2)
    type.shape[type.shape.size() - 2] = Dimension::constant(1);
  return type;
}

Type concat(llvm::StringRef, const Operands &operands) {
  Type left = typeOf(operands.find(0, "src0")), right = typeOf(operands.find(1, "src1"));
  if (!left.isShaped() || left.shape.size() != 2 || right.shape.size() != 2)
    return {};
  bool isConstant = left.shape[1].isConstant() && right.shape[1].isConstant();
  left.shape[1] = isConstant ? Dimension::constant(left.shape[1].size + right.shape[1].size) : Dimension();
  return left;
}

Type transpose(llvm::StringRef, const Operands &operands) {
  Type type = sameAsFirst({}, operands);
  auto size = static_cast<int64_t>(type.shape.size());
  std::optional<int64_t> first = integerOf(operands.find(1, "axis1")), second = integerOf(operands.find(2, "axis2"));
  if (!first || !second)
    return {};
  int64_t one = *first < 0 ? *first + size : *first, two = *second < 0 ? *second + size : *second;
  if (one < 0 || one >= size || two < 0 || two >= size)
    return {};
  std::swap(type.shape[static_cast<size_t>(one)], type.shape[static_cast<size_t>(two)]);
  return type;
}

Type read(llvm::StringRef, const Operands &operands) {
  return Type::scalar(typeOf(operands.find(0, "tensor")).dtype);
}

Type dimensionOf(llvm::StringRef, const Operands &) {
  return Type::scalar(findDtype("INT64"));
}

Type constant(llvm::StringRef, const Operands &operands) {
  return Type::scalar(dtypeOf(operands.find(1, "dtype")));
}

Type yielded(llvm::StringRef, const Operands &operands) {
  if (operands.positional.size() == 1)
    return operands.positional.front().type;
  std::vector<Type> elements;
  for (const Term &term : operands.positional)
    elements.push_back(term.type);
  return Type::tuple(std::move(elements));
}

struct Row {
  Rule rule;
  std::initializer_list<llvm::StringLiteral> operations;
};

const Row rows[] = {
    {sameAsOperand, {"add",     "sub",     "mul",      "div",      "adds", "subs", "muls",  "divs", "exp",   "log",
                     "sqrt",    "rsqrt",   "recip",    "neg",      "abs",  "relu", "rem",   "rems", "and",   "ands",
                     "or",      "ors",     "xor",      "xors",     "not",  "shl",  "shls",  "shr",  "shrs",  "lrelu",
                     "maximum", "minimum", "maximums", "minimums", "maxs", "mins", "prelu", "addc", "subc",  "addsc",
                     "subsc",   "sel",     "sels",     "cmp",      "cmps", "sort", "sin",   "cos",  "clone", "tanh"}},
    {sameAsFirst,
     {"row_expand", "row_expand_add", "row_expand_sub", "row_expand_mul", "row_expand_div", "col_expand",
      "col_expand_add", "col_expand_sub", "col_expand_mul", "col_expand_div", "fillpad", "assemble", "move",
      "matmul_acc", "matmul_bias_acc", "expands", "scatter_update", "set_validshape"}},
    {cast, {"cast"}},
    {load, {"load"}},
    {store, {"store"}},
    {reshaped, {"slice", "reshape", "view", "extract"}},
    {created, {"create_tensor", "create", "full", "zeros", "ones"}},
    {createdTile, {"create_tile"}},
    {matmul, {"matmul", "matmul_bias", "batch_matmul"}},
    {rowReduction, {"row_sum", "row_max", "row_min", "row_prod"}},
    {columnReduction, {"col_sum", "col_max", "col_min", "col_prod"}},
    {concat, {"concat"}},
    {transpose, {"transpose"}},
    {read, {"read"}},
    {dimensionOf, {"dim"}},
    {constant, {"const"}},
    {yielded, {"yield_"}}};

Rule findRule(llvm::StringRef operation) {
  static const llvm::StringMap<Rule> table = [] {
    llvm::StringMap<Rule> made;
    for (const Row &row : rows)
      for (llvm::StringRef name : row.operations)
        made[name] = row.rule;
    return made;
  }();
  return table.lookup(operation);
}

} // namespace

const Term *Operands::find(size_t index, llvm::StringRef name) const {
  if (index < positional.size())
    return &positional[index];
  for (const NamedTerm &keyword : keywords)
    if (keyword.name == name)
      return &keyword.term;
  return nullptr;
}

Type resultType(llvm::StringRef path, const Operands &operands) {
  path.consume_front("pl.");
  llvm::StringRef prefix;
  if (auto [first, rest] = path.split('.'); !rest.empty()) {
    prefix = first;
    path = rest;
  }
  Rule rule = findRule(path);
  return rule ? rule(prefix, operands) : Type();
}

} // namespace pto::specialize
