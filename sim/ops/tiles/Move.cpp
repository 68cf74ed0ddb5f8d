// From tile to tile: copies, parts, transposes. Elements keep their row and column whatever the layouts.
#include "sim/ops/tiles/Padding.h"
#include "sim/ops/tiles/Plane.h"
#include "sim/ops/tiles/Tiles.h"
#include "sim/run/Machine.h"
#include "llvm/Support/FormatVariadic.h"

namespace pto::sim {

namespace {

/// The part of a tile that starts at a row and a column, of which so much is valid.
std::optional<Tile> partOf(Core &core, const Instruction &at, const Tile &whole, int64_t row, int64_t column,
                           int64_t rows, int64_t columns) {
  int64_t lastRow, lastColumn;
  if (row < 0 || column < 0 || __builtin_add_overflow(row, rows, &lastRow) ||
      __builtin_add_overflow(column, columns, &lastColumn) || lastRow > whole.rows || lastColumn > whole.columns) {
    core.fault(at, Fault::Kind::OutOfBounds,
               llvm::formatv("moves {0}x{1} elements at row {2}, column {3} of a tile of {4}x{5}", rows, columns, row,
                             column, whole.rows, whole.columns));
    return std::nullopt;
  }
  Tile part = whole;
  part.firstRow = row, part.firstColumn = column;
  part.validRows = rows, part.validColumns = columns;
  return part;
}

struct Move {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    const MoveForm &form = *at.carried<const MoveForm *>();
    Tile source(core, form.source), destination(core, form.destination);
    if (!isSound(core, at, source) || !isSound(core, at, destination))
      return nullptr;
    const Tile &domain = form.intoPart ? source : destination;
    int64_t rows = form.transposes ? domain.validColumns : domain.validRows,
            columns = form.transposes ? domain.validRows : domain.validColumns;
    int64_t row = form.row ? int64_t(core.scalar(*form.row)) : 0,
            column = form.column ? int64_t(core.scalar(*form.column)) : 0;
    // Both vector cores together get twice what one of them has.
    bool goesToVector = destination.form.space == MemorySpace::Ub && lacks(core, MemorySpace::Ub);
    if (goesToVector && form.cores == VectorCores::HalfOfRows)
      rows *= 2;
    if (goesToVector && form.cores == VectorCores::HalfOfColumns)
      columns *= 2;
    // Each vector core gives its part.
    bool goesToCube = destination.form.space == MemorySpace::L1 && lacks(core, MemorySpace::L1);
    if (goesToCube && form.cores == VectorCores::HalfOfRows)
      row += core.index * rows;
    if (goesToCube && form.cores == VectorCores::HalfOfColumns)
      column += core.index * columns;
    std::optional<Tile> part = partOf(core, at, form.intoPart ? destination : source, row, column, rows, columns);
    if (!part || !charge(core, at, domain))
      return nullptr;
    if (form.intoPart)
      destination = *part;
    else
      source = *part;
    if (domain.isEmpty())
      return &at + 1;
    if (goesToCube && !(destination.owner = core.machine.cluster.cube.get())) {
      refuse(core, at, "writes mat of a cube core, which the kernel does not run on");
      return nullptr;
    }
    if (goesToVector)
      return toVectorCores<P>(core, at, form, source, destination) ? &at + 1 : nullptr;
    return move<P>(core, at, form, source, destination) ? &at + 1 : nullptr;
  }

private:
  static bool lacks(Core &core, MemorySpace space) { return core.memory(space).capacity() == 0; }

  // Out of acc of a cube core into ub of the vector cores beside it.
  template <class P>
  static bool toVectorCores(Core &core, const Instruction &at, const MoveForm &form, Tile source, Tile destination) {
    bool isByRows = form.cores == VectorCores::HalfOfRows,
         isSplit = isByRows || form.cores == VectorCores::HalfOfColumns;
    int64_t &half = isByRows ? source.validRows : source.validColumns;
    int64_t &start = isByRows ? source.firstRow : source.firstColumn;
    if (isSplit)
      half /= 2;
    for (unsigned index = 0; index < 2; ++index) {
      if (!isSplit && index != (form.cores == VectorCores::Second ? 1 : 0))
        continue;
      destination.owner = core.machine.cluster.vector[index].get();
      if (!destination.owner)
        return refuse(core, at, llvm::formatv("writes ub of vector core {0}, which the kernel does not run on", index));
      if (!move<P>(core, at, form, source, destination))
        return false;
      start += half;
    }
    return true;
  }

  static bool refuse(Core &core, const Instruction &at, const llvm::Twine &why) {
    core.fault(at, Fault::Kind::Illegal, why);
    return false;
  }

