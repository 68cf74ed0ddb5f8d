// What an output should be: computed by LibTorch in float64 (integers exactly) from the golden text of a case.
#pragma once

#include "golden/tensor/Tensor.h"
#include <string>
#include <vector>

namespace pto::golden {

/// One expected output.
struct Reference {
  /// Rounded once to the output's type.
  Tensor value;
  /// The same before rounding; empty for integer types.
  std::vector<double> exact;
  /// What the comparison mode asks for beside it: `dot` the op on absolute values, `abs_error` the bound of each
  /// element; empty for the other modes.
  std::vector<double> bound;
};

} // namespace pto::golden
