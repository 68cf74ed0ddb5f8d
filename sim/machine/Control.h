// What a kernel sets for the instructions after it: modes in the control register CTRL, and the registers of the older
// copies. Bits that no simulated instruction looks at are kept and read back.
#pragma once

#include "sim/machine/Choices.h"
#include "sim/machine/CopyRegisters.h"
#include <cstdint>

namespace pto::sim {

class Control {
public:
  uint64_t bits = choices::controlAtStart;
  CopyRegisters copies;

  /// f16 results: infinities become the largest numbers, NaN becomes 0. Other float types keep theirs.
  bool saturatesHalf() const { return rules() && !bit(48); }
  /// Products: infinities that go in or come out become the largest numbers, NaN that goes in 0.
  bool saturatesFloats() const { return saturatesHalf(); }
  /// Integer results that do not fit become the nearest that does, instead of wrapping.
  bool saturatesIntegers() const { return rules() && bit(53); }
  /// What a store into global memory does with what is there; 0 replaces it.
  unsigned atomicType() const { return unsigned(bits >> 6 & 7); }
  unsigned atomicOperation() const { return unsigned(bits >> 9 & 3); }
  /// Both, as they are coded.
  void setAtomic(uint64_t type, uint64_t operation) { bits = (bits & ~uint64_t(0x7c0)) | type << 6 | operation << 9; }
  bool countsMask() const { return bit(56); }
  /// Bit 60: the bits here rule conversions, whatever they say themselves. Clear at the start of a kernel in which one
  /// says something.
  static constexpr uint64_t rulesConversions = uint64_t(1) << 60;
  /// Whether a conversion takes the nearest value in the type for one that does not fit. `own` is what it says itself.
  bool saturatesConversion(bool toFloat, bool own) const { return bit(60) ? !bit(toFloat ? 48 : 59) : own; }

private:
  bool bit(unsigned index) const { return bits >> index & 1; }
  bool rules() const { return !choices::controlBit60GatesArithmetic || bit(60); }
};

} // namespace pto::sim
