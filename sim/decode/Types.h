// What the decoder wants to know of an MLIR type.
#pragma once

#include "mlir/IR/Types.h"
#include "sim/machine/Arch.h"
#include "sim/ops/OpTable.h"
#include "sim/ops/ScalarFloat.h"
#include <optional>
#include <string>

namespace pto::sim {

/// An integer, an index, a float or a pair of floats in a scalar register.
struct ScalarType {
  unsigned bits;
  std::optional<ScalarFloat> floating; ///< of a pair, its elements; none where nothing computes on it
  bool isPair = false;
};
std::optional<ScalarType> scalarType(mlir::Type type);

/// A pointer, also in a scalar register.
struct PointerType {
  MemorySpace space;
  mlir::Type element;
  unsigned elementBytes; ///< 0 where an element is no whole number of bytes
};
std::optional<PointerType> pointerType(mlir::Type type);

/// Vector data, a predicate or the state of an unaligned stream, in a wide register.
bool isWide(mlir::Type type);

/// Of a vector register; None for anything else, and for lanes that nothing computes on.
LaneType laneType(mlir::Type type);
llvm::StringRef name(LaneType lanes);

/// The width of a vector register's lanes, 0 for anything else.
unsigned laneBits(mlir::Type type);

std::string text(mlir::Type type);

} // namespace pto::sim
