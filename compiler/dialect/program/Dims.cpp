// Dimensions of tensors and tiles.
// Walks along SSA definitions are cut at a depth that programs do not reach.
#include "compiler/dialect/program/Dims.h"
#include "compiler/dialect/program/Ops.h"
#include "compiler/dialect/program/Types.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Support/MathExtras.h"

namespace pto::prog {

namespace {

using mlir::ArrayAttr;
using mlir::IntegerAttr;
using mlir::MLIRContext;
using mlir::StringAttr;
using mlir::UnitAttr;

constexpr unsigned maximumDepth = 32;

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
    return left / right - (left % right != 0 && (left < 0) != (right < 0));
  if (op == "mod" && dividable)
    return left - (left / right - (left % right != 0 && (left < 0) != (right < 0))) * right;
  return std::nullopt;
}

unsigned depthOf(Dim dim) {
  auto parts = mlir::dyn_cast<ArrayAttr>(dim);
  return parts ? 1 + std::max(depthOf(parts[1]), depthOf(parts[2])) : 0;
}

Dim dimOf(mlir::Value value, unsigned depth) {
  MLIRContext *context = value.getContext();
  mlir::Operation *op = value.getDefiningOp();
  if (!op || depth > maximumDepth)
    return unknownDim(context);
  if (auto constant = mlir::dyn_cast<ConstOp>(op)) {
    auto integer = mlir::dyn_cast<IntegerAttr>(constant.getValue());
    return integer && integer.getType().isInteger(64) ? constantDim(context, integer.getInt()) : unknownDim(context);
  }
  if (auto symbol = mlir::dyn_cast<SymbolOp>(op))
    return symbolDim(context, symbol.getSymbol());
  if (auto binary = mlir::dyn_cast<BinaryOp>(op))
    return expressionDim(binary.getKind(), dimOf(binary.getLhs(), depth + 1), dimOf(binary.getRhs(), depth + 1));
  return unknownDim(context);
}

/// A sum of multiples of values, and a constant.
struct Linear {
  llvm::MapVector<mlir::Value, int64_t> terms;
  int64_t constant = 0;
  bool valid = true;
};

void addTo(Linear &sum, mlir::Value value, int64_t factor, unsigned depth) {
  auto accumulate = [&](int64_t &into, int64_t amount) { sum.valid &= !llvm::AddOverflow(into, amount, into); };
  Dim dim = dimOf(value, 0);
  if (std::optional<int64_t> constant = constantOf(dim)) {
    int64_t scaled = 0;
    sum.valid &= !llvm::MulOverflow(*constant, factor, scaled);
    return accumulate(sum.constant, scaled);
  }
  auto binary = value.getDefiningOp<BinaryOp>();
  if (binary && depth < maximumDepth) {
    llvm::StringRef kind = binary.getKind();
    if (kind == "add" || kind == "sub") {
      addTo(sum, binary.getLhs(), factor, depth + 1);
      return addTo(sum, binary.getRhs(), kind == "add" ? factor : -factor, depth + 1);
    }
    if (kind == "mul")
      for (auto [scale, scaled] : {std::pair(binary.getLhs(), binary.getRhs()), {binary.getRhs(), binary.getLhs()}})
        if (std::optional<int64_t> constant = constantOf(dimOf(scale, 0))) {
          int64_t product = 0;
          sum.valid &= !llvm::MulOverflow(*constant, factor, product);
          return addTo(sum, scaled, product, depth + 1);
        }
  }
  accumulate(sum.terms[value], factor);
}

} // namespace

Dim constantDim(MLIRContext *context, int64_t value) {
  return IntegerAttr::get(mlir::IntegerType::get(context, 64), value);
}
Dim symbolDim(MLIRContext *context, llvm::StringRef symbol) {
  return StringAttr::get(context, symbol);
}
Dim unknownDim(MLIRContext *context) {
  return UnitAttr::get(context);
}

