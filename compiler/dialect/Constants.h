// Operands whose values are known from the text.
#pragma once

#include "mlir/IR/Matchers.h"
#include "mlir/IR/Operation.h"

namespace pto::ir {

inline std::optional<int64_t> constantOf(mlir::Value value) {
  mlir::APInt constant;
  return matchPattern(value, mlir::m_ConstantInt(&constant)) ? std::optional(constant.getSExtValue()) : std::nullopt;
}

/// The operand, where it is known, is in a range.
inline mlir::LogicalResult verifyRange(mlir::Operation *op, llvm::StringRef name, mlir::Value value, int64_t least,
                                       int64_t most) {
  std::optional<int64_t> known = constantOf(value);
  if (!known || (least <= *known && *known <= most))
    return mlir::success();
  return op->emitOpError() << name << " is " << *known << "; expected " << least << " to " << most;
}

} // namespace pto::ir
