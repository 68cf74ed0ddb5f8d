// What a product becomes on its way out of L0C, element by element.
#pragma once

#include "sim/ops/ScalarFloat.h"
#include "sim/ops/cube/Fixpipe.h"
#include "llvm/Support/MathExtras.h"
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace pto::sim {

inline size_t bytesOf(FixpipeResult result) {
  switch (result) {
  case FixpipeResult::F32:
  case FixpipeResult::S32:
    return 4;
  case FixpipeResult::F16:
  case FixpipeResult::BF16:
    return 2;
  case FixpipeResult::S8:
  case FixpipeResult::U8:
    return 1;
  }
  llvm_unreachable("not a result");
}

/// A factor: the upper 19 bits of an f32.
inline float factorOf(uint64_t bits) {
  return std::bit_cast<float>(uint32_t(bits) & ~0x1fffu);
}

/// The parameters of one channel.
struct FixpipeChannel {
  float scale = 1, slope = 0; ///< of what is at least 0, of what is less
  int offset = 0;
  bool isSigned = true; ///< an 8-bit result

  /// As the 8 bytes of a table, or the register for all channels, have them; `slope` stays.
  void read(uint64_t bits) {
    scale = factorOf(bits);
    offset = int(llvm::SignExtend64<9>(bits >> 37 & 0x1ff));
    isSigned = bits >> 46 & 1;
  }
};

/// How an element of a product becomes one of the result.
class FixpipeConversion {
public:
  FixpipeConversion(const FixpipeRule &rule, bool saturates, std::optional<uint64_t> clip = {})
      : rule(rule), saturates(saturates), clip(clip) {}

  void operator()(const uint8_t *from, uint8_t *to, const FixpipeChannel &channel) const {
    uint32_t bits;
    std::memcpy(&bits, from, sizeof(bits));
    uint64_t result = rule.isInteger ? ofInteger(int32_t(bits), channel) : ofFloat(bits, channel);
    std::memcpy(to, &result, bytesOf(rule.result));
  }

private:
  uint64_t ofFloat(uint32_t bits, const FixpipeChannel &channel) const {
    auto value = std::bit_cast<float>(bits);
    if (rule.relu == FixpipeRelu::Normal && value < 0)
      value = 0;
    else if (rule.relu == FixpipeRelu::Leaky && value < 0)
      value *= channel.slope;
    else if (rule.scales)
      value *= channel.scale;
    return stored(value, channel);
  }

  // A product of integers and a factor is exact in f64.
  uint64_t ofInteger(int32_t value, const FixpipeChannel &channel) const {
    double scaled = value;
    if (value < 0 && rule.relu != FixpipeRelu::None)
      scaled = rule.relu == FixpipeRelu::Normal ? 0 : scaled * double(channel.slope);
    else if (rule.scales)
      scaled *= double(channel.scale);
    if (rule.result == FixpipeResult::S32)
      return uint32_t(int32_t(std::nearbyint(scaled)));
    return stored(scaled, channel);
  }

  uint64_t stored(double value, const FixpipeChannel &channel) const {
    if (rule.relu == FixpipeRelu::Normal && value == 0)
      value = 0; // without a sign
    switch (rule.result) {
    case FixpipeResult::F32:
      return fromDouble(value, ScalarFloat::F32);
    case FixpipeResult::BF16:
      return fromDouble(value, ScalarFloat::BF16);
    case FixpipeResult::F16:
      return half(value);
    default:
      return integer(value, channel);
    }
  }

  uint64_t half(double value) const {
    constexpr double largest = 65504;
    uint64_t bits = fromDouble(value, ScalarFloat::F16);
    if (saturates)
      bits = value != value
                 ? 0
                 : fromDouble(std::clamp(toDouble(bits, ScalarFloat::F16), -largest, largest), ScalarFloat::F16);
    if (clip && toDouble(bits, ScalarFloat::F16) > toDouble(*clip & 0xffff, ScalarFloat::F16))
      bits = *clip & 0xffff;
    return bits;
  }

  uint64_t integer(double value, const FixpipeChannel &channel) const {
    double limited = value != value ? 0 : std::clamp(value, -256.0, 255.0);
    int result = int(std::nearbyint(limited)) + channel.offset;
    result = channel.isSigned ? std::clamp(result, -128, 127) : std::clamp(result, 0, 255);
    if (clip)
      result = std::min(result, channel.isSigned ? int(int16_t(*clip)) : int(*clip & 0xffff));
    return uint8_t(result);
  }

  FixpipeRule rule;
  bool saturates;
  std::optional<uint64_t> clip;
};

} // namespace pto::sim
