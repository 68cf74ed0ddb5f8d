// Gathers and scatters: of a tile's elements, and of a view's.
#include "sim/ops/tiles/Gather.h"
#include "sim/ops/Atomics.h"
#include "sim/ops/tiles/GlobalView.h"
#include "sim/ops/tiles/Plane.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"

namespace pto::sim {

namespace {

int64_t indexAt(const ConstPlane &plane, int64_t row, int64_t column, const TileForm &form) {
  const uint8_t *from = plane.line(row) + column * form.bytes;
  if (form.bytes == 2) {
    int16_t index;
    std::memcpy(&index, from, sizeof(index));
    return form.lanes == LaneType::U16 ? uint16_t(index) : index;
  }
  int32_t index;
  std::memcpy(&index, from, sizeof(index));
  return form.lanes == LaneType::U32 ? int64_t(uint32_t(index)) : index;
}

/// All of a tile's memory, valid or not.
Tile wholeOf(Tile tile) {
  tile.validRows = tile.rows, tile.validColumns = tile.columns;
  return tile;
}

bool covers(Core &core, const Instruction &at, const Tile &tile, const Tile &domain, const char *what) {
  if (tile.validRows >= domain.validRows && tile.validColumns >= domain.validColumns)
    return true;
  core.fault(at, Fault::Kind::Illegal,
             llvm::formatv("has {0}x{1} valid {2} for {3}x{4} elements", tile.validRows, tile.validColumns, what,
                           domain.validRows, domain.validColumns));
  return false;
}

// What an index counts starts at the first byte of the tile that it picks from.
struct Gather {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    const IndexForm &form = *at.carried<const IndexForm *>();
    Tile source(core, form.source), indices(core, form.indices), destination(core, form.destination);
    for (const Tile &tile : {source, indices, destination})
      if (!isSound(core, at, tile))
        return nullptr;
    const Tile &domain = form.toIndex ? indices : destination;
    Tile needed = domain;
    needed.validColumns =
        int64_t(llvm::divideCeil(uint64_t(domain.validColumns * domain.form.bytes), uint64_t(form.unitBytes)));
    if (!covers(core, at, indices, form.toIndex ? domain : needed, "indices") ||
        (form.toIndex && !covers(core, at, source, domain, "elements")) ||
        !core.charge(at, 1 + domain.validElements() / 8))
      return nullptr;
    TilePort<P> port(core, at);
    if (form.toIndex) {
      uint8_t *cleared = port.openInPlace(wholeOf(destination), false);
      if (!cleared)
        return nullptr;
      std::memset(cleared, 0, size_t(destination.rows * destination.columns * destination.form.bytes));
    }
    if (domain.isEmpty())
      return &at + 1;
    ConstPlane places = port.read(indices);
    if (!places)
      return nullptr;
    return (form.toIndex ? scatter(core, at, port, form, places, source, destination)
                         : gather(core, at, port, form, places, source, destination))
               ? &at + 1
               : nullptr;
  }

private:
  /// Where an index leads to in a tile; nothing after a fault.
  static std::optional<Range> place(Core &core, const Instruction &at, const IndexForm &form, const Tile &tile,
                                    int64_t index, int64_t row, int64_t column) {
    int64_t bytes = tile.rows * tile.columns * tile.form.bytes, offset = saturatedProduct(index, form.indexBytes);
    if (offset < 0 || offset > bytes - form.unitBytes) {
      core.fault(at, Fault::Kind::OutOfBounds,
                 llvm::formatv("has the index {0} at row {1}, column {2}; its tile has {3} {4}", index, row, column,
                               bytes / form.indexBytes, form.indexBytes == 1 ? "bytes" : "elements"));
      return std::nullopt;
    }
    return Range{.space = tile.form.space, .base = tile.base, .offset = offset, .bytes = form.unitBytes};
  }

  template <class P>
  static bool gather(Core &core, const Instruction &at, TilePort<P> &port, const IndexForm &form,
                     const ConstPlane &places, const Tile &source, const Tile &destination) {
    // All is read before anything is written.
    int64_t unit = form.unitBytes;
    auto perLine =
        int64_t(llvm::divideCeil(uint64_t(destination.validColumns * destination.form.bytes), uint64_t(unit)));
    uint8_t *picked = core.tileScratch.take(size_t(destination.validRows * perLine * unit));
    for (int64_t row = 0; row < destination.validRows; ++row)
      for (int64_t i = 0; i < perLine; ++i) {
        std::optional<Range> range = place(core, at, form, source, indexAt(places, row, i, form.indices.form), row, i);
        const uint8_t *from = range ? port.memory().read(*range) : nullptr;
        if (!from)
          return false;
        std::memcpy(picked + (row * perLine + i) * unit, from, size_t(unit));
      }
    Plane to = port.open(destination);
    if (!to)
      return false;
    for (int64_t row = 0; row < to.lines; ++row)
      std::memcpy(to.line(row), picked + row * perLine * unit, size_t(to.count * destination.form.bytes));
    port.close(destination, to);
    return true;
  }

