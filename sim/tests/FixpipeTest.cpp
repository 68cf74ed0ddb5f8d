// What becomes of a product on its way out of L0C. The product is one column by one row, so that every element is
// known.
#include "sim/ops/ScalarFloat.h"
#include "sim/tests/CubeKernel.h"
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>

namespace pto::sim::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr float infinity = std::numeric_limits<float>::infinity();

/// `row` by a one, in f32, through fixpipe into elements of type T.
template <class T>
std::vector<T> storedAs(const std::string &type, std::vector<float> row, const std::string &clauses,
                        const std::string &types = "", const std::string &more = "") {
  Product product{1, unsigned(row.size()), 1};
  product.lhs = product.rhs = "f32", product.elementBytes = 4;
  product.out = type, product.fixpipe = clauses, product.fixpipeTypes = types, product.more = more;
  product.clauses = "nosat";
  std::vector<float> one = {1};
  std::vector<T> out(row.size());
  RunReport report = Kernel(productKernel(product)).run({buffer("a", one), buffer("b", row), buffer("out", out)});
  EXPECT_FALSE(report.fault) << report.fault->message;
  return out;
}

std::vector<double> halves(const std::vector<uint16_t> &bits) {
  std::vector<double> values;
  for (uint16_t each : bits)
    values.push_back(toDouble(each, ScalarFloat::F16));
  return values;
}

TEST(Fixpipe, RoundsToHalfAndKeepsInfinitiesUnlessAskedTo) {
  std::vector<float> row = {1, 2049, 2051, 70000, -70000, infinity};
  std::string quantized = "pre_quant(%one, mode = f32_f16), nz2nd", one = "%one = arith.constant 1.0 : f32\n";
  EXPECT_THAT(halves(storedAs<uint16_t>("f16", row, quantized, ", f32", one)),
              ElementsAre(1, 2048, 2052, infinity, -infinity, infinity));
  EXPECT_THAT(halves(storedAs<uint16_t>("f16", row, quantized + ", sat", ", f32", one)),
              ElementsAre(1, 2048, 2052, 65504, -65504, 65504));
  std::vector<float> nan = {std::nanf("")};
  EXPECT_EQ(storedAs<uint16_t>("f16", nan, quantized + ", sat", ", f32", one)[0], 0);
  EXPECT_EQ(storedAs<uint16_t>("f16", nan, quantized + ", nosat", ", f32", one)[0], 0x7e00);
}

TEST(Fixpipe, ScalesByAFactorOfTenFractionBits) {
  std::string more = "%s = arith.constant 1.0004884 : f32 %t = arith.constant 1.5 : f16\n";
  EXPECT_THAT(storedAs<float>("f32", {2, -4}, "pre_quant(%s, mode = qf322f32_pre_scalar), nz2nd", ", f32", more),
              ElementsAre(2, -4));
  EXPECT_THAT(storedAs<float>("f32", {2, -4}, "pre_quant(%t, mode = qf322f32_pre_scalar), nz2nd", ", f16", more),
              ElementsAre(3, -6));
}

TEST(Fixpipe, RectifiesAndClips) {
  std::string more =
      "%s = arith.constant 2.0 : f32 %alpha = arith.constant 0.25 : f32 %limit = arith.constant 5.0 : f16\n";
  EXPECT_THAT(storedAs<uint32_t>("f32", {3, -4, -0.0f}, "pre_relu(mode = normal_relu), nz2nd"),
              ElementsAre(0x40400000u, 0u, 0u));
  EXPECT_THAT(storedAs<float>("f32", {3, -4}, "pre_relu(%alpha, mode = scalar_relu), nz2nd", ", f32", more),
              ElementsAre(3, -1));
  // The slope stands in place of the scale.
  EXPECT_THAT(
      halves(storedAs<uint16_t>("f16", {1, 3, -4},
                                "pre_quant(%s, mode = qf322f16_pre_scalar), pre_relu(%alpha, mode = scalar_relu, "
                                "clip = %limit), nz2nd",
                                ", f32, f32, f16", more)),
      ElementsAre(2, 5, -1));
}

