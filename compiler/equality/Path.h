// Where an operation stands, in words that stay the same from run to run.
#pragma once

#include "mlir/IR/Operation.h"
#include <string>

namespace pto::compiler {

// module.func @vadd.body[12].pto.vadd, counted from `root`, which is the first word.
std::string pathTo(mlir::Operation *op, mlir::Operation *root);

// The path of a block's place in the region around it: body, or region[1].block[2].
std::string pathTo(mlir::Block *block);

} // namespace pto::compiler
