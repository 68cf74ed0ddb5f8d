// Fixpipe: what lies in L0C is scaled or leaked, clipped, rounded and laid out anew.
#include "sim/ops/cube/Fixpipe.h"
#include "sim/machine/Choices.h"
#include "sim/memory/Port.h"
#include "sim/ops/Atomics.h"
#include "sim/ops/Declarations.h"
#include "sim/ops/OpTable.h"
#include "sim/ops/ScalarFloat.h"
#include "sim/ops/cube/Extents.h"
#include "sim/ops/cube/FixpipeConversion.h"
#include "sim/ops/cube/MatrixProduct.h"
#include "llvm/Support/MathExtras.h"
#include <cmath>

namespace pto::sim {

bool isInFixpipeTable(Core &core, const Instruction &at, const char *verb, uint64_t address, int64_t bytes) {
  uint64_t size = core.machine.program.arch->size(MemorySpace::Fb) / 2,
           offset = address < Arch::secondTable ? address : address - Arch::secondTable;
  if (offset < size && uint64_t(bytes) <= size - offset)
    return true;
  core.fault(at, Fault::Kind::OutOfBounds,
             llvm::formatv("{0} {1} bytes at fb+{2:x}, outside of its tables of {3} bytes at 0x0 and {4:x}", verb,
                           bytes, address, size, Arch::secondTable));
  return false;
}

namespace {

constexpr int64_t columnBytes = fractalRows * 4; ///< a row of a fractal of L0C

/// Up to where the product reaches in L0C.
size_t extentOf(const Core &core, const FixpipeOperands &operands) {
  uint64_t columns = llvm::divideCeil(core.scalar(operands.n), fractalRows);
  return ((columns - 1) * core.scalar(operands.sourceStride) + core.scalar(operands.m)) * columnBytes;
}

/// Some rows and columns of the product, and where they go.
struct Part {
  int64_t row, column, rows, columns;
  Core *owner = nullptr; ///< of the destination
};

template <class P>
class Store {
public:
  Store(Core &core, const Instruction &at)
      : core(core), at(at), operands(*at.carried<const FixpipeOperands *>()), port(core, at) {}

  const Instruction *run() {
    Extents extents(core, at);
    auto number = [&](const char *name, uint32_t slot, uint64_t most) {
      return int64_t(extents.read(name, slot, most));
    };
    int64_t m = number("m", operands.m, 65535), n = number("n", operands.n, 4095);
    sourceStride = number("src_stride", operands.sourceStride, 65535) * columnBytes;
    destinationStride = number("dst_stride", operands.destinationStride, llvm::maxUIntN(32));
    if (operands.layoutOperand)
      layoutOperand = number("the operand of the layout", *operands.layoutOperand, 65535);
    int64_t count = 1, loopSource = 0, loopDestination = 0;
    if (operands.loop) {
      count = number("loop3's count", (*operands.loop)[0], 65535);
      loopSource = number("loop3's source stride", (*operands.loop)[1], 65535) * columnBytes;
      loopDestination = number("loop3's destination stride", (*operands.loop)[2], llvm::maxUIntN(32));
    }
    if (!extents.valid || m == 0 || n == 0 || count == 0)
      return extents.valid ? &at + 1 : nullptr;
    if (!core.charge(at, saturatedProduct(count, 1 + m * n / 64)) || !readChannels(n) || !readAtomic())
      return nullptr;
    int64_t size = int64_t(bytesOf(operands.rule.result));
    uint64_t firstByte = core.scalar(operands.source);
    size_t unitBytes = extentOf(core, operands);
    if (!checkUnitFlags(core, at, operands.unitFlag, firstByte, unitBytes))
      return nullptr;
    for (int64_t turn = 0; turn < count; ++turn)
      for (const Part &part : parts(m, n))
        if (core.machine.report.fault || !store(part, turn * loopSource, turn * loopDestination * size))
          return nullptr;
    if (core.machine.report.fault)
      return nullptr;
    changeUnitFlags(core, at, operands.unitFlag, firstByte, unitBytes);
    return &at + 1;
  }

private:
  Core *vectorCore(uint64_t index) {
    Core *found = index < 2 ? core.machine.cluster.vector[index].get() : nullptr;
    if (!found)
      core.fault(at, Fault::Kind::Illegal,
                 llvm::formatv("writes ub of vector core {0}, which {1}", int64_t(index),
                               index < 2 ? "the kernel does not run on" : "does not exist; there are 0 and 1"));
    return found;
  }