TEST(Fixpipe, NarrowsToEightBits) {
  std::string more = "%s = arith.constant 0.5 : f32\n";
  std::string clauses = "pre_quant(%s, mode = qf322b8_pre_scalar), nz2nd";
  EXPECT_THAT(storedAs<int8_t>("i8", {1, 3, 5, -1000, 1000}, clauses, ", f32", more), ElementsAre(0, 2, 2, -128, 127));
  EXPECT_THAT(storedAs<uint8_t>("ui8", {3, -4, 1000}, clauses, ", f32", more), ElementsAre(2, 0, 255));
}

// Parameters of channels come from a table: scale, offset and sign in a word of 64 bits; slopes are f32.
TEST(Fixpipe, TakesTheParametersOfEachChannelFromItsTables) {
  auto parameter = [](float scale, int offset, bool isSigned) {
    return uint64_t(std::bit_cast<uint32_t>(scale)) | uint64_t(offset & 0x1ff) << 37 | uint64_t(isSigned) << 46;
  };
  std::vector<uint64_t> table = {parameter(1, 0, true), parameter(2, 3, true), parameter(1, -3, true),
                                 parameter(1, 10, false)};
  table.resize(16);
  std::string body =
      "%l1 = pto.castptr $0 : i64 -> !pto.ptr<f32, l1> %l1b = pto.castptr $4096 : i64 -> !pto.ptr<f32, l1> "
      "%l1t = pto.castptr $8192 : i64 -> !pto.ptr<i64, l1> %fb = pto.castptr $0 : i64 -> !pto.ptr<f32, fb> "
      "%l0a = pto.castptr $0 : i64 -> !pto.ptr<f32, l0a> %l0b = pto.castptr $0 : i64 -> !pto.ptr<f32, l0b> "
      "%l0c = pto.castptr $0 : i64 -> !pto.ptr<f32, l0c>\n"
      "pto.mte_gm_l1_frac %a, %l1, nd2nz, shape($1, $1), src_layout($4), dst_group($1, $1, $16, $0), ctrl($0, %false) "
      ": !pto.ptr<f32>, !pto.ptr<f32, l1>, nd2nz, shape i64, i64, src_layout(i64), dst_group i64, i64, i64, i64, ctrl "
      "i64, i1\n"
      "pto.mte_gm_l1_frac %b, %l1b, nd2nz, shape($4, $1), src_layout($4), dst_group($1, $1, $16, $0), ctrl($0, %false) "
      ": !pto.ptr<f32>, !pto.ptr<f32, l1>, nd2nz, shape i64, i64, src_layout(i64), dst_group i64, i64, i64, i64, ctrl "
      "i64, i1\n"
      "pto.mte_gm_l1 %t, %l1t, $128 nburst($1, $0, $0) : !pto.ptr<i64>, !pto.ptr<i64, l1>, i64, i64, i64, i64\n"
      "pto.barrier #pto.pipe<PIPE_ALL>\n"
      "pto.mte_l1_fb %l1t, %fb, $2 nburst($1, $0, $0) : !pto.ptr<i64, l1>, !pto.ptr<f32, fb>, i64, i64, i64, i64\n"
      "pto.mte_l1_l0a %l1, %l0a, $1, $1, $0, $0 : !pto.ptr<f32, l1>, !pto.ptr<f32, l0a>, i64, i64, i64, i64\n"
      "pto.mte_l1_l0b %l1b, %l0b, $1, $4, $0, $0 : !pto.ptr<f32, l1>, !pto.ptr<f32, l0b>, i64, i64, i64, i64\n"
      "pto.barrier #pto.pipe<PIPE_ALL>\n"
      "pto.mad %l0a, %l0b, %l0c, $1, $4, $1 : !pto.ptr<f32, l0a>, !pto.ptr<f32, l0b>, !pto.ptr<f32, l0c>, i64, i64, "
      "i64\n"
      "pto.barrier #pto.pipe<PIPE_ALL>\n"
      "pto.mte_l0c_gm %l0c, %out, $1, $4, $16, $4, $0, $0, pre_quant(%fb, mode = qf322b8_pre_vec), nz2nd : "
      "!pto.ptr<f32, l0c>, !pto.ptr<i8>, i64, i64, i64, i64, i64, i64, !pto.ptr<f32, fb>";
  std::vector<float> a = {1}, b = {-7, 5, 2, -4};
  std::vector<int8_t> out(4);
  std::string text = cubeKernel("%a: !pto.ptr<f32>, %b: !pto.ptr<f32>, %t: !pto.ptr<i64>, %out: !pto.ptr<i8>", body);
  RunReport report = Kernel(text).run({buffer("a", a), buffer("b", b), buffer("t", table), buffer("out", out)});
  ASSERT_FALSE(report.fault) << report.fault->message;
  EXPECT_TRUE(report.findings.empty());
  EXPECT_THAT(out, ElementsAre(-7, 13, -1, 6));
  // Slopes lie in the other table; half a table is all there is.
  size_t at = text.find("castptr %n0 : i64 -> !pto.ptr<f32, fb>");
  text.replace(at, 11, "castptr %n8192");
  report = Kernel(text).run({buffer("a", a), buffer("b", b), buffer("t", table), buffer("out", out)});
  ASSERT_TRUE(report.fault);
  EXPECT_EQ(report.fault->message,
            "pto.mte_l1_fb writes 128 bytes at fb+0x2000, outside of its tables of 2048 bytes at 0x0 and 0x10000");
}

