// The dialects a kernel is written in.
#pragma once

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace pto::ir {

// pto, and builtin's companions that kernels use: func, arith, scf, cf.
void registerDialects(mlir::DialectRegistry &registry);

} // namespace pto::ir
