// Dimensions of tensors and tiles.
// Kept in attributes, which are made once for each value: the text in a type is the value.
#include "compiler/dialect/layout/Dim.h"
#include "mlir/IR/BuiltinTypes.h"
#include "llvm/Support/MathExtras.h"

namespace pto::layout {

namespace {

using mlir::ArrayAttr;
using mlir::IntegerAttr;
using mlir::MLIRContext;
using mlir::StringAttr;
using mlir::UnitAttr;

constexpr unsigned maximumDepth = 32;
constexpr llvm::StringLiteral operators[] = {"add", "sub", "mul", "floordiv", "mod", "min", "max"};

std::optional<int64_t> fold(llvm::StringRef op, int64_t left, int64_t right) {
  int64_t result = 0;
  if (op == "add")
    return llvm::AddOverflow(left, right, result) ? std::nullopt : std::optional(result);
  if (op == "sub")
    return llvm::SubOverflow(left, right, result) ? std::nullopt : std::optional(result);
  if (op == "mul")
    return llvm::MulOverflow(left, right, result) ? std::nullopt : std::optional(result);
  if (op == "min")
    return std::min(left, right);
  if (op == "max")
    return std::max(left, right);
  bool dividable = right > 0 || (right < -1);
  if (op == "floordiv" && dividable)
    return llvm::divideFloorSigned(left, right);
  if (op == "mod" && dividable)
    return left - llvm::divideFloorSigned(left, right) * right;
  return std::nullopt;
}

unsigned depthOf(Dim dim) {
  auto parts = dim.expression();
  return parts ? 1 + std::max(depthOf(parts->left), depthOf(parts->right)) : 0;
}

} // namespace

bool isDimOperator(llvm::StringRef word) {
  return llvm::is_contained(operators, word);
}

Dim Dim::of(mlir::Attribute text) {
  auto integer = mlir::dyn_cast<IntegerAttr>(text);
  auto parts = mlir::dyn_cast<ArrayAttr>(text);
  bool isDim = (integer && integer.getType().isInteger(64)) || mlir::isa<StringAttr, UnitAttr>(text) ||
               (parts && parts.size() == 3 && mlir::isa<StringAttr>(parts[0]) && of(parts[1]) && of(parts[2]));
  return isDim ? Dim(text) : Dim();
}

std::optional<int64_t> Dim::constant() const {
  auto integer = mlir::dyn_cast_if_present<IntegerAttr>(value);
  return integer ? std::optional(integer.getInt()) : std::nullopt;
}

std::optional<llvm::StringRef> Dim::symbol() const {
  auto name = mlir::dyn_cast<StringAttr>(value);
  return name ? std::optional(name.getValue()) : std::nullopt;
}

std::optional<Dim::Expression> Dim::expression() const {
  auto parts = mlir::dyn_cast<ArrayAttr>(value);
  if (!parts)
    return std::nullopt;
  return Expression{mlir::cast<StringAttr>(parts[0]).getValue(), Dim(parts[1]), Dim(parts[2])};
}

Dims::Dims(MLIRContext *context, llvm::ArrayRef<Dim> dims)
    : list(ArrayAttr::get(context, llvm::map_to_vector<4>(dims, [](Dim dim) { return dim.text(); }))) {}

Dims Dims::of(mlir::Attribute text) {
  Dims dims;
  if (auto list = mlir::dyn_cast<ArrayAttr>(text); list && llvm::all_of(list, Dim::of))
    dims.list = list;
  return dims;
}

llvm::hash_code hash_value(Dim dim) {
  return mlir::hash_value(dim.text());
}
llvm::hash_code hash_value(Dims dims) {
  return mlir::hash_value(mlir::Attribute(dims.text()));
}

Dim constantDim(MLIRContext *context, int64_t value) {
  return Dim::of(IntegerAttr::get(mlir::IntegerType::get(context, 64), value));
}
Dim symbolDim(MLIRContext *context, llvm::StringRef symbol) {
  return Dim::of(StringAttr::get(context, symbol));
}
Dim unknownDim(MLIRContext *context) {
  return Dim::of(UnitAttr::get(context));
}

Dim expressionDim(llvm::StringRef op, Dim left, Dim right) {
  MLIRContext *context = left.getContext();
  if (left.isUnknown() || right.isUnknown())
    return unknownDim(context);
  std::optional<int64_t> a = left.constant(), b = right.constant();
  if (a && b)
    if (std::optional<int64_t> folded = fold(op, *a, *b))
      return constantDim(context, *folded);
  if (!isDimOperator(op) || std::max(depthOf(left), depthOf(right)) >= maximumDepth)
    return unknownDim(context);
  bool neutral = (b == 0 && (op == "add" || op == "sub")) || (b == 1 && (op == "mul" || op == "floordiv"));
  return neutral ? left : Dim::of(ArrayAttr::get(context, {StringAttr::get(context, op), left.text(), right.text()}));
}

bool hasUnknown(Dims dims) {
  return dims && llvm::any_of(dims, isUnknown);
}

bool mayBeEqual(Dim left, Dim right) {
  return left == right || !left.constant() || !right.constant();
}

std::optional<int64_t> productOf(Dims dims) {
  int64_t product = 1;
  for (Dim dim : dims) {
    std::optional<int64_t> factor = dim.constant();
    if (!factor || llvm::MulOverflow(product, *factor, product))
      return std::nullopt;
  }
  return product;
}

std::string programText(Dim dim) {
  if (std::optional<int64_t> constant = dim.constant())
    return std::to_string(*constant);
  if (std::optional<llvm::StringRef> symbol = dim.symbol())
    return symbol->str();
  std::optional<Dim::Expression> parts = dim.expression();
  if (!parts)
    return "?";
  auto [op, left, right] = *parts;
  if (op == "min" || op == "max")
    return op.str() + "(" + programText(left) + ", " + programText(right) + ")";
  llvm::StringRef spelling = op == "add" ? "+" : op == "sub" ? "-" : op == "mul" ? "*" : op == "mod" ? "%" : "//";
  auto wrapped = [](Dim part) { return part.expression() ? "(" + programText(part) + ")" : programText(part); };
  return wrapped(left) + " " + spelling.str() + " " + wrapped(right);
}

std::string programText(Dims dims) {
  std::string text = "[";
  for (Dim dim : dims)
    text += (text.size() > 1 ? ", " : "") + programText(dim);
  return text + "]";
}

Dim substitute(Dim dim, const llvm::StringMap<Dim> &bindings) {
  if (std::optional<llvm::StringRef> symbol = dim.symbol()) {
    auto it = bindings.find(*symbol);
    return it == bindings.end() ? dim : it->second;
  }
  std::optional<Dim::Expression> parts = dim.expression();
  return parts ? expressionDim(parts->op, substitute(parts->left, bindings), substitute(parts->right, bindings)) : dim;
}

Dims substitute(Dims dims, const llvm::StringMap<Dim> &bindings) {
  if (!dims)
    return dims;
  return {dims.text().getContext(), llvm::map_to_vector<4>(dims, [&](Dim dim) { return substitute(dim, bindings); })};
}

void forEachSymbol(Dim dim, llvm::function_ref<void(llvm::StringRef)> visit) {
  if (std::optional<llvm::StringRef> symbol = dim.symbol())
    return visit(*symbol);
  if (std::optional<Dim::Expression> parts = dim.expression()) {
    forEachSymbol(parts->left, visit);
    forEachSymbol(parts->right, visit);
  }
}

void forEachSymbol(Dims dims, llvm::function_ref<void(llvm::StringRef)> visit) {
  if (dims)
    for (Dim dim : dims)
      forEachSymbol(dim, visit);
}

} // namespace pto::layout