  template <class P>
  static bool scatter(Core &core, const Instruction &at, TilePort<P> &port, const IndexForm &form,
                      const ConstPlane &places, const Tile &source, const Tile &destination) {
    ConstPlane from = port.read(source);
    if (!from)
      return false;
    for (int64_t row = 0; row < places.lines; ++row)
      for (int64_t i = 0; i < places.count; ++i) {
        std::optional<Range> range =
            place(core, at, form, destination, indexAt(places, row, i, form.indices.form), row, i);
        uint8_t *to = range ? port.memory().write(*range) : nullptr;
        if (!to)
          return false;
        std::memcpy(to, from.line(row) + i * form.unitBytes, size_t(form.unitBytes));
      }
    return true;
  }
};

// What is picked out of the rows lies together; what is spread has the pattern in each row.
struct Pattern {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    const PatternForm &form = *at.carried<const PatternForm *>();
    Tile source(core, form.source), destination(core, form.destination);
    if (!isSound(core, at, source) || !isSound(core, at, destination) || !charge(core, at, source))
      return nullptr;
    if (source.isEmpty() && !form.spreads)
      return &at + 1;
    TilePort<P> port(core, at);
    ConstPlane from = port.read(source, false, true);
    if (!source.isEmpty() && !from)
      return nullptr;
    return (form.spreads  ? spread(core, at, port, form, from, destination)
            : form.ofRows ? pickRows(core, at, port, form, from, destination)
                          : pick(core, at, port, form, from, destination))
               ? &at + 1
               : nullptr;
  }

private:
  static bool refuse(Core &core, const Instruction &at, const llvm::Twine &why) {
    core.fault(at, Fault::Kind::OutOfBounds, why);
    return false;
  }

  template <class P>
  static bool pick(Core &core, const Instruction &at, TilePort<P> &port, const PatternForm &form,
                   const ConstPlane &from, const Tile &destination) {
    int64_t bytes = destination.form.bytes, perLine = (from.count - form.first + form.step - 1) / form.step;
    int64_t count = std::max<int64_t>(perLine, 0) * from.lines;
    if (count == 0)
      return true;
    if (count > destination.rows * destination.columns)
      return refuse(core, at,
                    llvm::formatv("picks {0} elements; its result has room for {1}", count,
                                  destination.rows * destination.columns));
    uint8_t *to = port.memory().write(
        {.space = destination.form.space, .base = destination.base, .offset = 0, .bytes = count * bytes});
    if (!to)
      return false;
    for (int64_t line = 0; line < from.lines; ++line, to += perLine * bytes)
      copyElements(to, bytes, from.line(line) + form.first * bytes, form.step * bytes, perLine, bytes);
    return true;
  }

  template <class P>
  static bool pickRows(Core &core, const Instruction &at, TilePort<P> &port, const PatternForm &form,
                       const ConstPlane &from, Tile destination) {
    destination.validRows = std::max<int64_t>((from.lines - form.first + form.step - 1) / form.step, 0);
    destination.validColumns = from.count;
    if (destination.validRows > destination.rows || destination.validColumns > destination.columns)
      return refuse(core, at,
                    llvm::formatv("picks {0}x{1} elements; its result has room for {2}x{3}", destination.validRows,
                                  from.count, destination.rows, destination.columns));
    Plane to = port.open(destination);
    if (!to)
      return false;
    for (int64_t line = 0; line < to.lines; ++line)
      std::memcpy(to.line(line), from.line(form.first + line * form.step), size_t(to.count * destination.form.bytes));
    port.close(destination, to);
    return true;
  }

  template <class P>
  static bool spread(Core &core, const Instruction &at, TilePort<P> &port, const PatternForm &form,
                     const ConstPlane &from, const Tile &destination) {
    int64_t bytes = destination.form.bytes;
    int64_t rows = form.ofRows ? from.lines * form.step : from.lines,
            columns = form.ofRows ? from.count : from.count * form.step;
    if (from.lines != 0 && (rows > destination.rows || columns > destination.columns))
      return refuse(core, at,
                    llvm::formatv("spreads to {0}x{1} elements; its result has room for {2}x{3}", rows, columns,
                                  destination.rows, destination.columns));
    Plane to = port.open(wholeOf(destination));
    if (!to)
      return false;
    for (int64_t line = 0; line < to.lines; ++line)
      std::memset(to.line(line), 0, size_t(to.count * bytes));
    for (int64_t line = 0; line < from.lines; ++line)
      if (form.ofRows)
        std::memcpy(to.line(form.first + line * form.step), from.line(line), size_t(from.count * bytes));
      else
        copyElements(to.line(line) + form.first * bytes, form.step * bytes, from.line(line), bytes, from.count, bytes);
    port.close(wholeOf(destination), to);
    return true;
  }
};

/// The place in a view that an index leads to; nothing where it leads nowhere.
struct ViewIndex {
  const ViewIndexForm &form;
  int64_t limit;

