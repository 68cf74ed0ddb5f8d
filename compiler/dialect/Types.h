// The dialect's types, and the questions about types that constraints and verifiers ask.
#pragma once

#include "compiler/dialect/Attributes.h"
#include "compiler/dialect/layout/Layout.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Types.h"

#define GET_TYPEDEF_CLASSES
#include "compiler/dialect/Types.h.inc"

namespace pto::ir {

// Which types the lanes of a register may have; signless and signed integers count as one.
enum LaneSet : unsigned {
  laneI8 = 1u << 0,
  laneI16 = 1u << 1,
  laneI32 = 1u << 2,
  laneI64 = 1u << 3,
  laneU8 = 1u << 4,
  laneU16 = 1u << 5,
  laneU32 = 1u << 6,
  laneU64 = 1u << 7,
  laneF8 = 1u << 8,
  laneF16 = 1u << 9,
  laneBF16 = 1u << 10,
  laneF32 = 1u << 11,
  laneHiF8 = 1u << 12,
  laneF4 = 1u << 13, // two of them

  int32Lanes = laneI32 | laneU32,
  int8To32Lanes = laneI8 | laneI16 | laneU8 | laneU16 | int32Lanes,
  intLanes = int8To32Lanes | laneI64 | laneU64,
  f32Lanes = laneF32,
  floatLanes = laneF16 | laneF32,
  realLanes = floatLanes | laneBF16,
  reluLanes = laneI32 | floatLanes,
  absLanes = int8To32Lanes | floatLanes,
  negLanes = laneI8 | laneI16 | laneI32 | floatLanes,
  scaleLanes = laneI16 | laneU16 | int32Lanes | floatLanes,
  mulLanes = scaleLanes | laneBF16,
  orderLanes = int8To32Lanes | realLanes,
  anyLanes = intLanes | realLanes | laneF8 | laneHiF8 | laneF4,
};

// The set with only this type in it; empty for a type that no lane can have.
LaneSet laneOf(mlir::Type element);
// Width in bits of one element in memory or in a register; 0 where it has none.
unsigned widthOf(mlir::Type element);
// The granularity of the predicate that lanes of this type take: b8, b16 or b32 (64-bit lanes take b32).
llvm::StringRef granularityFor(mlir::Type lane);
// Whether a scalar operand of that type can go with lanes of this one: the same type, or a signless integer
// of the same width.
bool scalarFits(mlir::Type lane, mlir::Type scalar);

bool isVRegOf(mlir::Type type, LaneSet lanes);
bool isMaskOf(mlir::Type type, llvm::StringRef granularity);
bool isPtrInto(mlir::Type type, MemorySpace space);

} // namespace pto::ir