  llvm::SmallVector<Part, 2> parts(int64_t m, int64_t n) {
    if (operands.subBlock)
      return {{0, 0, m, n, vectorCore(core.scalar(*operands.subBlock))}};
    bool isByRows = operands.split == FixpipeSplit::Rows;
    if (operands.split == FixpipeSplit::None)
      return {{0, 0, m, n, nullptr}};
    if ((isByRows ? m % 2 : n % 32) != 0) {
      core.fault(at, Fault::Kind::Illegal,
                 isByRows ? llvm::formatv("splits m = {0}; expected an even number", m)
                          : llvm::formatv("splits n = {0}; expected a multiple of 32", n));
      return {};
    }
    int64_t rows = isByRows ? m / 2 : m, columns = isByRows ? n : n / 2;
    return {{0, 0, rows, columns, vectorCore(0)},
            {isByRows ? rows : 0, isByRows ? 0 : columns, rows, columns, vectorCore(1)}};
  }

  // A table: of scales 8 bytes a channel, of slopes 4.
  const uint8_t *table(uint32_t slot, int64_t bytes) {
    uint64_t address = core.scalar(slot);
    if (!isInFixpipeTable(core, at, "reads", address, bytes))
      return nullptr;
    return port.read({.space = MemorySpace::Fb, .base = address, .bytes = bytes, .alignment = 64});
  }

  float scalarFactor(const FixpipeParameter &parameter) {
    return factorOf(fromDouble(toDouble(core.scalar(parameter.slot), parameter.type), ScalarFloat::F32));
  }

  bool readChannels(int64_t n) {
    channels.resize(size_t(n));
    for (FixpipeChannel &channel : channels)
      channel.isSigned = operands.rule.result != FixpipeResult::U8;
    if (operands.scale && operands.scale->isTable) {
      const uint8_t *from = table(operands.scale->slot, n * 8);
      if (!from)
        return false;
      for (FixpipeChannel &channel : channels) {
        uint64_t bits;
        std::memcpy(&bits, from, sizeof(bits));
        from += sizeof(bits);
        channel.read(bits);
      }
    } else if (operands.scale) {
      float scale = scalarFactor(*operands.scale);
      for (FixpipeChannel &channel : channels)
        channel.scale = scale;
    }
    if (operands.slope && operands.slope->isTable) {
      const uint8_t *from = table(operands.slope->slot, n * 4);
      if (!from)
        return false;
      for (FixpipeChannel &channel : channels) {
        uint32_t bits;
        std::memcpy(&bits, from, sizeof(bits));
        from += sizeof(bits);
        channel.slope = factorOf(bits);
      }
    } else if (operands.slope) {
      float slope = scalarFactor(*operands.slope);
      for (FixpipeChannel &channel : channels)
        channel.slope = slope;
    }
    if (!choices::slopeReplacesScale)
      for (FixpipeChannel &channel : channels)
        channel.slope *= channel.scale;
    return true;
  }

  bool readAtomic() {
    if (operands.to != MemorySpace::Gm)
      return true;
    std::optional<const AtomicStore *> found = atomicStoreOf(core, at, int64_t(bytesOf(operands.rule.result)));
    atomic = found.value_or(nullptr);
    return found.has_value();
  }

