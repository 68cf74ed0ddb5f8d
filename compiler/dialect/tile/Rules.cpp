// What the operations of rows, columns, elements and products ask of shapes and elements.
#include "compiler/dialect/tile/Rules.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;

namespace pto::ir::tile::rules {

namespace checks {

bool mayEqual(int64_t a, int64_t b) {
  return ShapedType::isDynamic(a) || ShapedType::isDynamic(b) || a == b;
}

static std::string text(int64_t dim) {
  return ShapedType::isDynamic(dim) ? "?" : std::to_string(dim);
}

SmallVector<Filled> dataOf(const Operands &operands) {
  SmallVector<Filled> data = operands.all(Role::Data);
  llvm::erase_if(data, [](const Filled &one) { return !one.tile; });
  return data;
}

const Filled &destination(const Operands &operands) {
  return operands.filled.back();
}

// What is asked of one tile's valid rows or columns.
static LogicalResult verifyValid(const Operands &operands, const Filled &one, StringRef noun, int64_t found,
                                 int64_t expected, const Twine &why) {
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

} // namespace checks

using namespace checks;

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

// With nothing valid in the result it does nothing.
static bool isEmpty(TileBufType tile) {
  return tile.getValidRows() == 0 && tile.getValidColumns() == 0;
}
LogicalResult reducesRowsOrNone(const Operands &operands) {
  return isEmpty(destination(operands).tile) ? success() : reducesRows(operands);
}
LogicalResult reducesColumnsOrNone(const Operands &operands) {
  return isEmpty(destination(operands).tile) ? success() : reducesColumns(operands);
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

namespace {

const Filled &slotNamed(const Operands &operands, StringRef name) {
  return *llvm::find_if(operands.filled, [&](const Filled &one) { return one.slot->name == name; });
}

// M by K times K by N is M by N.
LogicalResult verifyShapes(const Operands &operands) {
  const Filled &lhs = slotNamed(operands, "lhs"), &rhs = slotNamed(operands, "rhs"),
               &result = slotNamed(operands, "dst");
  if (failed(verifyRows(operands, rhs, lhs.tile.getValidColumns(), ", the columns of lhs")) ||
      failed(verifyRows(operands, result, lhs.tile.getValidRows(), ", the rows of lhs")) ||
      failed(verifyColumns(operands, result, rhs.tile.getValidColumns(), ", the columns of rhs")))
    return failure();
  for (const Filled &one : operands.all(Role::Aside))
    if (one.slot->memories != memories::scaling && one.tile.getElementType() != result.tile.getElementType())
      return operands.error(one) << "expected elements of " << result.tile.getElementType() << ", as in dst";
  return success();
}

LogicalResult verifyOneRow(const Operands &operands) {
  return failure(failed(verifyRows(operands, slotNamed(operands, "lhs"), 1, ", the row")) ||
                 failed(verifyRows(operands, slotNamed(operands, "dst"), 1, ", the row")));
}

} // namespace

LogicalResult product(const Operands &operands) {
  const Filled &rhs = slotNamed(operands, "rhs"), &result = slotNamed(operands, "dst");
  Type left = operands.tile("lhs").getElementType(), right = rhs.tile.getElementType(),
       sum = result.tile.getElementType();
  bool isInteger = isa<IntegerType>(left);
  bool isPair = left == right || (elementSetOf(left) == laneF8 && elementSetOf(right) == laneF8) ||
                (isInteger && isa<IntegerType>(right));
  if (!isPair)
    return operands.error(rhs) << "expected elements of " << left << ", as in lhs";
  if (isInteger != isa<IntegerType>(sum))
    return operands.error(result) << "expected elements of " << (isInteger ? "i32" : "f32") << ", the sums of " << left;
  return verifyShapes(operands);
}

LogicalResult rowProduct(const Operands &operands) {
  return failure(failed(verifyOneRow(operands)) || failed(product(operands)));
}

LogicalResult mxProduct(const Operands &operands) {
  const Filled &lhs = slotNamed(operands, "lhs"), &rhs = slotNamed(operands, "rhs");
  if (elementSetOf(lhs.tile.getElementType()) != elementSetOf(rhs.tile.getElementType()))
    return operands.error(rhs) << "expected elements of " << lhs.tile.getElementType() << ", as in lhs";
  return verifyShapes(operands);
}

LogicalResult mxRowProduct(const Operands &operands) {
  return failure(failed(verifyOneRow(operands)) || failed(mxProduct(operands)));
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
