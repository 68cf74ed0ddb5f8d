// Views in their registers.
#include "sim/ops/tiles/GlobalView.h"
#include "sim/memory/Touch.h"
#include "sim/ops/tiles/Tiles.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

namespace pto::sim {

GlobalView::GlobalView(const Core &core, uint32_t slot)
    : pointer(core.scalar(slot + ViewRegisters::pointer)), order(ViewOrder(core.scalar(slot + ViewRegisters::order))) {
  for (unsigned i = 0; i < viewRank; ++i) {
    sizes[i] = int64_t(core.scalar(slot + ViewRegisters::sizes + i));
    strides[i] = int64_t(core.scalar(slot + ViewRegisters::strides + i));
    starts[i] = int64_t(core.scalar(slot + ViewRegisters::starts + i));
    limits[i] = int64_t(core.scalar(slot + ViewRegisters::limits + i));
  }
}

void GlobalView::write(Core &core, uint32_t slot) const {
  core.scalar(slot + ViewRegisters::pointer) = pointer;
  core.scalar(slot + ViewRegisters::order) = uint64_t(order);
  for (unsigned i = 0; i < viewRank; ++i) {
    core.scalar(slot + ViewRegisters::sizes + i) = uint64_t(sizes[i]);
    core.scalar(slot + ViewRegisters::strides + i) = uint64_t(strides[i]);
    core.scalar(slot + ViewRegisters::starts + i) = uint64_t(starts[i]);
    core.scalar(slot + ViewRegisters::limits + i) = uint64_t(limits[i]);
  }
}

int64_t GlobalView::rows() const {
  switch (order) {
  case ViewOrder::ND:
    return saturatedProduct(saturatedProduct(sizes[0], sizes[1]), saturatedProduct(sizes[2], sizes[3]));
  case ViewOrder::DN:
    return sizes[3];
  case ViewOrder::NZ:
    return saturatedProduct(sizes[2], sizes[3]);
  }
  return 0;
}

int64_t GlobalView::columns() const {
  switch (order) {
  case ViewOrder::ND:
    return sizes[4];
  case ViewOrder::DN:
    return saturatedProduct(saturatedProduct(sizes[0], sizes[1]), saturatedProduct(sizes[2], sizes[4]));
  case ViewOrder::NZ:
    return saturatedProduct(saturatedProduct(sizes[0], sizes[1]), sizes[4]);
  }
  return 0;
}

int64_t GlobalView::offsetOf(int64_t row, int64_t column) const {
  int64_t offset = 0;
  // The place in some dimensions, the last one counting fastest.
  auto add = [&](int64_t place, std::initializer_list<unsigned> fastestFirst) {
    for (unsigned dim : fastestFirst) {
      offset += place % sizes[dim] * strides[dim];
      place /= sizes[dim];
    }
  };
  switch (order) {
  case ViewOrder::ND:
    add(row, {3, 2, 1, 0});
    add(column, {4});
    break;
  case ViewOrder::DN:
    add(row, {3});
    add(column, {4, 2, 1, 0});
    break;
  case ViewOrder::NZ:
    add(row, {3, 2});
    add(column, {4, 1, 0});
    break;
  }
  return offset;
}

int64_t GlobalView::runAt(int64_t row, int64_t column) const {
  if (order == ViewOrder::DN)
    return strides[3] == 1 ? sizes[3] - row : 1;
  return strides[4] == 1 ? sizes[4] - column % sizes[4] : 1;
}

bool GlobalView::isInside(Core &core, const Instruction &at, const char *verb) const {
  // Of a matrix, its last dimensions are what people call rows and columns.
  auto word = [&](unsigned dim) -> std::string {
    if (dim == 4)
      return "column";
    if (dim == 3)
      return "row";
    return "dimension " + std::to_string(dim) + " at";
  };
  for (unsigned dim = 0; dim < viewRank; ++dim) {
    if (sizes[dim] < 0) {
      core.fault(at, Fault::Kind::Illegal, llvm::formatv("has a view of size {0} in dimension {1}", sizes[dim], dim));
      return false;
    }
    int64_t end;
    if (sizes[dim] == 0)
      continue;
    if (starts[dim] < 0 || __builtin_add_overflow(starts[dim], sizes[dim], &end) || end > limits[dim]) {
      int64_t first = starts[dim] < 0 ? starts[dim] : std::max(starts[dim], limits[dim]);
      core.fault(at, Fault::Kind::OutOfBounds,
                 llvm::formatv("{0} {1} {2} of a view that has {3}", verb, word(dim), first, limits[dim]));
      return false;
    }
  }
  return true;
}

namespace {

// What a view is made of, or a part of one: constants are preset in registers.
const Instruction *fillView(Core &core, const Instruction &at) {
  const ViewForm &form = *at.carried<const ViewForm *>();
  GlobalView view(core, form.slot);
  view.pointer = core.scalar(form.source);
  view.order = form.order;
  view.starts.fill(0);
  view.sizes.fill(1);
  view.strides.fill(1);
  unsigned skipped = viewRank - unsigned(form.sizes.size());
  for (auto [index, size] : llvm::enumerate(form.sizes)) {
    view.sizes[skipped + index] = int64_t(core.scalar(size));
    view.strides[skipped + index] = int64_t(core.scalar(form.places[index]));
  }
  // Dimensions that are not there have one place, whatever its stride.
  view.limits = view.sizes;
  if (form.infersOrder && view.order == ViewOrder::ND && view.strides[4] != 1 && view.strides[3] == 1)
    view.order = ViewOrder::DN;
  view.write(core, form.slot);
  return &at + 1;
}

const Instruction *partOfView(Core &core, const Instruction &at) {
  const ViewForm &form = *at.carried<const ViewForm *>();
  GlobalView view(core, form.source);
  unsigned skipped = viewRank - unsigned(form.sizes.size());
  int64_t distance = 0;
  for (auto [index, size] : llvm::enumerate(form.sizes)) {
    unsigned dim = skipped + unsigned(index);
    int64_t start = int64_t(core.scalar(form.places[index]));
    view.sizes[dim] = int64_t(core.scalar(size));
    distance += saturatedProduct(saturatedProduct(start, view.strides[dim]), form.elementBytes);
    view.starts[dim] += start;
  }
  std::optional<uint64_t> moved = core.movedGm(at, view.pointer, distance);
  if (!moved)
    return nullptr;
  view.pointer = *moved;
  view.write(core, form.slot);
  return &at + 1;
}

} // namespace

namespace tiles {

const Code makeView(Pipe::S, fillView);
const Code takePart(Pipe::S, partOfView);

} // namespace tiles

} // namespace pto::sim
