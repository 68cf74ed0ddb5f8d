// What moves and conversions ask: memories, layouts, and how the accumulator is converted on its way out.
#include "compiler/dialect/tile/Rules.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;

namespace pto::ir::tile::rules {

using namespace checks;

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

} // namespace pto::ir::tile::rules
