// Tiles and views in the simulator's terms.
#include "compiler/dialect/tile/Types.h"
#include "sim/decode/Types.h"
#include "sim/memory/Touch.h"
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

bool isAggregate(Type type) {
  return isa<ir::TileBufType, ir::MultiTileBufType, ir::TensorViewType, ir::PartitionTensorViewType, ir::LocalArrayType,
             ir::EventIdArrayType, ir::StructType>(type);
}

unsigned scalarsOf(Type type) {
  if (isa<ir::TileBufType, ir::MultiTileBufType>(type))
    return tileRegisters;
  if (auto array = dyn_cast<ir::LocalArrayType>(type)) {
    int64_t count = 1;
    for (int64_t size : array.getShape())
      count = std::min<int64_t>(saturatedProduct(count, size), std::numeric_limits<int32_t>::max());
    return unsigned(count);
  }
  if (auto events = dyn_cast<ir::EventIdArrayType>(type))
    return unsigned(events.getSize());
  if (auto structure = dyn_cast<ir::StructType>(type)) {
    unsigned count = 0;
    for (Type field : structure.getFields())
      count += scalarsOf(field);
    return count;
  }
  return isa<ir::TensorViewType, ir::PartitionTensorViewType>(type) ? ViewRegisters::count : 1;
}

} // namespace pto::sim
