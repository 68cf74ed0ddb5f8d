// The reference for every lane-wise instruction.
#include "sim/tests/LaneReference.h"
#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/APInt.h"
#include <algorithm>
#include <bit>
#include <cmath>

namespace pto::sim::testing {

using llvm::APFloat;
using llvm::APInt;
using Operands = llvm::ArrayRef<uint64_t>;
static constexpr auto nearest = APFloat::rmNearestTiesToEven;

unsigned bitsOf(LaneType type) {
  switch (type) {
  case LaneType::S8:
  case LaneType::U8:
  case LaneType::F8E4M3:
  case LaneType::F8E5M2:
  case LaneType::HiF8:
    return 8;
  case LaneType::S16:
  case LaneType::U16:
  case LaneType::F16:
  case LaneType::BF16:
    return 16;
  case LaneType::S64:
  case LaneType::U64:
    return 64;
  default:
    return 32;
  }
}

bool isFloat(LaneType type) {
  return type == LaneType::F16 || type == LaneType::BF16 || type == LaneType::F32;
}

static bool isSigned(LaneType type) {
  return type >= LaneType::S8 && type <= LaneType::S64;
}

static const llvm::fltSemantics &semantics(LaneType type) {
  return type == LaneType::F16    ? APFloat::IEEEhalf()
         : type == LaneType::BF16 ? APFloat::BFloat()
                                  : APFloat::IEEEsingle();
}

static uint64_t quietNan(LaneType type) {
  return type == LaneType::F16 ? 0x7e00 : type == LaneType::BF16 ? 0x7fc0 : 0x7fc00000;
}

static APFloat number(LaneType type, uint64_t bits) {
  return APFloat(semantics(type), APInt(bitsOf(type), bits));
}

static uint64_t bitsOf(LaneType type, APFloat value) {
  if (value.isNaN())
    return quietNan(type);
  bool inexact;
  value.convert(semantics(type), nearest, &inexact);
  return value.bitcastToAPInt().getZExtValue();
}

long double toLongDouble(LaneType type, uint64_t bits) {
  APFloat value = number(type, bits);
  bool exact;
  value.convert(APFloat::IEEEsingle(), nearest, &exact);
  return value.convertToFloat();
}

static uint64_t rounded(LaneType type, long double value) {
  if (std::isnan(value))
    return quietNan(type);
  if (std::isinf(value))
    return bitsOf(type, APFloat::getInf(semantics(type), value < 0));
  // Scaled to an integer of 64 bits, which is exact, and back in APFloat.
  int exponent;
  long double fraction = std::frexp(std::fabs(value), &exponent);
  APFloat wide(APFloat::IEEEquad());
  wide.convertFromAPInt(APInt(64, uint64_t(std::ldexp(fraction, 64))), false, nearest);
  wide = llvm::scalbn(wide, exponent - 64, nearest);
  if (std::signbit(value))
    wide.changeSign();
  return bitsOf(type, wide);
}

/// A subnormal becomes the zero of its sign.
static uint64_t flushed(LaneType type, uint64_t bits) {
  APFloat value = number(type, bits);
  return value.isDenormal() ? APFloat::getZero(semantics(type), value.isNegative()).bitcastToAPInt().getZExtValue()
                            : bits;
}

uint64_t expReference(LaneType type, uint64_t bits) {
  return flushed(type, rounded(type, std::exp(toLongDouble(type, flushed(type, bits)))));
}

static uint64_t lnReference(LaneType type, uint64_t bits) {
  long double x = toLongDouble(type, flushed(type, bits));
  return flushed(type, rounded(type, x < 0 ? NAN : std::log(x)));
}

static uint64_t sqrtReference(LaneType type, uint64_t bits) {
  long double x = toLongDouble(type, flushed(type, bits));
  return flushed(type, rounded(type, x < 0 ? NAN : std::sqrt(x)));
}

static uint64_t divReference(LaneType type, uint64_t a, uint64_t b) {
  APFloat quotient = number(type, flushed(type, a)) / number(type, flushed(type, b));
  if (quotient.isNaN())
    return type == LaneType::F16 ? 0x7fff : 0x7fffffff;
  return flushed(type, bitsOf(type, quotient));
}

static __int128 integer(LaneType type, uint64_t bits) {
  unsigned width = bitsOf(type);
  return isSigned(type) ? __int128(llvm::APInt(width, bits).getSExtValue()) : __int128(bits);
}

static uint64_t wrapped(LaneType type, __int128 value) {
  unsigned width = bitsOf(type);
  return width == 64 ? uint64_t(value) : uint64_t(value) & ((uint64_t(1) << width) - 1);
}

// Only the low 64 bits of a product are looked at; more of it may overflow.
static __int128 product(__int128 a, __int128 b) {
  return __int128(uint64_t(a) * uint64_t(b));
}

// An operation given for integers and for floats.
template <class Int, class Float>
static auto onNumbers(Int onIntegers, Float onFloats) {
  return [=](LaneType type, Operands o) -> uint64_t {
    if (isFloat(type))
      return bitsOf(type, onFloats(number(type, o[0]), number(type, o.size() > 1 ? o[1] : 0),
                                   number(type, o.size() > 2 ? o[2] : 0)));
    return wrapped(type, onIntegers(integer(type, o[0]), integer(type, o.size() > 1 ? o[1] : 0),
                                    integer(type, o.size() > 2 ? o[2] : 0)));
  };
}

static APFloat extremum(const APFloat &a, const APFloat &b, bool largest) {
  if (a.isNaN() || b.isNaN())
    return APFloat::getNaN(a.getSemantics());
  if (a.isZero() && b.isZero())
    return a.isNegative() == largest ? b : a;
  return (a.compare(b) == APFloat::cmpGreaterThan) == largest ? a : b;
}

// Not APFloat's own fused operation: it rounds some subnormal halves wrongly. A product is exact in quad precision;
// what a sum loses there leaves a mark in the last bit, so that the rounding that counts cannot mistake it for a tie.
static APFloat fused(const APFloat &a, const APFloat &b, const APFloat &c) {
  auto wide = [](APFloat value) {
    bool exact;
    value.convert(APFloat::IEEEquad(), nearest, &exact);
    return value;
  };
  APFloat sum = wide(a) * wide(b);
  if (sum.add(wide(c), APFloat::rmTowardZero) & APFloat::opInexact) {
    APInt bits = sum.bitcastToAPInt();
    bits.setBit(0);
    sum = APFloat(APFloat::IEEEquad(), bits);
  }
  bool exact;
  sum.convert(a.getSemantics(), nearest, &exact);
  return sum;
}

static APFloat leaky(const APFloat &value, const APFloat &slope) {
  return value.isNegative() ? value * slope : value;
}

static auto bitwise(uint64_t (*f)(uint64_t, uint64_t)) {
  return [=](LaneType type, Operands o) { return wrapped(type, __int128(f(o[0], o.size() > 1 ? o[1] : 0))); };
}

static uint64_t signBit(LaneType type) {
  return uint64_t(1) << (bitsOf(type) - 1);
}

/// `countBits` is the width of the count, which is read without a sign.
static uint64_t leftShift(LaneType type, Operands o, unsigned countBits) {
  unsigned width = bitsOf(type);
  uint64_t count = o[1] & ((uint64_t(1) << countBits) - 1);
  if (count >= width)
    return 0;
  __int128 shifted = __int128(o[0]) << count;
  if (!isSigned(type))
    return wrapped(type, shifted);
  return (uint64_t(shifted) & (signBit(type) - 1)) | (o[0] & signBit(type));
}

static uint64_t rightShift(LaneType type, Operands o, unsigned countBits) {
  uint64_t count = o[1] & ((uint64_t(1) << countBits) - 1);
  return wrapped(type, integer(type, o[0]) >> std::min<uint64_t>(count, 100));
}

static std::vector<LaneOp> makeOps() {
  using I = __int128;
  using F = APFloat;
  auto add = onNumbers([](I a, I b, I) { return a + b; }, [](F a, F b, F) { return a + b; });
  auto sub = onNumbers([](I a, I b, I) { return a - b; }, [](F a, F b, F) { return a - b; });
  auto mul = onNumbers([](I a, I b, I) { return product(a, b); }, [](F a, F b, F) { return a * b; });
  auto max = onNumbers([](I a, I b, I) { return a > b ? a : b; }, [](F a, F b, F) { return extremum(a, b, true); });
  auto min = onNumbers([](I a, I b, I) { return a > b ? b : a; }, [](F a, F b, F) { return extremum(a, b, false); });
  auto left = [](LaneType type, Operands o) { return leftShift(type, o, bitsOf(type)); };
  auto right = [](LaneType type, Operands o) { return rightShift(type, o, bitsOf(type)); };
  auto leftByScalar = [](LaneType type, Operands o) { return leftShift(type, o, 16); };
  auto rightByScalar = [](LaneType type, Operands o) { return rightShift(type, o, 16); };
  auto leakyRelu = onNumbers([](I a, I, I) { return a; }, [](F a, F b, F) { return leaky(a, b); });

  return {
      {"pto.vabs", "vm",
       [](LaneType type, Operands o) {
         if (isFloat(type))
           return o[0] & ~signBit(type);
         __int128 value = integer(type, o[0]);
         return wrapped(type, value < 0 ? -value : value);
       }},
      {"pto.vneg", "vm",
       [](LaneType type, Operands o) {
         return isFloat(type) ? o[0] ^ signBit(type) : wrapped(type, -integer(type, o[0]));
       }},
      {"pto.vsqrt", "vm", [](LaneType type, Operands o) { return sqrtReference(type, o[0]); }},
      {"pto.vrelu", "vm",
       onNumbers([](I a, I, I) { return a > 0 ? a : 0; },
                 [](F a, F, F) { return extremum(a, F::getZero(a.getSemantics()), true); })},
      {"pto.vnot", "vm", bitwise([](uint64_t a, uint64_t) { return ~a; })},
      {"pto.vexp", "vm", [](LaneType type, Operands o) { return expReference(type, o[0]); }},
      {"pto.vln", "vm", [](LaneType type, Operands o) { return lnReference(type, o[0]); }},

      {"pto.vadd", "vvm", add},
      {"pto.vsub", "vvm", sub},
      {"pto.vmul", "vvm", mul},
      {"pto.vdiv", "vvm", [](LaneType type, Operands o) { return divReference(type, o[0], o[1]); }},
      {"pto.vmax", "vvm", max},
      {"pto.vmin", "vvm", min},
      {"pto.vand", "vvm", bitwise([](uint64_t a, uint64_t b) { return a & b; })},
      {"pto.vor", "vvm", bitwise([](uint64_t a, uint64_t b) { return a | b; })},
      {"pto.vxor", "vvm", bitwise([](uint64_t a, uint64_t b) { return a ^ b; })},
      {"pto.vshl", "vvm", left},
      {"pto.vshr", "vvm", right},
      {"pto.vprelu", "vvm", leakyRelu},

      {"pto.vadds", "vsm", add},
      {"pto.vmuls", "vsm", mul},
      {"pto.vmaxs", "vsm", max},
      {"pto.vmins", "vsm", min},
      {"pto.vlrelu", "vsm", leakyRelu},
      {"pto.vshls", "vsm", leftByScalar, false, true},
      {"pto.vshrs", "vsm", rightByScalar, false, true},

      // acc, lhs, rhs
      {"pto.vmula", "vvvm",
       onNumbers([](I c, I a, I b) { return product(a, b) + c; }, [](F c, F a, F b) { return fused(a, b, c); })},
      {"pto.vmadd", "vvvm", onNumbers([](I c, I, I) { return c; }, [](F c, F a, F b) { return fused(a, c, b); })},
      {"pto.vaxpy", "vvsm", onNumbers([](I a, I, I) { return a; }, [](F a, F b, F s) { return fused(s, a, b); })},

      {"pto.vaddc", "vvm", [](LaneType, Operands o) { return o[0] + o[1]; }, true},
      {"pto.vsubc", "vvm",
       [](LaneType, Operands o) { return ((o[0] - o[1]) & 0xffffffff) | uint64_t(o[0] >= o[1]) << 32; }, true},
      {"pto.vaddcs", "vvcm", [](LaneType, Operands o) { return o[0] + o[1] + o[2]; }, true},
      {"pto.vsubcs", "vvcm",
       [](LaneType, Operands o) {
         uint64_t taken = o[1] + (1 - o[2]);
         return ((o[0] - taken) & 0xffffffff) | uint64_t(o[0] >= taken) << 32;
       },
       true},
      {"pto.vmull", "vvm",
       [](LaneType type, Operands o) { return uint64_t(integer(type, o[0]) * integer(type, o[1])); }, true},
  };
}

const std::vector<LaneOp> &laneOps() {
  static const std::vector<LaneOp> ops = makeOps();
  return ops;
}

} // namespace pto::sim::testing
