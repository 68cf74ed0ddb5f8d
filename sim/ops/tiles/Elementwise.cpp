// Vector instructions over tiles.
#include "sim/ops/tiles/Elementwise.h"
#include "sim/ops/tiles/Plane.h"
#include "sim/ops/tiles/Tiles.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

namespace pto::sim {

namespace {

struct Elementwise {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    const ElementwiseForm &form = *at.carried<const ElementwiseForm *>();
    Tile destination(core, form.destination);
    if (!isSound(core, at, destination))
      return nullptr;
    auto hasPlace = [](const TileInput &input) {
      return input.source == ElementSource::Same || input.source == ElementSource::Scalar;
    };
    bool linesDown = destination.form.order.elementsDown && llvm::all_of(form.inputs, hasPlace);
    TilePort<P> port(core, at);
    llvm::SmallVector<ConstPlane, 3> planes;
    for (const TileInput &input : form.inputs) {
      if (input.source == ElementSource::Scalar) {
        repeat(core.wide(input.wide), reinterpret_cast<const uint8_t *>(&core.scalar(input.scalar)),
               destination.form.bytes);
        planes.emplace_back();
        continue;
      }
      Tile tile(core, input.tile);
      if (!fits(core, at, tile, destination, input.source))
        return nullptr;
      if (planes.emplace_back(port.read(tile, linesDown)); !planes.back())
        return nullptr;
    }
    Plane result = port.open(destination, linesDown);
    if (!result || !charge(core, at, destination))
      return nullptr;
    if (!compute(core, form, planes, result, destination.form.bytes))
      return core.fault(at, Fault::Kind::DivideByZero, "divides an integer by zero");
    port.close(destination, result, linesDown);
    return &at + 1;
  }

private:
  static bool fits(Core &core, const Instruction &at, const Tile &tile, const Tile &destination, ElementSource source) {
    auto wrong = [&](const llvm::Twine &what) {
      core.fault(at, Fault::Kind::Illegal, what);
      return false;
    };
    auto found = llvm::formatv("has an operand of {0}x{1} valid elements", tile.validRows, tile.validColumns);
    switch (source) {
    case ElementSource::Same:
      return (tile.validRows == destination.validRows && tile.validColumns == destination.validColumns) ||
             wrong(found.str() + " and a result of " +
                   llvm::formatv("{0}x{1}", destination.validRows, destination.validColumns).str());
    case ElementSource::PerRow:
    case ElementSource::PerRunOfRow:
      return tile.validRows >= destination.validRows ||
             wrong(found.str() + "; its result needs one for each of " + llvm::Twine(destination.validRows) + " rows");
    case ElementSource::PerColumn:
      return (tile.validRows >= 1 && tile.validColumns >= destination.validColumns) || destination.isEmpty() ||
             wrong(found.str() + "; its result needs one for each of " + llvm::Twine(destination.validColumns) +
                   " columns");
    case ElementSource::Scalar:
      break;
    }
    return true;
  }

  // False where an element has no result.
  static bool compute(Core &core, const ElementwiseForm &form, llvm::ArrayRef<ConstPlane> planes, const Plane &result,
                      int64_t bytes) {
    int64_t lines = result.lines, lineBytes = result.count * bytes;
    // Lines that lie one after the other everywhere are one.
    auto isDense = [&](const TileInput &input, const ConstPlane &plane) {
      return input.source == ElementSource::Scalar || (input.source == ElementSource::Same && plane.pitch == lineBytes);
    };
    if (result.pitch == lineBytes && llvm::all_of_zip(form.inputs, planes, isDense)) {
      lineBytes *= lines;
      lines = 1;
    }
    Handler handler = form.vector.code.by[Policies::index<Fast>];
    const uint8_t *made = core.wide(form.vector.result[0]);
    for (int64_t line = 0; line < lines; ++line) {
      for (auto [input, plane] : llvm::zip_equal(form.inputs, planes)) {
        if (input.source == ElementSource::PerRow)
          repeat(core.wide(input.wide), plane.line(line), size_t(bytes));
        else if (input.source == ElementSource::PerRunOfRow)
          repeat(core.wide(input.wide), plane.line(line), blockBytes);
      }
      uint8_t *to = result.line(line);
      for (int64_t done = 0; done < lineBytes; done += registerBytes) {
        size_t count = size_t(std::min<int64_t>(registerBytes, lineBytes - done));
        for (auto [input, plane] : llvm::zip_equal(form.inputs, planes)) {
          if (input.source == ElementSource::Same)
            copy(core.wide(input.wide), plane.line(line) + done, count);
          else if (input.source == ElementSource::PerColumn)
            copy(core.wide(input.wide), plane.bytes + done, count);
        }
        if (count != registerBytes || done == 0) {
          std::memset(core.wide(form.mask), 1, count);
          std::memset(core.wide(form.mask) + count, 0, registerBytes - count);
        }
        if (!handler(core, form.vector))
          return false;
        copy(to + done, made, count);
      }
    }
    return true;
  }

  // A whole register is a copy of fixed size.
  static void copy(uint8_t *to, const uint8_t *from, size_t count) {
    if (count == registerBytes)
      std::memcpy(to, from, registerBytes);
    else
      std::memcpy(to, from, count);
  }
};

/// The vector instruction of what only copies: its result is the register of its operand.
const Instruction *keep(Core &, const Instruction &at) {
  return &at + 1;
}

} // namespace

namespace tiles {

const Code same(Pipe::V, keep);

const Code elementwise = Code::accessing<Elementwise>(Pipe::V);

} // namespace tiles

} // namespace pto::sim
