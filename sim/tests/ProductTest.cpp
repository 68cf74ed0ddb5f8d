// Products against a reference of their own, in every type and layout.
#include "sim/ops/ScalarFloat.h"
#include "sim/ops/SmallFloat.h"
#include "sim/tests/CubeKernel.h"
#include "llvm/Support/MathExtras.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>

namespace pto::sim::testing {
namespace {

using ::testing::HasSubstr;

/// How a type of factors is stored, and which of its patterns stand for small numbers.
struct Factor {
  const char *name;
  unsigned bytes;
  double (*decode)(uint64_t);
  std::vector<uint64_t> patterns;
};

double integer(uint64_t bits) {
  return int8_t(bits);
}
template <ScalarFloat Type>
double scalarFloat(uint64_t bits) {
  return toDouble(bits, Type);
}
template <float (*Decode)(uint8_t)>
double smallFloat(uint64_t bits) {
  return double(Decode(uint8_t(bits)));
}

const Factor factors[] = {
    {"i8", 1, integer, {0, 1, 2, 5, 0x7f, 0x80, 0xff, 0xfe}},
    {"f16", 2, scalarFloat<ScalarFloat::F16>, {0, 0x3c00, 0xbc00, 0x4000, 0x4200, 0xc100, 0x3800, 0x4900}},
    {"bf16", 2, scalarFloat<ScalarFloat::BF16>, {0, 0x3f80, 0xbf80, 0x4000, 0x4040, 0xc020, 0x3f00, 0x4120}},
    {"f32", 4, scalarFloat<ScalarFloat::F32>, {0, 0x3f800000, 0xbf800000, 0x40000000, 0x40400000, 0xc0200000}},
    {"f8E4M3FN", 1, smallFloat<e4m3ToFloat>, {0, 0x38, 0xb8, 0x40, 0x44, 0xc2, 0x30, 0x28}},
    {"f8E5M2", 1, smallFloat<e5m2ToFloat>, {0, 0x3c, 0xbc, 0x40, 0x42, 0xc1, 0x38, 0x49}},
    {"!pto.hif8", 1, smallFloat<hif8ToFloat>, {0, 0x08, 0x88, 0x18, 0x40, 0xc0, 0x1a}},
};

struct Matrix {
  unsigned rows, columns;
  const Factor &factor;
  std::vector<uint8_t> bytes;

