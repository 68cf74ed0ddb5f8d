// A view of global memory: up to five dimensions from a pointer on, and the part of them that is meant.
#pragma once

#include "sim/run/Core.h"
#include <array>

namespace pto::sim {

/// How a view's dimensions are rows and columns.
enum class ViewOrder : uint8_t {
  ND, ///< the last one is the columns, the others the rows
  DN, ///< the last but one is the rows, the others the columns
  NZ  ///< [1, columns / width, rows / 16, 16, width]
};

inline constexpr unsigned viewRank = 5;

/// A view is that many scalar registers in a row. Fewer dimensions are the last ones.
struct ViewRegisters {
  static constexpr unsigned pointer = 0, order = 1, sizes = 2, strides = sizes + viewRank, starts = strides + viewRank,
                            limits = starts + viewRank, count = limits + viewRank;
};

struct GlobalView {
  uint64_t pointer; ///< to the first element of the part
  ViewOrder order;
  std::array<int64_t, viewRank> sizes;   ///< of the part
  std::array<int64_t, viewRank> strides; ///< in elements
  std::array<int64_t, viewRank> starts;  ///< of the part in the whole
  std::array<int64_t, viewRank> limits;  ///< sizes of the whole

  GlobalView(const Core &core, uint32_t slot);
  void write(Core &core, uint32_t slot) const;

  int64_t rows() const;
  int64_t columns() const;
  /// Elements from the pointer to the one at a row and a column.
  int64_t offsetOf(int64_t row, int64_t column) const;
  /// Whether elements of a column lie next to each other, rather than those of a row.
  bool runsDown() const { return order == ViewOrder::DN; }
  /// How many elements from there on lie next to each other.
  int64_t runAt(int64_t row, int64_t column) const;

  /// Whether the part lies in the whole; else a fault with those words ("reads", "writes").
  bool isInside(Core &core, const Instruction &at, const char *verb) const;
};

} // namespace pto::sim
