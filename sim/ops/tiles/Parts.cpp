// What happens to registers of tiles and arrays, single elements, and tiles that are made of nothing.
#include "sim/ops/tiles/Plane.h"
#include "sim/ops/tiles/Tiles.h"
#include "sim/run/Machine.h"
#include "llvm/ADT/STLExtras.h"

namespace pto::sim {

namespace {

// The part keeps the strides of the whole: only its base moves. The place is one where a box starts.
const Instruction *takeSubview(Core &core, const Instruction &at) {
  const SubviewForm &form = *at.carried<const SubviewForm *>();
  Tile whole(core, {form.source, form.form});
  int64_t row = int64_t(core.scalar(form.row)), column = int64_t(core.scalar(form.column));
  if (row < 0 || column < 0 || row > whole.rows || column > whole.columns)
    return core.fault(at, Fault::Kind::OutOfBounds,
                      "has a part at row " + llvm::Twine(row) + ", column " + llvm::Twine(column) + " of a tile of " +
                          llvm::Twine(whole.rows) + "x" + llvm::Twine(whole.columns));
  auto set = [&](TileRegister which, int64_t value) { core.scalar(form.slot + uint32_t(which)) = uint64_t(value); };
  set(TileRegister::Base, int64_t(whole.base) + whole.offsetOf(row, column));
  set(TileRegister::Rows, whole.rows);
  set(TileRegister::Columns, whole.columns);
  set(TileRegister::ValidRows, int64_t(core.scalar(form.validRows)));
  set(TileRegister::ValidColumns, int64_t(core.scalar(form.validColumns)));
  return &at + 1;
}

const Instruction *toElement(Core &core, const Instruction &at) {
  const ScalarConversionForm &form = *at.carried<const ScalarConversionForm *>();
  uint64_t value = core.scalar(at.operand[0]);
  uint64_t extended =
      form.fromBits >= 64 ? value : uint64_t(int64_t(value << (64 - form.fromBits)) >> (64 - form.fromBits));
  uint64_t &result = core.scalar(at.result[0]);
  if (form.from && form.to)
    result = fromDouble(toDouble(value, *form.from), *form.to);
  else if (form.from)
    result = toInteger(toDouble(value, *form.from), form.toBits, true);
  else
    result = fromInteger(extended, true, *form.to);
  return &at + 1;
}

template <class T>
void countInRow(uint8_t *to, int64_t count, uint64_t first, bool isDescending) {
  for (int64_t i = 0; i < count; ++i) {
    T value = T(isDescending ? first - uint64_t(i) : first + uint64_t(i));
    std::memcpy(to + i * int64_t(sizeof(T)), &value, sizeof(T));
  }
}

struct Count {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    const CountForm &form = *at.carried<const CountForm *>();
    Tile destination(core, form.destination);
    destination.validRows = std::min<int64_t>(destination.validRows, 1);
    if (destination.isEmpty())
      return &at + 1;
    TilePort<P> port(core, at);
    Plane to = port.open(destination);
    if (!to)
      return nullptr;
    uint64_t first = core.scalar(form.first);
    if (destination.form.bytes == 2)
      countInRow<uint16_t>(to.bytes, to.count, first, form.isDescending);
    else
      countInRow<uint32_t>(to.bytes, to.count, first, form.isDescending);
    port.close(destination, to);
    return &at + 1;
  }
};

// An element of a tile's memory, by its place there.
std::optional<Range> elementOf(Core &core, const Instruction &at, const ElementForm &form) {
  Tile tile(core, form.tile);
  auto offset = int64_t(core.scalar(form.offset));
  if (offset < 0 || offset >= tile.rows * tile.columns) {
    core.fault(at, Fault::Kind::OutOfBounds,
               "has the offset " + llvm::Twine(offset) + " in a tile of " + llvm::Twine(tile.rows * tile.columns) +
                   " elements");
    return std::nullopt;
  }
  return Range{
      .space = tile.form.space, .base = tile.base, .offset = offset * tile.form.bytes, .bytes = tile.form.bytes};
}

struct GetElement {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    const ElementForm &form = *at.carried<const ElementForm *>();
    std::optional<Range> range = elementOf(core, at, form);
    const uint8_t *from = range ? Port<P>(core, at).read(*range) : nullptr;
    if (!from)
      return nullptr;
    uint64_t value = 0;
    std::memcpy(&value, from, size_t(range->bytes));
    core.scalar(form.scalar) = value;
    return &at + 1;
  }
};