  std::optional<int64_t> operator()(int64_t index) const {
    if (index >= 0 && index < limit)
      return index;
    switch (form.outside) {
    case OutsideIndex::Clamp:
      return limit == 0 ? std::nullopt : std::optional(std::clamp<int64_t>(index, 0, limit - 1));
    case OutsideIndex::Wrap:
      return limit == 0 ? std::nullopt : std::optional((index % limit + limit) % limit);
    default:
      return std::nullopt;
    }
  }
};

template <bool IntoView>
struct ViewGather {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    const ViewIndexForm &form = *at.carried<const ViewIndexForm *>();
    Tile tile(core, form.tile), indices(core, form.indices);
    GlobalView view(core, form.view);
    if (!isSound(core, at, tile) || !isSound(core, at, indices) ||
        !view.isInside(core, at, IntoView ? "writes" : "reads") || !core.charge(at, 1 + tile.validElements() / 8))
      return nullptr;
    // One index for a row may lie in a row or in a column.
    bool liesInRow = form.ofRows && indices.validRows == 1 && tile.validRows != 1;
    int64_t rows = liesInRow ? indices.validColumns : indices.validRows;
    if (rows < tile.validRows || (!form.ofRows && indices.validColumns < tile.validColumns) ||
        (form.ofRows && (indices.validColumns < 1 || view.columns() < tile.validColumns)))
      return core.fault(at, Fault::Kind::Illegal,
                        llvm::formatv("has {0}x{1} valid indices for {2}x{3} elements and rows of {4}",
                                      indices.validRows, indices.validColumns, tile.validRows, tile.validColumns,
                                      view.columns()));
    if (tile.isEmpty())
      return &at + 1;
    TilePort<P> port(core, at);
    ConstPlane places = port.read(indices);
    if (!places)
      return nullptr;
    Control control = core.control;
    if (IntoView)
      core.control.setAtomic(form.atomicType, form.atomicOperation);
    bool isDone = move(core, at, port, form, view, tile, [&](int64_t row, int64_t column) {
      if (form.ofRows)
        return liesInRow ? indexAt(places, 0, row, indices.form) : indexAt(places, row, 0, indices.form);
      return indexAt(places, row, column, indices.form);
    });
    core.control = control;
    return isDone ? &at + 1 : nullptr;
  }

private:
  template <class P, class Index>
  static bool move(Core &core, const Instruction &at, TilePort<P> &port, const ViewIndexForm &form,
                   const GlobalView &view, const Tile &tile, Index index) {
    ViewIndex lead{form, form.ofRows ? view.rows() : saturatedProduct(view.rows(), view.columns())};
    const AtomicStore *atomic = IntoView && form.atomicType ? atomicStore(core.control) : nullptr;
    int64_t bytes = tile.form.bytes, columns = view.columns();
    Plane plane;
    if (IntoView) {
      ConstPlane from = port.read(tile);
      plane = {const_cast<uint8_t *>(from.bytes), from.lines, from.count, from.pitch};
    } else {
      plane = port.open(tile);
    }
    if (!plane)
      return false;
    for (int64_t row = 0; row < plane.lines; ++row)
      for (int64_t column = 0; column < plane.count; ++column) {
        uint8_t *element = plane.line(row) + column * bytes;
        std::optional<int64_t> found = lead(index(row, column));
        if (!found) {
          if (form.outside == OutsideIndex::Undefined || lead.limit == 0) {
            core.fault(at, Fault::Kind::OutOfBounds,
                       llvm::formatv("has the index {0} for row {1}, column {2}; its view has {3} {4}",
                                     index(row, column), row, column, lead.limit, form.ofRows ? "rows" : "elements"));
            return false;
          }
          if (!IntoView)
            std::memset(element, 0, size_t(bytes));
          continue;
        }
        int64_t offset =
            form.ofRows ? view.offsetOf(*found, column) : view.offsetOf(*found / columns, *found % columns);
        Range range{
            .space = MemorySpace::Gm, .base = view.pointer, .offset = saturatedProduct(offset, bytes), .bytes = bytes};
        if constexpr (IntoView) {
          uint8_t *to = atomic ? port.memory().update(range) : port.memory().write(range);
          if (!to)
            return false;
          if (atomic)
            atomic->combine(to, element);
          else
            std::memcpy(to, element, size_t(bytes));
        } else {
          const uint8_t *from = port.memory().read(range);
          if (!from)
            return false;
          std::memcpy(element, from, size_t(bytes));
        }
      }
    if constexpr (!IntoView)
      port.close(tile, plane);
    return true;
  }
};

} // namespace

namespace tiles {

const Code gather = Code::accessing<Gather>(Pipe::V);
const Code pattern = Code::accessing<Pattern>(Pipe::V);

Code gatherView(Pipe pipe) {
  return Code::accessing<ViewGather<false>>(pipe);
}
Code scatterView(Pipe pipe) {
  return Code::accessing<ViewGather<true>>(pipe);
}

} // namespace tiles

} // namespace pto::sim
