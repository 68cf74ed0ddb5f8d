// What the decoder wants to know of an MLIR type.
#pragma once

#include "compiler/dialect/Types.h"
#include "mlir/IR/Types.h"
#include "sim/machine/Arch.h"
#include "sim/ops/OpTable.h"
#include "sim/ops/ScalarFloat.h"
#include "sim/ops/cube/Fixpipe.h"
#include "sim/ops/cube/MatrixProduct.h"
#include "sim/ops/tiles/Tile.h"
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

MemorySpace memorySpace(ir::MemorySpace space);

/// A pointer, also in a scalar register.
struct PointerType {
  MemorySpace space;
  mlir::Type element;
  unsigned elementBytes; ///< 0 where an element is no whole number of bytes
};
std::optional<PointerType> pointerType(mlir::Type type);

/// Vector data, a predicate or the state of an unaligned stream, in a wide register.
bool isWide(mlir::Type type);

/// A tile, in scalar registers; nothing for one whose layout or elements are not simulated.
std::optional<TileForm> tileForm(mlir::Type type);

/// Whether a value is several scalar registers in a row.
bool isAggregate(mlir::Type type);
/// How many scalar registers a value takes that is not wide: tiles and views have several in a row.
unsigned scalarsOf(mlir::Type type);

/// Of an element; None for what nothing computes on.
LaneType elementLanes(mlir::Type element);
/// The same of a vector register's lanes; None for anything else, too.
LaneType laneType(mlir::Type type);
llvm::StringRef name(LaneType lanes);

/// Of an element that matrices may have.
FactorType factorType(mlir::Type element);
/// What fixpipe makes such elements by; nothing where no rule for it is documented.
std::optional<FixpipeResult> fixpipeResult(mlir::Type element);

/// The width of a vector register's lanes, 0 for anything else.
unsigned laneBits(mlir::Type type);

std::string text(mlir::Type type);

} // namespace pto::sim
