// Comparisons that would let a wrong kernel pass, and those that only look like it.
#include "golden/compare/Vacuity.h"
#include "golden/tests/Requests.h"
#include <cmath>
#include <gmock/gmock.h>

using namespace pto::golden;

namespace {

Reference referenceOf(DType type, std::vector<double> values) {
  Reference reference{tensorOf(type, values), {}, {}};
  if (isFloat(type))
    reference.exact = std::move(values);
  return reference;
}

/// The key that would allow it and what is said, or nothing.
std::string vacuityOf(const Reference &reference, const CompareMode &mode, const Tensor *initial = nullptr,
                      std::optional<Vacuity> allowed = std::nullopt) {
  std::optional<VacuityFound> found =
      findVacuity(reference, mode, initial, [&](Vacuity kind) { return kind == allowed; });
  return found ? nameOf(found->kind).str() + ": " + found->message : "";
}

std::string vacuityOf(DType type, std::vector<double> values, const CompareMode &mode) {
  return vacuityOf(referenceOf(type, std::move(values)), mode);
}

std::vector<double> sixtyFour(double value, double last) {
  std::vector<double> values(64, value);
  values.back() = last;
  return values;
}

} // namespace

TEST(Vacuity, AReferenceOfZerosIsPassedByAnOutputThatWasNeverComputed) {
  EXPECT_EQ(vacuityOf(DType::F32, {0, -0.0}, Ulp{0}),
            "zero: the reference is all zero, so an output that was never computed would pass; choose other inputs, or "
            "say why it is right with `allow: { zero: REASON }`");
  EXPECT_THAT(vacuityOf(DType::I8, {0, 0}, Bits{}), testing::StartsWith("zero: "));
  EXPECT_EQ(vacuityOf(DType::F32, {0, -0.0}, Bits{}), "");
  EXPECT_EQ(vacuityOf(DType::I8, {0, 1}, Bits{}), "");
  EXPECT_EQ(vacuityOf(referenceOf(DType::I8, {0, 0}), Bits{}, nullptr, Vacuity::Zero), "");
}

TEST(Vacuity, AReferenceOfNaNsChecksNoValue) {
  EXPECT_EQ(vacuityOf(DType::F16, {NAN, NAN}, Ulp{0}),
            "nan: the reference is all NaN, so no value that a kernel computes is checked; choose other inputs, or say "
            "why it is right with `allow: { nan: REASON }`");
  EXPECT_EQ(vacuityOf(DType::F16, {NAN, 1}, Ulp{0}), "");
}

TEST(Vacuity, AnOutputThatKeepsWhatItHeldIsPassedByAKernelThatDoesNothing) {
  Tensor initial = tensorOf(DType::F32, {1, 2, 3});
  EXPECT_EQ(
      vacuityOf(referenceOf(DType::F32, {1, 2, 3}), Ulp{0}, &initial),
      "unchanged: the reference is what the output holds before the run, so a kernel that does nothing would pass; "
      "choose other inputs, or say why it is right with `allow: { unchanged: REASON }`");
  EXPECT_THAT(vacuityOf(referenceOf(DType::F32, {1, 2.001, 3}), Close{0, 0.01}, &initial),
              testing::HasSubstr("before the run, within close: {atol: 0, rtol: 0.01}, so"));
  EXPECT_EQ(vacuityOf(referenceOf(DType::F32, {1, 2, 4}), Ulp{0}, &initial), "");
  EXPECT_EQ(vacuityOf(referenceOf(DType::F32, {1, 2, 3}), Ulp{0}, &initial, Vacuity::Unchanged), "");
}

TEST(Vacuity, ABoundThatZerosPassChecksNothing) {
  EXPECT_EQ(vacuityOf(DType::F32, {1, 2}, Close{3, 0}),
            "loose: an output of zeros would pass close: {atol: 3, rtol: 0}, so it checks nothing; tighten the "
            "tolerance, or say why it is right with `allow: { loose: REASON }`");
  EXPECT_EQ(vacuityOf(DType::F32, {1, 2}, Ulp{4}), "");
}

TEST(Vacuity, ABoundThatHalfOfTheValuePassesIsLoose) {
  EXPECT_EQ(vacuityOf(DType::F32, {1, 2, 0, NAN}, Close{0, 0.6}),
            "loose: half of the right value would pass close: {atol: 0, rtol: 0.6} in 2 of 2 elements; tighten the "
            "tolerance, or say why it is right with `allow: { loose: REASON }`");
  EXPECT_EQ(vacuityOf(DType::F32, {1, 2, 0, NAN}, Close{0, 0.4}), "");
  EXPECT_THAT(vacuityOf(DType::BF16, {1, 2}, Ulp{128}), testing::StartsWith("loose: half"));
  EXPECT_EQ(vacuityOf(DType::BF16, {1, 2}, Ulp{16}), "");
  EXPECT_THAT(vacuityOf(DType::I8, {3, -2, 2}, Ulp{1}), testing::HasSubstr(" in 2 of 3 elements"));
  EXPECT_EQ(vacuityOf(DType::I8, {100, -50, 1}, Ulp{1}), "");
}

TEST(Vacuity, OneLargeElementDoesNotCheckTheOthers) {
  EXPECT_THAT(
      vacuityOf(DType::F32, sixtyFour(0.01, 1000), Close{0.1, 0}),
      testing::HasSubstr("half of the right value would pass close: {atol: 0.1, rtol: 0} in 63 of 64 elements"));
  EXPECT_EQ(vacuityOf(DType::F32, sixtyFour(1000, 0.01), Close{0.1, 0}), "");
}

TEST(Vacuity, SumsAreJudgedAsAWhole) {
  Reference reference = referenceOf(DType::BF16, sixtyFour(0.1, -0.1));
  reference.bound.assign(64, 1.0);
  // Each element alone may be off by half the sum of absolute values; all of them may not.
  EXPECT_EQ(vacuityOf(reference, Dot{1}), "");
}

TEST(Vacuity, ExactModesAreNeverLoose) {
  for (DType type : {DType::F32, DType::I8, DType::U8})
    for (const CompareMode &mode : {CompareMode(Bits{}), CompareMode(Ulp{0})})
      EXPECT_EQ(vacuityOf(type, {0, 0, 1}, mode), "");
}
