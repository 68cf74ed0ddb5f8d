// Conversions between scalar registers and double.
#define PTO_SIM_BUILD portable
#include "sim/ops/ScalarFloat.h"
#include "sim/ops/lanes/Float16.h"
#include "sim/ops/lanes/RoundToOdd.h"
#include <cmath>

namespace pto::sim {

using namespace portable;

double toDouble(uint64_t bits, ScalarFloat type) {
  switch (type) {
  case ScalarFloat::F16:
    return double(widen(F16{uint16_t(bits)}));
  case ScalarFloat::BF16:
    return double(widen(BF16{uint16_t(bits)}));
  case ScalarFloat::F32:
    return double(std::bit_cast<float>(uint32_t(bits)));
  case ScalarFloat::F64:
    return std::bit_cast<double>(bits);
  }
  return 0;
}

uint64_t fromDouble(double value, ScalarFloat type) {
  bool isNan = value != value;
  F16 half;
  BF16 brain;
  switch (type) {
  case ScalarFloat::F16:
    narrow(floatToOdd(value), half);
    return isNan ? 0x7e00 : half.bits;
  case ScalarFloat::BF16:
    narrow(floatToOdd(value), brain);
    return isNan ? 0x7fc0 : brain.bits;
  case ScalarFloat::F32:
    return isNan ? 0x7fc00000 : std::bit_cast<uint32_t>(float(value));
  case ScalarFloat::F64:
    return isNan ? 0x7ff8000000000000 : std::bit_cast<uint64_t>(value);
  }
  return 0;
}

uint64_t fromInteger(uint64_t value, bool isSigned, ScalarFloat type) {
  __int128 exact = isSigned ? __int128(int64_t(value)) : __int128(value);
  double nearest = isSigned ? double(int64_t(value)) : double(value);
  if (type == ScalarFloat::F64)
    return fromDouble(nearest, type);
  __int128 dropped = exact - __int128(nearest);
  return fromDouble(toOdd(nearest, dropped > 0 ? 1.0 : dropped < 0 ? -1.0 : 0.0), type);
}

uint64_t toInteger(double value, unsigned bits, bool isSigned) {
  if (value != value)
    return 0;
  double whole = std::trunc(value);
  double end = std::ldexp(1.0, int(isSigned ? bits - 1 : bits));
  uint64_t allOnes = bits >= 64 ? ~uint64_t(0) : (uint64_t(1) << bits) - 1;
  if (isSigned) {
    if (whole >= end)
      return allOnes >> 1;
    return whole < -end ? (allOnes >> 1) + 1 : uint64_t(int64_t(whole)) & allOnes;
  }
  if (whole >= end)
    return allOnes;
  return whole <= 0 ? 0 : uint64_t(whole);
}

} // namespace pto::sim
