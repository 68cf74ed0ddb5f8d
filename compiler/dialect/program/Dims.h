// Dimensions in programs: what is known of values, and the symbols in types.
#pragma once

#include "compiler/dialect/program/Types.h"
#include "mlir/IR/ValueRange.h"

namespace pto::prog {

/// What is known of a scalar's value: followed through constants, symbols and arithmetic on them.
Dim dimOf(mlir::Value value);
Dims dimsOf(mlir::ValueRange values, mlir::MLIRContext *context);
/// `upper - lower`, also where it is a constant only because what is unknown cancels out: (i + 8) - i.
Dim differenceOf(mlir::Value upper, mlir::Value lower);

using layout::forEachSymbol;
using layout::substitute;
/// Symbols replaced by what they are bound to; others stay.
mlir::Type substitute(mlir::Type type, const llvm::StringMap<Dim> &bindings);
/// The symbols in a type, in the order they are met.
void forEachSymbol(mlir::Type type, llvm::function_ref<void(llvm::StringRef)> visit);

} // namespace pto::prog
