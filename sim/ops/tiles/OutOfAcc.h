// What elements of acc become on their way to another memory: scaled, cut off below zero, rounded.
#pragma once

#include "sim/ops/cube/FixpipeConversion.h"
#include "sim/ops/tiles/Plane.h"
#include "llvm/Support/FormatVariadic.h"
#include <optional>
#include <vector>

namespace pto::sim {

/// What a move or a store out of acc carries besides.
struct AccConversion {
  FixpipeRule rule;
  std::optional<uint32_t> scale = {};     ///< a register, for all columns
  std::optional<TileOperand> scales = {}; ///< a tile with 8 bytes for each column
};

/// Lines of results in place of lines of products; nothing after a fault.
template <class P>
ConstPlane converted(Core &core, const Instruction &at, TilePort<P> &port, const AccConversion &form,
                     const ConstPlane &from, bool linesDown) {
  std::vector<FixpipeChannel> channels(size_t(linesDown ? from.lines : from.count));
  if (form.scale)
    for (FixpipeChannel &channel : channels)
      channel.read(core.scalar(*form.scale));
  if (form.scales) {
    Tile table(core, *form.scales);
    if (table.validRows < 1 || table.validColumns < int64_t(channels.size())) {
      core.fault(at, Fault::Kind::Illegal,
                 llvm::formatv("has scales for {0} columns, but {1} columns of products", table.validColumns,
                               channels.size()));
      return {};
    }
    ConstPlane row = port.read(table);
    if (!row)
      return {};
    for (auto [column, channel] : llvm::enumerate(channels)) {
      uint64_t bits;
      std::memcpy(&bits, row.bytes + column * sizeof(bits), sizeof(bits));
      channel.read(bits);
    }
  }
  FixpipeConversion convert(form.rule, core.control.saturatesHalf());
  auto bytes = int64_t(bytesOf(form.rule.result));
  Plane made{.lines = from.lines, .count = from.count, .pitch = from.count * bytes, .isCopy = true};
  made.bytes = core.tileScratch.take(size_t(made.lines * made.pitch));
  for (int64_t line = 0; line < from.lines; ++line)
    for (int64_t i = 0; i < from.count; ++i)
      convert(from.line(line) + i * 4, made.line(line) + i * bytes, channels[size_t(linesDown ? line : i)]);
  return {made.bytes, made.lines, made.count, made.pitch, true};
}

} // namespace pto::sim
