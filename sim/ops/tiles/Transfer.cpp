// tload and tstore: between a view of global memory and a tile.
#include "sim/ops/Atomics.h"
#include "sim/ops/tiles/Padding.h"
#include "sim/ops/tiles/Plane.h"
#include "sim/ops/tiles/Tiles.h"
#include "llvm/Support/FormatVariadic.h"

namespace pto::sim {

namespace {

bool fits(Core &core, const Instruction &at, const GlobalView &view, const Tile &tile, const char *verb) {
  if (!view.isInside(core, at, verb))
    return false;
  if (view.rows() >= tile.validRows && view.columns() >= tile.validColumns)
    return true;
  core.fault(at, Fault::Kind::OutOfBounds,
             llvm::formatv("{0} {3}x{4} valid elements of its tile, but its part of global memory has {1}x{2}", verb,
                           view.rows(), view.columns(), tile.validRows, tile.validColumns));
  return false;
}

/// The unified buffer takes boxes from a view of boxes alone, whatever order its sizes and strides look like.
GlobalView viewFor(const Core &core, const TransferForm &form) {
  GlobalView view(core, form.view);
  if (form.tile.form.space == MemorySpace::Ub && form.tile.form.order.boxRows)
    view.order = ViewOrder::NZ;
  return view;
}

// Goes through what lies next to each other in global memory: `run(offset, place, count)`, both in bytes.
template <class Run>
bool forEachRun(const GlobalView &view, int64_t bytes, const Plane &plane, Run run) {
  bool down = view.runsDown();
  for (int64_t line = 0; line < plane.lines; ++line)
    for (int64_t first = 0, count = 0; first < plane.count; first += count) {
      int64_t row = down ? first : line, column = down ? line : first;
      count = std::min(view.runAt(row, column), plane.count - first);
      int64_t offset = saturatedProduct(view.offsetOf(row, column), bytes);
      if (!run(offset, plane.line(line) + first * bytes, count * bytes))
        return false;
    }
  return true;
}

struct Load {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    const TransferForm &form = *at.carried<const TransferForm *>();
    Tile tile(core, form.tile);
    GlobalView view = viewFor(core, form);
    if (!isSound(core, at, tile) || !fits(core, at, view, tile, "reads") || !charge(core, at, tile))
      return nullptr;
    if (tile.isEmpty())
      return &at + 1;
    TilePort<P> port(core, at);
    bool down = view.runsDown();
    Plane plane = port.open(tile, down);
    if (!plane)
      return nullptr;
    bool isDone = forEachRun(view, tile.form.bytes, plane, [&](int64_t offset, uint8_t *place, int64_t bytes) {
      const uint8_t *from =
          port.memory().read({.space = MemorySpace::Gm, .base = view.pointer, .offset = offset, .bytes = bytes});
      if (from)
        std::memcpy(place, from, size_t(bytes));
      return from != nullptr;
    });
    if (!isDone)
      return nullptr;
    port.close(tile, plane, down);
    return padLines(port.memory(), tile) ? &at + 1 : nullptr;
  }
};

struct Store {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    const TransferForm &form = *at.carried<const TransferForm *>();
    if (!form.atomicType)
      return store<P>(core, at, form);
    // The operation's own atomic store rules for as long as it runs.
    Control control = core.control;
    core.control.setAtomic(form.atomicType, 0);
    const Instruction *next = store<P>(core, at, form);
    core.control = control;
    return next;
  }

private:
  template <class P>
  static const Instruction *store(Core &core, const Instruction &at, const TransferForm &form) {
    Tile tile(core, form.tile);
    GlobalView view = viewFor(core, form);
    if (!isSound(core, at, tile) || !fits(core, at, view, tile, "writes") || !charge(core, at, tile))
      return nullptr;
    if (tile.isEmpty())
      return &at + 1;
    TilePort<P> port(core, at);
    ConstPlane plane = port.read(tile, view.runsDown());
    if (plane && form.conversion)
      plane = converted(core, at, port, *form.conversion, plane, view.runsDown());
    if (!plane)
      return nullptr;
    int64_t elementBytes = form.conversion ? int64_t(bytesOf(form.conversion->rule.result)) : tile.form.bytes;
    std::optional<const AtomicStore *> found = atomicStoreOf(core, at, elementBytes);
    if (!found)
      return nullptr;
    const AtomicStore *atomic = *found;
    Plane source{const_cast<uint8_t *>(plane.bytes), plane.lines, plane.count, plane.pitch};
    bool isDone = forEachRun(view, elementBytes, source, [&](int64_t offset, uint8_t *place, int64_t bytes) {
      Range range{.space = MemorySpace::Gm, .base = view.pointer, .offset = offset, .bytes = bytes};
      uint8_t *to = atomic ? port.memory().update(range) : port.memory().write(range);
      if (!to)
        return false;
      if (!atomic)
        std::memcpy(to, place, size_t(bytes));
      else
        for (int64_t done = 0; done < bytes; done += elementBytes)
          atomic->combine(to + done, place + done);
      return true;
    });
    return isDone ? &at + 1 : nullptr;
  }
};

} // namespace

namespace tiles {

Code load(Pipe pipe) {
  return Code::accessing<Load>(pipe);
}
Code store(Pipe pipe) {
  return Code::accessing<Store>(pipe);
}

} // namespace tiles

} // namespace pto::sim
