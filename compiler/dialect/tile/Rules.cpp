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
  const Filled &result = destination(operands);
  if (bytesOf(result.tile.getElementType()) != bytes)
    return operands.error(result) << "expected elements of " << bytes << " bytes, as in " << view;
  StringRef layout = layoutNameOf(result.tile);
  if (result.tile.getMemorySpace() == MemorySpace::Ub && layout != "ND" && layout != "DN" && layout != "NZ")
    return operands.error(result) << "its layout is " << layout << "; expected ND, DN or NZ in vec";
  return success();
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
  if (isAcc && (elementSetOf(source.tile.getElementType()) & (elements::i32 | elements::f32)) == 0)
    return operands.error(source) << "expected elements of i32 or f32 in acc";
  using namespace elements;
  bool isScaledOut = operands.value("quant") || operands.tile("fp");
  unsigned scaled = elementSetOf(source.tile.getElementType()) & i32 ? i8 | f16 : i8;
  if (includes(operands.archs, Archs::A5))
    scaled |= elementSetOf(source.tile.getElementType()) & i32 ? bf16 : f16 | bf16 | f32 | hif8 | f8;
  if (isAcc && !(elementSetOf(view.getElementType()) & (isScaledOut ? scaled : i32 | f32 | f16 | bf16)))
    return operands.error(source) << "is not stored as " << view.getElementType()
                                  << (isScaledOut ? " by a scale" : " without a scale") << " on "
                                  << nameOf(operands.archs);
  int64_t bytes = bytesOf(view.getElementType());
  if (!isAcc && bytesOf(source.tile.getElementType()) != bytes)
    return operands.error(source) << "expected elements of " << bytes << " bytes, as in " << view;
  int64_t whole = 1, valid = 1;
  for (int64_t dim : view.getShape())
    whole = ShapedType::isDynamic(dim) || whole < 0 ? -1 : whole * dim;
  for (int64_t dim : {source.tile.getValidRows(), source.tile.getValidColumns()})
    valid = ShapedType::isDynamic(dim) || valid < 0 ? -1 : valid * dim;
  bool isScaled = bool(operands.tile("fp")); // whose older spelling stores a part of the view
  if (isScaled || whole < 0 || valid < 0 || whole == valid)
    return success();
  return operands.error(source) << "its " << valid << " valid elements do not fill the " << whole << " of " << view;
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

// What the small floats are converted from and to.
static bool isConverted(unsigned from, unsigned to) {
  using namespace elements;
  struct Way {
    unsigned from, to;
  };
  constexpr Way ways[] = {{f32, f8 | hif8}, {f16, hif8}, {bf16, f4}, {f8 | hif8, f32}, {f4, bf16}};
  constexpr unsigned small = f8 | hif8 | f4;
  return !((from | to) & small) || llvm::any_of(ways, [&](Way way) { return (way.from & from) && (way.to & to); });
}