  template <class P>
  static bool move(Core &core, const Instruction &at, const MoveForm &form, const Tile &source,
                   const Tile &destination) {
    TilePort<P> port(core, at);
    // The lines of both are those that lie together in the result. Where they overlap, all is read before anything is
    // written.
    bool down = destination.form.order.elementsDown;
    ConstPlane from = port.read(source, down != form.transposes, source.form.space == destination.form.space);
    if (from && form.conversion)
      from = converted(core, at, port, *form.conversion, from, down != form.transposes);
    if (!from)
      return false;
    Plane to = port.open(destination, down);
    if (!to)
      return false;
    for (int64_t line = 0; line < to.lines; ++line)
      std::memcpy(to.line(line), from.line(line), size_t(to.count * destination.form.bytes));
    port.close(destination, to, down);
    return true;
  }
};

// The columns of one, then those of the other.
struct Concat {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    const ConcatForm &form = *at.carried<const ConcatForm *>();
    std::array<Tile, 2> sources{Tile(core, form.sources[0]), Tile(core, form.sources[1])};
    Tile destination(core, form.destination);
    for (const Tile &tile : {sources[0], sources[1], destination})
      if (!isSound(core, at, tile))
        return nullptr;
    if (sources[0].validRows != destination.validRows || sources[1].validRows != destination.validRows ||
        sources[0].validColumns + sources[1].validColumns != destination.validColumns)
      return core.fault(at, Fault::Kind::Illegal,
                        llvm::formatv("puts {0}x{1} and {2}x{3} valid elements beside each other into {4}x{5}",
                                      sources[0].validRows, sources[0].validColumns, sources[1].validRows,
                                      sources[1].validColumns, destination.validRows, destination.validColumns));
    if (!charge(core, at, destination))
      return nullptr;
    TilePort<P> port(core, at);
    std::array<ConstPlane, 2> from;
    for (unsigned i = 0; i < 2; ++i)
      if (!sources[i].isEmpty() && !(from[i] = port.read(sources[i], false, true)))
        return nullptr;
    if (destination.isEmpty())
      return &at + 1;
    Plane to = port.open(destination);
    if (!to)
      return nullptr;
    for (int64_t row = 0, bytes = destination.form.bytes; row < to.lines; ++row) {
      std::memcpy(to.line(row), from[0].line(row), size_t(from[0].count * bytes));
      std::memcpy(to.line(row) + from[0].count * bytes, from[1].line(row), size_t(from[1].count * bytes));
    }
    port.close(destination, to);
    return &at + 1;
  }
};

// The valid part of the source, then the pad: behind it in its rows, and in the rows below it that are valid in the
// result.
struct FillPad {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    const MoveForm &form = *at.carried<const MoveForm *>();
    Tile source(core, form.source), destination(core, form.destination);
    if (!isSound(core, at, source) || !isSound(core, at, destination))
      return nullptr;
    Tile filled = destination;
    filled.validRows = std::max(source.validRows, destination.validRows);
    filled.validColumns = destination.columns;
    if (source.validRows > filled.rows || source.validColumns > filled.columns)
      return core.fault(at, Fault::Kind::Illegal,
                        llvm::formatv("fills a tile of {0}x{1} elements from one with {2}x{3} valid ones", filled.rows,
                                      filled.columns, source.validRows, source.validColumns));
    if (!charge(core, at, filled))
      return nullptr;
    if (filled.isEmpty())
      return &at + 1;
    TilePort<P> port(core, at);
    ConstPlane from = port.read(source, false, true);
    if (!from)
      return nullptr;
    Plane to = port.open(filled);
    if (!to)
      return nullptr;
    uint64_t pad = padBits(destination.form);
    int64_t bytes = filled.form.bytes;
    for (int64_t row = 0; row < to.lines; ++row) {
      int64_t copied = row < from.lines ? from.count : 0;
      std::memcpy(to.line(row), from.line(std::min(row, std::max<int64_t>(from.lines - 1, 0))), size_t(copied * bytes));
      for (int64_t column = copied; column < to.count; ++column)
        std::memcpy(to.line(row) + column * bytes, &pad, size_t(bytes));
    }
    port.close(filled, to);
    return &at + 1;
  }
};

} // namespace

namespace tiles {

const Code concat = Code::accessing<Concat>(Pipe::V);

Code fillPad(Pipe pipe) {
  return Code::accessing<FillPad>(pipe);
}

Code move(Pipe pipe) {
  return Code::accessing<Move>(pipe);
}

} // namespace tiles

} // namespace pto::sim
