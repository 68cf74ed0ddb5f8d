// tsort32 and tmrgsort: records of scores and indices in the rows of tiles.
#include "sim/ops/Records.h"
#include "sim/ops/tiles/Gather.h"
#include "sim/ops/tiles/Plane.h"
#include "llvm/Support/FormatVariadic.h"

namespace pto::sim {

namespace {

struct SortBlocks {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    const SortForm &form = *at.carried<const SortForm *>();
    Tile scores(core, form.sources[0]), indices(core, form.sources[1]), destination(core, form.destination);
    for (const Tile &tile : {scores, indices, destination})
      if (!isSound(core, at, tile))
        return nullptr;
    // One row of indices is for all rows.
    bool isOneRow = indices.validRows == 1;
    int64_t rows = destination.validRows, wide = scores.validColumns * recordBytes / scores.form.bytes;
    if (scores.validRows < rows || (!isOneRow && indices.validRows < rows) ||
        indices.validColumns < scores.validColumns || wide > destination.columns)
      return core.fault(at, Fault::Kind::Illegal,
                        llvm::formatv("sorts {0}x{1} scores with {2}x{3} indices into {4}x{5} elements",
                                      scores.validRows, scores.validColumns, indices.validRows, indices.validColumns,
                                      rows, destination.columns));
    if (!core.charge(at, 1 + scores.validElements() / 4))
      return nullptr;
    if (destination.isEmpty() || scores.isEmpty())
      return &at + 1;
    destination.validColumns = wide;
    TilePort<P> port(core, at);
    ConstPlane values = port.read(scores, false, true), places = values ? port.read(indices, false, true) : values;
    if (!places)
      return nullptr;
    Plane to = port.open(destination);
    if (!to)
      return nullptr;
    for (int64_t row = 0; row < rows; ++row)
      for (int64_t first = 0; first < values.count; first += recordsAtOnce)
        sortRecords(form.score, values.line(row) + first * scores.form.bytes,
                    places.line(isOneRow ? 0 : row) + first * 4, size_t(std::min(recordsAtOnce, values.count - first)),
                    to.line(row) + first * recordBytes);
    port.close(destination, to);
    return &at + 1;
  }
};

// Runs of one length are merged four by four; lists are merged into one.
struct MergeLists {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    const SortForm &form = *at.carried<const SortForm *>();
    Tile destination(core, form.destination);
    llvm::SmallVector<Tile, listCount> lists;
    for (const TileOperand &operand : form.sources)
      if (!isSound(core, at, lists.emplace_back(core, operand)))
        return nullptr;
    if (!isSound(core, at, destination))
      return nullptr;
    TilePort<P> port(core, at);
    llvm::SmallVector<ConstPlane, listCount> planes;
    int64_t all = 0;
    for (const Tile &list : lists) {
      if (!core.charge(at, 1 + list.validElements() / 16))
        return nullptr;
      if (list.isEmpty()) {
        planes.emplace_back();
        continue;
      }
      if (!planes.emplace_back(port.read(list, false, true)))
        return nullptr;
      all += list.validColumns * list.form.bytes / recordBytes;
    }
    int64_t room = destination.columns * destination.form.bytes / recordBytes;
    std::vector<uint8_t> merged;
    std::array<int64_t, listCount> taken{};
    if (form.length) {
      int64_t length = int64_t(core.scalar(*form.length)) * destination.form.bytes / recordBytes;
      if (length <= 0 || all % (listCount * length) != 0)
        return core.fault(at, Fault::Kind::Illegal,
                          llvm::formatv("merges runs of {0} elements; its {1} records are no multiple of four runs",
                                        int64_t(core.scalar(*form.length)), all));
      for (int64_t first = 0; first < all; first += int64_t(listCount) * length) {
        std::array<const uint8_t *, listCount> next;
        for (auto [run, from] : llvm::enumerate(next))
          from = planes[0].bytes + (first + int64_t(run) * length) * recordBytes;
        std::array<int64_t, listCount> lengths;
        lengths.fill(length);
        std::vector<uint8_t> group = mergeRecords(form.score, next, lengths, listCount, false, taken);
        merged.insert(merged.end(), group.begin(), group.end());
      }
    } else {
      std::array<const uint8_t *, listCount> next{};
      std::array<int64_t, listCount> lengths{};
      for (auto [i, plane] : llvm::enumerate(planes))
        next[i] = plane.bytes, lengths[i] = plane ? plane.count * lists[i].form.bytes / recordBytes : 0;
      merged = mergeRecords(form.score, next, lengths, unsigned(lists.size()), form.stopsAtEnd, taken);
    }
    int64_t records = int64_t(merged.size()) / recordBytes;
    if (records > room && form.length)
      return core.fault(at, Fault::Kind::OutOfBounds,
                        llvm::formatv("merges {0} records; its result has room for {1}", records, room));
    for (auto [list, count] : llvm::enumerate(taken))
      core.vector.mergedRecords[list] = uint16_t(count);
    // What does not fit stays in the scratch.
    destination.validColumns = std::min(records, room) * recordBytes / destination.form.bytes;
    if (!form.length)
      destination.validColumns = std::min(destination.validColumns, Tile(core, form.destination).validColumns);
    if (destination.isEmpty())
      return &at + 1;
    Plane to = port.open(destination);
    if (!to)
      return nullptr;
    std::memcpy(to.bytes, merged.data(), size_t(to.count * destination.form.bytes));
    port.close(destination, to);
    return &at + 1;
  }
};

} // namespace

namespace tiles {

const Code sortBlocks = Code::accessing<SortBlocks>(Pipe::V);
const Code mergeLists = Code::accessing<MergeLists>(Pipe::V);

} // namespace tiles

} // namespace pto::sim
