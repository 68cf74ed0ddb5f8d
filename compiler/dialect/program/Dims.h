// Dimensions of tensors and tiles.
// An integer attribute; a string, the name of a symbol; [operator, left, right], an expression of both; or unit, for
// one that only the running program knows.
#pragma once

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/ValueRange.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringMap.h"
#include <optional>

namespace pto::prog {

using Dim = mlir::Attribute;

Dim constantDim(mlir::MLIRContext *context, int64_t value);
Dim symbolDim(mlir::MLIRContext *context, llvm::StringRef symbol);
Dim unknownDim(mlir::MLIRContext *context);
/// Folded where both sides are integers; unknown where one side is.
Dim expressionDim(llvm::StringRef op, Dim left, Dim right);

std::optional<int64_t> constantOf(Dim dim);
bool isUnknown(Dim dim);
bool hasUnknown(mlir::ArrayAttr dims);
/// False only if both are known and cannot be the same number.
bool mayBeEqual(Dim left, Dim right);
/// Empty unless all are integers and the product fits.
std::optional<int64_t> productOf(mlir::ArrayAttr dims);

/// `64`, `M`, `M * 2`; unknown is `?`.
std::string programText(Dim dim);
/// `[64, M]`
std::string programText(mlir::ArrayAttr dims);

/// Symbols replaced by what they are bound to; others stay.
Dim substitute(Dim dim, const llvm::StringMap<Dim> &bindings);
mlir::Type substitute(mlir::Type type, const llvm::StringMap<Dim> &bindings);
/// The symbols in a type, in the order they are met.
void forEachSymbol(mlir::Type type, llvm::function_ref<void(llvm::StringRef)> visit);

/// What is known of a scalar's value: followed through constants, symbols and arithmetic on them.
Dim dimOf(mlir::Value value);
mlir::ArrayAttr dimsOf(mlir::ValueRange values, mlir::MLIRContext *context);
/// `upper - lower`, also where it is a constant only because what is unknown cancels out: (i + 8) - i.
Dim differenceOf(mlir::Value upper, mlir::Value lower);

} // namespace pto::prog