// 4-bit elements are counted in pairs.
LogicalResult convert(const Operands &operands) {
  const Filled &source = operands.filled.front();
  TileBufType result = destination(operands).tile;
  if (!isConverted(elementSetOf(source.tile.getElementType()), elementSetOf(result.getElementType())))
    return operands.error(source)
           << "is not converted to " << result.getElementType()
           << "; expected f32 to or from 8-bit floats, f16 to hif8, or bf16 to or from 4-bit ones";
  auto isPaired = [](TileBufType tile) { return elementSetOf(tile.getElementType()) == laneF4; };
  if (isPaired(source.tile) != isPaired(result)) {
    int64_t columns = result.getValidColumns();
    if (!ShapedType::isDynamic(columns))
      columns = isPaired(result) ? columns * 2 : columns / 2;
    return failure(failed(verifyRows(operands, source, result.getValidRows(), ", as in dst")) ||
                   failed(verifyColumns(operands, source, columns, ", as a pair counts as one")));
  }
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

LogicalResult partPosition(const Operands &operands) {
  for (StringRef name : {"a", "b"})
    for (const Filled &one : operands.filled)
      if (one.slot->name == (name + "_indices").str() &&
          (failed(verifyRows(operands, one, operands.tile(name).getValidRows(), ", as in " + name)) ||
           failed(verifyColumns(operands, one, operands.tile(name).getValidColumns(), ", as in " + name))))
        return failure();
  return success();
}

// One of three: indices; a pattern; a scalar to compare with, and where the counts go.
LogicalResult gather(const Operands &operands) {
  bool hasPattern = operands.op->hasAttr("maskPattern"), hasIndices = bool(operands.tile("indices")),
       hasScalar = bool(operands.value("s")), hasCount = bool(operands.tile("count"));
  if (hasPattern + hasIndices + hasScalar != 1)
    return operands.op->emitOpError() << "expected indices, a maskPattern or a scalar to compare with, one of them";
  if (hasScalar != hasCount)
    return operands.op->emitOpError() << (hasScalar ? "compares, but has nowhere to put the counts"
                                                    : "counts, but compares with nothing")
                                      << "; expected both outs(%dst, %count) and a scalar, or neither";
  const Filled &source = operands.filled.front();
  Type element = operands.tile("dst").getElementType();
  auto mode = operands.op->getAttrOfType<CmpModeAttr>("cmpMode");
  unsigned compared = elements::f16 | elements::f32 | (!mode || mode.getValue() == CmpMode::Eq ? elements::i32 : 0);
  if (hasScalar && operands.archs == Archs::A2A3 && !(elementSetOf(source.tile.getElementType()) & compared))
    return operands.error(source) << "expected elements of f16 or f32, or of i32 to compare with eq, on a2a3";
  if (hasScalar || bytesOf(source.tile.getElementType()) == bytesOf(element))
    return success();
  return operands.error(source) << "expected elements of " << bytesOf(element) << " bytes, as in dst";
}

LogicalResult scatter(const Operands &operands) {
  if (operands.op->hasAttr("maskPattern") == bool(operands.tile("indices")))
    return operands.op->emitOpError() << "expected indices or a maskPattern, one of them";
  const Filled &source = operands.filled.front();
  Type element = operands.tile("dst").getElementType();
  if (bytesOf(source.tile.getElementType()) == bytesOf(element))
    return success();
  return operands.error(source) << "expected elements of " << bytesOf(element) << " bytes, as in dst";
}

// A record of 8 bytes for each score.
LogicalResult sort(const Operands &operands) {
  const Filled &source = operands.filled.front(), &result = destination(operands);
  constexpr int64_t record = 8;
  int64_t wide = source.tile.getColumns() * record / bytesOf(source.tile.getElementType());
  if (result.tile.getColumns() >= wide)
    return success();
  return operands.error(result) << "expected " << wide << " columns, for " << source.tile.getColumns() << " records of "
                                << record << " bytes";
}

// Runs of one length in one tile, or two to four lists with scratch and where the counts go.
LogicalResult merge(const Operands &operands) {
  bool hasLists = bool(operands.tile("b"));
  TileBufType scratch = operands.tile("tmp"), result = operands.tile("dst");
  if (hasLists == bool(operands.value("length")))
    return operands.op->emitOpError() << "has " << (hasLists ? "lists and a length" : "neither lists nor a length")
                                      << "; expected ins(%runs, %length) or ins(%a, %b, ..., %tmp)";
  if (hasLists && !operands.value("executed"))
    return operands.op->emitOpError() << "has lists, but nowhere to put how much of each was used; expected "
                                         "outs(%dst, %executed)";
  if (scratch && scratch.getColumns() < result.getColumns())
    return operands.op->emitOpError() << "tmp is " << scratch << "; expected " << result.getColumns()
                                      << " columns or more, as in dst";
  Value executed = operands.value("executed");
  auto vector = executed ? dyn_cast<VectorType>(executed.getType()) : VectorType();
  if (executed && !(vector && vector.getNumElements() == 4 && vector.getElementType().isInteger(16)))
    return operands.op->emitOpError() << "executed is " << executed.getType() << "; expected vector<4xi16>";
  return success();
}

LogicalResult quantize(const Operands &operands) {
  QuantType type = operands.op->getAttrOfType<QuantTypeAttr>("quant_type").getValue();
  bool isSymmetric = type == QuantType::Int8Sym, hasOffset = bool(operands.tile("offset"));
  if (!isSymmetric && type != QuantType::Int8Asym)
    return operands.op->emitOpError() << "quant_type is " << stringifyQuantType(type)
                                      << "; expected INT8_SYM or INT8_ASYM";
  if (isSymmetric == hasOffset)
    return operands.op->emitOpError() << stringifyQuantType(type) << (hasOffset ? " with" : " without")
                                      << " an offset; expected " << (hasOffset ? "none" : "one");
  return success();
}

LogicalResult element(const Operands &operands) {
  const Filled &scalar = *llvm::find_if(operands.filled, [](const Filled &one) { return one.slot->name == "s"; });
  Type expected = operands.tile("dst").getElementType();
  if (scalarFits(expected, scalar.value.getType()))
    return success();
  return operands.error(scalar) << "expected " << expected << ", the type of the elements";
}

LogicalResult extract(const Operands &operands) {
  const Filled &source = operands.filled.front(), &result = destination(operands);
  auto isOther = [](const Filled &one) {
    return one.tile.getMemorySpace() == MemorySpace::Ub && layoutNameOf(one.tile) != "ND";
  };
  bool isInVec = source.tile.getMemorySpace() == result.tile.getMemorySpace();
  for (const Filled *one : {&source, &result})
    if (isInVec && isOther(*one))
      return operands.error(*one) << "its layout is " << layoutNameOf(one->tile) << "; expected ND from vec to vec";
  return success();
}

// From where to where a part of a tile goes.
LogicalResult insert(const Operands &operands) {
  using namespace memories;
  const Filled &source = operands.filled.front(), &result = destination(operands);
  Memories from = bit(source.tile.getMemorySpace()), to = bit(result.tile.getMemorySpace());
  if ((from == acc && (to & (mat | vec))) || (from == vec && (to & (mat | vec))))
    return operands.value("quant") && from != acc ? operands.error(source) << "only a tile in acc is quantized"
                                                  : LogicalResult(success());
  return operands.error(source) << "does not go from " << tileWordOf(source.tile.getMemorySpace()) << " into "
                                << tileWordOf(result.tile.getMemorySpace()) << "; expected acc or vec into mat or vec";
}

LogicalResult histogram(const Operands &operands) {
  auto byte = operands.op->getAttrOfType<IntegerAttr>("byte");
  int64_t last = bytesOf(operands.tile("src").getElementType()) - 1;
  if (byte && operands.op->hasAttr("isMSB"))
    return operands.op->emitOpError() << "has byte and isMSB, its older spelling; expected one of them";
  if (!byte || (byte.getInt() >= 0 && byte.getInt() <= last))
    return success();
  return operands.op->emitOpError() << "byte is " << byte.getInt() << "; expected 0 to " << last << " of "
                                    << operands.tile("src").getElementType();
}

LogicalResult exactNeedsScratch(const Operands &operands) {
  Attribute precision = operands.op->getAttr("precisionType");
  auto isHigh = [](auto attribute) { return attribute && uint32_t(attribute.getValue()) == 1; };
  bool isExact =
      isHigh(dyn_cast_or_null<DivPrecisionAttr>(precision)) || isHigh(dyn_cast_or_null<RsqrtPrecisionAttr>(precision));
  if (!isExact || operands.tile("tmp"))
    return success();
  return operands.op->emitOpError() << "is high_precision without scratch; expected a tile behind the others in ins";
}

LogicalResult onlyA5(const Operands &operands) {
  return includes(operands.archs, Archs::A5) ? success() : operands.op->emitOpError() << "is not known to the a2a3";
}

LogicalResult onlyA2A3(const Operands &operands) {
  return includes(operands.archs, Archs::A2A3) ? success() : operands.op->emitOpError() << "is not known to the a5";
}

} // namespace pto::ir::tile::rules
