// Kernels for the tests of the cube core: instructions whose numbers stand in the text as they are, "$16".
#pragma once

#include "sim/tests/Kernel.h"

namespace pto::sim::testing {

/// The body of a kernel of a cube core, or with an empty kind of all cores; each $NUMBER is an i64.
std::string cubeKernel(llvm::StringRef parameters, llvm::StringRef body, llvm::StringRef kind = "cube");

/// A product from global memory and back: `a` is m by k, `b` is k by n, both row by row.
struct Product {
  unsigned m, n, k;
  std::string lhs = "f16", rhs = "f16", result = "f32", out = "f32";
  std::string op = "mad", clauses = "";
  std::string fixpipe = "nz2nd", fixpipeTypes = ""; ///< clauses, and the types of their operands
  bool isLeftTransposed = false, isRightTransposed = false;
  unsigned elementBytes = 2; ///< of the factors
  std::string more = "";     ///< instructions before the product
};
std::string productKernel(const Product &product);

} // namespace pto::sim::testing