Dim expressionDim(llvm::StringRef op, Dim left, Dim right) {
  if (isUnknown(left) || isUnknown(right))
    return unknownDim(left.getContext());
  std::optional<int64_t> a = constantOf(left), b = constantOf(right);
  if (a && b)
    if (std::optional<int64_t> folded = fold(op, *a, *b))
      return constantDim(left.getContext(), *folded);
  if (op != "add" && op != "sub" && op != "mul" && op != "floordiv" && op != "mod" && op != "min" && op != "max")
    return unknownDim(left.getContext());
  if (std::max(depthOf(left), depthOf(right)) >= maximumDepth)
    return unknownDim(left.getContext());
  bool neutral = (b == 0 && (op == "add" || op == "sub")) || (b == 1 && (op == "mul" || op == "floordiv"));
  return neutral ? left : ArrayAttr::get(left.getContext(), {StringAttr::get(left.getContext(), op), left, right});
}

std::optional<int64_t> constantOf(Dim dim) {
  auto integer = mlir::dyn_cast_if_present<IntegerAttr>(dim);
  return integer ? std::optional(integer.getInt()) : std::nullopt;
}

bool isUnknown(Dim dim) {
  return mlir::isa<UnitAttr>(dim);
}
bool hasUnknown(ArrayAttr dims) {
  return dims && llvm::any_of(dims, isUnknown);
}

bool mayBeEqual(Dim left, Dim right) {
  std::optional<int64_t> a = constantOf(left), b = constantOf(right);
  return left == right || !a || !b;
}

std::optional<int64_t> productOf(ArrayAttr dims) {
  int64_t product = 1;
  for (Dim dim : dims) {
    std::optional<int64_t> factor = constantOf(dim);
    if (!factor || llvm::MulOverflow(product, *factor, product))
      return std::nullopt;
  }
  return product;
}

std::string programText(Dim dim) {
  if (auto integer = mlir::dyn_cast<IntegerAttr>(dim))
    return std::to_string(integer.getInt());
  if (auto symbol = mlir::dyn_cast<StringAttr>(dim))
    return symbol.str();
  auto parts = mlir::dyn_cast<ArrayAttr>(dim);
  if (!parts)
    return "?";
  llvm::StringRef op = mlir::cast<StringAttr>(parts[0]);
  std::string left = programText(parts[1]), right = programText(parts[2]);
  if (op == "min" || op == "max")
    return op.str() + "(" + left + ", " + right + ")";
  llvm::StringRef spelling = op == "add" ? "+" : op == "sub" ? "-" : op == "mul" ? "*" : op == "mod" ? "%" : "//";
  auto wrap = [](Dim part, const std::string &text) { return mlir::isa<ArrayAttr>(part) ? "(" + text + ")" : text; };
  return wrap(parts[1], left) + " " + spelling.str() + " " + wrap(parts[2], right);
}

std::string programText(ArrayAttr dims) {
  std::string text = "[";
  for (Dim dim : dims)
    text += (text.size() > 1 ? ", " : "") + programText(dim);
  return text + "]";
}

Dim substitute(Dim dim, const llvm::StringMap<Dim> &bindings) {
  if (auto symbol = mlir::dyn_cast<StringAttr>(dim)) {
    auto it = bindings.find(symbol.getValue());
    return it == bindings.end() ? dim : it->second;
  }
  auto parts = mlir::dyn_cast<ArrayAttr>(dim);
  if (!parts)
    return dim;
  return expressionDim(mlir::cast<StringAttr>(parts[0]), substitute(parts[1], bindings),
                       substitute(parts[2], bindings));
}

