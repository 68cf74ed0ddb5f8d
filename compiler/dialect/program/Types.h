// The types of a program.
// Includes the one attribute of the dialect, a word of the language.
#pragma once

#include "compiler/dialect/program/DType.h"
#include "compiler/dialect/program/Views.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Types.h"

#define GET_ATTRDEF_CLASSES
#include "compiler/dialect/program/Attributes.h.inc"
#define GET_TYPEDEF_CLASSES
#include "compiler/dialect/program/Types.h.inc"

namespace pto::prog {

/// As a program spells it: `pl.Tensor[[64, M], pl.FP32]`. A dimension that only the running program knows is `?`.
std::string programText(mlir::Type type);

bool isShaped(mlir::Type type);
/// Of a tensor or tile; null for other types.
Dims shapeOf(mlir::Type type);
/// Of a scalar, tensor, tile or array.
std::optional<DType> elementTypeOf(mlir::Type type);

/// Can a value of the one type stand where the other is expected? Yes unless something that both state differs:
/// unknown dimensions, views and memories do not. Any scalar can stand for any other.
bool compatible(mlir::Type left, mlir::Type right);

/// Of a tensor or tile; of others, and where the type says none, there is none.
Memref memrefOf(mlir::Type type);
mlir::Type withMemref(mlir::Type type, const Memref &memref);
mlir::Type withoutMemref(mlir::Type type);
/// The same tile elsewhere. A view that was implied by the old memory is then the one that the new memory implies.
TileType withMemory(TileType type, MemorySpace memory);
/// The same tensor or tile with other dimensions; what the shape implied is then what the new one implies.
mlir::Type withShape(mlir::Type type, Dims shape);

} // namespace pto::prog
