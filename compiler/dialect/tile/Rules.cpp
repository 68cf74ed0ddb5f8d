// The rules of tile operations. A size that is only known when the kernel runs fits every other.
#include "compiler/dialect/tile/Rules.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;

namespace pto::ir::tile::rules {
namespace {

bool mayEqual(int64_t a, int64_t b) {
  return ShapedType::isDynamic(a) || ShapedType::isDynamic(b) || a == b;
}

std::string text(int64_t dim) {
  return ShapedType::isDynamic(dim) ? "?" : std::to_string(dim);
}

// The data tiles, without scalars in their place.
SmallVector<Filled> dataOf(const Operands &operands) {
  SmallVector<Filled> data = operands.all(Role::Data);
  llvm::erase_if(data, [](const Filled &one) { return !one.tile; });
  return data;
}

const Filled &destination(const Operands &operands) {
  return operands.filled.back();
}

// What is asked of one tile's valid rows or columns.
LogicalResult verifyValid(const Operands &operands, const Filled &one, StringRef noun, int64_t found, int64_t expected,
                          const Twine &why) {
  if (mayEqual(found, expected))
    return success();
  return operands.error(one) << "expected " << text(expected) << " valid " << noun << why.str();
}

LogicalResult verifyRows(const Operands &operands, const Filled &one, int64_t rows, const Twine &why) {
  return verifyValid(operands, one, "rows", one.tile.getValidRows(), rows, why);
}
LogicalResult verifyColumns(const Operands &operands, const Filled &one, int64_t columns, const Twine &why) {
  return verifyValid(operands, one, "columns", one.tile.getValidColumns(), columns, why);
}

} // namespace

LogicalResult sameElements(const Operands &operands) {
  SmallVector<Filled> data = dataOf(operands);
  for (const Filled &one : ArrayRef(data).drop_back())
    if (one.tile.getElementType() != data.back().tile.getElementType())
      return operands.error(one) << "expected elements of " << data.back().tile.getElementType() << ", as in "
                                 << data.back().slot->name;
  return success();
}

LogicalResult sameValid(const Operands &operands) {
  SmallVector<Filled> data = dataOf(operands);
  for (const Filled &one : ArrayRef(data).drop_back()) {
    std::string why = ", as in " + data.back().slot->name.str();
    if (failed(verifyRows(operands, one, data.back().tile.getValidRows(), why)) ||
        failed(verifyColumns(operands, one, data.back().tile.getValidColumns(), why)))
      return failure();
  }
  return success();
}

LogicalResult sameValidRows(const Operands &operands) {
  SmallVector<Filled> data = dataOf(operands);
  for (const Filled &one : ArrayRef(data).drop_back())
    if (failed(verifyRows(operands, one, data.back().tile.getValidRows(), ", as in " + data.back().slot->name)))
      return failure();
  return success();
}

LogicalResult sameBytes(const Operands &operands) {
  SmallVector<Filled> data = dataOf(operands);
  int64_t bytes = bytesOf(data.back().tile.getElementType());
  for (const Filled &one : ArrayRef(data).drop_back())
    if (bytesOf(one.tile.getElementType()) != bytes)
      return operands.error(one) << "expected elements of " << bytes << " bytes, as in " << data.back().slot->name;
  return success();
}

LogicalResult scalarIsElement(const Operands &operands) {
  Type element = dataOf(operands).back().tile.getElementType();
  for (const Filled &one : operands.all(Role::Scalar))
    if (!scalarFits(element, one.value.getType()))
      return operands.error(one) << "expected " << element << ", the type of the elements";
  return success();
}

LogicalResult load(const Operands &operands) {
  auto view = cast<PartitionTensorViewType>(operands.value("src").getType());
  int64_t bytes = bytesOf(view.getElementType());
  if (bytesOf(operands.tile("dst").getElementType()) == bytes)
    return success();
  return operands.error(destination(operands)) << "expected elements of " << bytes << " bytes, as in " << view;
}

// The accumulator is converted on its way out: as it is, by a scale, or by a scale a column.
LogicalResult store(const Operands &operands) {
  auto view = cast<PartitionTensorViewType>(operands.value("dst").getType());
  const Filled &source = operands.filled.front();
  bool isAcc = source.tile.getMemorySpace() == MemorySpace::L0c;
  if (operands.value("quant") && operands.tile("fp"))
    return operands.op->emitOpError() << "has a scale and a tile of scales; expected one of them";
  if (!isAcc && (operands.value("quant") || operands.tile("fp")))
    return operands.error(source) << "only a tile in acc is quantized";
  if (!isAcc && operands.op->hasAttr("reluPreMode") &&
      operands.op->getAttrOfType<ReluPreModeAttr>("reluPreMode").getValue() != ReluPreMode::NoRelu)
    return operands.error(source) << "only a tile in acc takes reluPreMode";
  if (isAcc && (laneOf(source.tile.getElementType()) & (elements::i32 | elements::f32)) == 0)
    return operands.error(source) << "expected elements of i32 or f32 in acc";
  int64_t bytes = bytesOf(view.getElementType());
  if (!isAcc && bytesOf(source.tile.getElementType()) != bytes)
    return operands.error(source) << "expected elements of " << bytes << " bytes, as in " << view;
  int64_t elements = 1, valid = 1;
  for (int64_t dim : view.getShape())
    elements = ShapedType::isDynamic(dim) || elements < 0 ? -1 : elements * dim;
  for (int64_t dim : {source.tile.getValidRows(), source.tile.getValidColumns()})
    valid = ShapedType::isDynamic(dim) || valid < 0 ? -1 : valid * dim;
  if (elements < 0 || valid < 0 || elements == valid)
    return success();
  return operands.error(source) << "its " << valid << " valid elements do not fill the " << elements << " of " << view;
}

// Which memories a tile moves between.
LogicalResult move(const Operands &operands) {
  using namespace memories;
  struct Way {
    Memories from, to;
  };
  const Filled &source = operands.filled.front(), &result = destination(operands);
  Memories from = bit(source.tile.getMemorySpace()), to = bit(result.tile.getMemorySpace());
  SmallVector<Way> ways = {{mat, left | right | bias | scaling}, {vec, vec}, {acc, mat | vec}};
  if (includes(operands.archs, Archs::A5))
    ways.push_back({vec, mat});
  if (llvm::none_of(ways, [&](Way way) { return (way.from & from) && (way.to & to); }))
    return operands.error(source) << "does not move from " << tileWordOf(source.tile.getMemorySpace()) << " to "
                                  << tileWordOf(result.tile.getMemorySpace())
                                  << "; expected mat to left, right, bias or scaling, vec to vec, acc to mat or vec"
                                  << (includes(operands.archs, Archs::A5) ? ", or vec to mat" : "");
  bool isFromAcc = from == acc;
  if (!isFromAcc && (operands.value("quant") || operands.tile("fp") || operands.op->hasAttr("accToVecMode")))
    return operands.error(source) << "only a tile in acc is quantized or takes accToVecMode";
  return isFromAcc ? success() : sameBytes(operands);
}

LogicalResult reducesRows(const Operands &operands) {
  const Filled &source = operands.filled.front(), &result = destination(operands);
  return failure(failed(verifyRows(operands, result, source.tile.getValidRows(), ", one for each of src")) ||
                 failed(verifyColumns(operands, result, 1, ", the result of a row")));
}

LogicalResult reducesColumns(const Operands &operands) {
  const Filled &source = operands.filled.front(), &result = destination(operands);
  return failure(failed(verifyColumns(operands, result, source.tile.getValidColumns(), ", one for each of src")) ||
                 failed(verifyRows(operands, result, 1, ", the results of the columns")));
}

LogicalResult expandsRows(const Operands &operands) {
  return verifyRows(operands, operands.filled.front(), destination(operands).tile.getValidRows(), ", as in dst");
}

LogicalResult expandsColumns(const Operands &operands) {
  return verifyColumns(operands, operands.filled.front(), destination(operands).tile.getValidColumns(), ", as in dst");
}

LogicalResult rowPerRow(const Operands &operands) {
  TileBufType result = destination(operands).tile;
  auto isWhole = [&](TileBufType tile) {
    return mayEqual(tile.getValidRows(), result.getValidRows()) &&
           mayEqual(tile.getValidColumns(), result.getValidColumns());
  };
  TileBufType a = operands.tile("a"), b = operands.tile("b");
  if (!isWhole(a) && !isWhole(b))
    return operands.op->emitOpError() << "neither a, " << a << ", nor b, " << b << ", has the valid shape of dst, "
                                      << result << "; expected it of one of them";
  return sameValidRows(operands);
}

LogicalResult columnPerColumn(const Operands &operands) {
  TileBufType result = destination(operands).tile;
  const Filled &whole = operands.filled[0], &row = operands.filled[1];
  return failure(failed(verifyRows(operands, whole, result.getValidRows(), ", as in dst")) ||
                 failed(verifyColumns(operands, whole, result.getValidColumns(), ", as in dst")) ||
                 failed(verifyColumns(operands, row, result.getValidColumns(), ", as in dst")));
}

LogicalResult addScaled(const Operands &operands) {
  const Filled &source = operands.filled.front();
  TileBufType result = destination(operands).tile;
  Type from = source.tile.getElementType(), to = result.getElementType();
  if (from != to && !(from.isF16() && to.isF32()))
    return operands.error(source) << "expected elements of " << to << ", as in dst" << (to.isF32() ? ", or f16" : "");
  return failure(failed(verifyRows(operands, source, result.getValidRows(), ", as in dst")) ||
                 failed(verifyColumns(operands, source, result.getValidColumns(), ", as in dst")));
}

// 4-bit elements are counted in pairs.
LogicalResult convert(const Operands &operands) {
  const Filled &source = operands.filled.front();
  TileBufType result = destination(operands).tile;
  auto isPaired = [](TileBufType tile) { return laneOf(tile.getElementType()) == laneF4; };
  if (isPaired(source.tile) != isPaired(result))
    return verifyRows(operands, source, result.getValidRows(), ", as in dst");
  return failure(failed(verifyRows(operands, source, result.getValidRows(), ", as in dst")) ||
                 failed(verifyColumns(operands, source, result.getValidColumns(), ", as in dst")));
}

LogicalResult compare(const Operands &operands) {
  const Filled &result = destination(operands);
  return verifyRows(operands, result, operands.filled.front().tile.getValidRows(), ", as in a");
}

LogicalResult transpose(const Operands &operands) {
  const Filled &source = operands.filled.front(), &result = destination(operands);
  return failure(failed(verifyRows(operands, result, source.tile.getValidColumns(), ", the columns of src")) ||
                 failed(verifyColumns(operands, result, source.tile.getValidRows(), ", the rows of src")));
}

LogicalResult oneScalarOneTile(const Operands &operands) {
  bool isTile = bool(operands.tile("a"));
  if (isTile != bool(operands.tile("b")))
    return success();
  return operands.op->emitOpError() << "has " << (isTile ? "two tiles" : "two scalars")
                                    << "; expected a tile and a scalar, in either order";
}

// M by K times K by N is M by N.
LogicalResult product(const Operands &operands) {
  auto slotNamed = [&](StringRef name) -> const Filled & {
    return *llvm::find_if(operands.filled, [&](const Filled &one) { return one.slot->name == name; });
  };
  const Filled &lhs = slotNamed("lhs"), &rhs = slotNamed("rhs"), &result = slotNamed("dst");
  Type left = lhs.tile.getElementType(), right = rhs.tile.getElementType(), sum = result.tile.getElementType();
  bool isInteger = isa<IntegerType>(left);
  bool isPair =
      left == right || (laneOf(left) == laneF8 && laneOf(right) == laneF8) || (isInteger && isa<IntegerType>(right));
  if (!isPair)
    return operands.error(rhs) << "expected elements of " << left << ", as in lhs";
  if (isInteger != isa<IntegerType>(sum))
    return operands.error(result) << "expected elements of " << (isInteger ? "i32" : "f32") << ", the sums of " << left;
  if (failed(verifyRows(operands, rhs, lhs.tile.getValidColumns(), ", the columns of lhs")) ||
      failed(verifyRows(operands, result, lhs.tile.getValidRows(), ", the rows of lhs")) ||
      failed(verifyColumns(operands, result, rhs.tile.getValidColumns(), ", the columns of rhs")))
    return failure();
  for (const Filled &one : operands.all(Role::Aside))
    if (one.slot->memories != memories::scaling && one.tile.getElementType() != sum)
      return operands.error(one) << "expected elements of " << sum << ", as in dst";
  return success();
}

// Neither source is valid where dst is not.
LogicalResult part(const Operands &operands) {
  TileBufType result = destination(operands).tile;
  auto fits = [](int64_t dim, int64_t whole) {
    return ShapedType::isDynamic(dim) || ShapedType::isDynamic(whole) || dim <= whole;
  };
  for (const Filled &one : ArrayRef(operands.filled).drop_back())
    if (!fits(one.tile.getValidRows(), result.getValidRows()) ||
        !fits(one.tile.getValidColumns(), result.getValidColumns()))
      return operands.error(one) << "expected no more valid rows and columns than in dst, " << result;
  return success();
}

} // namespace pto::ir::tile::rules
