// Operations on tiles that pick elements by index, by pattern or by order.
#include "compiler/dialect/Ops.h"
#include "compiler/dialect/tile/Gather.h"
#include "sim/decode/Tiles.h"
#include "sim/ops/tiles/Gather.h"
#include "sim/ops/tiles/Partial.h"

using namespace mlir;

namespace pto::sim {

namespace {

/// The first of the elements that a pattern means, and how far the next one is.
std::pair<int64_t, int64_t> stepsOf(ir::MaskPattern pattern) {
  switch (pattern) {
  case ir::MaskPattern::P0101:
    return {0, 2};
  case ir::MaskPattern::P1010:
    return {1, 2};
  case ir::MaskPattern::P0001:
    return {0, 4};
  case ir::MaskPattern::P0010:
    return {1, 4};
  case ir::MaskPattern::P0100:
    return {2, 4};
  case ir::MaskPattern::P1000:
    return {3, 4};
  case ir::MaskPattern::P1111:
    return {0, 1};
  }
  llvm_unreachable("every pattern is handled");
}

template <class Op, bool Spreads>
void emitPattern(Decoder &decoder, Operation *op) {
  auto move = cast<Op>(op);
  PatternForm form{operandOf(decoder, op, move.getSrc()), operandOf(decoder, op, move.getDst())};
  std::tie(form.first, form.step) = stepsOf(*move.getMaskPattern());
  form.ofRows = move.getAxis().value_or("row").lower() == "col";
  form.spreads = Spreads;
  emitTileOp(decoder, op, tiles::pattern, form);
}

void emitIndexed(Decoder &decoder, Operation *op, IndexForm form) {
  form.indexBytes = form.unitBytes = form.source.form.bytes;
  emitTileOp(decoder, op, tiles::gather, form);
}

void decodeGather(Decoder &decoder, Operation *op) {
  auto gather = cast<ir::TgatherOp>(op);
  if (gather.getMaskPattern())
    return emitPattern<ir::TgatherOp, false>(decoder, op);
  if (!gather.getIndices())
    return decoder.refuse(op,
                          "pto.tgather by comparison is not simulated: the headers and the documents disagree about "
                          "the indices that it gives");
  emitIndexed(decoder, op,
              {operandOf(decoder, op, gather.getSrc()), operandOf(decoder, op, gather.getIndices()),
               operandOf(decoder, op, gather.getDst())});
}

void decodeScatter(Decoder &decoder, Operation *op) {
  auto scatter = cast<ir::TscatterOp>(op);
  if (scatter.getMaskPattern())
    return emitPattern<ir::TscatterOp, true>(decoder, op);
  emitIndexed(decoder, op,
              {.source = operandOf(decoder, op, scatter.getSrc()),
               .indices = operandOf(decoder, op, scatter.getIndices()),
               .destination = operandOf(decoder, op, scatter.getDst()),
               .toIndex = true});
}

void decodeGatherBlocks(Decoder &decoder, Operation *op) {
  auto gather = cast<ir::TgatherbOp>(op);
  emitTileOp(decoder, op, tiles::gather,
             IndexForm{.source = operandOf(decoder, op, gather.getSrc()),
                       .indices = operandOf(decoder, op, gather.getOffsets()),
                       .destination = operandOf(decoder, op, gather.getDst()),
                       .unitBytes = int64_t(blockBytes),
                       .indexBytes = 1});
}

/// Without a word, one index in a row or a column for each row is of rows.
bool isOfRows(std::optional<ir::Coalesce> coalesce, Value indices, Value tile) {
  if (coalesce)
    return *coalesce == ir::Coalesce::Row;
  auto index = cast<ir::TileBufType>(indices.getType()), data = cast<ir::TileBufType>(tile.getType());
  return (index.getValidColumns() == 1 || index.getValidRows() == 1) &&
         (index.getValidRows() != data.getValidRows() || index.getValidColumns() != data.getValidColumns());
}

void decodeViewGather(Decoder &decoder, Operation *op) {
  auto gather = cast<ir::MgatherOp>(op);
  ViewIndexForm form{operandOf(decoder, op, gather.getDst()), operandOf(decoder, op, gather.getIndices()),
                     decoder.slot(gather.getSrc())};
  form.ofRows = isOfRows(gather.getCoalesce(), gather.getIndices(), gather.getDst());
  switch (gather.getGatherOob().value_or(ir::GatherOob::Undefined)) {
  case ir::GatherOob::Undefined:
    break;
  case ir::GatherOob::Clamp:
    form.outside = OutsideIndex::Clamp;
    break;
  case ir::GatherOob::Wrap:
    form.outside = OutsideIndex::Wrap;
    break;
  case ir::GatherOob::Zero:
    form.outside = OutsideIndex::Zero;
    break;
  }
  emitTileOp(decoder, op, tiles::gatherView(Pipe::V), form);
}

void decodeViewScatter(Decoder &decoder, Operation *op) {
  auto scatter = cast<ir::MscatterOp>(op);
  ViewIndexForm form{operandOf(decoder, op, scatter.getSrc()), operandOf(decoder, op, scatter.getIndices()),
                     decoder.slot(scatter.getDst())};
  form.ofRows = isOfRows(scatter.getCoalesce(), scatter.getIndices(), scatter.getSrc());
  switch (scatter.getScatterOob().value_or(ir::ScatterOob::Undefined)) {
  case ir::ScatterOob::Undefined:
    break;
  case ir::ScatterOob::Skip:
    form.outside = OutsideIndex::Skip;
    break;
  case ir::ScatterOob::Clamp:
    form.outside = OutsideIndex::Clamp;
    break;
  case ir::ScatterOob::Wrap:
    form.outside = OutsideIndex::Wrap;
    break;
  }
  ir::ScatterAtomicOp operation = scatter.getScatterAtomicOp().value_or(ir::ScatterAtomicOp::None);
  if (operation != ir::ScatterAtomicOp::None) {
    form.atomicType = atomicTypeOf(elementOf(scatter.getSrc()));
    form.atomicOperation = unsigned(operation) - 1;
    if (!form.atomicType)
      return decoder.refuse(op,
                            "pto.mscatter that combines " + text(elementOf(scatter.getSrc())) + " is not simulated");
  }
  emitTileOp(decoder, op, tiles::scatterView(Pipe::V), form);
}

ScalarFloat scoreOf(Value tile) {
  return elementOf(tile).isF32() ? ScalarFloat::F32 : ScalarFloat::F16;
}

void decodeSort(Decoder &decoder, Operation *op) {
  auto sort = cast<ir::Tsort32Op>(op);
  SortForm form{.sources = {operandOf(decoder, op, sort.getSrc()), operandOf(decoder, op, sort.getIndices())},
                .destination = operandOf(decoder, op, sort.getDst()),
                .score = scoreOf(sort.getSrc())};
  emitTileOp(decoder, op, tiles::sortBlocks, std::move(form));
}

void decodeMerge(Decoder &decoder, Operation *op) {
  auto merge = cast<ir::TmrgsortOp>(op);
  SortForm form{.sources = {},
                .destination = operandOf(decoder, op, merge.getDst()),
                .score = scoreOf(merge.getA()),
                .stopsAtEnd = merge.getExhausted().value_or(false)};
  for (Value list : {merge.getA(), merge.getB(), merge.getC(), merge.getD()})
    if (list)
      form.sources.push_back(operandOf(decoder, op, list));
  if (merge.getLength())
    form.length = decoder.slot(merge.getLength());
  emitTileOp(decoder, op, tiles::mergeLists, std::move(form));
}

template <class Op, bool Largest>
void decodePartialPosition(Decoder &decoder, Operation *op) {
  auto part = cast<Op>(op);
  auto tile = [&](Value value) { return operandOf(decoder, op, value); };
  emitTileOp(decoder, op, tiles::partialPosition,
             PartialPositionForm{{tile(part.getA()), tile(part.getB())},
                                 {tile(part.getAIndices()), tile(part.getBIndices())},
                                 tile(part.getDst()),
                                 tile(part.getDstIndices()),
                                 Largest});
}

} // namespace

void addTileGathers(DecodeTable &table) {
  using namespace ir;
  add<TgatherOp>(table, ordered<decodeGather>);
  add<TgatherbOp>(table, ordered<decodeGatherBlocks>);
  add<TscatterOp>(table, ordered<decodeScatter>);
  add<MgatherOp>(table, ordered<decodeViewGather>);
  add<MscatterOp>(table, ordered<decodeViewScatter>);
  add<Tsort32Op>(table, ordered<decodeSort>);
  add<TmrgsortOp>(table, ordered<decodeMerge>);
  add<TpartargmaxOp>(table, ordered<decodePartialPosition<TpartargmaxOp, true>>);
  add<TpartargminOp>(table, ordered<decodePartialPosition<TpartargminOp, false>>);
}

} // namespace pto::sim
