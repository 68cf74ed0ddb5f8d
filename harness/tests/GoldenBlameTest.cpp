// What a golden, or a comparison that checks nothing, does to a run: it is the case's error, with its place, and the
// other cases do not suffer.
#include "harness/tests/Sandbox.h"
#include <gmock/gmock.h>

using namespace pto::harness::testing;
namespace reports = pto::reports;
using testing::HasSubstr;

namespace {

constexpr int wrongCase = 105;

struct Blamed {
  const char *name;
  Edit edit;
  const char *says;
  const char *arguments = "";
};

Edit golden(const char *body) {
  return {"case.yaml", "return a - b", body};
}
Edit compare(const char *mode) {
  return {"case.yaml", "compare: bits", mode};
}

const Blamed blamed[] = {
    {"OverwritesTheKernel", golden("torch.save(a, \"cases/sample/kernel.pto\")\n      return a - b"),
     "torch.save touches files"},
    {"MapsAFile", golden("return torch.from_file(\"cases/sample/kernel.pto\", True, 100)"),
     "torch.from_file reads and writes files"},
    {"WritesOutsideItsMemory", golden("return torch._reshape_alias(a, [1000000], [1]).fill_(3)"),
     "torch._reshape_alias can reach outside of a tensor's memory"},
    {"LoopsForEver", golden("while True:\n          a = a + 1\n      return a"),
     "the loop does not finish within the time limit", "--timeout 0.5"},
    {"DividesByZero", golden("return a * (1 % 0)"), "division of integers by zero"},
    {"OverflowsADivision", golden("return (a.long() * 0 - 9223372036854775807 - 1) // -1 + b"),
     "division of the smallest integer by -1"},
    {"AsksForThreeGigabytes", golden("return a + torch.zeros([400000000]).sum()"),
     "the golden needs more memory than the 1024 MiB it may use"},
    {"ImportsNumpy", golden("import numpy as np\n      return np.subtract(a, b)"), "a golden imports nothing"},
    {"IsAllNaN", golden("return a - b + float(\"nan\")"), "`allow: { nan: REASON }`"},
    {"IsAllZero", golden("return a - a"), "`allow: { zero: REASON }`"},
    {"IsLoose", compare("compare: { close: { atol: 0, rtol: 0.6 } }"), "`allow: { loose: REASON }`"},
    {"IsUnchanged",
     {"case.yaml", "direction: out }\ngolden: |\n  def golden(a, b):\n      return a - b",
      "direction: inout }\ngolden: |\n  def golden(a, b, out):\n      return out"},
     "`allow: { unchanged: REASON }`"},
};

class GoldenBlame : public testing::TestWithParam<Blamed> {};

} // namespace

TEST_P(GoldenBlame, IsTheCasesAtTheGoldenStage) {
  Sandbox sandbox;
  sandbox.apply(GetParam().edit);
  std::string kernel = sandbox.read("cases/sample/kernel.pto");
  Outcome outcome = sandbox.run(GetParam().arguments);
  EXPECT_EQ(outcome.exitCode, wrongCase) << outcome.text;
  ASSERT_EQ(outcome.results.size(), 1u) << outcome.text;
  EXPECT_EQ(outcome.results[0].state, reports::State::InfraError);
  EXPECT_EQ(outcome.results[0].stage, "golden");
  EXPECT_THAT(outcome.results[0].message, HasSubstr(GetParam().says));
  ASSERT_TRUE(outcome.results[0].location);
  EXPECT_THAT(outcome.results[0].location->file, HasSubstr("case.yaml"));
  EXPECT_EQ(sandbox.read("cases/sample/kernel.pto"), kernel);
}

INSTANTIATE_TEST_SUITE_P(, GoldenBlame, testing::ValuesIn(blamed), [](const auto &info) { return info.param.name; });

TEST(Allow, AReasonLetsTheComparisonBe) {
  Sandbox sandbox;
  sandbox.apply(compare("compare: { close: { atol: 0, rtol: 0.6 } }\nallow: { loose: the hardware promises no more }"));
  EXPECT_EQ(sandbox.run().exitCode, 0);
}

TEST(Allow, WithoutAReasonIsAnError) {
  Sandbox sandbox;
  sandbox.apply(compare("allow: { loose: true }"));
  Outcome outcome = sandbox.run();
  EXPECT_EQ(outcome.exitCode, wrongCase);
  EXPECT_THAT(outcome.text, HasSubstr("'loose' must be the reason, in words, found 'true'"));
}

