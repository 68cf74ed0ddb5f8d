// What a comparison mode is made of: it judges elements one by one, and at the end the output as a whole.
#pragma once

#include "golden/compare/Compare.h"
#include "golden/compare/Distance.h"
#include "golden/compare/Notation.h"
#include <cfloat>
#include <cmath>

namespace pto::golden {

/// An element where both sides are finite.
struct Element {
  double expected;
  double actual;
  double exact;      ///< the reference before rounding
  double bound;      ///< Reference::bound, 0 where the mode has none
  double difference; ///< |actual − expected|; exact between integers of 53 bits
  uint64_t ulp;
};

struct Judgement {
  bool passes;
  /// Orders the elements: the larger the worse, 0 where there is no error at all.
  double badness;
};

/// A finite error measured against what is allowed.
inline Judgement against(double error, double allowed) {
  return {error <= allowed, error == 0 ? 0 : allowed > 0 ? std::min(error / allowed, DBL_MAX) : DBL_MAX};
}

/// Facts of the type and the reference that the modes need.
struct Scale {
  double unit; ///< 2^−F, F the type's fraction bits
  double smallestNormal;

  static Scale of(DType type) {
    const FloatFormat &format = formatOf(type);
    return {powerOfTwo(-format.fractionBits), powerOfTwo(format.minExponent())};
  }
};

// Each mode is a class with these members, used by Compare.cpp as a template argument:
//   static constexpr bool countsEqual     elements with equal bits are judged too, for a sum over the whole output
//   Judgement judge(const Element &)      one finite element; also remembers what `finish` needs
//   void finish(Comparison &)             fills in bound, tightest and statistic; `infinite` says that an element
//                                         differed by NaN or infinity, so that no bound would have passed

inline constexpr char noBoundPasses[] = "none";

} // namespace pto::golden