namespace {

ArrayAttr substituteAll(ArrayAttr dims, const llvm::StringMap<Dim> &bindings) {
  llvm::SmallVector<mlir::Attribute, 4> replaced;
  for (Dim dim : dims)
    replaced.push_back(substitute(dim, bindings));
  return ArrayAttr::get(dims.getContext(), replaced);
}

/// Views hold lists of dimensions, one dimension (the start offset), and words.
mlir::DictionaryAttr substituteView(mlir::DictionaryAttr view, const llvm::StringMap<Dim> &bindings) {
  if (!view)
    return view;
  llvm::SmallVector<mlir::NamedAttribute, 4> entries;
  for (mlir::NamedAttribute entry : view) {
    auto dims = mlir::dyn_cast<ArrayAttr>(entry.getValue());
    bool isList = entry.getName() == "valid_shape" || entry.getName() == "stride";
    bool isDim = entry.getName() == "start_offset";
    mlir::Attribute value = isList && dims ? substituteAll(dims, bindings)
                            : isDim        ? substitute(entry.getValue(), bindings)
                                           : entry.getValue();
    entries.emplace_back(entry.getName(), value);
  }
  return mlir::DictionaryAttr::get(view.getContext(), entries);
}

void visitDim(Dim dim, llvm::function_ref<void(llvm::StringRef)> visit) {
  if (auto symbol = mlir::dyn_cast<StringAttr>(dim))
    visit(symbol.getValue());
  else if (auto parts = mlir::dyn_cast<ArrayAttr>(dim)) {
    visitDim(parts[1], visit);
    visitDim(parts[2], visit);
  }
}

void visitView(mlir::DictionaryAttr view, llvm::function_ref<void(llvm::StringRef)> visit) {
  for (llvm::StringRef key : {"valid_shape", "stride"})
    if (auto dims = view ? view.getAs<ArrayAttr>(key) : ArrayAttr())
      for (Dim dim : dims)
        visitDim(dim, visit);
  if (mlir::Attribute offset = view ? view.get("start_offset") : mlir::Attribute())
    visitDim(offset, visit);
}

} // namespace

mlir::Type substitute(mlir::Type type, const llvm::StringMap<Dim> &bindings) {
  if (auto tensor = mlir::dyn_cast<TensorType>(type))
    return TensorType::get(type.getContext(), substituteAll(tensor.getShape(), bindings), tensor.getDtype(),
                           substituteView(tensor.getView(), bindings), tensor.getMemref());
  if (auto tile = mlir::dyn_cast<TileType>(type))
    return TileType::get(type.getContext(), substituteAll(tile.getShape(), bindings), tile.getDtype(), tile.getMemory(),
                         substituteView(tile.getView(), bindings), tile.getMemref());
  if (auto tuple = mlir::dyn_cast<mlir::TupleType>(type)) {
    llvm::SmallVector<mlir::Type, 4> types;
    for (mlir::Type element : tuple.getTypes())
      types.push_back(substitute(element, bindings));
    return mlir::TupleType::get(type.getContext(), types);
  }
  return type;
}

void forEachSymbol(mlir::Type type, llvm::function_ref<void(llvm::StringRef)> visit) {
  if (mlir::ArrayAttr shape = shapeOf(type))
    for (Dim dim : shape)
      visitDim(dim, visit);
  if (auto tensor = mlir::dyn_cast<TensorType>(type))
    visitView(tensor.getView(), visit);
  if (auto tile = mlir::dyn_cast<TileType>(type))
    visitView(tile.getView(), visit);
  if (auto tuple = mlir::dyn_cast<mlir::TupleType>(type))
    for (mlir::Type element : tuple.getTypes())
      forEachSymbol(element, visit);
}

Dim dimOf(mlir::Value value) {
  return dimOf(value, 0);
}

ArrayAttr dimsOf(mlir::ValueRange values, MLIRContext *context) {
  llvm::SmallVector<mlir::Attribute, 4> dims;
  for (mlir::Value value : values)
    dims.push_back(dimOf(value));
  return ArrayAttr::get(context, dims);
}

Dim differenceOf(mlir::Value upper, mlir::Value lower) {
  Linear sum;
  addTo(sum, upper, 1, 0);
  addTo(sum, lower, -1, 0);
  bool constant = sum.valid && llvm::all_of(sum.terms, [](const auto &term) { return term.second == 0; });
  if (constant)
    return constantDim(upper.getContext(), sum.constant);
  return expressionDim("sub", dimOf(upper), dimOf(lower));
}

} // namespace pto::prog
