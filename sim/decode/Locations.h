// Where an operation was written.
#pragma once

#include "mlir/IR/Location.h"
#include "sim/Simulator.h"

namespace pto::sim {

/// The first file position in a location, through names, fusions and call sites.
SourceLocation sourceLocation(mlir::Location location);

} // namespace pto::sim
