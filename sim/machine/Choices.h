// Where the machine's documents are silent, contradict each other or were read between the lines: what we take, each
// choice one constant. docs/machine-choices.md lists them with the reasons.
#pragma once

#include <cstdint>

namespace pto::sim::choices {

/// CTRL at the start of a block. The toolkit's constant is 0x1000000000000008, which saturates; another page of the
/// same maker says that infinities and NaN are kept, which is what bit 48 adds here. No public golden decides.
inline constexpr uint64_t controlAtStart = 0x1001000000000008;

/// Bit 60 lets an instruction's own saturation rule in place of bits 48 and 53. Instructions without one obey the bits
/// whatever bit 60 says (inferred).
inline constexpr bool controlBit60GatesArithmetic = false;

/// The NaN that a division gives. The f32 pattern is documented; the f16 one has all bits set likewise (inferred).
inline constexpr uint32_t divisionNan = 0x7fffffff;

/// A signed left shift keeps the sign bit, and gives 0 for counts above the width. By exactly the width it gives 0 too,
/// though one page's wording would leave the sign.
inline constexpr bool signedLeftByWidthIsZero = true;

/// `mte_gm_ub` with a pad value but both counts zero or absent: the maker fills a row's last block with the burst's
/// first element even then; the language's text fills with the value.
inline constexpr bool padValueNeedsCounts = true;

/// `vdup` of the highest lane: the language's text and a published kernel with its reference have it; the maker's pages
/// know the lowest only. Without it such a kernel is refused.
inline constexpr bool vdupHasHighest = true;

/// `vci` downwards ends at its scalar, as the maker has it: s + N - 1 - i. The language's text and its lowering start
/// there: s - i.
inline constexpr bool vciEndsAtScalar = true;

/// `vcadd` of 8-bit integers: the language's text has it (the sum is 16 bits wide), the maker's pages do not.
inline constexpr bool vcaddTakesBytes = true;

/// Sorting puts NaN before every number. Where the hardware puts it is not documented.
inline constexpr bool nanSortsFirst = true;

/// A leaky relu in fixpipe multiplies what is negative by its slope alone. The language's text scales it as well.
inline constexpr bool slopeReplacesScale = true;

} // namespace pto::sim::choices
