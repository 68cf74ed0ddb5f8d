// Matrices on their way to the cube core's operands. A fractal has 16 rows of 32 bytes. In L1 a matrix is columns of 32
// bytes, in L0A columns of fractals, in L0B the same of the transposed matrix.
#include "sim/ops/cube/Loads.h"
#include "sim/memory/Port.h"
#include "sim/ops/Declarations.h"
#include "sim/ops/DmaTransfer.h"
#include "sim/ops/OpTable.h"
#include "sim/ops/ScalarFloat.h"
#include "sim/ops/cube/Extents.h"
#include "sim/ops/cube/Fixpipe.h"
#include "llvm/Support/MathExtras.h"

namespace pto::sim {

namespace {

constexpr int64_t row = fractalRowBytes, fractal = fractalBytes;

// mte_gm_l1_frac: a matrix of n rows and d columns, as it lies in gm or transposed there, becomes columns of 32 bytes.
// What is left of the last one is zero.
struct GmToFractals {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    const FractalStoreOperands &operands = *at.carried<const FractalStoreOperands *>();
    Extents extents(core, at);
    auto n = int64_t(extents.read("n_value", operands.rows, 0xffff)),
         d = int64_t(extents.read("d_value", operands.columns, 0x1fffff)),
         groups = int64_t(extents.read("group_count", operands.groups, 0xffff)),
         rowStride = int64_t(extents.read("dst_loop2_stride", operands.rowStride, 0xffff)) * row,
         columnStride = int64_t(extents.read("dst_loop3_stride", operands.columnStride, 0xffff)) * row,
         groupStride = int64_t(extents.read("dst_loop4_stride", operands.groupStride, 0xffff)) * row,
         inner = int64_t(extents.read("a stride in gm", operands.innerStride, llvm::maxUIntN(40))),
         outer = operands.outerStride
                     ? int64_t(extents.read("a stride in gm", *operands.outerStride, llvm::maxUIntN(40)))
                     : 0;
    if (!extents.valid || n == 0 || d == 0)
      return extents.valid ? &at + 1 : nullptr;
    if (core.scalar(operands.smallChannels) & 1)
      return core.fault(at, Fault::Kind::NotSimulated, "packs small channels, which is not simulated");
    int64_t size = operands.elementBytes, inRow = row / size;
    if (!core.charge(at, saturatedProduct(groups, 1 + n * d * size / int64_t(registerBytes))))
      return nullptr;

    Port<P> port(core, at);
    int64_t lines = operands.isTransposed ? d : n, lineBytes = (operands.isTransposed ? n : d) * size;
    std::vector<const uint8_t *> source(static_cast<size_t>(lines));
    for (int64_t group = 0; group < groups; ++group) {
      for (int64_t line = 0; line < lines; ++line)
        if (!(source[size_t(line)] = port.read({.space = MemorySpace::Gm,
                                                .base = core.scalar(operands.source),
                                                .offset = group * outer + line * inner,
                                                .bytes = lineBytes})))
          return nullptr;
      for (int64_t column = 0; column * inRow < d; ++column) {
        // Rows that lie one below the other are written at once.
        bool isDense = rowStride == row;
        uint8_t *to = nullptr;
        for (int64_t at16 = 0; at16 < n; ++at16) {
          if (!isDense || at16 == 0)
            to = port.write({.space = MemorySpace::L1,
                             .base = core.scalar(operands.destination),
                             .offset = group * groupStride + column * columnStride + at16 * rowStride,
                             .bytes = isDense ? n * row : row,
                             .alignment = row});
          if (!to)
            return nullptr;
          int64_t count = std::min(inRow, d - column * inRow);
          if (!operands.isTransposed)
            std::memcpy(to, source[size_t(at16)] + column * row, size_t(count * size));
          else
            for (int64_t i = 0; i < count; ++i)
              std::memcpy(to + i * size, source[size_t(column * inRow + i)] + at16 * size, size_t(size));
          std::memset(to + count * size, 0, size_t(row - count * size));
          to += row;
        }
      }
    }
    return &at + 1;
  }
};

// Fractals of a matrix in L1, by their numbers.
struct Fractals {
  int64_t rowStart, columnStart, rows, columns, sourceStride, destinationStride;

