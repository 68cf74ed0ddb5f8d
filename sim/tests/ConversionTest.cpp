// Every conversion against APFloat and 128-bit integers: every input of 8 and 16 bits, drawn ones of the others, in all
// builds, modes and parts.
#include "sim/decode/Types.h"
#include "sim/ops/Conversions.h"
#include "sim/tests/LaneOperands.h"
#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/APSInt.h"
#include "llvm/ADT/StringExtras.h"
#include <bitset>
#include <cmath>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace pto::sim::testing {
namespace {

using llvm::APFloat;
using llvm::APInt;
using llvm::APSInt;

bool isPair(LaneType type) {
  return type == LaneType::F4E2M1x2 || type == LaneType::F4E1M2x2;
}

struct Conversion {
  LaneType from, to;
  char mode; ///< Z where nothing gets lost
  std::string variant;
};

std::vector<Conversion> conversions() {
  std::vector<Conversion> found;
  for (const std::string &variant : opTable().variants("pto.vcvt"))
    for (LaneType from : opTable().laneTypes("pto.vcvt", variant)) {
      auto [result, mode] = llvm::StringRef(variant).split(' ');
      unsigned to = 0;
      while (name(LaneType(to)) != result)
        ++to;
      if (isPair(from) || isPair(LaneType(to)))
        continue; // below
      found.push_back({from, LaneType(to), mode.empty() ? 'Z' : mode[0], variant});
    }
  return found;
}

const llvm::fltSemantics *semantics(LaneType type) {
  switch (type) {
  case LaneType::F16:
    return &APFloat::IEEEhalf();
  case LaneType::BF16:
    return &APFloat::BFloat();
  case LaneType::F32:
    return &APFloat::IEEEsingle();
  case LaneType::F8E4M3:
    return &APFloat::Float8E4M3FN();
  case LaneType::F8E5M2:
    return &APFloat::Float8E5M2();
  default:
    return nullptr;
  }
}

bool isSignedLane(LaneType type) {
  return type >= LaneType::S8 && type <= LaneType::S64;
}

llvm::RoundingMode roundingMode(char mode) {
  switch (mode) {
  case 'R':
    return APFloat::rmNearestTiesToEven;
  case 'A':
    return APFloat::rmNearestTiesToAway;
  case 'F':
    return APFloat::rmTowardNegative;
  case 'C':
    return APFloat::rmTowardPositive;
  default:
    return APFloat::rmTowardZero;
  }
}

uint64_t patternOf(const APFloat &value) {
  APFloat canonical = value.isNaN() ? APFloat::getQNaN(value.getSemantics()) : value;
  return canonical.bitcastToAPInt().getZExtValue();
}

uint64_t toFloat(APFloat value, const Conversion &c, bool saturates) {
  const llvm::fltSemantics &to = *semantics(c.to);
  bool wasFinite = value.isFinite(), losesInfo;
  APFloat::opStatus status = value.convert(to, roundingMode(c.mode), &losesInfo);
  if (c.mode == 'O' && wasFinite && (status & APFloat::opInexact)) {
    APInt odd = value.bitcastToAPInt();
    odd.setBit(0);
    value = APFloat(to, odd);
  }
  if (!saturates)
    return patternOf(value);
  if (value.isNaN() && (&to != &APFloat::Float8E4M3FN() || !wasFinite))
    return 0;
  return value.isFinite() ? patternOf(value) : patternOf(APFloat::getLargest(to, value.isNegative()));
}

uint64_t low(const APSInt &value, LaneType type) {
  return value.extOrTrunc(bitsOf(type)).getZExtValue();
}

uint64_t clamped(const APSInt &value, LaneType type) {
  unsigned bits = bitsOf(type);
  APSInt smallest = APSInt::getMinValue(bits, !isSignedLane(type)),
         largest = APSInt::getMaxValue(bits, !isSignedLane(type));
  if (APSInt::compareValues(value, smallest) < 0)
    return low(smallest, type);
  return APSInt::compareValues(value, largest) > 0 ? low(largest, type) : low(value, type);
}

uint64_t toInteger(const APFloat &value, const Conversion &c, bool saturates) {
  bool isSigned = isSignedLane(c.to);
  if (value.isNaN())
    return 0;
  if (value.isInfinity())
    return low(value.isNegative() ? APSInt::getMinValue(bitsOf(c.to), !isSigned)
                                  : APSInt::getMaxValue(bitsOf(c.to), !isSigned),
               c.to);
  APSInt whole(200, false);
  bool isExact;
  value.convertToInteger(whole, roundingMode(c.mode), &isExact);
  return saturates ? clamped(whole, c.to) : low(whole, c.to);
}

// HiFloat8, from the bits of a pattern in text: a prefix, an exponent with its sign first and its leading one left out,
// and a fraction.
double hif8Value(unsigned pattern) {
  std::string digits = std::bitset<7>(pattern & 0x7f).to_string();
  auto number = [&](size_t from, size_t count) {
    return count ? std::stoi(digits.substr(from, count), nullptr, 2) : 0;
  };
  double sign = pattern & 0x80 ? -1 : 1;
  if (pattern == 0x80)
    return NAN;
  if (digits == "1101111")
    return sign * INFINITY;
  if (digits.substr(0, 4) == "0000")
    return sign * (pattern & 7 ? std::ldexp(1, int(pattern & 7) - 23) : 0);
  if (digits.substr(0, 4) == "0001")
    return sign * (1 + number(4, 3) / 8.0);
  struct Prefix {
    const char *digits;
    size_t exponent; ///< digits
  };
  for (Prefix prefix : {Prefix{"001", 1}, Prefix{"01", 2}, Prefix{"10", 3}, Prefix{"11", 4}})
    if (llvm::StringRef(digits).starts_with(prefix.digits)) {
      size_t at = std::strlen(prefix.digits), rest = 7 - at - prefix.exponent;
      int magnitude = (1 << (prefix.exponent - 1)) + number(at + 1, prefix.exponent - 1);
      double fraction = 1 + number(at + prefix.exponent, rest) / double(1 << rest);
      return sign * std::ldexp(fraction, digits[at] == '1' ? -magnitude : magnitude);
    }
  return 0;
}

/// The positive patterns in the order of their values, infinity standing for the number that would be next.
double hif8Place(unsigned pattern) {
  static const std::vector<double> places = [] {
    std::vector<double> made;
    for (unsigned pattern = 0; pattern < 0x80; ++pattern)
      made.push_back(pattern == 0x6f ? std::ldexp(1.5, 15) : hif8Value(pattern));
    return made;
  }();
  return places[pattern];
}

/// The two patterns that a magnitude lies between, or the one that it is, twice.
std::pair<unsigned, unsigned> hif8Neighbours(double magnitude) {
  unsigned below = 0, above = 0x6f;
  for (unsigned pattern = 0; pattern < 0x80; ++pattern) {
    double value = hif8Place(pattern);
    if (value <= magnitude && value >= hif8Place(below))
      below = pattern;
    if (value >= magnitude && value <= hif8Place(above))
      above = pattern;
  }
  return {below, above};
}

uint64_t toHiF8(const Conversion &c, bool saturates, uint64_t bits) {
  double value =
      c.from == LaneType::F16 ? double(toLongDouble(LaneType::F16, bits)) : std::bit_cast<float>(uint32_t(bits));
  double magnitude = std::fabs(value);
  unsigned sign = std::signbit(value) ? 0x80 : 0;
  if (std::isnan(value))
    return saturates ? 0 : 0x80;
  if (magnitude >= std::ldexp(1.25, 15))
    return sign | (saturates ? 0x6e : 0x6f);
  auto [below, above] = hif8Neighbours(magnitude);
  double low = hif8Place(below), high = hif8Place(above);
  bool isUp = magnitude - low >= high - magnitude;
  int exponent = magnitude > 0 ? std::ilogb(magnitude) : 0;
  if (c.mode == 'H' && below != above && std::abs(exponent) > 3 && exponent >= -22) {
    // What is dropped, as a part of the gap: its first digits against the number's own last ones.
    double dropped = (magnitude - low) / (high - low);
    if (c.from == LaneType::F32)
      isUp = std::floor(std::ldexp(dropped, 14)) >= double(bits & 0x3fff);
    else
      isUp =
          std::floor(std::ldexp(dropped, 2)) >= double((std::bit_cast<uint32_t>(float(magnitude)) >> 13 & 1) * 2 + 1);
  }
  unsigned found = isUp ? above : below;
  return found ? sign | found : 0;
}

uint64_t fromHiF8(const Conversion &c, bool saturates, uint64_t bits) {
  double value = hif8Value(unsigned(bits));
  if (c.to == LaneType::F16 && saturates && !std::isfinite(value))
    return std::isnan(value) ? 0 : value < 0 ? 0xfbff : 0x7bff;
  APFloat number(value);
  bool losesInfo;
  number.convert(*semantics(c.to), APFloat::rmNearestTiesToEven, &losesInfo);
  return patternOf(number);
}

uint64_t reference(const Conversion &c, bool saturates, uint64_t bits) {
  if (c.to == LaneType::HiF8)
    return toHiF8(c, saturates, bits);
  if (c.from == LaneType::HiF8)
    return fromHiF8(c, saturates, bits);
  if (const llvm::fltSemantics *from = semantics(c.from)) {
    APFloat value(*from, APInt(bitsOf(c.from), bits));
    // An overflow of e4m3 is a NaN to APFloat, and has to stay apart from one that came in.
    if (value.isNaN() && semantics(c.to))
      return saturates && c.to != LaneType::F32 ? 0 : patternOf(APFloat::getQNaN(*semantics(c.to)));
    if (saturates && c.to == LaneType::F8E4M3) {
      uint64_t unsaturated = toFloat(value, c, false);
      return unsaturated == 0x7f ? 0x7e | (value.isNegative() ? 0x80 : 0) : unsaturated;
    }
    return semantics(c.to) ? toFloat(value, c, saturates && c.to != LaneType::F32) : toInteger(value, c, saturates);
  }
  APSInt value(APInt(bitsOf(c.from), bits), !isSignedLane(c.from));
  if (const llvm::fltSemantics *to = semantics(c.to)) {
    APFloat result(*to);
    result.convertFromAPInt(value, value.isSigned(), roundingMode(c.mode));
    return patternOf(result);
  }
  bool clampsAtZero = c.from == LaneType::S16 && c.to == LaneType::U32;
  return saturates || clampsAtZero ? clamped(value, c.to) : low(value, c.to);
}

// One instruction over what is in register 0 under the mask in register 1.
void check(SingleInstruction &single, const OpTable &table, const Conversion &c, unsigned part, bool saturates) {
  unsigned from = bitsOf(c.from) / 8, to = bitsOf(c.to) / 8, place = std::max(from, to);
  Instruction instruction(*table.find("pto.vcvt", c.variant, c.from));
  instruction.operand = {0, 1, 0, 0};
  instruction.result = {4, 0};
  instruction.carry(ConversionForm{uint8_t(part), saturates});
  single.core.control.bits = 0; // the instruction's own word rules
  ASSERT_TRUE(single.run(instruction));
  for (unsigned byte = 0; byte < registerBytes; byte += to) {
    unsigned i = byte / place, source = i * place + (from < place ? part * from : 0);
    bool isTarget = to == place || byte % place == part * to;
    bool isActive = isTarget && single.core.wide(1)[source];
    uint64_t value = laneAt(single.core.wide(0) + source, 0, from);
    uint64_t expected = isActive ? reference(c, saturates, value) : 0;
    uint64_t found = laneAt(single.core.wide(4) + byte, 0, to);
    ASSERT_EQ(found, expected) << name(c.from).str() << " into " << c.variant << (saturates ? " sat" : "") << " of 0x"
                               << llvm::utohexstr(value) << " gives 0x" << llvm::utohexstr(found) << ", expected 0x"
                               << llvm::utohexstr(expected) << ", lane " << byte / to;
  }
}

template <class Check>
void inAllBuilds(Check check) {
  for (llvm::StringRef build : builds)
    if (const OpTable *table = opTable(build))
      for (const Conversion &c : conversions())
        for (bool saturates : {false, true})
          if (!::testing::Test::HasFatalFailure())
            check(*table, c, saturates);
}

// A float of 4 bits: LLVM's e2m1, and e1m2, whose numbers are all the quarters below 2.
APFloat fourBits(LaneType type, unsigned pattern) {
  if (type == LaneType::F4E2M1x2)
    return APFloat(APFloat::Float4E2M1FN(), APInt(4, pattern));
  return APFloat((pattern & 8 ? -0.25 : 0.25) * (pattern & 7));
}

unsigned toFourBits(LaneType type, APFloat value, char mode) {
  bool isNegative = value.isNegative(), losesInfo, isExact;
  if (value.isNaN())
    return 0;
  unsigned sign = isNegative ? 8 : 0;
  if (value.isInfinity())
    return sign | 7;
  if (type == LaneType::F4E2M1x2) {
    value.convert(APFloat::Float4E2M1FN(), roundingMode(mode), &losesInfo);
    return unsigned(value.bitcastToAPInt().getZExtValue());
  }
  APSInt quarters(200, false);
  (value * APFloat(APFloat::BFloat(), "4")).convertToInteger(quarters, roundingMode(mode), &isExact);
  return sign | unsigned(std::min<uint64_t>(quarters.abs().getLimitedValue(), 7));
}

unsigned partCount(const Conversion &c) {
  unsigned from = bitsOf(c.from), to = bitsOf(c.to);
  return std::max(from, to) / std::min(from, to);
}

TEST(Conversion, EveryInputOf8And16Bits) {
  SingleInstruction single;
  std::memset(single.core.wide(1), 1, registerBytes);
  inAllBuilds([&](const OpTable &table, const Conversion &c, bool saturates) {
    unsigned bits = bitsOf(c.from), lanes = registerBytes * 8 / bits;
    if (bits > 16)
      return;
    for (uint32_t first = 0; first < 1u << bits; first += lanes) {
      for (uint32_t lane = 0; lane < lanes; ++lane) {
        uint32_t value = first + lane;
        std::memcpy(single.core.wide(0) + lane * bits / 8, &value, bits / 8);
      }
      for (unsigned part = 0; part < (bits < bitsOf(c.to) ? partCount(c) : 1); ++part)
        ASSERT_NO_FATAL_FAILURE(check(single, table, c, part, saturates));
    }
  });
}

// Two of 4 bits are in a byte, at the place in a word of two bf16 that the part says.
TEST(Conversion, EveryPairOf4Bits) {
  SingleInstruction single;
  uint8_t *source = single.core.wide(0), *mask = single.core.wide(1), *result = single.core.wide(4);
  Random random(1);
  auto run = [&](const Code *code, unsigned part) {
    Instruction instruction(*code);
    instruction.operand = {0, 1, 0, 0};
    instruction.result = {4, 0};
    instruction.carry(ConversionForm{uint8_t(part), false});
    return single.run(instruction);
  };
  for (llvm::StringRef build : builds)
    if (const OpTable *table = opTable(build))
      for (LaneType type : {LaneType::F4E2M1x2, LaneType::F4E1M2x2})
        for (unsigned part = 0; part < 4; ++part) {
          for (char mode : {'R', 'A', 'F', 'C', 'Z'})
            for (uint32_t first = 0; first < 1u << 16; first += 64) {
              drawMask(random, mask);
              // Another number in the upper half of the word.
              for (uint32_t lane = 0; lane < 64; ++lane) {
                uint32_t word = (first + lane) | (~(first + lane) << 16);
                std::memcpy(source + 4 * lane, &word, 4);
              }
              ASSERT_TRUE(
                  run(table->find("pto.vcvt", (name(type) + " " + llvm::Twine(mode)).str(), LaneType::BF16), part));
              for (uint32_t lane = 0; lane < 64; ++lane) {
                auto half = [&](unsigned at) {
                  APInt bits(16, laneAt(source + 4 * lane, at, 2));
                  return toFourBits(type, APFloat(APFloat::BFloat(), bits), mode);
                };
                uint64_t expected = mask[4 * lane] ? uint64_t(half(0) | half(1) << 4) << 8 * part : 0;
                ASSERT_EQ(laneAt(result, lane, 4), expected)
                    << name(type).str() << " " << mode << " of " << laneAt(source, lane, 4) << " part " << part;
              }
            }
          for (unsigned byte = 0; byte < registerBytes; ++byte)
            source[byte] = uint8_t(byte / 4 + 64 * (byte % 4));
          drawMask(random, mask);
          ASSERT_TRUE(run(table->find("pto.vcvt", "bf16", type), part));
          for (unsigned lane = 0; lane < 128; ++lane) {
            unsigned byte = lane / 2 * 4 + part;
            bool losesInfo;
            APFloat value = fourBits(type, source[byte] >> (lane % 2 * 4) & 15);
            value.convert(APFloat::BFloat(), APFloat::rmNearestTiesToEven, &losesInfo);
            ASSERT_EQ(laneAt(result, lane, 2), mask[byte] ? patternOf(value) : 0) << name(type).str() << lane;
          }
        }
}

RC_GTEST_PROP(Conversion, DrawnInputsUnderDrawnMasks, ()) {
  Random random(*rc::gen::arbitrary<uint64_t>());
  SingleInstruction single;
  inAllBuilds([&](const OpTable &table, const Conversion &c, bool saturates) {
    drawVector(random, c.from, single.core.wide(0));
    drawMask(random, single.core.wide(1));
    for (unsigned part = 0; part < partCount(c); ++part)
      check(single, table, c, part, saturates);
  });
}

// Floats around the borders of every integer type, and halfway between neighbours.
TEST(Conversion, BordersAndTies) {
  SingleInstruction single;
  std::memset(single.core.wide(1), 1, registerBytes);
  std::vector<float> values;
  for (int power : {-25, -24, -15, -14, -10, -9, -1, 0, 7, 8, 15, 16, 31, 32, 63, 64, 70})
    for (float sign : {1.0f, -1.0f})
      for (float factor : {1.0f, 0.5f, 1.5f, 0.99999994f, 1.0000001f, 0.99951172f, 1.00048828f, 1.0625f, 1.1875f})
        values.push_back(sign * std::ldexp(factor, power));
  for (float value : {65504.0f, 65519.99f, 65520.0f, 448.0f, 464.0f, 464.1f, 480.0f, 57344.0f, 61440.0f, 61439.9f})
    values.insert(values.end(), {value, -value});
  values.resize((values.size() + 63) / 64 * 64);
  inAllBuilds([&](const OpTable &table, const Conversion &c, bool saturates) {
    if (c.from == LaneType::F32)
      for (size_t first = 0; first < values.size(); first += 64) {
        std::memcpy(single.core.wide(0), values.data() + first, registerBytes);
        ASSERT_NO_FATAL_FAILURE(check(single, table, c, 0, saturates));
      }
  });
}

// Up and back down is the same again, where the wider type holds all of the narrower.
RC_GTEST_PROP(Conversion, UpAndBackDownIsTheSame, ()) {
  Random random(*rc::gen::arbitrary<uint64_t>());
  SingleInstruction single;
  struct Way {
    LaneType narrow, wide;
    const char *up, *down;
  };
  const Way ways[] = {
      {LaneType::F16, LaneType::F32, "f32", "f16 R"},         {LaneType::BF16, LaneType::F32, "f32", "bf16 R"},
      {LaneType::U8, LaneType::U16, "ui16", "ui8"},           {LaneType::U8, LaneType::U32, "ui32", "ui8"},
      {LaneType::S16, LaneType::S32, "i32", "i16"},           {LaneType::S16, LaneType::F32, "f32", "i16 Z"},
      {LaneType::S8, LaneType::F16, "f16", "i8 Z"},           {LaneType::U8, LaneType::F16, "f16", "ui8 Z"},
      {LaneType::F8E4M3, LaneType::F32, "f32", "f8E4M3FN R"}, {LaneType::F8E5M2, LaneType::F32, "f32", "f8E5M2 R"},
      {LaneType::HiF8, LaneType::F32, "f32", "hif8 A"},       {LaneType::HiF8, LaneType::F32, "f32", "hif8 H"},
      {LaneType::HiF8, LaneType::F16, "f16", "hif8 H"},
  };
  single.core.control.bits = 0;
  std::memset(single.core.wide(1), 1, registerBytes);
  for (const Way &way : ways) {
    unsigned size = bitsOf(way.narrow) / 8, parts = bitsOf(way.wide) / 8 / size;
    for (unsigned byte = 0; byte < registerBytes; byte += size) {
      // No NaN, whose bits are not kept.
      uint64_t lane = random();
      if (way.narrow == LaneType::F16)
        lane &= 0xfbff;
      else if (way.narrow == LaneType::BF16)
        lane &= 0xff7f;
      else if (way.narrow == LaneType::F8E4M3 || way.narrow == LaneType::F8E5M2)
        lane &= 0xbb;
      else if (way.narrow == LaneType::HiF8 && (lane & 0xff) == 0x80)
        lane = 0;
      std::memcpy(single.core.wide(0) + byte, &lane, size);
    }
    for (unsigned part = 0; part < parts; ++part) {
      auto convert = [&](const char *variant, LaneType from, uint32_t source, uint32_t result) {
        Instruction instruction(*opTable().find("pto.vcvt", variant, from));
        instruction.operand = {source, 1, 0, 0};
        instruction.result = {result, 0};
        instruction.carry(ConversionForm{uint8_t(part), false});
        RC_ASSERT(single.run(instruction));
      };
      convert(way.up, way.narrow, 0, 4);
      convert(way.down, way.wide, 4, 5);
      for (unsigned byte = 0; byte < registerBytes; ++byte)
        RC_ASSERT(single.core.wide(5)[byte] == (byte / size % parts == part ? single.core.wide(0)[byte] : 0));
    }
  }
}

TEST(Conversion, ThePublishedValuesOfHiFloat8) {
  EXPECT_EQ(hif8Value(0x40), 16);
  EXPECT_EQ(hif8Value(0x6e), 32768);
  EXPECT_EQ(hif8Value(0x01), std::ldexp(1, -22));
  EXPECT_EQ(hif8Value(0x08), 1);
}

TEST(Conversion, WhatDoesNotFitIsForTheControlRegister) {
  Control control;
  control.bits = 0;
  EXPECT_TRUE(control.saturatesConversion(true, true));
  EXPECT_FALSE(control.saturatesConversion(false, false));
  control.bits = Control::rulesConversions; // and saturates, whatever the instruction says
  EXPECT_TRUE(control.saturatesConversion(true, false));
  EXPECT_TRUE(control.saturatesConversion(false, false));
  control.bits |= uint64_t(1) << 48 | uint64_t(1) << 59;
  EXPECT_FALSE(control.saturatesConversion(true, true));
  EXPECT_FALSE(control.saturatesConversion(false, true));
}

} // namespace
} // namespace pto::sim::testing