  bool store(const Part &part, int64_t fromSource, int64_t fromDestination) {
    // Only columns lie apart in L0C.
    int64_t first = part.column / 16, last = (part.column + part.columns - 1) / 16;
    int64_t step = operands.layout == FixpipeLayout::Columns ? layoutOperand * columnBytes : columnBytes;
    std::vector<const uint8_t *> columns;
    for (int64_t column = first; column <= last; ++column) {
      columns.push_back(port.read({.space = MemorySpace::L0c,
                                   .base = core.scalar(operands.source),
                                   .offset = fromSource + column * sourceStride + part.row * step,
                                   .bytes = (part.rows - 1) * step + columnBytes,
                                   .alignment = columnBytes}));
      if (!columns.back())
        return false;
    }
    FixpipeConversion convert(operands.rule,
                              operands.alwaysSaturates || operands.saturates.value_or(core.control.saturatesHalf()),
                              operands.clip ? std::optional(core.scalar(*operands.clip)) : std::nullopt);
    auto size = int64_t(bytesOf(operands.rule.result));
    std::vector<uint8_t> line;
    // A line of the destination: elements one after the other, each with the row and column it comes from.
    auto writeLine = [&](int64_t offset, int64_t count, auto place) {
      line.resize(size_t(count * size));
      for (int64_t i = 0; i < count; ++i) {
        auto [row, column] = place(i);
        convert(columns[size_t(column / 16 - first)] + row * step + column % 16 * 4, line.data() + i * size,
                channels[size_t(column)]);
      }
      Range range{.space = operands.to,
                  .base = core.scalar(operands.destination),
                  .offset = fromDestination + offset * size,
                  .bytes = count * size,
                  .alignment = operands.to == MemorySpace::Gm || offset != 0 ? 1 : int64_t(blockBytes),
                  .owner = part.owner};
      uint8_t *to = atomic ? port.update(range) : port.write(range);
      if (!to)
        return false;
      if (!atomic)
        std::memcpy(to, line.data(), line.size());
      else
        for (int64_t i = 0; i < count; ++i)
          atomic->combine(to + i * size, line.data() + i * size);
      return true;
    };
    using Place = std::pair<int64_t, int64_t>;
    switch (operands.layout) {
    case FixpipeLayout::Rows:
      for (int64_t row = 0; row < part.rows; ++row)
        if (!writeLine(row * destinationStride, part.columns, [&](int64_t i) { return Place(row, part.column + i); }))
          return false;
      return true;
    case FixpipeLayout::Columns:
      for (int64_t column = 0; column < part.columns; ++column)
        if (!writeLine(column * destinationStride, part.rows,
                       [&](int64_t i) { return Place(i, part.column + column); }))
          return false;
      return true;
    case FixpipeLayout::Fractals: {
      // Columns of 16 elements, or of 8 where channels are split.
      int64_t width = layoutOperand != 0 ? 8 : 16,
              groups = int64_t(llvm::divideCeil(uint64_t(part.columns), uint64_t(width)));
      for (int64_t group = 0; group < groups; ++group)
        for (int64_t row = 0; row < part.rows; ++row)
          if (!writeLine(group * destinationStride + row * width, std::min(width, part.columns - group * width),
                         [&](int64_t i) { return Place(row, group * width + i); }))
            return false;
      return true;
    }
    }
    llvm_unreachable("not a layout");
  }

  Core &core;
  const Instruction &at;
  const FixpipeOperands &operands;
  Port<P> port;
  std::vector<FixpipeChannel> channels;
  const AtomicStore *atomic = nullptr;
  int64_t sourceStride = 0, destinationStride = 0, layoutOperand = 0;
};

struct Fixpipe {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    // The instruction's own atomic store rules for as long as it runs.
    Control control = core.control;
    if (const auto &atomic = at.carried<const FixpipeOperands *>()->atomic)
      core.control.setAtomic(atomic->first, atomic->second);
    const Instruction *next = Store<P>(core, at).run();
    core.control = control;
    return next;
  }
};

} // namespace

static constexpr Code fixpipe = Code::accessing<Fixpipe>(Pipe::Fix);

std::optional<UnitsOfL0c> unitsOfFixpipe(const Core &core, const Instruction &at) {
  if (at.code.by[0] != fixpipe.by[0])
    return std::nullopt;
  const FixpipeOperands &operands = *at.carried<const FixpipeOperands *>();
  return UnitsOfL0c{core.scalar(operands.n) == 0 ? UnitFlag::Unused : operands.unitFlag, core.scalar(operands.source),
                    extentOf(core, operands)};
}

void declareFixpipe(OpTable &table) {
  for (llvm::StringRef op : {"pto.mte_l0c_gm", "pto.mte_l0c_l1", "pto.mte_l0c_ub"})
    table.add(op, fixpipe);
}

} // namespace pto::sim
