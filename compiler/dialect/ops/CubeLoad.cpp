// The spelling of fractal loads, and what they need of their two ends.
#include "compiler/dialect/ops/CubeLoad.h"
#include "compiler/dialect/Constants.h"
#include "compiler/dialect/Words.h"

using namespace mlir;

namespace pto::ir {

// The mode stands among the types once more.
static ParseResult parseSameWord(OpAsmParser &parser, StringAttr word) {
  SMLoc where = parser.getCurrentLocation();
  StringAttr again;
  if (parseWord(parser, again))
    return failure();
  if (again != word)
    return parser.emitError(where) << "found '" << again.getValue() << "'; expected '" << word.getValue()
                                   << "' as before";
  return success();
}
static void printSameWord(OpAsmPrinter &printer, Operation *op, StringAttr word) {
  printWord(printer, op, word);
}

} // namespace pto::ir

#define GET_OP_CLASSES
#include "compiler/dialect/ops/CubeLoad.cpp.inc"

namespace pto::ir {

template <typename LoadOp>
static LogicalResult verifySameElements(LoadOp op) {
  Type source = cast<PtrType>(op.getSource().getType()).getElementType();
  Type destination = cast<PtrType>(op.getDestination().getType()).getElementType();
  if (source == destination)
    return success();
  return op.emitOpError() << "loads " << source << " as " << destination << "; expected the same type";
}

// Small channels are packed by fours.
static constexpr int64_t mostSmallChannels = 4;

LogicalResult MteGmL1FracOp::verify() {
  if (failed(verifySameElements(*this)) || failed(verifyRange(*this, "n_value", getNValue(), 0, 0xffff)) ||
      failed(verifyRange(*this, "d_value", getDValue(), 0, 0x1fffff)) ||
      failed(verifyRange(*this, "group_count", getGroupCount(), 0, 0xffff)))
    return failure();
  if (constantOf(getSmallc0En()).value_or(0) == 0)
    return success();
  return verifyRange(*this, "d_value with small channels", getDValue(), 0, mostSmallChannels);
}

template <typename TileOp>
static LogicalResult verifyTile(TileOp op) {
  for (auto [name, operand] :
       {std::pair("the first extent", op.getRows()), std::pair("the second one", op.getColumns()),
        std::pair("start_row", op.getStartRow()), std::pair("start_col", op.getStartCol())})
    if (operand && failed(verifyRange(op, name, operand, 0, 0xffff)))
      return failure();
  return success();
}
LogicalResult MteL1L0aOp::verify() {
  return failure(failed(verifySameElements(*this)) || failed(verifyTile(*this)));
}
LogicalResult MteL1L0bOp::verify() {
  return failure(failed(verifySameElements(*this)) || failed(verifyTile(*this)));
}
LogicalResult MteL1L0aMxOp::verify() {
  return verifyTile(*this);
}
LogicalResult MteL1L0bMxOp::verify() {
  return verifyTile(*this);
}

LogicalResult LoadCbufToCaOp::verify() {
  return verifySameElements(*this);
}
LogicalResult LoadCbufToCbOp::verify() {
  return verifySameElements(*this);
}

LogicalResult MteL1BtOp::verify() {
  Type source = cast<PtrType>(getSource().getType()).getElementType();
  Type destination = cast<PtrType>(getDestination().getType()).getElementType();
  bool isWidened = destination.isF32() && (source.isF16() || source.isBF16());
  if ((source == destination && (source.isF32() || source.isInteger(32))) || isWidened)
    return success();
  return emitOpError() << "loads a bias of " << source << " as " << destination
                       << "; expected f32 or i32 as it is, or f16 or bf16 as f32";
}
LogicalResult MteL1FbOp::verify() {
  return success();
}

} // namespace pto::ir

void pto::ir::PtoDialect::registerCubeLoadOps() {
  addOperations<
#define GET_OP_LIST
#include "compiler/dialect/ops/CubeLoad.cpp.inc"
      >();
}
