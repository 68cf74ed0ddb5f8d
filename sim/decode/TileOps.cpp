// Operations on tiles and views: which of the instructions in ops/tiles each becomes, and on which pipe.
#include "compiler/dialect/Ops.h"
#include "compiler/dialect/tile/Matrix.h"
#include "compiler/dialect/tile/Move.h"
#include "sim/decode/Tiles.h"
#include "sim/run/Control.h"

using namespace mlir;

namespace pto::sim {

TileOperand operandOf(Decoder &decoder, Operation *op, Value value) {
  std::optional<TileForm> form = tileForm(value.getType());
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

void orderAfter(Decoder &decoder, Operation *op) {
  if (decoder.ordersTiles())
    decoder.emit(op, *opTable().find("pto.barrier", "", LaneType::None)).carry(Pipe::All);
}

namespace {

void decodeCount(Decoder &decoder, Operation *op) {
  auto count = cast<ir::TciOp>(op);
  emitTileOp(decoder, op, tiles::count,
             CountForm{operandOf(decoder, op, count.getDst()), decoder.slot(count.getS()),
                       count.getDescending().value_or(false)});
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

  add<TciOp>(table, ordered<decodeCount>);
  add<TmatmulOp>(table, ordered<decodeTileProduct<TmatmulOp>>);
  add<TmatmulAccOp>(table, ordered<decodeTileProduct<TmatmulAccOp>>);
  add<TmatmulBiasOp>(table, ordered<decodeTileProduct<TmatmulBiasOp>>);
}

} // namespace pto::sim
