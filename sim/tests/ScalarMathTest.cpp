// Arithmetic on scalars against references in double precision and LLVM's APFloat: in threads for many operands, and on
// the scalar unit for the first of them.
#include "sim/tests/Threads.h"
#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/APSInt.h"
#include <cmath>
#include <gtest/gtest.h>
#include <random>

namespace pto::sim::testing {
namespace {

using llvm::APFloat;

struct FloatType {
  const char *name;
  const llvm::fltSemantics &semantics;
  unsigned bits;
};
const FloatType f16{"f16", APFloat::IEEEhalf(), 16}, bf16{"bf16", APFloat::BFloat(), 16},
    f32{"f32", APFloat::IEEEsingle(), 32};

APFloat valueOf(const FloatType &type, uint64_t bits) {
  return APFloat(type.semantics, llvm::APInt(type.bits, bits & ((uint64_t(1) << type.bits) - 1)));
}
APFloat rounded(const FloatType &type, APFloat value, APFloat::roundingMode mode = APFloat::rmNearestTiesToEven) {
  bool losesInfo;
  value.convert(type.semantics, mode, &losesInfo);
  return value;
}
APFloat flushed(const FloatType &type, APFloat value) {
  return type.bits == 32 && value.isDenormal() ? APFloat::getZero(type.semantics, value.isNegative()) : value;
}

// Words whose halves are numbers of all sizes, and what is special.
std::vector<uint32_t> operands() {
  std::mt19937 random(7);
  std::vector<uint32_t> words = {0,          0x80000000, 0x3f800000, 0xbf800000, 0x7f800000, 0xff800000, 0x7fc00000,
                                 0x00000001, 0x807fffff, 0x00800000, 0x7f7fffff, 0x3f000000, 0x40200000, 0xc0600000,
                                 0x3c003c00, 0x7c00fc00, 0x7e000001, 0x83ff0400, 0x7bffc000, 0x4f000000, 0xcf000001};
  while (words.size() < 256)
    words.push_back(words.size() % 2 ? uint32_t(random())
                                     : std::bit_cast<uint32_t>(float(int(random() % 20001) - 10000) / 128));
  return words;
}

// Operands 64 words apart, as values of a type; a pair is a whole word.
std::string loads(unsigned count, llvm::StringRef type) {
  std::string text = "%x = pto.get_tid_x : i32\n%i = arith.index_castui %x : i32 to index\n";
  for (unsigned k = 0; k < count; ++k) {
    std::string n = std::to_string(k);
    text += "%o" + n + " = arith.constant " + std::to_string(64 * k) + " : index\n%j" + n + " = arith.addi %i, %o" + n +
            " : index\n%w" + n + " = pto.load %in[%j" + n + "] : !pto.ptr<i32, gm> -> i32\n";
    if (type == "i32")
      text += "%z" + n + " = arith.constant 0 : i32\n%v" + n + " = arith.addi %w" + n + ", %z" + n + " : i32\n";
    else if (type == "i64")
      text += "%s" + n + " = arith.constant 2654435769 : i64\n%e" + n + " = arith.extui %w" + n + " : i32 to i64\n%v" +
              n + " = arith.muli %e" + n + ", %s" + n + " : i64\n";
    else if (type == "f32" || type.starts_with("vector"))
      text += "%v" + n + " = llvm.bitcast %w" + n + " : i32 to " + type.str() + "\n";
    else
      text += "%s" + n + " = arith.trunci %w" + n + " : i32 to i16\n%v" + n + " = arith.bitcast %s" + n + " : i16 to " +
              type.str() + "\n";
  }
  return text;
}

// %r, of a type, as a word.
std::string store(llvm::StringRef type) {
  std::string text;
  if (type == "i32")
    text = "%z = arith.constant 0 : i32\n%w = arith.addi %r, %z : i32\n";
  else if (type == "i64")
    text = "%h = arith.constant 32 : i64\n%u = arith.shrui %r, %h : i64\n%m = arith.xori %u, %r : i64\n"
           "%w = arith.trunci %m : i64 to i32\n";
  else if (type == "f32" || type.starts_with("vector"))
    text = "%w = llvm.bitcast %r : " + type.str() + " to i32\n";
  else
    text = "%b = arith.bitcast %r : " + type.str() + " to i16\n%w = arith.extui %b : i16 to i32\n";
  return text + "pto.store %w, %out[%i] : !pto.ptr<i32, gm>, i32\n";
}

struct Made {
  std::vector<uint32_t> in, out;
};

Made run(llvm::StringRef operation, unsigned count, llvm::StringRef from, llvm::StringRef to) {
  std::string computed = "%r = " + operation.str() + "\n";
  ThreadKernel kernel(loads(count, from) + computed + store(to), {64, 1, 1});
  kernel.in = operands();
  RunReport report = kernel.run();
  EXPECT_FALSE(report.fault) << report.fault->message;
  // The scalar unit gives what thread 11 has.
  std::string there = loads(count, from);
  there.replace(0, there.find("%o0"), "%i = arith.constant 11 : index\n");
  std::string text = kernelText("%in: !pto.ptr<i32, gm>, %out: !pto.ptr<i32, gm>", there + computed + store(to));
  std::vector<uint32_t> in = kernel.in, out(256);
  EXPECT_FALSE(Kernel(text).run({buffer("in", in), buffer("out", out)}).fault);
  EXPECT_EQ(out[11], kernel.out[11]) << operation.str();
  return {kernel.in, kernel.out};
}

std::string withOperands(llvm::StringRef op, unsigned count, llvm::StringRef type) {
  std::string text = "pto." + op.str() + " ", types;
  for (unsigned k = 0; k < count; ++k) {
    text += (k ? ", %v" : "%v") + std::to_string(k);
    types += (k ? ", " : "") + type.str();
  }
  return text + " : " + types + " -> " + type.str();
}

int64_t ordered(const FloatType &type, uint64_t bits) {
  uint64_t sign = uint64_t(1) << (type.bits - 1);
  return bits & sign ? -int64_t(bits & (sign - 1)) : int64_t(bits);
}

void expectNear(const FloatType &type, const APFloat &expected, uint64_t bits, int64_t ulp, const std::string &what) {
  APFloat found = valueOf(type, bits);
  if (expected.isNaN() || found.isNaN())
    EXPECT_TRUE(expected.isNaN() && found.isNaN()) << what;
  else
    EXPECT_LE(std::abs(ordered(type, bits) - ordered(type, expected.bitcastToAPInt().getZExtValue())), ulp)
        << what << " gives " << found.convertToDouble() << ", expected " << expected.convertToDouble();
}

using Reference = APFloat (*)(const FloatType &, const std::vector<APFloat> &);

/// Over the types that an operation has, and over pairs of them.
void check(llvm::StringRef op, unsigned count, std::initializer_list<const FloatType *> scalars,
           std::initializer_list<const FloatType *> pairs, Reference reference, int64_t ulp = 0) {
  auto checkAs = [&](const FloatType &type, bool isPair) {
    std::string spelled = isPair ? std::string("vector<2x") + type.name + ">" : type.name;
    Made made = run(withOperands(op, count, spelled), count, spelled, spelled);
    for (unsigned thread = 0; thread < 64; ++thread)
      for (unsigned half = 0; half <= unsigned(isPair); ++half) {
        std::vector<APFloat> values;
        for (unsigned k = 0; k < count; ++k)
          values.push_back(valueOf(type, made.in[64 * k + thread] >> (16 * half)));
        expectNear(type, reference(type, values), made.out[thread] >> (16 * half) & (type.bits == 32 ? ~0u : 0xffff),
                   ulp, op.str() + " on " + spelled + " of thread " + std::to_string(thread));
      }
  };
  for (const FloatType *type : scalars)
    checkAs(*type, false);
  for (const FloatType *type : pairs)
    checkAs(*type, true);
}

template <double (*function)(double)>
APFloat transcendental(const FloatType &type, const std::vector<APFloat> &values) {
  bool flushes = function != static_cast<double (*)(double)>(std::log);
  APFloat operand = flushes ? flushed(type, values[0]) : values[0];
  APFloat result = rounded(type, APFloat(function(operand.convertToDouble())));
  return flushes ? flushed(type, result) : result;
}

template <APFloat::roundingMode Mode>
APFloat integral(const FloatType &, const std::vector<APFloat> &values) {
  APFloat result = values[0];
  result.roundToIntegral(Mode);
  return result;
}

TEST(ScalarMath, Floats) {
  check("absf", 1, {&f32}, {&f16, &bf16}, [](const FloatType &, const std::vector<APFloat> &v) { return abs(v[0]); });
  check("sqrt", 1, {&f16, &f32}, {&f16}, transcendental<std::sqrt>, 1);
  check("exp", 1, {&f16, &f32}, {&f16}, transcendental<std::exp>, 1);
  check("log", 1, {&f16, &f32}, {&f16}, transcendental<std::log>, 1);
  check(
      "pow", 2, {&f16, &f32}, {&f16},
      [](const FloatType &type, const std::vector<APFloat> &v) {
        double power = std::pow(flushed(type, v[0]).convertToDouble(), flushed(type, v[1]).convertToDouble());
        return flushed(type, rounded(type, APFloat(power)));
      },
      1);
  check("ceil", 1, {&f16, &bf16, &f32}, {}, integral<APFloat::rmTowardPositive>);
  check("floor", 1, {&f16, &bf16, &f32}, {}, integral<APFloat::rmTowardNegative>);
  check("rint", 1, {&f16, &bf16, &f32}, {}, integral<APFloat::rmNearestTiesToEven>);
  check("round", 1, {&f16, &bf16, &f32}, {}, integral<APFloat::rmNearestTiesToAway>);
  check("fmin", 2, {&f32, &bf16}, {&f16, &bf16},
        [](const FloatType &, const std::vector<APFloat> &v) { return llvm::minimum(v[0], v[1]); });
  check("fmax", 2, {&f32, &bf16}, {&f16, &bf16},
        [](const FloatType &, const std::vector<APFloat> &v) { return llvm::maximum(v[0], v[1]); });
  check("fma", 3, {&f16, &bf16, &f32}, {&f16, &bf16}, [](const FloatType &, const std::vector<APFloat> &v) {
    APFloat result = v[0];
    result.fusedMultiplyAdd(v[1], v[2], APFloat::rmNearestTiesToEven);
    return result;
  });
}

TEST(ScalarMath, Integers) {
  auto check = [](const char *operation, unsigned count, const char *from, const char *to, auto reference) {
    Made made = run(operation, count, from, to);
    for (unsigned thread = 0; thread < 64; ++thread)
      EXPECT_EQ(made.out[thread], reference(made.in[thread], made.in[64 + thread], made.in[128 + thread]))
          << operation << " of thread " << thread;
  };
  check("pto.prmt %v0, %v1, %v2 : i32, i32, i32 -> i32", 3, "i32", "i32",
        [](uint32_t a, uint32_t b, uint32_t selector) {
          const uint8_t bytes[8] = {uint8_t(b), uint8_t(b >> 8), uint8_t(b >> 16), uint8_t(b >> 24),
                                    uint8_t(a), uint8_t(a >> 8), uint8_t(a >> 16), uint8_t(a >> 24)};
          uint32_t result = 0;
          for (int i = 3; i >= 0; --i)
            result = result << 8 | bytes[selector >> (4 * i) & 7];
          return result;
        });
  check("pto.mulhi %v0, %v1 signed : i32, i32 -> i32", 2, "i32", "i32",
        [](uint32_t a, uint32_t b, uint32_t) { return uint32_t(uint64_t(int64_t(int32_t(a)) * int32_t(b)) >> 32); });
  check("pto.mulhi %v0, %v1 unsigned : i32, i32 -> i32", 2, "i32", "i32",
        [](uint32_t a, uint32_t b, uint32_t) { return uint32_t(uint64_t(a) * b >> 32); });
  // What store() makes of 64 bits is their halves, xored.
  auto folded = [](uint64_t value) { return uint32_t(value) ^ uint32_t(value >> 32); };
  auto widened = [](uint32_t word) { return word * uint64_t(2654435769); };
  auto high = [](uint64_t a, uint64_t b, bool isSigned) {
    llvm::APInt x = llvm::APInt(64, a), y = llvm::APInt(64, b);
    llvm::APInt product = isSigned ? x.sext(128) * y.sext(128) : x.zext(128) * y.zext(128);
    return product.lshr(64).trunc(64).getZExtValue();
  };
  check("pto.mulhi %v0, %v1 signed : i64, i64 -> i64", 2, "i64", "i64",
        [=](uint32_t a, uint32_t b, uint32_t) { return folded(high(widened(a), widened(b), true)); });
  check("pto.mulhi %v0, %v1 unsigned : i64, i64 -> i64", 2, "i64", "i64",
        [=](uint32_t a, uint32_t b, uint32_t) { return folded(high(widened(a), widened(b), false)); });
  check("pto.mul_i32toi64 %v0, %v1 signed : i32, i32 -> i64", 2, "i32", "i64",
        [=](uint32_t a, uint32_t b, uint32_t) { return folded(uint64_t(int64_t(int32_t(a)) * int32_t(b))); });
  check("pto.mul_i32toi64 %v0, %v1 unsigned : i32, i32 -> i64", 2, "i32", "i64",
        [=](uint32_t a, uint32_t b, uint32_t) { return folded(uint64_t(a) * b); });
}

constexpr std::pair<char, APFloat::roundingMode> roundings[] = {{'r', APFloat::rmNearestTiesToEven},
                                                                {'a', APFloat::rmNearestTiesToAway},
                                                                {'f', APFloat::rmTowardNegative},
                                                                {'c', APFloat::rmTowardPositive},
                                                                {'z', APFloat::rmTowardZero}};

std::string convert(char rounding, bool saturates, llvm::StringRef signedness, llvm::StringRef from,
                    llvm::StringRef to) {
  return std::string("pto.convert %v0 round(") + rounding + ") " + (saturates ? "sat " : "nosat ") + signedness.str() +
         " : " + from.str() + " -> " + to.str();
}

TEST(ScalarConvert, FloatsToIntegersSaturate) {
  for (auto [letter, mode] : roundings)
    for (bool isSigned : {false, true})
      for (auto [from, to] : {std::pair(&f32, 32), std::pair(&f16, 32), std::pair(&bf16, 32), std::pair(&f32, 64)}) {
        std::string target = "i" + std::to_string(to);
        Made made =
            run(convert(letter, true, isSigned ? "signed" : "unsigned", from->name, target), 1, from->name, target);
        for (unsigned thread = 0; thread < 64; ++thread) {
          llvm::APSInt expected(unsigned(to), !isSigned);
          bool isExact;
          valueOf(*from, made.in[thread]).convertToInteger(expected, mode, &isExact);
          uint64_t bits = valueOf(*from, made.in[thread]).isNaN() ? 0 : expected.getZExtValue();
          EXPECT_EQ(made.out[thread], to == 64 ? uint32_t(bits) ^ uint32_t(bits >> 32) : uint32_t(bits))
              << letter << " " << from->name << " to " << isSigned << target << " of " << thread;
        }
      }
}

TEST(ScalarConvert, IntegersAreRoundedToFloats) {
  for (auto [letter, mode] : roundings)
    for (bool isSigned : {false, true})
      for (auto [from, to] : {std::pair(32, &f32), std::pair(32, &f16), std::pair(32, &bf16), std::pair(64, &f32)}) {
        std::string source = "i" + std::to_string(from);
        Made made =
            run(convert(letter, false, isSigned ? "signed" : "unsigned", source, to->name), 1, source, to->name);
        for (unsigned thread = 0; thread < 64; ++thread) {
          uint64_t value = from == 64 ? made.in[thread] * uint64_t(2654435769) : made.in[thread];
          APFloat expected(to->semantics);
          expected.convertFromAPInt(llvm::APInt(unsigned(from), value), isSigned, mode);
          expectNear(*to, expected, made.out[thread], 0, std::string(1, letter) + source + to->name);
        }
      }
}

TEST(ScalarConvert, FloatsAreRoundedToNarrowerOnes) {
  for (auto [letter, mode] : roundings)
    for (bool saturates : {false, true})
      for (auto [from, to] : {std::pair(&f32, &f16), std::pair(&f32, &bf16), std::pair(&bf16, &f16),
                              std::pair(&f16, &bf16), std::pair(&f16, &f32), std::pair(&bf16, &f32)}) {
        Made made = run(convert(letter, saturates, "", from->name, to->name), 1, from->name, to->name);
        for (unsigned thread = 0; thread < 64; ++thread) {
          APFloat value = valueOf(*from, made.in[thread]), expected = rounded(*to, value, mode);
          bool isFinite = saturates && to != &f32; // no infinities, no NaN
          if (isFinite && value.isNaN())
            expected = APFloat::getZero(to->semantics);
          else if (isFinite && expected.isInfinity())
            expected = APFloat::getLargest(to->semantics, value.isNegative());
          expectNear(*to, expected, made.out[thread], 0,
                     std::string(1, letter) + from->name + to->name + std::to_string(thread));
        }
      }
}

TEST(ScalarConvert, ToOddKeepsAnInexactValueFromBeingRoundedTwice) {
  Made made = run(convert('o', false, "", "f32", "f16"), 1, "f32", "f16");
  for (unsigned thread = 0; thread < 64; ++thread) {
    APFloat value = valueOf(f32, made.in[thread]), down = rounded(f16, value, APFloat::rmTowardZero);
    APFloat up = value.isFinite()
                     ? rounded(f16, value, value.isNegative() ? APFloat::rmTowardNegative : APFloat::rmTowardPositive)
                     : down;
    bool isExact = down.bitwiseIsEqual(up);
    APFloat expected = isExact || down.bitcastToAPInt()[0] ? down : up;
    expectNear(f16, expected, made.out[thread], 0, "to odd of thread " + std::to_string(thread));
  }
}

TEST(ScalarConvert, PairsAreConvertedHalfByHalf) {
  std::string body = loads(1, "vector<2xbf16>") +
                     "%f = pto.convert %v0 round(r) nosat : vector<2xbf16> -> vector<2xf32>\n"
                     "%r = pto.convert %f round(z) nosat : vector<2xf32> -> vector<2xf16>\n" +
                     store("vector<2xf16>");
  ThreadKernel kernel(body, {64, 1, 1});
  kernel.in = operands();
  ASSERT_FALSE(kernel.run().fault);
  for (unsigned thread = 0; thread < 64; ++thread)
    for (unsigned half : {0, 16})
      expectNear(f16, rounded(f16, valueOf(bf16, kernel.in[thread] >> half), APFloat::rmTowardZero),
                 kernel.out[thread] >> half & 0xffff, 0, "pair");
}

// Down to 8 or 4 bits and back, where the pair is a word of `wide` again.
TEST(ScalarConvert, PairsOfSmallFloatsAreRoundedOnce) {
  struct Small {
    const char *name;
    const FloatType &wide;
    const llvm::fltSemantics &semantics;
    std::vector<std::pair<char, APFloat::roundingMode>> modes;
  };
  const std::vector<std::pair<char, APFloat::roundingMode>> all(std::begin(roundings), std::end(roundings)),
      nearest(all.begin(), all.begin() + 1);
  for (const Small &small : {Small{"vector<2xf8E4M3FN>", f16, APFloat::Float8E4M3FN(), nearest},
                             Small{"vector<2xf8E5M2>", f16, APFloat::Float8E5M2(), nearest},
                             Small{"!pto.f4E2M1x2", bf16, APFloat::Float4E2M1FN(), all}})
    for (auto [letter, mode] : small.modes)
      for (bool saturates : {false, true}) {
        std::string pair = std::string("vector<2x") + small.wide.name + ">", up = "%v0", mid = small.name;
        std::string body = loads(1, pair), word = saturates ? "sat" : "nosat", from = pair;
        if (&small.wide == &f16) { // which is exact in f32
          body += "%f = pto.convert %v0 round(r) nosat : " + pair + " -> vector<2xf32>\n";
          up = "%f", from = "vector<2xf32>";
        }
        body += "%s = pto.convert " + up + " round(" + letter + ") " + word + " : " + from + " -> " + mid + "\n" +
                "%r = pto.convert %s round(r) nosat : " + mid + " -> " + pair + "\n" + store(pair);
        ThreadKernel kernel(body, {64, 1, 1});
        kernel.in = operands();
        ASSERT_FALSE(kernel.run().fault) << small.name;
        bool isFinite = saturates || &small.semantics == &APFloat::Float4E2M1FN();
        for (unsigned thread = 0; thread < 64; ++thread)
          for (unsigned half : {0, 16}) {
            APFloat value = valueOf(small.wide, kernel.in[thread] >> half), expected = value;
            bool losesInfo;
            expected.convert(small.semantics, mode, &losesInfo);
            if (isFinite && value.isNaN())
              expected = APFloat::getZero(small.semantics);
            else if (isFinite && !expected.isFinite())
              expected = APFloat::getLargest(small.semantics, value.isNegative());
            expectNear(small.wide, rounded(small.wide, expected), kernel.out[thread] >> half & 0xffff, 0, small.name);
          }
      }
}

// Atomics: each thread's operation on a word of its own, and the word that was there.

struct AtomicRow {
  const char *name;
  uint32_t (*reference)(uint32_t old, uint32_t value);
};

TEST(Atomics, OfIntegers) {
  const AtomicRow rows[] = {
      {"exch", [](uint32_t, uint32_t value) { return value; }},
      {"add", [](uint32_t old, uint32_t value) { return old + value; }},
      {"sub", [](uint32_t old, uint32_t value) { return old - value; }},
      {"min %p, %v signed", [](uint32_t old, uint32_t value) { return int32_t(old) < int32_t(value) ? old : value; }},
      {"max %p, %v signed", [](uint32_t old, uint32_t value) { return int32_t(old) > int32_t(value) ? old : value; }},
      {"min %p, %v unsigned", [](uint32_t old, uint32_t value) { return std::min(old, value); }},
      {"max %p, %v unsigned", [](uint32_t old, uint32_t value) { return std::max(old, value); }},
      {"and", [](uint32_t old, uint32_t value) { return old & value; }},
      {"or", [](uint32_t old, uint32_t value) { return old | value; }},
      {"xor", [](uint32_t old, uint32_t value) { return old ^ value; }},
      {"cas %p, %c, %v", [](uint32_t old, uint32_t value) { return old == 0x3f800000 ? value : old; }}};
  for (const AtomicRow &row : rows) {
    std::string op = row.name;
    op += op.find('%') == std::string::npos ? " %p, %v" : "";
    ThreadKernel kernel("%x = pto.get_tid_x : i32\n%i = arith.index_castui %x : i32 to index\n"
                        "%o = arith.constant 64 : index\n%j = arith.addi %i, %o : index\n"
                        "%c = arith.constant 1065353216 : i32\n"
                        "%v = pto.load %in[%j] : !pto.ptr<i32, gm> -> i32\n"
                        "%p = pto.addptr %in, %i : !pto.ptr<i32, gm> -> !pto.ptr<i32, gm>\n"
                        "%old = pto.atomic_" +
                            op +
                            " : !pto.ptr<i32, gm>, i32 -> i32\n"
                            "pto.store %old, %out[%i] : !pto.ptr<i32, gm>, i32\n",
                        {64, 1, 1});
    std::vector<uint32_t> before = kernel.in = operands();
    ASSERT_FALSE(kernel.run().fault);
    for (unsigned thread = 0; thread < 64; ++thread) {
      EXPECT_EQ(kernel.out[thread], before[thread]) << row.name;
      EXPECT_EQ(kernel.in[thread], row.reference(before[thread], before[64 + thread])) << row.name;
    }
  }
}

TEST(Atomics, OfFloatsAndPairs) {
  for (auto [name, type] :
       {std::pair("vector<2xf16>", &f16), std::pair("vector<2xbf16>", &bf16), std::pair("f32", &f32)})
    for (llvm::StringRef op : {"add", "sub", "min", "max"}) {
      std::string pointer = std::string("!pto.ptr<") + name + ", gm>";
      ThreadKernel kernel(loads(2, name) + "%q = pto.castptr %in : !pto.ptr<i32, gm> -> " + pointer +
                              "\n%p = pto.addptr %q, %i : " + pointer + " -> " + pointer + "\n%old = pto.atomic_" +
                              op.str() + " %p, %v1 : " + pointer + ", " + name + " -> " + name + "\n",
                          {64, 1, 1});
      std::vector<uint32_t> before = kernel.in = operands();
      ASSERT_FALSE(kernel.run().fault);
      for (unsigned thread = 0; thread < 64; ++thread)
        for (unsigned at = 0; at < 32; at += type->bits) {
          APFloat a = valueOf(*type, before[thread] >> at), b = valueOf(*type, before[64 + thread] >> at);
          APFloat expected = op == "add"   ? a + b
                             : op == "sub" ? a - b
                             : op == "min" ? llvm::minimum(a, b)
                                           : llvm::maximum(a, b);
          expectNear(*type, expected, kernel.in[thread] >> at & (type->bits == 32 ? ~0u : 0xffff), 0, op.str() + name);
        }
    }
}

TEST(Atomics, ThatMeetAddUpInTheOrderOfThreads) {
  ThreadKernel kernel("%x = pto.get_tid_x : i32\n%i = arith.index_castui %x : i32 to index\n"
                      "%one = arith.constant 1 : i32\n"
                      "%c0 = arith.constant 0 : i64\n%ub = pto.castptr %c0 : i64 -> !pto.ptr<i32, ub>\n"
                      "%o = arith.constant 0 : index\n%none = arith.constant 0 : i32\n"
                      "pto.store %none, %ub[%o] : !pto.ptr<i32, ub>, i32\npto.syncthreads\n"
                      "%old = pto.atomic_add %ub, %one : !pto.ptr<i32, ub>, i32 -> i32\n"
                      "pto.store %old, %out[%i] : !pto.ptr<i32, gm>, i32\n",
                      {200, 1, 1});
  ASSERT_FALSE(kernel.run().fault);
  for (uint32_t thread = 0; thread < 200; ++thread)
    EXPECT_EQ(kernel.out[thread], thread);
}

} // namespace
} // namespace pto::sim::testing
