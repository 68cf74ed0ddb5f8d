// Operations on tiles and views: which of the instructions in ops/tiles each becomes, and on which pipe.
#include "compiler/dialect/Ops.h"
#include "compiler/dialect/tile/Element.h"
#include "compiler/dialect/tile/Matrix.h"
#include "compiler/dialect/tile/Move.h"
#include "sim/decode/Tiles.h"
#include "sim/ops/tiles/Print.h"
#include "sim/run/Control.h"

using namespace mlir;

namespace pto::sim {

TileOperand operandOf(Decoder &decoder, Operation *op, Value value) {
  std::optional<TileForm> form = tileForm(value.getType());
  if (form)
    form->padIsFinite = decoder.conventions.isOther(Conventions::Pads);
  if (!form)
    decoder.refuse(op, "values of type " + text(value.getType()) + " are not simulated");
  return {decoder.slot(value), form.value_or(TileForm())};
}

void emitCopy(Decoder &decoder, Operation *op, uint32_t from, uint32_t to) {
  Instruction &copy = decoder.emit(op, control::copyScalar);
  copy.operand[0] = from;
  copy.result[0] = to;
}

void giveRegisters(Decoder &decoder, Instruction &vector, unsigned operands) {
  for (unsigned i = 0; i < operands; ++i)
    vector.operand[i] = decoder.newWide();
  vector.result[0] = decoder.newWide();
}

uint32_t scalarOf(Decoder &decoder, Operation *op, Value value, Type element) {
  Type type = value.getType();
  if (type == element || (type.isIntOrIndex() && isa<IntegerType>(element)))
    return decoder.slot(value);
  std::optional<ScalarType> from = scalarType(type), to = scalarType(element);
  if (!from || from->isPair || !to || to->isPair) {
    decoder.refuse(op, op->getName().getStringRef() + " of " + text(element) + " with a scalar of type " + text(type) +
                           " is not simulated");
    return 0;
  }
  uint32_t converted = decoder.newScalar();
  Instruction &conversion = decoder.emit(op, tiles::convertScalar);
  conversion.operand[0] = decoder.slot(value);
  conversion.result[0] = converted;
  conversion.carry(decoder.keep(ScalarConversionForm{from->bits, to->bits, from->floating, to->floating}));
  return converted;
}

unsigned atomicTypeOf(Type element) {
  if (element.isInteger(8) && !element.isUnsignedInteger())
    return 5;
  if (element.isInteger(16) && !element.isUnsignedInteger())
    return 3;
  return element.isF32() ? 1 : element.isF16() ? 2 : element.isInteger(32) ? 4 : element.isBF16() ? 6 : 0;
}

void orderAfter(Decoder &decoder, Operation *op) {
  if (decoder.ordersTiles())
    emitOrder(decoder, op, "pto.barrier", Pipe::All);
}

namespace {

void decodeCount(Decoder &decoder, Operation *op) {
  auto count = cast<ir::TciOp>(op);
  emitTileOp(decoder, op, tiles::count,
             CountForm{operandOf(decoder, op, count.getDst()), decoder.slot(count.getS()),
                       count.getDescending().value_or(false)});
}

void decodeGetValue(Decoder &decoder, Operation *op) {
  auto get = cast<ir::TgetvalOp>(op);
  emitTileOp(
      decoder, op, tiles::getElement,
      ElementForm{operandOf(decoder, op, get.getSrc()), decoder.slot(get.getOffset()), decoder.slot(get.getValue())});
}

void decodeSetValue(Decoder &decoder, Operation *op) {
  auto set = cast<ir::TsetvalOp>(op);
  emitTileOp(decoder, op, tiles::setElement,
             ElementForm{operandOf(decoder, op, set.getDst()), decoder.slot(set.getOffset()),
                         scalarOf(decoder, op, set.getS(), elementOf(set.getDst()))});
}

void decodeTriangle(Decoder &decoder, Operation *op) {
  auto triangle = cast<ir::TtriOp>(op);
  TriangleForm form{operandOf(decoder, op, triangle.getDst()), decoder.slot(triangle.getDiagonal())};
  form.isUpper = triangle.getUpperOrLower().value_or(0) != 0;
  std::optional<ScalarType> type = scalarType(elementOf(triangle.getDst()));
  if (!type)
    return decoder.refuse(op, "pto.ttri of " + text(elementOf(triangle.getDst())) + " is not simulated");
  if (type->floating)
    form.one = fromDouble(1, *type->floating);
  emitTileOp(decoder, op, tiles::triangle, form);
}

NumberForm numberForm(Decoder &decoder, Operation *op, Type type) {
  std::optional<ScalarType> scalar = scalarType(type);
  if (!scalar || scalar->isPair)
    decoder.refuse(op, op->getName().getStringRef() + " of " + text(type) + " is not simulated");
  return {scalar ? scalar->bits : 0, scalar ? scalar->floating : std::nullopt, type.isUnsignedInteger()};
}

void decodeTilePrint(Decoder &decoder, Operation *op) {
  Value shown = cast<ir::TprintOp>(op).getSrc();
  if (!isa<ir::TileBufType>(shown.getType()))
    return decoder.refuse(op, "pto.tprint of a view is not simulated");
  TileOperand tile = operandOf(decoder, op, shown);
  emitTileOp(decoder, op, tiles::printTile, TilePrintForm{tile, numberForm(decoder, op, elementOf(shown))});
}

void decodePrint(Decoder &decoder, Operation *op) {
  auto print = cast<ir::PrintOp>(op);
  std::optional<PrintForm> form = parsePrint(print.getFormat());
  if (!form)
    return decoder.refuse(op, "pto.print with the format \"" + print.getFormat() +
                                  "\" is not simulated; expected one of %d %u %x %f %e %g in it");
  form->value = decoder.slot(print.getValue());
  form->number = numberForm(decoder, op, print.getValue().getType());
  decoder.emit(op, tiles::print).carry(decoder.keep(std::move(*form)));
}

template <class Op>
void decodeTileProduct(Decoder &decoder, Operation *op) {
  auto product = cast<Op>(op);
  TileProductForm form{operandOf(decoder, op, product.getLhs()), operandOf(decoder, op, product.getRhs()),
                       operandOf(decoder, op, product.getDst())};
  if constexpr (requires { product.getAccumulator(); })
    form.start = operandOf(decoder, op, product.getAccumulator());
  if constexpr (requires { product.getBias(); })
    form.bias = operandOf(decoder, op, product.getBias());
  form.lhsType = factorType(elementOf(product.getLhs())), form.rhsType = factorType(elementOf(product.getRhs()));
  form.multiply = opTable().multiply;
  emitTileOp(decoder, op, tiles::multiply, form);
}

} // namespace

void addTileOps(DecodeTable &table) {
  using namespace ir;
  addTileViews(table);
  addTileElements(table);
  addTileMoves(table);
  addTileGathers(table);
  addTileOrder(table);
  addTilePipes(table);

  add<TciOp>(table, ordered<decodeCount>);
  add<TprintOp>(table, ordered<decodeTilePrint>);
  add<PrintOp>(table, decodePrint);
  add<TprefetchOp>(table, [](Decoder &, Operation *) {}); // says what will be read, and reads nothing
  add<TgetvalOp>(table, ordered<decodeGetValue>);
  add<TsetvalOp>(table, ordered<decodeSetValue>);
  add<TtriOp>(table, ordered<decodeTriangle>);
  add<TmatmulOp>(table, ordered<decodeTileProduct<TmatmulOp>>);
  add<TmatmulAccOp>(table, ordered<decodeTileProduct<TmatmulAccOp>>);
  add<TmatmulBiasOp>(table, ordered<decodeTileProduct<TmatmulBiasOp>>);
  add<TgemvOp>(table, ordered<decodeTileProduct<TgemvOp>>);
  add<TgemvAccOp>(table, ordered<decodeTileProduct<TgemvAccOp>>);
  add<TgemvBiasOp>(table, ordered<decodeTileProduct<TgemvBiasOp>>);
}

} // namespace pto::sim
