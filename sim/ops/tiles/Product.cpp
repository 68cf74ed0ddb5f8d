// tmatmul and its like: a product of two tiles, by the code of the cube core's own instruction.
#include "sim/ops/cube/Product.h"
#include "sim/ops/tiles/Plane.h"
#include "sim/ops/tiles/Tiles.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"
#include <cmath>

namespace pto::sim {

namespace {

/// A factor as the product takes it: columns of fractals over k, where each row of a fractal has 32 bytes of k.
const uint8_t *packed(Core &core, const ConstPlane &rows, FactorType type, size_t blocks) {
  size_t rowBytes = size_t(rows.count) * bitsOf(type) / 8;
  size_t columns = llvm::divideCeil(rowBytes, fractalRowBytes);
  uint8_t *to = core.tileScratch.take(columns * blocks * fractalBytes);
  std::memset(to, 0, columns * blocks * fractalBytes);
  for (size_t row = 0; row < size_t(rows.lines); ++row)
    for (size_t column = 0; column < columns; ++column)
      std::memcpy(to + (column * blocks * fractalRows + row) * fractalRowBytes,
                  rows.line(int64_t(row)) + column * fractalRowBytes,
                  std::min(fractalRowBytes, rowBytes - column * fractalRowBytes));
  return to;
}

/// Whether a tile lies as the product takes or makes it: columns of fractals, all of whose rows count. The right factor
/// is turned, so its columns are the rows there.
bool hasFractals(const Tile &tile, bool isTurned) {
  const TileOrder &order = tile.form.order;
  int64_t rows = isTurned ? tile.columns : tile.rows, valid = isTurned ? tile.validColumns : tile.validRows;
  size_t height = isTurned ? order.boxColumns : order.boxRows, width = isTurned ? order.boxRows : order.boxColumns;
  bool isResult = tile.form.space == MemorySpace::L0c;
  return order.boxesDown != isTurned && order.elementsDown == isTurned && height == fractalRows && valid == rows &&
         tile.firstRow == 0 && tile.firstColumn == 0 &&
         width == (isResult ? fractalRows : fractalRowBytes / tile.form.bytes) &&
         (!isResult || tile.validColumns == tile.columns);
}

bool isSameTile(const Tile &a, const Tile &b) {
  return a.base == b.base && a.rows == b.rows && a.columns == b.columns && a.validRows == b.validRows &&
         a.validColumns == b.validColumns && a.form.order == b.form.order;
}

struct Product {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    const TileProductForm &form = *at.carried<const TileProductForm *>();
    Tile lhs(core, form.lhs), rhs(core, form.rhs), destination(core, form.destination);
    for (const Tile &tile : {lhs, rhs, destination})
      if (!isSound(core, at, tile))
        return nullptr;
    if (lhs.validColumns != rhs.validRows || lhs.validRows != destination.validRows ||
        rhs.validColumns != destination.validColumns)
      return core.fault(at, Fault::Kind::Illegal,
                        llvm::formatv("multiplies {0}x{1} elements by {2}x{3} into {4}x{5}", lhs.validRows,
                                      lhs.validColumns, rhs.validRows, rhs.validColumns, destination.validRows,
                                      destination.validColumns));
    if (destination.isEmpty())
      return &at + 1;
    size_t m = size_t(lhs.validRows), n = size_t(rhs.validColumns), k = size_t(lhs.validColumns);
    if (!core.charge(at, 1 + int64_t(m * n * k / 4096)))
      return nullptr;
    TilePort<P> port(core, at);
    MatrixProduct product{};
    product.lhs = {.bytes = nullptr, .type = form.lhsType, .blocks = llvm::divideCeil(m, fractalRows)};
    product.rhs = {.bytes = nullptr, .type = form.rhsType, .blocks = llvm::divideCeil(n, fractalRows)};
    product.k = k;
    product.saturatesInputs = core.control.saturatesFloats();
    auto read = [&](const Tile &tile, MatrixProduct::Factor &factor, bool isTurned) {
      if (hasFractals(tile, isTurned))
        factor.bytes = port.readInPlace(tile);
      else if (ConstPlane lines = port.read(tile, isTurned))
        factor.bytes = packed(core, lines, factor.type, factor.blocks);
      return factor.bytes != nullptr;
    };
    if (k != 0 && !(read(lhs, product.lhs, false) && read(rhs, product.rhs, true)))
      return nullptr;
    // Columns of 16, each of all rows; in the tile itself where they lie like this and nothing is added that lies
    // elsewhere.
    bool hasPlace = hasFractals(destination, false);
    bool addsInPlace = hasPlace && form.start && isSameTile(Tile(core, *form.start), destination);
    ConstPlane start;
    if (const std::optional<TileOperand> &from = form.start ? form.start : form.bias; from && !addsInPlace) {
      Tile tile(core, *from);
      if (tile.validRows < (form.start ? destination.validRows : 1) || tile.validColumns < destination.validColumns)
        return core.fault(
            at, Fault::Kind::Illegal,
            llvm::formatv("adds {0}x{1} elements to a product of {2}x{3}", tile.validRows, tile.validColumns, m, n));
      if (!(start = port.read(tile)))
        return nullptr;
    }
    size_t rows = product.lhsRows(), columns = product.rhsRows();
    bool isInPlace = hasPlace && !start;
    product.result = isInPlace ? port.openInPlace(destination, addsInPlace) : core.tileScratch.take(rows * columns * 4);
    if (!product.result)
      return nullptr;
    if (!addsInPlace)
      std::memset(product.result, 0, rows * columns * 4);
    auto forEachPiece = [&](auto run) {
      for (size_t row = 0; row < m; ++row)
        for (size_t column = 0; column < n; column += fractalRows)
          run(row, column, product.result + (column * rows + row * fractalRows) * 4,
              std::min(fractalRows, n - column) * 4);
    };
    if (start)
      forEachPiece([&](size_t row, size_t column, uint8_t *piece, size_t bytes) {
        std::memcpy(piece, start.line(form.start ? int64_t(row) : 0) + column * 4, bytes);
      });
    product.scratch = reinterpret_cast<uint32_t *>(core.tileScratch.take(product.scratchWords() * 4));
    if (k != 0)
      form.multiply(product);
    if (form.lhsType != FactorType::S8)
      finishProduct(product.result, rows * columns, product.saturatesInputs);
    if (isInPlace)
      return &at + 1;
    Plane to = port.open(destination);
    if (!to)
      return nullptr;
    forEachPiece([&](size_t row, size_t column, uint8_t *piece, size_t bytes) {
      std::memcpy(to.line(int64_t(row)) + column * 4, piece, bytes);
    });
    port.close(destination, to);
    return &at + 1;
  }
};

} // namespace

namespace tiles {

const Code multiply = Code::accessing<Product>(Pipe::M);

} // namespace tiles

} // namespace pto::sim
