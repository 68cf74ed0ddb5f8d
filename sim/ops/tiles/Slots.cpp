// Taking the next slot of a pipe.
#include "sim/ops/tiles/Slots.h"
#include "sim/ops/tiles/GlobalView.h"

namespace pto::sim {

namespace {

const Instruction *takeSlot(Core &core, const Instruction &at) {
  const SlotForm &form = *at.carried<const SlotForm *>();
  uint64_t &counter = core.scalar(form.counter);
  uint64_t taken = counter;
  core.scalar(form.mustWait) = taken >= form.slots;
  auto distance = int64_t(form.firstByte + taken % form.slots * form.slotBytes);
  if (!form.keepsCounter)
    ++counter;
  if (form.address)
    core.scalar(*form.address) = core.scalar(form.base) + uint64_t(distance);
  if (form.halves) {
    Tile tile(core, form.tile);
    core.scalar(*form.address + uint32_t(TileRegister::ValidRows)) =
        uint64_t(tile.validRows / (form.split == SlotSplit::Rows ? 2 : 1));
    core.scalar(*form.address + uint32_t(TileRegister::ValidColumns)) =
        uint64_t(tile.validColumns / (form.split == SlotSplit::Columns ? 2 : 1));
  }
  if (!form.view)
    return &at + 1;
  // Row by row. The part of a vector core is its rows, or its columns of all rows.
  Tile tile(core, form.tile);
  int64_t rows = tile.validRows, columns = tile.validColumns, pitch = columns, first = 0;
  if (form.isPartOfSlot && form.split == SlotSplit::Rows)
    first = core.index * rows * columns;
  if (form.isPartOfSlot && form.split == SlotSplit::Columns)
    first = core.index * columns, pitch = 2 * columns;
  std::optional<uint64_t> pointer = core.movedGm(at, core.scalar(form.base), distance + first * tile.form.bytes);
  if (!pointer)
    return nullptr;
  GlobalView view(core, *form.view);
  view.pointer = *pointer;
  view.order = ViewOrder::ND;
  view.sizes = {1, 1, 1, rows, columns};
  view.strides = {0, 0, 0, pitch, 1};
  view.starts = {};
  view.limits = view.sizes;
  view.write(core, *form.view);
  return &at + 1;
}

} // namespace

namespace tiles {

const Code nextSlot(Pipe::S, takeSlot);

} // namespace tiles

} // namespace pto::sim
