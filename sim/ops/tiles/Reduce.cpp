// Reductions of tiles, along rows and along columns. How the values of a line become one is lanes/TileReduce.cpp's.
#include "sim/ops/tiles/Plane.h"
#include "sim/ops/tiles/Tiles.h"
#include "llvm/Support/FormatVariadic.h"

namespace pto::sim {

namespace {

// One result for each line, which is a row, or for each column of all lines.
template <bool OfRows>
struct Reduce {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    const ReductionForm &form = *at.carried<const ReductionForm *>();
    Tile source(core, form.source), destination(core, form.destination);
    if (!isSound(core, at, source) || !isSound(core, at, destination))
      return nullptr;
    // The domain is what of the result is valid.
    bool fits = OfRows ? source.validRows >= destination.validRows && destination.validColumns <= 1
                       : source.validColumns >= destination.validColumns && destination.validRows <= 1;
    if (!fits)
      return core.fault(at, Fault::Kind::Illegal,
                        llvm::formatv("reduces {0}x{1} elements to {2}x{3}", source.validRows, source.validColumns,
                                      destination.validRows, destination.validColumns));
    if (destination.isEmpty())
      return &at + 1;
    if (source.isEmpty())
      return core.fault(at, Fault::Kind::Illegal, "reduces a tile without valid elements");
    if (!charge(core, at, source))
      return nullptr;
    TilePort<P> port(core, at);
    ConstPlane from = port.read(source);
    if (!from)
      return nullptr;
    Plane to = port.open(destination);
    if (!to)
      return nullptr;
    if (OfRows)
      for (int64_t row = 0; row < to.lines; ++row)
        form.function({from.line(row), from.pitch, 1, from.count}, to.line(row));
    else
      form.function({from.bytes, from.pitch, from.lines, to.count}, to.bytes);
    port.close(destination, to);
    return &at + 1;
  }
};

} // namespace

namespace tiles {

const Code reduceRows = Code::accessing<Reduce<true>>(Pipe::V);
const Code reduceColumns = Code::accessing<Reduce<false>>(Pipe::V);

} // namespace tiles

} // namespace pto::sim
