// Are two operations the same, whatever their values are called and wherever they were written?
#pragma once

#include "mlir/IR/Operation.h"
#include <optional>
#include <string>

namespace pto::compiler {

// The first place, in program order, where two sides are not the same.
struct Difference {
  std::string path;        // module.func @vadd.body[12].pto.vadd.operand[1]
  std::string reason;      // "is f16 on the left, f32 on the right"
  std::string left, right; // the operations there, as text; empty where a side has none
};

// Equal up to locations, names of values and blocks, and the order of attributes; over regions, blocks,
// successors and nested modules. Both sides must live in one context.
std::optional<Difference> compare(mlir::Operation *left, mlir::Operation *right);

// Operations that are equal have the same hash, in one context and one process.
llvm::hash_code structuralHash(mlir::Operation *op);

} // namespace pto::compiler
