// tpart*: an operation where both operands are valid, and the one that is elsewhere.
#include "sim/ops/tiles/Partial.h"
#include "sim/ops/tiles/Elementwise.h"
#include "sim/ops/tiles/Plane.h"
#include "sim/ops/tiles/Tiles.h"
#include "llvm/Support/FormatVariadic.h"

namespace pto::sim {

namespace {

/// How many elements of a line are valid, of `count`.
int64_t validIn(const Tile &tile, int64_t line, int64_t count) {
  return line < tile.validRows ? std::min(tile.validColumns, count) : 0;
}

/// Whether there is an operand for each element of the result; else a fault.
bool covers(Core &core, const Instruction &at, const Tile &a, const Tile &b, const Tile &destination) {
  for (int64_t line = 0; line < destination.validRows; ++line)
    if (std::max(validIn(a, line, destination.validColumns), validIn(b, line, destination.validColumns)) <
        destination.validColumns) {
      core.fault(at, Fault::Kind::Illegal,
                 llvm::formatv("has operands of {0}x{1} and {2}x{3} valid elements, and a result of {4}x{5}",
                               a.validRows, a.validColumns, b.validRows, b.validColumns, destination.validRows,
                               destination.validColumns));
      return false;
    }
  return true;
}

/// Of an empty tile there is nothing to read.
template <class P>
bool read(TilePort<P> &port, const Tile &tile, ConstPlane &plane) {
  if (tile.isEmpty())
    return true;
  plane = port.read(tile);
  return bool(plane);
}

struct Partial {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    const ElementwiseForm &form = *at.carried<const ElementwiseForm *>();
    Tile a(core, form.inputs[0].tile), b(core, form.inputs[1].tile), destination(core, form.destination);
    for (const Tile &tile : {a, b, destination})
      if (!isSound(core, at, tile))
        return nullptr;
    if ((!form.neither && !covers(core, at, a, b, destination)) || !charge(core, at, destination))
      return nullptr;
    if (destination.isEmpty())
      return &at + 1;
    TilePort<P> port(core, at);
    ConstPlane first, second;
    if (!read(port, a, first) || !read(port, b, second))
      return nullptr;
    Plane to = port.open(destination);
    if (!to)
      return nullptr;
    Handler handler = form.vector.code.by[Policies::index<Fast>];
    int64_t bytes = destination.form.bytes;
    for (int64_t line = 0; line < to.lines; ++line) {
      int64_t ofA = validIn(a, line, to.count) * bytes, ofB = validIn(b, line, to.count) * bytes;
      int64_t both = std::min(ofA, ofB);
      for (int64_t done = 0; done < both; done += registerBytes) {
        auto count = size_t(std::min<int64_t>(registerBytes, both - done));
        std::memcpy(core.wide(form.inputs[0].wide), first.line(line) + done, count);
        std::memcpy(core.wide(form.inputs[1].wide), second.line(line) + done, count);
        std::memset(core.wide(form.mask), 1, count);
        std::memset(core.wide(form.mask) + count, 0, registerBytes - count);
        handler(core, form.vector);
        std::memcpy(to.line(line) + done, core.wide(form.vector.result[0]), count);
      }
      int64_t either = std::max(ofA, ofB);
      if (either > both)
        std::memmove(to.line(line) + both, (ofA > both ? first : second).line(line) + both, size_t(either - both));
      for (int64_t done = either; done < to.count * bytes; done += bytes)
        std::memcpy(to.line(line) + done, &*form.neither, size_t(bytes));
    }
    port.close(destination, to);
    return &at + 1;
  }
};

double numberAt(const uint8_t *from, LaneType lanes) {
  auto as = [&]<class T>(T value) {
    std::memcpy(&value, from, sizeof(value));
    return double(value);
  };
  switch (lanes) {
  case LaneType::F32:
    return as(float());
  case LaneType::F16:
    return toDouble(uint64_t(as(uint16_t())), ScalarFloat::F16);
  case LaneType::S32:
    return as(int32_t());
  case LaneType::U32:
    return as(uint32_t());
  case LaneType::U16:
    return as(uint16_t());
  default:
    return as(int16_t());
  }
}

// Of two values with their indices the larger, or the smaller, one; of equal ones the second.
struct PartialPosition {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    const PartialPositionForm &form = *at.carried<const PartialPositionForm *>();
    std::array<Tile, 2> values{Tile(core, form.values[0]), Tile(core, form.values[1])},
        indices{Tile(core, form.indices[0]), Tile(core, form.indices[1])};
    Tile destination(core, form.destination), places(core, form.destinationIndices);
    for (const Tile &tile : {values[0], values[1], indices[0], indices[1], destination, places})
      if (!isSound(core, at, tile))
        return nullptr;
    places.validRows = std::min(places.validRows, destination.validRows);
    places.validColumns = std::min(places.validColumns, destination.validColumns);
    if (!covers(core, at, values[0], values[1], destination) || !covers(core, at, indices[0], indices[1], places) ||
        !charge(core, at, destination))
      return nullptr;
    if (destination.isEmpty())
      return &at + 1;
    TilePort<P> port(core, at);
    std::array<ConstPlane, 2> valuePlanes, indexPlanes;
    for (unsigned i = 0; i < 2; ++i)
      if (!read(port, values[i], valuePlanes[i]) || !read(port, indices[i], indexPlanes[i]))
        return nullptr;
    struct Place {
      int64_t line, column;
    };
    auto best = [&](Place place) {
      auto isValid = [&](unsigned i) {
        return place.column < validIn(values[i], place.line, destination.validColumns);
      };
      if (!isValid(0) || !isValid(1))
        return isValid(0) ? 0u : 1u;
      auto value = [&](unsigned i) {
        return numberAt(valuePlanes[i].line(place.line) + place.column * destination.form.bytes,
                        destination.form.lanes);
      };
      return (form.isLargest ? value(0) > value(1) : value(0) < value(1)) ? 0u : 1u;
    };
    std::vector<uint8_t> chosen;
    for (int64_t line = 0; line < destination.validRows; ++line)
      for (int64_t column = 0; column < destination.validColumns; ++column)
        chosen.push_back(uint8_t(best({line, column})));
    auto write = [&](const Tile &tile, const std::array<ConstPlane, 2> &from) {
      Plane to = port.open(tile);
      for (int64_t line = 0; to && line < to.lines; ++line)
        for (int64_t column = 0; column < to.count; ++column)
          std::memcpy(to.line(line) + column * tile.form.bytes,
                      from[chosen[size_t(line * destination.validColumns + column)]].line(line) +
                          column * tile.form.bytes,
                      tile.form.bytes);
      if (to)
        port.close(tile, to);
      return bool(to);
    };
    return write(destination, valuePlanes) && (places.isEmpty() || write(places, indexPlanes)) ? &at + 1 : nullptr;
  }
};

} // namespace

namespace tiles {

const Code partial = Code::accessing<Partial>(Pipe::V);
const Code partialPosition = Code::accessing<PartialPosition>(Pipe::V);

} // namespace tiles

} // namespace pto::sim