struct SetElement {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    const ElementForm &form = *at.carried<const ElementForm *>();
    std::optional<Range> range = elementOf(core, at, form);
    uint8_t *to = range ? Port<P>(core, at).write(*range) : nullptr;
    if (!to)
      return nullptr;
    std::memcpy(to, &core.scalar(form.scalar), size_t(range->bytes));
    return &at + 1;
  }
};

struct Triangle {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    const TriangleForm &form = *at.carried<const TriangleForm *>();
    Tile destination(core, form.destination);
    if (!isSound(core, at, destination) || !charge(core, at, destination))
      return nullptr;
    if (destination.isEmpty())
      return &at + 1;
    TilePort<P> port(core, at);
    Plane to = port.open(destination);
    if (!to)
      return nullptr;
    auto diagonal = int64_t(int32_t(core.scalar(form.diagonal)));
    for (int64_t row = 0; row < to.lines; ++row)
      for (int64_t column = 0; column < to.count; ++column) {
        bool isOne = form.isUpper ? column >= row + diagonal : column <= row + diagonal;
        uint64_t value = isOne ? form.one : 0;
        std::memcpy(to.line(row) + column * destination.form.bytes, &value, destination.form.bytes);
      }
    port.close(destination, to);
    return &at + 1;
  }
};

const Instruction *takeTile(Core &core, const Instruction &at) {
  const PickForm &form = *at.carried<const PickForm *>();
  auto index = int64_t(core.scalar(form.index));
  if (index < 0 || index >= form.count)
    return core.fault(at, Fault::Kind::OutOfBounds,
                      "takes tile " + llvm::Twine(index) + " of " + llvm::Twine(form.count));
  for (unsigned i = 0; i < tileRegisters; ++i)
    core.scalar(form.slot + i) = core.scalar(form.source + i);
  core.scalar(form.slot) += uint64_t(index * form.bytes);
  return &at + 1;
}

/// Null after a fault.
uint64_t *elementOf(Core &core, const Instruction &at, const ArrayForm &form) {
  uint32_t place = 0;
  for (auto [slot, size] : llvm::zip_equal(form.indices, form.sizes)) {
    auto index = int64_t(core.scalar(slot));
    if (index < 0 || index >= size) {
      core.fault(at, Fault::Kind::OutOfBounds,
                 "has the index " + llvm::Twine(index) + " in an array of " + llvm::Twine(size));
      return nullptr;
    }
    place = place * uint32_t(size) + uint32_t(index);
  }
  return &core.scalar(form.first + place);
}

const Instruction *readArray(Core &core, const Instruction &at) {
  const uint64_t *from = elementOf(core, at, *at.carried<const ArrayForm *>());
  if (!from)
    return nullptr;
  core.scalar(at.result[0]) = *from;
  return &at + 1;
}

const Instruction *writeArray(Core &core, const Instruction &at) {
  uint64_t *to = elementOf(core, at, *at.carried<const ArrayForm *>());
  if (!to)
    return nullptr;
  *to = core.scalar(at.operand[0]);
  return &at + 1;
}

const Instruction *stopInError(Core &core, const Instruction &at) {
  return core.fault(at, Fault::Kind::Illegal, "ends the kernel in error");
}

const Instruction *meetOthers(Core &core, const Instruction &at) {
  if (core.machine.blockCount == 1 && core.machine.cluster.cores().size() == 1)
    return &at + 1;
  return core.fault(at, Fault::Kind::NotSimulated, "lets several cores meet; blocks are simulated one after the other");
}

} // namespace

namespace tiles {

const Code trap(Pipe::S, stopInError);
const Code meetAll(Pipe::S, meetOthers);
const Code getElement = Code::accessing<GetElement>(Pipe::S);
const Code setElement = Code::accessing<SetElement>(Pipe::S);
const Code triangle = Code::accessing<Triangle>(Pipe::V);
const Code pickTile(Pipe::S, takeTile);
const Code pickScalar(Pipe::S, readArray);
const Code putScalar(Pipe::S, writeArray);

const Code convertScalar(Pipe::S, toElement);
const Code subview(Pipe::S, takeSubview);
const Code count = Code::accessing<Count>(Pipe::V);

} // namespace tiles

} // namespace pto::sim