  static std::optional<Fractals> read(Core &core, const Instruction &at, const FractalLoadOperands &operands) {
    Extents extents(core, at);
    auto number = [&](const char *name, unsigned index) {
      return int64_t(extents.read(name, operands.numbers[index], 0xffff));
    };
    Fractals found{};
    if (operands.isTile) {
      int64_t rows = number("an extent", 0), k = number("an extent", 1), bits = operands.elementBits;
      found.rowStart = number("start_row", 2), found.columnStart = number("start_col", 3);
      // The matrix in L1 has the rows of the result as its own, or as its columns.
      int64_t whole = operands.isTransposed ? std::max<int64_t>(16, 256 / bits) : 1;
      int64_t down = operands.isTransposed ? k : rows, across = operands.isTransposed ? rows : k;
      found.rows = int64_t(llvm::divideCeil(llvm::alignTo(uint64_t(down), uint64_t(whole)), 16));
      found.columns = int64_t(llvm::divideCeil(llvm::alignTo(uint64_t(across), uint64_t(whole)) * uint64_t(bits), 256));
      found.sourceStride = found.rows;
      found.destinationStride = operands.isTransposed
                                    ? int64_t(llvm::divideCeil(llvm::alignTo(uint64_t(across), uint64_t(whole)), 16))
                                    : found.rows;
    } else {
      found = {number("m_start", 0), number("k_start", 1),    number("m_step", 2),
               number("k_step", 3),  number("src_stride", 4), number("dst_stride", 5)};
    }
    return extents.valid ? std::optional(found) : std::nullopt;
  }
};

struct LoadFractals {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    const FractalLoadOperands &operands = *at.carried<const FractalLoadOperands *>();
    std::optional<Fractals> fractals = Fractals::read(core, at, operands);
    if (!fractals)
      return nullptr;
    if (fractals->rows == 0 || fractals->columns == 0)
      return &at + 1;
    if (!core.charge(at, saturatedProduct(fractals->rows, fractals->columns)))
      return nullptr;
    return operands.isTransposed ? transpose<P>(core, at, operands, *fractals) : copy<P>(core, at, operands, *fractals);
  }

private:
  static Range source(Core &core, const FractalLoadOperands &operands, const Fractals &fractals, int64_t column) {
    return {.space = MemorySpace::L1,
            .base = core.scalar(operands.source),
            .offset = ((fractals.columnStart + column) * fractals.sourceStride + fractals.rowStart) * fractal,
            .bytes = fractals.rows * fractal,
            .alignment = row,
            .isTail = true};
  }

  template <class P>
  static const Instruction *copy(Core &core, const Instruction &at, const FractalLoadOperands &operands,
                                 const Fractals &fractals) {
    Port<P> port(core, at);
    for (int64_t column = 0; column < fractals.columns; ++column) {
      Range read = source(core, operands, fractals, column);
      const uint8_t *from = port.read(read);
      uint8_t *to = !from ? nullptr
                          : port.write({.space = operands.to,
                                        .base = core.scalar(operands.destination),
                                        .offset = column * fractals.destinationStride * fractal,
                                        .bytes = read.bytes,
                                        .alignment = fractal,
                                        .source = &read});
      if (!to)
        return nullptr;
      std::memcpy(to, from, size_t(read.bytes));
    }
    return &at + 1;
  }

  // Squares of as many rows as a row has elements change sides: of 16-bit elements one fractal, of others several.
  template <class P>
  static const Instruction *transpose(Core &core, const Instruction &at, const FractalLoadOperands &operands,
                                      const Fractals &fractals) {
    int64_t bits = operands.elementBits, inRow = 256 / bits, rows = fractals.rows * 16,
            columns = fractals.columns * inRow;
    if (rows % inRow != 0 || columns % 16 != 0)
      return core.fault(at, Fault::Kind::Illegal,
                        llvm::formatv("transposes {0} by {1} fractals of {2}-bit elements; expected {3}", fractals.rows,
                                      fractals.columns, bits,
                                      bits == 32 ? "an even number of columns"
                                                 : "a number of rows that fills squares: even for 8 bits, by four "
                                                   "for 4 bits"));
    Port<P> port(core, at);
    std::vector<const uint8_t *> from(static_cast<size_t>(fractals.columns));
    for (int64_t column = 0; column < fractals.columns; ++column)
      if (!(from[size_t(column)] = port.read(source(core, operands, fractals, column))))
        return nullptr;
    for (int64_t first = 0; first < rows; first += inRow) {
      uint8_t *to = port.write({.space = operands.to,
                                .base = core.scalar(operands.destination),
                                .offset = first / inRow * fractals.destinationStride * fractal,
                                .bytes = columns * row,
                                .alignment = fractal});
      if (!to)
        return nullptr;
      for (int64_t column = 0; column < columns; ++column)
        for (int64_t i = 0; i < inRow; ++i)
          copyElement(to + column * row, i, from[size_t(column / inRow)] + (first + i) * row, column % inRow, bits);
    }
    return &at + 1;
  }

  static void copyElement(uint8_t *to, int64_t index, const uint8_t *from, int64_t at, int64_t bits) {
    if (bits >= 8) {
      std::memcpy(to + index * bits / 8, from + at * bits / 8, size_t(bits / 8));
      return;
    }
    uint8_t value = from[at / 2] >> (at % 2 * 4) & 0xf;
    uint8_t &byte = to[index / 2];
    byte = uint8_t(index % 2 == 0 ? (byte & 0xf0) | value : (byte & 0x0f) | value << 4);
  }
};

