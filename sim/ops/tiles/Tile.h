// A tile: rows and columns of elements in one of a core's memories. What its type says is known when a kernel is
// decoded; where it lies and how much of it counts is in registers.
#pragma once

#include "sim/machine/Arch.h"
#include "sim/ops/OpTable.h"
#include "sim/run/Core.h"

namespace pto::sim {

/// What is behind the valid part of a row.
enum class TilePad : uint8_t { Null, Zero, Max, Min };

/// How elements lie: boxes row by row or column by column, and so the elements in a box.
struct TileOrder {
  bool boxesDown = false;
  bool elementsDown = false; ///< in a box
  /// Of a box; 0 where all of the tile's memory is one.
  uint16_t boxRows = 0, boxColumns = 0;

  bool operator==(const TileOrder &) const = default;
};

struct TileForm {
  MemorySpace space = MemorySpace::Ub;
  LaneType lanes = LaneType::None;
  uint8_t bytes = 1; ///< of an element
  TilePad pad = TilePad::Null;
  bool padIsFinite = false; ///< what `max` and `min` are of a float
  TileOrder order;
};

/// A tile value is that many scalar registers in a row.
enum class TileRegister : uint8_t { Base, Rows, Columns, ValidRows, ValidColumns };
inline constexpr unsigned tileRegisters = 5;

/// An operand of an instruction: the first register, and the form.
struct TileOperand {
  uint32_t slot = 0;
  TileForm form;

  uint32_t at(TileRegister which) const { return slot + uint32_t(which); }
};

struct Tile {
  TileForm form;
  uint64_t base;
  int64_t rows, columns;           ///< of the memory that it lies in: a part of a tile keeps the strides of the whole
  int64_t validRows, validColumns; ///< whose elements count
  int64_t firstRow = 0, firstColumn = 0; ///< from the base, of those
  Core *owner = nullptr;                 ///< of the memory; null: the core that executes

  Tile(const Core &core, const TileOperand &operand)
      : form(operand.form), base(core.scalar(operand.slot)), rows(number(core, operand, TileRegister::Rows)),
        columns(number(core, operand, TileRegister::Columns)),
        validRows(number(core, operand, TileRegister::ValidRows)),
        validColumns(number(core, operand, TileRegister::ValidColumns)) {}

  bool isEmpty() const { return validRows == 0 || validColumns == 0; }
  int64_t validElements() const { return validRows * validColumns; }

  /// Bytes from the base to an element.
  int64_t offsetOf(int64_t row, int64_t column) const {
    row += firstRow, column += firstColumn;
    int64_t boxRows = heightOfBox(), boxColumns = widthOfBox();
    int64_t boxRow = row / boxRows, boxColumn = column / boxColumns;
    int64_t box =
        form.order.boxesDown ? boxColumn * (rows / boxRows) + boxRow : boxRow * (columns / boxColumns) + boxColumn;
    int64_t inRow = row % boxRows, inColumn = column % boxColumns;
    int64_t inBox = form.order.elementsDown ? inColumn * boxRows + inRow : inRow * boxColumns + inColumn;
    return (box * boxRows * boxColumns + inBox) * form.bytes;
  }

  /// Elements from one line to the next where the lines, rows or columns, lie each as a whole; nothing where they do
  /// not.
  std::optional<int64_t> pitch(bool linesDown) const {
    bool isBox = form.order.boxRows == 0;
    int64_t toNextRow = form.order.elementsDown ? 1 : columns, toNextColumn = form.order.elementsDown ? rows : 1;
    int64_t within = linesDown ? toNextRow : toNextColumn, between = linesDown ? toNextColumn : toNextRow;
    return isBox && (within == 1 || (linesDown ? validRows : validColumns) <= 1) ? std::optional(between)
                                                                                 : std::nullopt;
  }

  /// Calls `run(offset, row, column, count)` for the valid elements that lie next to each other within a box, in the
  /// order in which they lie, until it returns false: `count` of them down a column or along a row, as the form has it.
  template <class Run>
  bool forEachRun(Run run) const {
    auto inBox = [&](int64_t row, int64_t height, int64_t column, int64_t width) {
      for (int64_t i = 0; form.order.elementsDown && i < width; ++i)
        if (!run(offsetOf(row, column + i), row, column + i, height))
          return false;
      for (int64_t i = 0; !form.order.elementsDown && i < height; ++i)
        if (!run(offsetOf(row + i, column), row + i, column, width))
          return false;
      return true;
    };
    int64_t boxRows = heightOfBox(), boxColumns = widthOfBox();
    if (form.order.boxesDown)
      return forEachBox(firstColumn, validColumns, boxColumns, [&](int64_t column, int64_t width) {
        return forEachBox(firstRow, validRows, boxRows,
                          [&](int64_t row, int64_t height) { return inBox(row, height, column, width); });
      });
    return forEachBox(firstRow, validRows, boxRows, [&](int64_t row, int64_t height) {
      return forEachBox(firstColumn, validColumns, boxColumns,
                        [&](int64_t column, int64_t width) { return inBox(row, height, column, width); });
    });
  }

private:
  /// What `count` places from `first` on have in each box.
  template <class Box>
  static bool forEachBox(int64_t first, int64_t count, int64_t size, Box box) {
    for (int64_t at = 0, length; at < count; at += length) {
      length = std::min(size - (first + at) % size, count - at);
      if (!box(at, length))
        return false;
    }
    return true;
  }
  static int64_t number(const Core &core, const TileOperand &operand, TileRegister which) {
    return int64_t(core.scalar(operand.at(which)));
  }
  int64_t heightOfBox() const { return form.order.boxRows ? form.order.boxRows : rows; }
  int64_t widthOfBox() const { return form.order.boxColumns ? form.order.boxColumns : columns; }
};

} // namespace pto::sim
