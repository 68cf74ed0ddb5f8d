// What gathers, sorts, quantization and single elements ask.
#include "compiler/dialect/tile/Rules.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;

namespace pto::ir::tile::rules {

using namespace checks;

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
