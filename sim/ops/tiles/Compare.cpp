// tcmp and tsel: comparisons into a mask of one bit for each element, and selections by one.
#include "sim/ops/tiles/Masks.h"
#include "sim/ops/tiles/Plane.h"
#include "sim/ops/tiles/Tiles.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"

namespace pto::sim {

namespace {

/// The bytes of a mask for so many rows and columns of elements.
std::optional<Tile> bitsOf(Core &core, const Instruction &at, const Tile &mask, const Tile &elements) {
  Tile bits = mask;
  bits.form.bytes = 1;
  bits.columns = mask.columns * mask.form.bytes;
  bits.validRows = elements.validRows;
  bits.validColumns = int64_t(llvm::divideCeil(uint64_t(elements.validColumns), 8));
  if (bits.validRows <= bits.rows && bits.validColumns <= bits.columns)
    return bits;
  core.fault(at, Fault::Kind::Illegal,
             llvm::formatv("needs {0} bytes in each of {1} rows of a mask that has {2} rows of {3} bytes",
                           bits.validColumns, bits.validRows, bits.rows, bits.columns));
  return std::nullopt;
}

/// Packed bits, as the A5 library stores them, with zeros to the end of what it stores at once: those of 4-byte
/// elements without a gap, the others beginning a new store in each row.
struct PackedBits {
  int64_t row, all; ///< bits from a row to the next, and of all

  explicit PackedBits(const Tile &elements) {
    int64_t lanes = int64_t(registerBytes) / elements.form.bytes, columns = elements.validColumns,
            stored = elements.form.bytes == 4 ? 2 * lanes : lanes;
    row = elements.form.bytes == 4 ? columns : int64_t(llvm::alignTo(uint64_t(columns), uint64_t(stored)));
    all = int64_t(llvm::alignTo(uint64_t(row * elements.validRows), uint64_t(stored)));
  }
};

/// The bytes of a packed mask, as one row.
std::optional<Tile> packedBitsOf(Core &core, const Instruction &at, const Tile &mask, const Tile &elements) {
  Tile bits = mask;
  bits.form.bytes = 1;
  bits.rows = bits.validRows = 1;
  bits.columns = mask.rows * mask.columns * mask.form.bytes;
  bits.validColumns = PackedBits(elements).all / 8;
  if (bits.validColumns <= bits.columns)
    return bits;
  core.fault(at, Fault::Kind::Illegal,
             llvm::formatv("needs a mask of {0} bytes, packed; this one has {1}", bits.validColumns, bits.columns));
  return std::nullopt;
}

template <bool Selects>
struct ByMask {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    const MaskedForm &form = *at.carried<const MaskedForm *>();
    // The elements that rule are those of a selection's result, and those that are compared.
    Tile elements(core, Selects ? form.destination : form.inputs[0]);
    if (!isSound(core, at, elements))
      return nullptr;
    std::optional<Tile> bits = (form.isPacked ? packedBitsOf : bitsOf)(core, at, Tile(core, form.mask), elements);
    if (!bits || !charge(core, at, elements))
      return nullptr;
    if (elements.isEmpty())
      return &at + 1;
    TilePort<P> port(core, at);
    std::array<ConstPlane, 2> planes;
    for (unsigned i = 0; i < 2; ++i) {
      if (i == 1 && form.scalar)
        break;
      Tile tile(core, form.inputs[i]);
      if (tile.validRows < elements.validRows || tile.validColumns < elements.validColumns)
        return core.fault(at, Fault::Kind::Illegal,
                          llvm::formatv("has operands of {0}x{1} and of {2}x{3} valid elements", elements.validRows,
                                        elements.validColumns, tile.validRows, tile.validColumns));
      if (!(planes[i] = port.read(tile)))
        return nullptr;
    }
    ConstPlane mask;
    Plane to;
    if (Selects && !(mask = port.read(*bits)))
      return nullptr;
    const Tile result = Selects ? elements : *bits;
    if (!(to = port.open(result)))
      return nullptr;
    compute(core, form, elements, planes, mask, to);
    port.close(result, to);
    return &at + 1;
  }

private:
  static void compute(Core &core, const MaskedForm &form, const Tile &elements, const std::array<ConstPlane, 2> &planes,
                      const ConstPlane &mask, const Plane &to) {
    size_t bytes = elements.form.bytes, perRegister = registerBytes / bytes, columns = size_t(elements.validColumns);
    const Instruction &vector = form.vector;
    Handler handler = vector.code.by[Policies::index<Fast>];
    if (form.scalar)
      repeat(core.wide(vector.operand[1]), reinterpret_cast<const uint8_t *>(&core.scalar(*form.scalar)), bytes);
    if (!Selects)
      std::memset(core.wide(vector.operand[2]), 1, registerBytes);
    if (!Selects)
      for (int64_t line = 0; line < to.lines; ++line)
        std::memset(to.line(line), 0, size_t(to.count));
    for (int64_t row = 0; row < elements.validRows; ++row) {
      uint8_t *bits = Selects ? nullptr : to.line(form.isPacked ? 0 : row);
      size_t first = form.isPacked ? size_t(row * PackedBits(elements).row) : 0;
      for (size_t column = 0; column < columns; column += perRegister) {
        size_t count = std::min(perRegister, columns - column);
        for (unsigned i = 0; i < (form.scalar ? 1 : 2); ++i)
          std::memcpy(core.wide(vector.operand[i]), planes[i].line(row) + column * bytes, count * bytes);
        if (Selects)
          spreadMask(core.wide(vector.operand[2]), mask.line(row), column, count, bytes);
        handler(core, vector);
        const uint8_t *made = core.wide(vector.result[0]);
        if (Selects)
          std::memcpy(to.line(row) + column * bytes, made, count * bytes);
        else
          packMask(bits, first + column, made, count, bytes);
      }
    }
  }
};

} // namespace

namespace tiles {

const Code compare = Code::accessing<ByMask<false>>(Pipe::V);
const Code select = Code::accessing<ByMask<true>>(Pipe::V);

} // namespace tiles

} // namespace pto::sim