/// The 20 by 24 product of a column of row numbers by 100 and a row of ones, plus the column's number.
std::vector<float> laidOut(const std::string &clauses, const std::string &types, size_t size, unsigned stride,
                           const std::string &more = "") {
  Product product{20, 24, 2};
  product.lhs = product.rhs = "f32", product.elementBytes = 4;
  product.fixpipe = clauses, product.fixpipeTypes = types, product.more = more;
  std::vector<float> a(40), b(48), out(size, -1);
  for (unsigned row = 0; row < 20; ++row)
    a[row * 2] = float(row * 100), a[row * 2 + 1] = 1;
  for (unsigned column = 0; column < 24; ++column)
    b[column] = 1, b[24 + column] = float(column);
  std::string text = productKernel(product);
  size_t at = text.find("%n20, %n24, %n32, %n24");
  text.replace(at, 22, "%n20, %n24, %n32, %stride");
  at = text.find("%l1a =");
  text.insert(at, "%stride = arith.constant " + std::to_string(stride) + " : i64\n");
  RunReport report = Kernel(text).run({buffer("a", a), buffer("b", b), buffer("out", out)});
  EXPECT_FALSE(report.fault) << report.fault->message;
  return out;
}

TEST(Fixpipe, LaysRowsColumnsAndFractals) {
  std::vector<float> rows = laidOut("nz2nd", "", 20 * 32, 32), same = laidOut("sat", "", 20 * 32, 32),
                     columns = laidOut("nz2dn(%n1)", ", i64", 24 * 20, 20),
                     fractals = laidOut("nz2nz(%n0)", ", i64", 2 * 20 * 16, 320),
                     split = laidOut("nz2nz(%n1)", ", i64", 3 * 20 * 8, 160);
  EXPECT_EQ(same, rows) << "rows is what there is without a layout";
  for (unsigned row = 0; row < 20; ++row)
    for (unsigned column = 0; column < 24; ++column) {
      float value = float(row * 100 + column);
      EXPECT_EQ(rows[row * 32 + column], value);
      EXPECT_EQ(columns[column * 20 + row], value);
      EXPECT_EQ(fractals[column / 16 * 320 + row * 16 + column % 16], value);
      EXPECT_EQ(split[column / 8 * 160 + row * 8 + column % 8], value);
    }
  EXPECT_EQ(rows[24], -1) << "gaps are left alone";
}

TEST(Fixpipe, AddsToWhatIsThere) {
  std::vector<float> sum = laidOut("nz2nd, atomic(type = f32, op = add)", "", 20 * 24, 24),
                     least = laidOut("nz2nd, atomic(type = f32, op = min)", "", 20 * 24, 24);
  EXPECT_EQ(sum[23], 22);
  EXPECT_EQ(sum[24], 99);
  EXPECT_EQ(least[24], -1);
}

TEST(Fixpipe, IsRefusedWhereItsRoundingIsUnknown) {
  Product product{16, 16, 16};
  product.out = "!pto.hif8", product.fixpipe = "pre_quant(%s, mode = qf322hif8_pre_scalar), nz2nd";
  product.fixpipeTypes = ", f32", product.more = "%s = arith.constant 1.0 : f32\n";
  EXPECT_THAT(Kernel(productKernel(product)).refusals(),
              HasSubstr("pto.mte_l0c_gm with pre_quant qf322hif8_pre_scalar is not simulated: its rounding is not "
                        "documented"));
}

} // namespace
} // namespace pto::sim::testing
