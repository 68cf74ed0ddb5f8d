// The control register CTRL: modes that a kernel sets for the instructions after it. Bits that no simulated
// instruction looks at are kept and read back.
#pragma once

#include "sim/machine/Choices.h"
#include <cstdint>

namespace pto::sim {

class Control {
public:
  uint64_t bits = choices::controlAtStart;

  /// f16 results: infinities become the largest numbers, NaN becomes 0. Other float types keep theirs.
  bool saturatesHalf() const { return rules() && !bit(48); }
  /// Integer results that do not fit become the nearest that does, instead of wrapping.
  bool saturatesIntegers() const { return rules() && bit(53); }
  /// What a store into global memory does with what is there; 0 replaces it.
  unsigned atomicType() const { return unsigned(bits >> 6 & 7); }
  unsigned atomicOperation() const { return unsigned(bits >> 9 & 3); }
  bool countsMask() const { return bit(56); }

private:
  bool bit(unsigned index) const { return bits >> index & 1; }
  bool rules() const { return !choices::controlBit60GatesArithmetic || bit(60); }
};

} // namespace pto::sim
