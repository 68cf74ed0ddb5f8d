// From tile to tile: copies, parts, transposes. Elements keep their row and column whatever the layouts.
#include "sim/ops/tiles/Padding.h"
#include "sim/ops/tiles/Plane.h"
#include "sim/ops/tiles/Tiles.h"
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
    std::optional<Tile> part = partOf(core, at, form.intoPart ? destination : source, row, column, rows, columns);
    if (!part || !charge(core, at, domain))
      return nullptr;
    if (form.intoPart)
      destination = *part;
    else
      source = *part;
    if (domain.isEmpty())
      return &at + 1;
    TilePort<P> port(core, at);
    // The lines of both are those that lie together in the result. Where they overlap, all is read before anything is
    // written.
    bool down = destination.form.order.elementsDown;
    ConstPlane from = port.read(source, down != form.transposes, source.form.space == destination.form.space);
    if (!from)
      return nullptr;
    Plane to = port.open(destination, down);
    if (!to)
      return nullptr;
    for (int64_t line = 0; line < to.lines; ++line)
      std::memcpy(to.line(line), from.line(line), size_t(to.count * destination.form.bytes));
    port.close(destination, to, down);
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

Code fillPad(Pipe pipe) {
  return Code::accessing<FillPad>(pipe);
}

Code move(Pipe pipe) {
  return Code::accessing<Move>(pipe);
}

} // namespace tiles

} // namespace pto::sim
