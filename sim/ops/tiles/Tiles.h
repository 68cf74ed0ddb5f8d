// What instructions on tiles and views are made of: the decoder picks from these.
#pragma once

#include "sim/ops/ScalarFloat.h"
#include "sim/ops/tiles/GlobalView.h"
#include "sim/ops/tiles/OutOfAcc.h"
#include "sim/ops/tiles/Tile.h"
#include "llvm/ADT/SmallVector.h"

namespace pto::sim {

/// What the two instructions that make views carry.
struct ViewForm {
  uint32_t slot;                                       ///< of the view that is made
  uint32_t source;                                     ///< the pointer, or the view of which it is a part
  llvm::SmallVector<uint32_t, viewRank> sizes, places; ///< strides, or offsets
  ViewOrder order = ViewOrder::ND;
  bool infersOrder = false;
  int64_t elementBytes = 1;
};

/// What an instruction between a tile and global memory carries.
struct TransferForm {
  TileOperand tile;
  uint32_t view;
  std::optional<AccConversion> conversion = {}; ///< of a store
  unsigned atomicType = 0;                      ///< of a store that adds: as CTRL codes it
};

/// Which vector cores a tile of acc goes to.
enum class VectorCores : uint8_t { First, Second, HalfOfRows, HalfOfColumns };

/// What one from tile to tile carries.
struct MoveForm {
  TileOperand source, destination;
  std::optional<uint32_t> row = {}, column = {}; ///< registers: where in the larger one
  bool intoPart = false;                         ///< the destination is the larger one
  bool transposes = false;
  std::optional<AccConversion> conversion = {};
  VectorCores cores = VectorCores::First; ///< of a move to vec from a core that has none
};

/// Two tiles beside each other.
struct ConcatForm {
  std::array<TileOperand, 2> sources;
  TileOperand destination;
};

/// From tile to tile, by lines: rows, or all of them, to one.
struct ReductionForm {
  TileOperand source, destination;
  ReductionFunction function = nullptr;
};

/// What a part of a tile is made of.
struct SubviewForm {
  uint32_t slot, source; ///< tiles
  uint32_t row, column, validRows, validColumns;
  TileForm form; ///< of the source
};

/// A product of two tiles.
struct TileProductForm {
  TileOperand lhs, rhs, destination;
  std::optional<TileOperand> start = {}; ///< what it is added to
  std::optional<TileOperand> bias = {};  ///< one for each column
  FactorType lhsType = {}, rhsType = {};
  MultiplyFunction multiply = {};
};

/// A conversion goes through vector registers, too.
struct TileConversionForm {
  Instruction vector;
  TileOperand source, destination;

  explicit TileConversionForm(const Code &code) : vector(code) {}
};

/// So do comparisons and selections.
struct MaskedForm {
  Instruction vector;
  std::array<TileOperand, 2> inputs;
  std::optional<uint32_t> scalar = {}; ///< a register, in place of the second input
  TileOperand mask;
  bool isPacked = false;   ///< the bits of a comparison do not begin anew in each row of the mask
  TileOperand destination; ///< of a selection

  explicit MaskedForm(const Code &code) : vector(code) {}
};

/// Numbers from one on, in a tile's first row.
struct CountForm {
  TileOperand destination;
  uint32_t first;
  bool isDescending = false;
};

/// Integers that stand for floats, by a scale and an offset for each row.
struct QuantizeForm {
  TileOperand source, scales, destination;
  std::optional<TileOperand> offsets = {};
  bool toFloat = false, isSigned = true;
};

/// One element of a tile's memory: where it is in registers.
struct ElementForm {
  TileOperand tile;
  uint32_t offset, scalar;
};

/// Ones on one side of a diagonal.
struct TriangleForm {
  TileOperand destination;
  uint32_t diagonal;
  bool isUpper = false;
  uint64_t one = 1; ///< its bits
};

/// One of several tiles that follow each other in memory.
struct PickForm {
  uint32_t slot, source, index; ///< the tile, all of them, a register
  int64_t count, bytes;
};

/// One of several scalar registers in a row.
struct ArrayForm {
  uint32_t first;
  llvm::SmallVector<uint32_t, 2> indices = {}; ///< registers
  llvm::SmallVector<int64_t, 2> sizes = {};
};

/// A scalar in the type of the elements that it meets.
struct ScalarConversionForm {
  unsigned fromBits, toBits;
  std::optional<ScalarFloat> from = {}, to = {}; ///< none of an integer
};

namespace tiles {

extern const Code elementwise, makeView, takePart, subview, reduceRows, reduceColumns, convert, multiply, count,
    compare, select, same, convertScalar, quantize, concat, getElement, setElement, triangle, pickTile, pickScalar,
    trap, meetAll, putScalar;
Code load(Pipe pipe);
Code store(Pipe pipe);
Code move(Pipe pipe);
Code fillPad(Pipe pipe);

} // namespace tiles

} // namespace pto::sim
