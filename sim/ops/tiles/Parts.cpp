// What happens to a tile's registers: parts of tiles, and how much of them is valid. And tci, which needs no operand.
#include "sim/ops/tiles/Plane.h"
#include "sim/ops/tiles/Tiles.h"

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

} // namespace

namespace tiles {

const Code convertScalar(Pipe::S, toElement);
const Code subview(Pipe::S, takeSubview);
const Code count = Code::accessing<Count>(Pipe::V);

} // namespace tiles

} // namespace pto::sim
