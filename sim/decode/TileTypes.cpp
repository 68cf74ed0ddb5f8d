// Tiles and views in the simulator's terms.
#include "compiler/dialect/tile/Types.h"
#include "sim/decode/Types.h"
#include "sim/ops/tiles/GlobalView.h"

using namespace mlir;

namespace pto::sim {

static TilePad pad(layout::Pad pad) {
  switch (pad) {
  case layout::Pad::Null:
    return TilePad::Null;
  case layout::Pad::Zero:
    return TilePad::Zero;
  case layout::Pad::Max:
    return TilePad::Max;
  case layout::Pad::Min:
    return TilePad::Min;
  }
  llvm_unreachable("every pad is handled");
}

std::optional<TileForm> tileForm(Type type) {
  if (auto several = dyn_cast<ir::MultiTileBufType>(type))
    type = several.getTile();
  auto tile = dyn_cast<ir::TileBufType>(type);
  if (!tile || tile.getCompact() == ir::Compact::RowPlusOne)
    return std::nullopt;
  LaneType lanes = elementLanes(tile.getElementType());
  // Two elements in a byte have no place of their own.
  if (lanes == LaneType::None || lanes == LaneType::F4E1M2x2 || lanes == LaneType::F4E2M1x2)
    return std::nullopt;
  TileForm form{.space = memorySpace(tile.getMemorySpace()),
                .lanes = lanes,
                .bytes = uint8_t(ir::bytesOf(tile.getElementType())),
                .pad = pad(tile.getPad()),
                .order = {.boxesDown = !ir::isRowMajor(tile)}};
  if (ir::isUnboxed(tile)) {
    form.order.elementsDown = form.order.boxesDown;
  } else {
    form.order.elementsDown = tile.getInner() == layout::Order::ColMajor;
    auto [rows, columns] = ir::boxOf(tile);
    form.order.boxRows = uint16_t(rows), form.order.boxColumns = uint16_t(columns);
  }
  return form;
}

unsigned scalarsOf(Type type) {
  if (isa<ir::TileBufType, ir::MultiTileBufType>(type))
    return tileRegisters;
  return isa<ir::TensorViewType, ir::PartitionTensorViewType>(type) ? ViewRegisters::count : 1;
}

} // namespace pto::sim