// Scales of a matrix: fractals of 16 rows of two scales, those of 16 rows one after the other along k. They lie at a
// sixteenth of the address of what they scale.
struct LoadScales {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    const ScaleLoadOperands &operands = *at.carried<const ScaleLoadOperands *>();
    Extents extents(core, at);
    auto rows = int64_t(llvm::divideCeil(extents.read("an extent", operands.rows, 0xffff), 16)),
         columns = int64_t(llvm::divideCeil(extents.read("k", operands.k, 0xffff), 64));
    int64_t first = 0;
    if (operands.start)
      first = int64_t(extents.read("start_row", (*operands.start)[0], 0xffff)) * columns +
              int64_t(extents.read("start_col", (*operands.start)[1], 0xffff));
    if (!extents.valid || rows * columns == 0)
      return extents.valid ? &at + 1 : nullptr;
    if (!core.charge(at, 1 + rows * columns / 8))
      return nullptr;
    Port<P> port(core, at);
    Range read{.space = MemorySpace::L1,
               .base = core.scalar(operands.source),
               .offset = first * row,
               .bytes = rows * columns * row,
               .alignment = row};
    const uint8_t *from = port.read(read);
    uint8_t *to = !from ? nullptr
                        : port.write({.space = operands.to,
                                      .base = core.scalar(operands.destination) / 16,
                                      .bytes = read.bytes,
                                      .alignment = row,
                                      .source = &read});
    if (!to)
      return nullptr;
    std::memcpy(to, from, size_t(read.bytes));
    return &at + 1;
  }
};

// mte_l1_bt: units of 32 bytes, widened to f32 where the destination asks for it. mte_l1_fb: units of 64 bytes, gaps of
// 32 in L1 and of 64 in the table.
template <MemorySpace To>
struct LoadTable {
  static constexpr int64_t unit = To == MemorySpace::Fb ? 64 : row, destinationGap = unit;
  static constexpr DmaField length = {"len_burst", 16}, gap = {"a gap", 16};

  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    std::optional<DmaTransfer> transfer = DmaTransfer::read(core, at, {length, gap, gap});
    if (!transfer)
      return nullptr;
    std::optional<ScalarFloat> widened = at.carried<const DmaOperands *>()->widened;
    int64_t factor = widened ? 2 : 1;
    transfer->burstBytes *= unit;
    DmaTransfer::Level &bursts = transfer->levels[0];
    bursts.sourceStride = transfer->burstBytes + bursts.sourceStride * row;
    bursts.destinationStride = transfer->burstBytes * factor + bursts.destinationStride * destinationGap;
    Port<P> port(core, at);
    return transfer->run(core, at, MemorySpace::L1, To, [&](Range source, Range destination) {
      source.isTail = true;
      destination.bytes *= factor;
      if (To == MemorySpace::Fb &&
          !isInFixpipeTable(core, at, "writes", destination.base + uint64_t(destination.offset), destination.bytes))
        return false;
      const uint8_t *from = port.read(source);
      uint8_t *to = from ? port.write(destination) : nullptr;
      if (!to)
        return false;
      if (!widened)
        std::memcpy(to, from, size_t(source.bytes));
      for (int64_t i = 0; widened && i < source.bytes / 2; ++i) {
        uint16_t bits;
        std::memcpy(&bits, from + i * 2, sizeof(bits));
        auto wide = uint32_t(fromDouble(toDouble(bits, *widened), ScalarFloat::F32));
        std::memcpy(to + i * 4, &wide, sizeof(wide));
      }
      return true;
    });
  }
};

} // namespace

void declareCubeLoads(OpTable &table) {
  table.add("pto.mte_gm_l1_frac", Code::accessing<GmToFractals>(Pipe::Mte2));
  for (llvm::StringRef op : {"pto.mte_l1_l0a", "pto.mte_l1_l0b", "pto.load_cbuf_to_ca", "pto.load_cbuf_to_cb"})
    table.add(op, Code::accessing<LoadFractals>(Pipe::Mte1));
  for (llvm::StringRef op : {"pto.mte_l1_l0a_mx", "pto.mte_l1_l0b_mx"})
    table.add(op, Code::accessing<LoadScales>(Pipe::Mte1));
  table.add("pto.mte_l1_bt", Code::accessing<LoadTable<MemorySpace::Bt>>(Pipe::Mte1));
  table.add("pto.mte_l1_fb", Code::accessing<LoadTable<MemorySpace::Fb>>(Pipe::Fix));
}

} // namespace pto::sim
