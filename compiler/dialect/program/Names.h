// Names of variables: hints in the locations of values.
// They never change what a program is; the printer gives them back, made unique.
#pragma once

#include "mlir/IR/Location.h"
#include "mlir/IR/Value.h"
#include <string>

namespace pto::prog {

/// Empty if the value has none.
llvm::StringRef nameOf(mlir::Value value);
void setName(mlir::Value value, llvm::StringRef name);

/// A location that carries the names of an operation's results; an empty name is none.
mlir::Location named(mlir::Location location, llvm::ArrayRef<llvm::StringRef> names);
mlir::Location named(mlir::Location location, llvm::StringRef name);

} // namespace pto::prog
