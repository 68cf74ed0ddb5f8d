// Views and tiles: what the registers are that say where they lie.
#include "compiler/dialect/Ops.h"
#include "compiler/dialect/tile/View.h"
#include "mlir/IR/Matchers.h"
#include "sim/decode/Tiles.h"

using namespace mlir;

namespace pto::sim {

namespace {

template <class Op>
void decodeAlloc(Decoder &decoder, Operation *op) {
  auto alloc = cast<Op>(op);
  Type allocated = alloc.getResult().getType();
  int64_t count = 1;
  if (auto several = dyn_cast<ir::MultiTileBufType>(allocated))
    count = several.getCount(), allocated = several.getTile();
  auto type = cast<ir::TileBufType>(allocated);
  TileOperand tile = operandOf(decoder, op, alloc.getResult());
  decoder.noteTile(tile.form.space);
  auto set = [&](TileRegister which, Value value, int64_t known) {
    emitCopy(decoder, op, value ? decoder.slot(value) : decoder.constant(uint64_t(known)), tile.at(which));
  };
  set(TileRegister::Base, alloc.getAddr(),
      alloc.getAddr() ? 0 : int64_t(decoder.allocate(tile.form.space, uint64_t(type.getBytes() * count))));
  set(TileRegister::Rows, {}, type.getRows());
  set(TileRegister::Columns, {}, type.getColumns());
  set(TileRegister::ValidRows, alloc.getValidRow(), type.getValidRows());
  set(TileRegister::ValidColumns, alloc.getValidCol(), type.getValidColumns());
}

template <class Values>
llvm::SmallVector<uint32_t, viewRank> slotsOf(Decoder &decoder, Values values) {
  llvm::SmallVector<uint32_t, viewRank> slots;
  for (Value value : values)
    slots.push_back(decoder.slot(value));
  return slots;
}

void emitView(Decoder &decoder, Operation *op, const Code &code, ViewForm form) {
  if (form.sizes.size() > viewRank)
    return decoder.refuse(op, "views of " + llvm::Twine(form.sizes.size()) +
                                  " dimensions are not simulated; views have at most 5");
  decoder.emit(op, code).carry(decoder.keep(std::move(form)));
}

void decodeMakeView(Decoder &decoder, Operation *op) {
  auto view = cast<ir::MakeTensorViewOp>(op);
  ViewForm form{decoder.slot(view.getResult()), decoder.slot(view.getPointer()), slotsOf(decoder, view.getShape()),
                slotsOf(decoder, view.getStrides())};
  std::optional<ir::TensorLayout> layout = view.getLayout();
  form.infersOrder = !layout;
  switch (layout.value_or(ir::TensorLayout::Nd)) {
  case ir::TensorLayout::Nd:
    break;
  case ir::TensorLayout::Dn:
    form.order = ViewOrder::DN;
    break;
  case ir::TensorLayout::Nz:
    form.order = ViewOrder::NZ;
    break;
  default:
    return decoder.refuse(op, "views in the order " + ir::stringifyTensorLayout(*layout) + " are not simulated");
  }
  emitView(decoder, op, tiles::makeView, std::move(form));
}

void decodePartition(Decoder &decoder, Operation *op) {
  auto part = cast<ir::PartitionViewOp>(op);
  ViewForm form{decoder.slot(part.getResult()), decoder.slot(part.getView()), slotsOf(decoder, part.getSizes()),
                slotsOf(decoder, part.getOffsets())};
  form.elementBytes = ir::bytesOf(cast<ir::PartitionTensorViewType>(part.getResult().getType()).getElementType());
  emitView(decoder, op, tiles::takePart, std::move(form));
}

template <class Op>
void decodeSubview(Decoder &decoder, Operation *op) {
  auto part = cast<Op>(op);
  auto type = cast<ir::TileBufType>(part.getResult().getType());
  TileOperand whole = operandOf(decoder, op, part.getTile());
  auto valid = [&](unsigned index, int64_t known) {
    return part.getValid().empty() ? decoder.constant(uint64_t(known)) : decoder.slot(part.getValid()[index]);
  };
  decoder.emit(op, tiles::subview)
      .carry(decoder.keep(SubviewForm{decoder.slot(part.getResult()), whole.slot, decoder.slot(part.getOffsets()[0]),
                                      decoder.slot(part.getOffsets()[1]), valid(0, type.getValidRows()),
                                      valid(1, type.getValidColumns()), whole.form}));
}

void decodeSetValid(Decoder &decoder, Operation *op) {
  auto set = cast<ir::SetValidShapeOp>(op);
  TileOperand tile = operandOf(decoder, op, set.getTile());
  emitCopy(decoder, op, decoder.slot(set.getValidRow()), tile.at(TileRegister::ValidRows));
  emitCopy(decoder, op, decoder.slot(set.getValidCol()), tile.at(TileRegister::ValidColumns));
}

void decodeGetValid(Decoder &decoder, Operation *op) {
  auto get = cast<ir::GetValidShapeOp>(op);
  TileOperand tile = operandOf(decoder, op, get.getTile());
  emitCopy(decoder, op, tile.at(TileRegister::ValidRows), decoder.slot(get.getValidRow()));
  emitCopy(decoder, op, tile.at(TileRegister::ValidColumns), decoder.slot(get.getValidCol()));
}

// The same bytes, seen in another way.
void decodeReshape(Decoder &decoder, Operation *op) {
  TileOperand from = operandOf(decoder, op, op->getOperand(0)), to = operandOf(decoder, op, op->getResult(0));
  auto type = cast<ir::TileBufType>(op->getResult(0).getType());
  auto set = [&](TileRegister which, int64_t known) {
    emitCopy(decoder, op, ShapedType::isDynamic(known) ? from.at(which) : decoder.constant(uint64_t(known)),
             to.at(which));
  };
  emitCopy(decoder, op, from.slot, to.slot);
  set(TileRegister::Rows, type.getRows());
  set(TileRegister::Columns, type.getColumns());
  set(TileRegister::ValidRows, type.getValidRows());
  set(TileRegister::ValidColumns, type.getValidColumns());
}

// Fewer dimensions are the last ones of five.
template <class Op, unsigned Registers>
void decodeQuery(Decoder &decoder, Operation *op) {
  auto query = cast<Op>(op);
  APInt dim;
  if (!matchPattern(query.getDim(), m_ConstantInt(&dim)))
    return decoder.refuse(op, op->getName().getStringRef() + " of a dimension that is no constant is not simulated");
  Type view = query.getView().getType();
  auto whole = dyn_cast<ir::TensorViewType>(view);
  auto rank = int64_t((whole ? whole.getShape() : cast<ir::PartitionTensorViewType>(view).getShape()).size());
  if (dim.getSExtValue() < 0 || dim.getSExtValue() >= rank)
    return decoder.refuse(op, "asks for dimension " + llvm::Twine(dim.getSExtValue()) + " of a view with " +
                                  llvm::Twine(rank));
  emitCopy(decoder, op,
           decoder.slot(query.getView()) + Registers + viewRank - uint32_t(rank) + uint32_t(dim.getZExtValue()),
           decoder.slot(query.getResult()));
}

template <class Op, TileRegister Which>
void decodeTileRegister(Decoder &decoder, Operation *op) {
  auto query = cast<Op>(op);
  emitCopy(decoder, op, operandOf(decoder, op, op->getOperand(0)).at(Which), decoder.slot(query.getResult()));
}

void decodeViewAddress(Decoder &decoder, Operation *op) {
  emitCopy(decoder, op, decoder.slot(op->getOperand(0)) + ViewRegisters::pointer, decoder.slot(op->getResult(0)));
}

void decodeSameScalar(Decoder &decoder, Operation *op) {
  emitCopy(decoder, op, decoder.slot(op->getOperand(0)), decoder.slot(op->getResult(0)));
}

void decodeAssign(Decoder &decoder, Operation *op) {
  decodeReshape(decoder, op);
  emitCopy(decoder, op, decoder.slot(cast<ir::TassignOp>(op).getAddr()), decoder.slot(op->getResult(0)));
}

void decodePick(Decoder &decoder, Operation *op) {
  auto pick = cast<ir::MultiTileGetOp>(op);
  auto type = cast<ir::MultiTileBufType>(pick.getTiles().getType());
  decoder.emit(op, tiles::pickTile)
      .carry(decoder.keep(PickForm{decoder.slot(pick.getResult()), decoder.slot(pick.getTiles()),
                                   decoder.slot(pick.getSlot()), type.getCount(),
                                   cast<ir::TileBufType>(type.getTile()).getBytes()}));
}

} // namespace

void addTileViews(DecodeTable &table) {
  using namespace ir;
  add<AllocTileOp>(table, decodeAlloc<AllocTileOp>);
  add<AllocMultiTileOp>(table, decodeAlloc<AllocMultiTileOp>);
  add<MultiTileGetOp>(table, decodePick);
  add<TassignOp>(table, decodeAssign);
  add<GetTensorViewDimOp>(table, decodeQuery<GetTensorViewDimOp, ViewRegisters::sizes>);
  add<GetTensorViewStrideOp>(table, decodeQuery<GetTensorViewStrideOp, ViewRegisters::strides>);
  add<TensorViewAddrOp>(table, decodeViewAddress);
  add<TileBufAddrOp>(table, decodeTileRegister<TileBufAddrOp, TileRegister::Base>);
  add<TileValidRowsOp>(table, decodeTileRegister<TileValidRowsOp, TileRegister::ValidRows>);
  add<TileValidColsOp>(table, decodeTileRegister<TileValidColsOp, TileRegister::ValidColumns>);
  add<PtrToIntOp>(table, decodeSameScalar);
  add<IntToPtrOp>(table, decodeSameScalar);
  add<MakeTensorViewOp>(table, decodeMakeView);
  add<PartitionViewOp>(table, decodePartition);
  add<SubviewOp>(table, decodeSubview<SubviewOp>);
  add<SubsetOp>(table, decodeSubview<SubsetOp>);
  add<SetValidShapeOp>(table, decodeSetValid);
  add<GetValidShapeOp>(table, decodeGetValid);
  add<TreshapeOp>(table, decodeReshape);
  add<BitcastOp>(table, decodeReshape);
}

} // namespace pto::sim
