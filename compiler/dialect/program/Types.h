// The types of a program.
// Includes the one attribute of the dialect, a word of the language.
#pragma once

#include "compiler/dialect/program/DType.h"
#include "compiler/dialect/program/MemorySpace.h"
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
mlir::ArrayAttr shapeOf(mlir::Type type);
/// Of a scalar, tensor, tile or array.
std::optional<DType> elementTypeOf(mlir::Type type);

/// Can a value of the one type stand where the other is expected? Yes unless something that both state differs:
/// unknown dimensions, views and memories do not. Any scalar can stand for any other.
bool compatible(mlir::Type left, mlir::Type right);

mlir::Type withoutMemref(mlir::Type type);

} // namespace pto::prog