TEST(Allow, OfOneOutputIsNotOfAnother) {
  Sandbox sandbox;
  sandbox.apply(golden("return a - a"));
  sandbox.apply(compare("allow: { out: { zero: for a test } }"));
  EXPECT_EQ(sandbox.run().results.at(0).stage, "compare");
}

TEST(Allow, ThatIsNotNeededIsToldWithItsPlace) {
  Sandbox sandbox;
  sandbox.apply(compare("allow: { zero: it was once }"));
  Outcome outcome = sandbox.run();
  EXPECT_EQ(outcome.exitCode, 0);
  EXPECT_THAT(outcome.text, HasSubstr("cases/sample/case.yaml:10:16: `allow: { zero: … }` is not needed; remove it"));
  outcome = sandbox.run("--werror");
  EXPECT_EQ(outcome.exitCode, 100);
  EXPECT_EQ(outcome.results.at(0).state, reports::State::FailCheck);
}

TEST(Allow, ThatOnePointNeedsIsNotStale) {
  Sandbox sandbox;
  sandbox.apply(golden("return a - ${right}"));
  sandbox.apply({"kernel.pto", "pto.vsub %va, %vb", "pto.vsub %va, %v${right}"});
  sandbox.apply(compare("matrix: { right: [a, b] }\nallow: { zero: a number less itself, nan: never }"));
  Outcome outcome = sandbox.run();
  EXPECT_EQ(outcome.exitCode, 0) << outcome.text;
  EXPECT_EQ(outcome.results.at(0).allowed, std::vector<std::string>{"out: zero"});
  EXPECT_THAT(outcome.results.at(0).warnings,
              testing::ElementsAre(HasSubstr("11:43: `allow: { nan: … }` is not needed at any point of the case")));
  // Of some of the points it is not known.
  EXPECT_TRUE(sandbox.run("sample@right=b").results.at(0).warnings.empty());
}

// Of one element that is zero or one, half of the seeds give a reference that is all zero.
TEST(Vacuity, ThatIsChanceIsNoError) {
  Sandbox sandbox;
  sandbox.write("case.yaml", R"(summary: one byte through UB
matrix: { point: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] }
seed: ${point}
args:
  - { name: x, dtype: ui8, shape: [1], init: { integers: [0, 1] } }
  - { name: out, dtype: ui8, shape: [1], direction: out }
golden: |
  def golden(x):
      return x
)");
  sandbox.write("kernel.pto",
                R"(module attributes {pto.target_arch = "a5", pto.kernel_kind = #pto.kernel_kind<vector>} {
  func.func @one_byte(%x: !pto.ptr<ui8, gm>, %out: !pto.ptr<ui8, gm>) attributes {pto.kernel} {
    %zero = arith.constant 0 : i64
    %one = arith.constant 1 : i64
    %ub = pto.castptr %zero : i64 -> !pto.ptr<ui8, ub>
    pto.mte_gm_ub %x, %ub, %zero, %one nburst(%one, %one, %one) : !pto.ptr<ui8, gm>, !pto.ptr<ui8, ub>, i64, i64, i64, i64, i64
    pto.set_flag["PIPE_MTE2", "PIPE_MTE3", "EVENT_ID0"]
    pto.wait_flag["PIPE_MTE2", "PIPE_MTE3", "EVENT_ID0"]
    pto.mte_ub_gm %ub, %out, %one nburst(%one, %one, %one) : !pto.ptr<ui8, ub>, !pto.ptr<ui8, gm>, i64, i64, i64, i64
    pto.barrier #pto.pipe<PIPE_ALL>
    return
  }
}
)");
  Outcome outcome = sandbox.run();
  EXPECT_EQ(outcome.exitCode, 0) << outcome.text;
  EXPECT_EQ(outcome.results.size(), 16u);

  // A kernel that always stores zero must not pass where the data are zero by chance.
  sandbox.apply({"kernel.pto", "    pto.mte_ub_gm %ub,",
                 "    %far = arith.constant 64 : i64\n"
                 "    %unset = pto.castptr %far : i64 -> !pto.ptr<ui8, ub>\n"
                 "    pto.mte_ub_gm %unset,"});
  outcome = sandbox.run();
  EXPECT_EQ(outcome.results.size(), 16u);
  for (const reports::Result &result : outcome.results)
    EXPECT_EQ(result.state, reports::State::FailNumeric) << result.name;
}