  Matrix(unsigned rows, unsigned columns, const Factor &factor, unsigned seed)
      : rows(rows), columns(columns), factor(factor), bytes(size_t(rows) * columns * factor.bytes) {
    std::mt19937 random(seed);
    for (size_t i = 0; i < size_t(rows) * columns; ++i) {
      uint64_t bits = factor.patterns[random() % factor.patterns.size()];
      std::memcpy(&bytes[i * factor.bytes], &bits, factor.bytes);
    }
  }
  double at(unsigned row, unsigned column) const {
    uint64_t bits = 0;
    std::memcpy(&bits, &bytes[(size_t(row) * columns + column) * factor.bytes], factor.bytes);
    return factor.decode(bits);
  }
};

struct Shape {
  unsigned m, n, k;
};

class Products : public ::testing::TestWithParam<std::tuple<unsigned, Shape, bool, bool>> {};

// Small numbers, so that every sum is exact whatever its order.
TEST_P(Products, AreTheSumsOfProducts) {
  auto [index, shape, isLeftTransposed, isRightTransposed] = GetParam();
  const Factor &factor = factors[index];
  auto [m, n, k] = shape;
  // Bytes are turned in squares of 32, which leaves columns further apart than a product takes them.
  auto isApart = [](unsigned extent) { return llvm::alignTo(extent, 32) != llvm::alignTo(extent, 16); };
  if (factor.bytes == 1 && ((isLeftTransposed && isApart(m)) || (!isRightTransposed && isApart(n))))
    GTEST_SKIP();
  bool isInteger = factor.decode == integer;
  Product product{m, n, k};
  product.lhs = product.rhs = factor.name;
  product.result = product.out = isInteger ? "i32" : "f32";
  product.elementBytes = factor.bytes;
  product.isLeftTransposed = isLeftTransposed, product.isRightTransposed = isRightTransposed;
  Matrix a(isLeftTransposed ? k : m, isLeftTransposed ? m : k, factor, 1),
      b(isRightTransposed ? n : k, isRightTransposed ? k : n, factor, 2);
  std::vector<uint32_t> out(size_t(m) * n, 0xdeadbeef);
  RunReport report =
      Kernel(productKernel(product)).run({buffer("a", a.bytes), buffer("b", b.bytes), buffer("out", out)});
  ASSERT_FALSE(report.fault) << report.fault->message;
  EXPECT_TRUE(report.findings.empty());
  for (unsigned row = 0; row < m; ++row)
    for (unsigned column = 0; column < n; ++column) {
      double sum = 0;
      for (unsigned i = 0; i < k; ++i)
        sum +=
            (isLeftTransposed ? a.at(i, row) : a.at(row, i)) * (isRightTransposed ? b.at(column, i) : b.at(i, column));
      uint32_t bits = out[size_t(row) * n + column];
      ASSERT_EQ(isInteger ? double(int32_t(bits)) : double(std::bit_cast<float>(bits)), sum)
          << "row " << row << ", column " << column;
    }
}

INSTANTIATE_TEST_SUITE_P(, Products,
                         ::testing::Combine(::testing::Range(0u, unsigned(std::size(factors))),
                                            ::testing::Values(Shape{16, 16, 32}, Shape{1, 1, 1}, Shape{40, 60, 50},
                                                              Shape{33, 17, 65}),
                                            ::testing::Bool(), ::testing::Bool()));

std::vector<float> halfProduct(const Product &product, std::vector<uint16_t> a, std::vector<uint16_t> b) {
  std::vector<float> out(size_t(product.m) * product.n);
  RunReport report = Kernel(productKernel(product)).run({buffer("a", a), buffer("b", b), buffer("out", out)});
  EXPECT_FALSE(report.fault) << report.fault->message;
  return out;
}

TEST(Product, KeepsInfinitiesOrMakesThemTheLargestNumbers) {
  Product kept{1, 1, 2};
  kept.clauses = "nosat";
  Product saturated = kept;
  saturated.clauses = "sat";
  std::vector<uint16_t> infinite = {0x7c00, 0x3c00}, ones = {0x3c00, 0x3c00}, nan = {0x7e00, 0x3c00};
  EXPECT_EQ(halfProduct(kept, infinite, ones)[0], std::numeric_limits<float>::infinity());
  EXPECT_EQ(halfProduct(saturated, infinite, ones)[0], 65505);
  EXPECT_TRUE(std::isnan(halfProduct(kept, nan, ones)[0]));
  EXPECT_EQ(halfProduct(saturated, nan, ones)[0], 1);
}

TEST(Product, RoundsAfterEveryProductAndSumFromTheFirst) {
  // 2^24 + 1 is lost, and so is each of the ones that follow; from the last on they would count.
  Product product{1, 1, 5};
  product.lhs = product.rhs = "f32", product.elementBytes = 4;
  std::vector<float> a = {0x1p24f, 1, 1, 1, 1}, b(5, 1), out(1);
  Kernel(productKernel(product)).run({buffer("a", a), buffer("b", b), buffer("out", out)});
  EXPECT_EQ(out[0], 0x1p24f);
}

TEST(Product, RoundsItsFactorsToTf32) {
  auto run = [](const char *clauses, float value) {
    Product product{1, 1, 1};
    product.lhs = product.rhs = "f32", product.elementBytes = 4, product.clauses = clauses;
    std::vector<float> a = {value}, b = {1}, out(1);
    Kernel(productKernel(product)).run({buffer("a", a), buffer("b", b), buffer("out", out)});
    return out[0];
  };
  const float half = 1 + 0x1p-11f; // between 1 and 1 + 2^-10
  EXPECT_EQ(run("", half), half);
  EXPECT_EQ(run("tf32_mode(round_even)", half), 1);
  EXPECT_EQ(run("tf32_mode(round_away)", half), 1 + 0x1p-10f);
}

TEST(Product, OfIntegersIsExact) {
  Product product{1, 1, 64};
  product.lhs = product.rhs = "i8", product.result = product.out = "i32", product.elementBytes = 1;
  product.isRightTransposed = true;
  std::vector<int8_t> a(64, -128), b(64, -128);
  std::vector<int32_t> out(1);
  Kernel(productKernel(product)).run({buffer("a", a), buffer("b", b), buffer("out", out)});
  EXPECT_EQ(out[0], 64 * 128 * 128);
}

// The law of blocks: a sum over k in two parts is the whole.
TEST(Product, InBlocksAlongKIsTheWhole) {
  std::mt19937 random(5);
  std::vector<float> a(16 * 16), b(16 * 16), whole(256), blocks(256);
  for (std::vector<float> *values : {&a, &b})
    for (float &value : *values)
      value = float(int(random() % 9) - 4);
  Product product{16, 16, 16};
  product.lhs = product.rhs = "f32", product.elementBytes = 4;
  Kernel(productKernel(product)).run({buffer("a", a), buffer("b", b), buffer("out", whole)});
  std::string text = productKernel(product);
  std::string one = "pto.mad %l0a, %l0b, %l0c, %n16, %n16, %n16 disable_gemv";
  size_t at = text.find(one);
  ASSERT_NE(at, std::string::npos);
  // The first half of k, then the second one, whose fractals lie a column further on each.
  std::string types = " : !pto.ptr<f32, l0a>, !pto.ptr<f32, l0b>, !pto.ptr<f32, l0c>, i64, i64, i64\n";
  text.replace(
      at, text.find('\n', at) + 1 - at,
      "%eight = arith.constant 8 : i64 %next = arith.constant 512 : i64\n"
      "%a2 = pto.castptr %next : i64 -> !pto.ptr<f32, l0a>\n%b2 = pto.castptr %next : i64 -> !pto.ptr<f32, l0b>\n"
      "pto.mad %l0a, %l0b, %l0c, %n16, %n16, %eight" +
          types + "pto.mad_acc %a2, %b2, %l0c, %n16, %n16, %eight" + types);
  RunReport report = Kernel(text).run({buffer("a", a), buffer("b", b), buffer("out", blocks)});
  ASSERT_FALSE(report.fault) << report.fault->message;
  EXPECT_EQ(blocks, whole);
}

TEST(Product, TakesASingleRowAsItLiesThere) {
  std::string body =
      "%l1a = pto.castptr $0 : i64 -> !pto.ptr<f32, l1> %l1b = pto.castptr $4096 : i64 -> !pto.ptr<f32, l1> "
      "%l0a = pto.castptr $0 : i64 -> !pto.ptr<f32, l0a> %l0b = pto.castptr $0 : i64 -> !pto.ptr<f32, l0b> "
      "%l0c = pto.castptr $0 : i64 -> !pto.ptr<f32, l0c>\n"
      "pto.mte_gm_l1 %a, %l1a, $64 nburst($1, $0, $0) : !pto.ptr<f32>, !pto.ptr<f32, l1>, i64, i64, i64, i64\n"
      "pto.mte_gm_l1 %b, %l1b, $64 nburst($16, $64, $64) : !pto.ptr<f32>, !pto.ptr<f32, l1>, i64, i64, i64, i64\n"
      "pto.barrier #pto.pipe<PIPE_ALL>\n"
      "pto.load_cbuf_to_ca %l1a, %l0a, $0, $0, $1, $1, $1, $1 : !pto.ptr<f32, l1>, !pto.ptr<f32, l0a>, i64, i64, i64, "
      "i64, i64, i64\n"
      "pto.load_cbuf_to_cb %l1b, %l0b, $0, $0, $1, $2, $1, $1 : !pto.ptr<f32, l1>, !pto.ptr<f32, l0b>, i64, i64, i64, "
      "i64, i64, i64\n"
      "pto.barrier #pto.pipe<PIPE_ALL>\n"
      "pto.mad %l0a, %l0b, %l0c, $1, $16, $16 : !pto.ptr<f32, l0a>, !pto.ptr<f32, l0b>, !pto.ptr<f32, l0c>, i64, i64, "
      "i64\n"
      "pto.barrier #pto.pipe<PIPE_ALL>\n"
      "pto.mte_l0c_gm %l0c, %out, $1, $16, $16, $16, $0, $0, nz2nd : !pto.ptr<f32, l0c>, !pto.ptr<f32>, i64, i64, i64, "
      "i64, i64, i64";
  std::vector<float> a(16), b(256), out(16);
  for (unsigned i = 0; i < 16; ++i)
    a[i] = float(i + 1);
  // Two columns of fractals of the 16 by 16 unit matrix, turned: row n has its one at k = n.
  for (unsigned n = 0; n < 16; ++n)
    b[(n / 8 * 16 + n) * 8 + n % 8] = 1;
  RunReport report = Kernel(cubeKernel("%a: !pto.ptr<f32>, %b: !pto.ptr<f32>, %out: !pto.ptr<f32>", body))
                         .run({buffer("a", a), buffer("b", b), buffer("out", out)});
  ASSERT_FALSE(report.fault) << report.fault->message;
  EXPECT_EQ(out, a);
}

TEST(Product, AddsABiasThatIsWidened) {
  Product product{2, 3, 1};
  product.more = "";
  std::string text = productKernel(product);
  // The bias is the row of `b` itself: it lies in L1.
  size_t at = text.find("pto.mad ");
  text.replace(
      at, 8,
      "%bt = pto.castptr %n0 : i64 -> !pto.ptr<f32, bt>\npto.mte_l1_bt %l1b, %bt, %n1 nburst(%n1, %n0, %n0) : "
      "!pto.ptr<f16, l1>, !pto.ptr<f32, bt>, i64, i64, i64, i64\npto.barrier #pto.pipe<PIPE_ALL>\npto.mad_bias ");
  at = text.find("%l0c, %n2", at);
  text.replace(at, 5, "%l0c, %bt,");
  at = text.find("!pto.ptr<f32, l0c>", at);
  text.insert(at + 18, ", !pto.ptr<f32, bt>");
  std::vector<uint16_t> a = {0x3c00, 0x4000}, b = {0x3c00, 0x4000, 0x4400};
  std::vector<float> out(6);
  RunReport report = Kernel(text).run({buffer("a", a), buffer("b", b), buffer("out", out)});
  ASSERT_FALSE(report.fault) << report.fault->message;
  EXPECT_EQ(out, (std::vector<float>{2, 4, 8, 3, 6, 12}));
}

// k = 64 has two scales a row: 2^-1 and 2^1 for a, 2^2 and 1 for b.
TEST(Product, ScalesEach32Elements) {
  std::string body =
      "%l1 = pto.castptr $0 : i64 -> !pto.ptr<f8E4M3FN, l1> %l1s = pto.castptr $4096 : i64 -> !pto.ptr<f8E4M3FN, l1> "
      "%l1t = pto.castptr $8192 : i64 -> !pto.ptr<f8E4M3FN, l1> "
      "%l0a = pto.castptr $0 : i64 -> !pto.ptr<f8E4M3FN, l0a> %l0b = pto.castptr $0 : i64 -> !pto.ptr<f8E4M3FN, l0b> "
      "%l0c = pto.castptr $0 : i64 -> !pto.ptr<f32, l0c>\n"
      "pto.mte_gm_l1 %a, %l1, $1024 nburst($1, $0, $0) : !pto.ptr<f8E4M3FN>, !pto.ptr<f8E4M3FN, l1>, i64, i64, i64, "
      "i64\n"
      "pto.mte_gm_l1 %s, %l1s, $32 nburst($1, $0, $0) : !pto.ptr<f8E4M3FN>, !pto.ptr<f8E4M3FN, l1>, i64, i64, i64, "
      "i64\n"
      "pto.mte_gm_l1 %t, %l1t, $32 nburst($1, $0, $0) : !pto.ptr<f8E4M3FN>, !pto.ptr<f8E4M3FN, l1>, i64, i64, i64, "
      "i64\n"
      "pto.barrier #pto.pipe<PIPE_ALL>\n"
      "pto.mte_l1_l0a %l1, %l0a, $16, $64, $0, $0 : !pto.ptr<f8E4M3FN, l1>, !pto.ptr<f8E4M3FN, l0a>, i64, i64, i64, "
      "i64\n"
      "pto.mte_l1_l0b %l1, %l0b, $64, $16, $0, $0 : !pto.ptr<f8E4M3FN, l1>, !pto.ptr<f8E4M3FN, l0b>, i64, i64, i64, "
      "i64\n"
      "pto.mte_l1_l0a_mx %l1s, %l0a, $16, $64 : !pto.ptr<f8E4M3FN, l1>, !pto.ptr<f8E4M3FN, l0a>, i64, i64\n"
      "pto.mte_l1_l0b_mx %l1t, %l0b, $64, $16, $0, $0 : !pto.ptr<f8E4M3FN, l1>, !pto.ptr<f8E4M3FN, l0b>, i64, i64, "
      "i64, i64\n"
      "pto.barrier #pto.pipe<PIPE_ALL>\n"
      "pto.mad_mx %l0a, %l0b, %l0c, $16, $16, $64 disable_gemv : !pto.ptr<f8E4M3FN, l0a>, !pto.ptr<f8E4M3FN, l0b>, "
      "!pto.ptr<f32, l0c>, i64, i64, i64\n"
      "pto.barrier #pto.pipe<PIPE_ALL>\n"
      "pto.mte_l0c_gm %l0c, %out, $16, $16, $16, $16, $0, $0, nz2nd : !pto.ptr<f32, l0c>, !pto.ptr<f32>, i64, i64, "
      "i64, i64, i64, i64";
  std::vector<uint8_t> ones(1024, 0x38), s(32), t(32);
  for (unsigned row = 0; row < 16; ++row) {
    s[row * 2] = 126, s[row * 2 + 1] = uint8_t(128 + (row == 3));
    t[row * 2] = 129, t[row * 2 + 1] = 127;
  }
  std::vector<float> out(256);
  RunReport report =
      Kernel(cubeKernel("%a: !pto.ptr<f8E4M3FN>, %s: !pto.ptr<f8E4M3FN>, %t: !pto.ptr<f8E4M3FN>, %out: !pto.ptr<f32>",
                        body))
          .run({buffer("a", ones), buffer("s", s), buffer("t", t), buffer("out", out)});
  ASSERT_FALSE(report.fault) << report.fault->message;
  for (unsigned row = 0; row < 16; ++row)
    for (unsigned column = 0; column < 16; ++column)
      EXPECT_EQ(out[row * 16 + column], 32 * 0.5f * 4 + 32 * (row == 3 ? 4.0f : 2.0f));
}

TEST(Product, WaitsForUnitFlagsThatNothingChanges) {
  Product product{16, 16, 16};
  product.fixpipe = "unit_flag(check_and_clear), nz2nd";
  std::vector<uint16_t> a(256), b(256);
  std::vector<float> out(256);
  RunReport report = Kernel(productKernel(product)).run({buffer("a", a), buffer("b", b), buffer("out", out)});
  ASSERT_TRUE(report.fault);
  EXPECT_EQ(report.fault->kind, Fault::Kind::Deadlock);
  EXPECT_THAT(report.fault->message,
              HasSubstr("waits for the unit flag of l0c+0x0, which no product before it has set"));
  product.clauses = "unit_flag(check_and_set)";
  // disable_gemv comes behind the flag.
  std::string text = productKernel(product);
  size_t at = text.find("disable_gemv unit_flag(check_and_set)");
  text.replace(at, 37, "unit_flag(check_and_set) disable_gemv");
  report = Kernel(text).run({buffer("a", a), buffer("b", b), buffer("out", out)});
  EXPECT_FALSE(report.fault) << report.fault->message;
}

TEST(Product, IsHandedToFixpipeByUnitFlagsAlone) {
  Product product{16, 16, 16};
  product.fixpipe = "unit_flag(check_and_clear), nz2nd";
  std::string text = productKernel(product);
  auto replace = [&](llvm::StringRef word, llvm::StringRef by) {
    size_t at = text.find(word);
    ASSERT_NE(at, std::string::npos);
    text.replace(at, word.size(), by);
  };
  replace("disable_gemv", "unit_flag(check_and_set) disable_gemv");
  replace(
      "pto.set_flag[\"PIPE_M\", \"PIPE_FIX\", \"EVENT_ID0\"] pto.wait_flag[\"PIPE_M\", \"PIPE_FIX\", \"EVENT_ID0\"]",
      "");
  std::vector<uint16_t> a(256, 0x3c00), b(256, 0x4000);
  for (Order order : {Order(), Order{Order::Kind::Late}, Order{Order::Kind::Early}}) {
    std::vector<float> out(256);
    LaunchOptions options;
    options.order = order;
    RunReport report = Kernel(text).run({buffer("a", a), buffer("b", b), buffer("out", out)}, options);
    ASSERT_FALSE(report.fault) << report.fault->message;
    EXPECT_TRUE(report.findings.empty());
    EXPECT_EQ(out, std::vector<float>(256, 32));
  }
}

// Three products into parts of L0C, and fixpipe takes them; unit flags are of parts.
TEST(Product, UnitFlagsOrderTheirOwnPartOnly) {
  auto findings = [](bool isSecondFlagged) {
    Product product{16, 16, 16};
    product.more = "%part0 = pto.castptr $0 : i64 -> !pto.ptr<f32, l0c> %part1 = pto.castptr $1024 : i64 -> "
                   "!pto.ptr<f32, l0c> %part2 = pto.castptr $2048 : i64 -> !pto.ptr<f32, l0c>\n";
    std::string text = productKernel(product), products, takes;
    for (unsigned part = 0; part < 3; ++part) {
      bool isFlagged = part != 1 || isSecondFlagged;
      std::string where = "%part" + std::to_string(part);
      products += "pto.mad %l0a, %l0b, " + where + ", %n16, %n16, %n16 " +
                  (isFlagged ? "unit_flag(check_and_set) " : "") +
                  ": !pto.ptr<f16, l0a>, !pto.ptr<f16, l0b>, !pto.ptr<f32, l0c>, i64, i64, i64\n";
      takes += "pto.mte_l0c_gm " + where + ", %out, %n16, %n16, %n16, %n16, %n0, %n0, " +
               (isFlagged ? "unit_flag(check_and_clear), " : "") +
               "nz2nd : !pto.ptr<f32, l0c>, !pto.ptr<f32, gm>, i64, i64, i64, i64, i64, i64\n";
    }
    text.replace(text.find("pto.mad "), std::string::npos, products + takes + "return } }");
    std::vector<uint16_t> a(256, 0x3c00), b(256, 0x4000);
    std::vector<float> out(256);
    RunReport report = Kernel(text).run({buffer("a", a), buffer("b", b), buffer("out", out)});
    EXPECT_FALSE(report.fault) << report.fault->message;
    return report.findings;
  };
  EXPECT_TRUE(findings(true).empty());
  // The flags of the first part say nothing of the product that follows it, though one after that has set its own.
  std::vector<Finding> second = findings(false);
  ASSERT_EQ(second.size(), 1u);
  EXPECT_EQ(second[0].check, Check::ReadAfterWrite);
}

TEST(Product, HasItsLimits) {
  std::string types = ": !pto.ptr<f16, l0a>, !pto.ptr<f16, l0b>, !pto.ptr<f32, l0c>, i64, i64, i64";
  auto fault = [&](const std::string &address, const std::string &n) {
    std::string body = "%l0a = pto.castptr $0 : i64 -> !pto.ptr<f16, l0a> %l0b = pto.castptr $" + address +
                       " : i64 -> !pto.ptr<f16, l0b> %l0c = pto.castptr $0 : i64 -> !pto.ptr<f32, l0c>\n"
                       "pto.mad %l0a, %l0b, %l0c, $16, %n, $16 " +
                       types;
    RunReport report = Kernel(cubeKernel("%n: i64", body)).run({scalar("n", std::stoull(n))});
    return report.fault ? report.fault->message : "none";
  };
  EXPECT_EQ(fault("0", "16"), "none");
  EXPECT_EQ(fault("0", "0"), "none") << "nothing to do";
  EXPECT_EQ(fault("0", "4096"), "pto.mad has n = 4096; its field holds 0 to 4095");
  EXPECT_EQ(fault("64", "16"), "pto.mad accesses l0b+0x40, which is not a multiple of 512 bytes");
  EXPECT_EQ(fault("65536", "16"), "pto.mad reads 512 bytes at l0b+0x10000, past the end of l0b (65536 bytes)");
}

} // namespace
} // namespace pto::sim::testing
