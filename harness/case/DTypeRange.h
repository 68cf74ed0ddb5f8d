// What an element type can hold, as far as a case can be checked before it runs.
#pragma once

#include "golden/tensor/DType.h"
#include "harness/case/Numbers.h"
#include <string>
#include <vector>

namespace pto::harness {

/// "0 … 255"; for floats "-65504 … 65504".
std::string describeRange(golden::DType type);

/// Whether an integer lies in the range of a type; in a float type it may still have to be rounded.
bool holds(golden::DType type, const Integer &value);
/// Whether a number does: NaN and infinities are in every float type, fractions in no integer type.
bool holds(golden::DType type, double value);
/// Whether a value that is not zero becomes zero in a float type.
bool vanishes(golden::DType type, double value);

/// The largest n for which 0 … n are all exact in the type.
uint64_t largestExactRun(golden::DType type);

/// Every type's short name, for suggestions.
std::vector<llvm::StringRef> dtypeNames();

} // namespace pto::harness
