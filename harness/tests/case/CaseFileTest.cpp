// What a case file means, where it is right.
#include "harness/tests/case/Scratch.h"
#include "llvm/Support/FormatVariadic.h"
#include <cmath>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace pto;
using namespace pto::harness;

namespace {

class CaseFileTest : public testing::Test {
protected:
  CaseSet readSet(llvm::StringRef yaml, llvm::StringRef kernel = "module {}\n") {
    scratch.write("group/op/kernel.pto", kernel);
    CaseSet set = readCaseFile(scratch.write("group/op/case.yaml", yaml), "group/op");
    EXPECT_EQ(show(set), "");
    return set;
  }
  Case readOne(llvm::StringRef yaml, llvm::StringRef kernel = "module {}\n") {
    CaseSet set = readSet(yaml, kernel);
    EXPECT_EQ(set.cases.size(), 1u);
    return set.cases.empty() ? Case() : set.cases.front();
  }
  /// The one argument of interest.
  CaseArgument readArgument(llvm::StringRef argument) {
    Case one = readOne(("summary: s\n"
                        "args:\n"
                        "  - " +
                        argument +
                        "\n"
                        "  - { name: out, dtype: f32, shape: [1], direction: out }\n"
                        "golden: |\n"
                        "  def golden(x): return x\n")
                           .str());
    return one.args.empty() ? CaseArgument() : one.args.front();
  }
  static std::vector<std::string> namesOf(const CaseSet &set) {
    std::vector<std::string> names;
    for (const Case &one : set.cases)
      names.push_back(one.name);
    return names;
  }

  Scratch scratch;
};

TEST_F(CaseFileTest, DefaultsFillWhatIsNotWritten) {
  Case one = readOne(R"(summary: adds nothing
args:
  - { name: x, dtype: f32, shape: [64] }
  - { name: i, dtype: i32, shape: [2, 3] }
  - { name: u, dtype: u8, shape: [1], direction: inout }
  - { name: out, dtype: bf16, shape: [64], direction: out }
golden: |
  def golden(x, i, u):
      return u, x
)",
                     "\xef\xbb\xbf"
                     "func.func @k() {\n}\n");
  EXPECT_EQ(one.name, "group/op");
  EXPECT_EQ(one.folder, scratch.path("group/op"));
  EXPECT_EQ(one.summary, "adds nothing");
  EXPECT_EQ(one.kernelFile, scratch.path("group/op/kernel.pto"));
  EXPECT_EQ(one.kernelText, "func.func @k() {\n}\n");
  EXPECT_EQ(one.entry, "");
  EXPECT_EQ(one.golden, "def golden(x, i, u):\n    return u, x\n");
  EXPECT_EQ(one.blocks, 1u);
  EXPECT_EQ(one.seed, 0u);
  EXPECT_FALSE(one.timeoutSeconds || one.xfail || one.skip || !one.args.back().allow.empty());
  ASSERT_EQ(one.args.size(), 4u);
  EXPECT_EQ(std::get<golden::Uniform>(one.args[0].init).low, -1);
  EXPECT_EQ(std::get<golden::Integers>(one.args[1].init).low, -8);
  EXPECT_EQ(std::get<golden::Integers>(one.args[2].init).high, 16);
  EXPECT_EQ(one.args[1].shape, (std::vector<int64_t>{2, 3}));
  EXPECT_EQ(one.args[2].direction, Direction::InOut);
  EXPECT_TRUE(std::holds_alternative<golden::Bits>(one.args[2].compare));
  EXPECT_EQ(std::get<golden::Ulp>(one.args[3].compare).distance, 0u);
  EXPECT_EQ(one.args[3].place.line, 6u);
}

TEST_F(CaseFileTest, EveryKeyIsKept) {
  Case one = readOne(R"(summary: s
kernel: { source: ../op/kernel.pto, entry: vadd }
args: [{ name: out, dtype: si16, shape: [1], direction: out }]
golden: |2
    def golden(): return 0
compare: { out: { ulp: 3 } }
blocks: 0x10
seed: 18446744073709551615
timeout: 2.5
xfail: { reason: known, state: fail-check, stage: run }
allow-zero: true
conventions: { pads: finite, masks: rows }
tags: [a, b]
)");
  EXPECT_EQ(one.kernelFile, scratch.path("group/op/../op/kernel.pto"));
  EXPECT_EQ(one.entryPlace.line, 2u);
  EXPECT_EQ(one.entry, "vadd");
  EXPECT_EQ(one.args[0].dtype, golden::DType::I16);
  EXPECT_EQ(one.args[0].dtypeText, "si16");
  EXPECT_EQ(std::get<golden::Ulp>(one.args[0].compare).distance, 3u);
  EXPECT_EQ(one.blocks, 16u);
  EXPECT_EQ(one.seed, UINT64_MAX);
  EXPECT_EQ(one.timeoutSeconds, 2.5);
  ASSERT_TRUE(one.xfail);
  EXPECT_EQ(one.xfail->reason, "known");
  EXPECT_EQ(one.xfail->state, reports::State::FailCheck);
  EXPECT_EQ(one.xfail->stage, "run");
  EXPECT_TRUE(one.args[0].allow.count(golden::Vacuity::Zero));
  EXPECT_EQ(one.conventions.texts(), (std::vector<std::string>{"pads=finite", "masks=rows"}));
  EXPECT_EQ(one.tags, (std::vector<std::string>{"a", "b"}));
}

TEST_F(CaseFileTest, ScalarsAreExact) {
  CaseArgument largest = readArgument("{ name: x, dtype: u64, value: 18446744073709551615 }");
  EXPECT_TRUE(largest.isScalar);
  EXPECT_EQ(static_cast<uint64_t>(largest.integer), UINT64_MAX);
  EXPECT_EQ(readArgument("{ name: x, dtype: i64, value: -9223372036854775808 }").integer, INT64_MIN);
  EXPECT_EQ(readArgument("{ name: x, dtype: i64, value: 9007199254740993 }").integer, 9007199254740993);
  EXPECT_EQ(readArgument("{ name: x, dtype: f32, value: 0x1.8p3 }").value, 12.0);
  EXPECT_TRUE(std::isnan(readArgument("{ name: x, dtype: f16, value: .nan }").value));
  EXPECT_EQ(readArgument("{ name: x, dtype: f16, value: -inf }").value, -INFINITY);
  EXPECT_TRUE(std::signbit(readArgument("{ name: x, dtype: f32, value: -0 }").value));
}

TEST_F(CaseFileTest, EveryGeneratorIsRead) {
  auto init = [&](llvm::StringRef text) {
    return readArgument(("{ name: x, dtype: f16, shape: [4], init: " + text + " }").str()).init;
  };
  EXPECT_EQ(std::get<golden::Uniform>(init("{ uniform: [-2, 0.5] }")).high, 0.5);
  EXPECT_EQ(std::get<golden::Normal>(init("{ normal: [1, 2] }")).standardDeviation, 2);
  EXPECT_EQ(std::get<golden::Integers>(init("{ integers: [-3, 3] }")).low, -3);
  EXPECT_EQ(std::get<golden::Ramp>(init("{ ramp: [4, -1] }")).step, -1);
  EXPECT_EQ(std::get<golden::Constant>(init("{ constant: 7 }")).value, 7);
  EXPECT_EQ(std::get<golden::Values>(init("{ values: [1, inf, -0.0] }")).values, (std::vector<double>{1, INFINITY, 0}));
  EXPECT_TRUE(std::holds_alternative<golden::Specials>(init("specials")));
  EXPECT_TRUE(std::holds_alternative<golden::Boundaries>(init("boundaries")));
  EXPECT_TRUE(std::holds_alternative<golden::Permutation>(init("permutation")));
  EXPECT_TRUE(std::holds_alternative<golden::AllPatterns>(init("all-patterns")));
  scratch.write("group/op/x.bin", "12345678");
  EXPECT_EQ(std::get<golden::FromFile>(init("{ file: x.bin }")).path, scratch.path("group/op/x.bin"));
}

TEST_F(CaseFileTest, EveryModeIsRead) {
  auto mode = [&](llvm::StringRef text) {
    Case one = readOne(("summary: s\n"
                        "args: [{ name: out, dtype: f32, shape: [1], direction: out }]\n"
                        "golden: 'def golden(): return 0'\n"
                        "compare: " +
                        text + "\n")
                           .str());
    return golden::describe(one.args.at(0).compare);
  };
  EXPECT_EQ(mode("bits"), "bits");
  EXPECT_EQ(mode("{ ulp: 2 }"), "ulp: 2");
  EXPECT_EQ(mode("{ close: { atol: 1e-5, rtol: 0.5 } }"), "close: {atol: 1e-05, rtol: 0.5}");
  EXPECT_EQ(mode("torch"), "torch");
  EXPECT_EQ(mode("{ dot: { ksb: 64 } }"), "dot: {ksb: 64}");
  EXPECT_EQ(mode("{ product: 3 }"), "product: 3");
  EXPECT_EQ(mode("{ abs_error: { bound: 1 + torch.abs(x) } }"), "abs_error: {bound: 1 + torch.abs(x)}");
  EXPECT_EQ(mode("ascend"), "ascend");
}

TEST_F(CaseFileTest, MatrixGivesAPointForEachCombination) {
  CaseSet set = readSet(R"(summary: ${op} of ${dtype}
kernel: { entry: ${op}_${dtype} }
matrix:
  dtype: [f32, bf16]
  op:
    - { op: vadd, formula: a + b }
    - { op: vsub, formula: a - b }
  tail: [0, 13]
  exclude: [{ dtype: bf16, op: vsub }, { tail: 13, dtype: f32 }]
  include: [{ dtype: si16, op: vand, formula: a & b, tail: 7 }]
let:
  n: dtype.lanes * 4 + tail
  host: dtype.host
args:
  - { name: a, dtype: ${dtype}, shape: [n, ${min(n, 2)}] }
  - { name: out, dtype: "${dtype}", shape: [n * 2], direction: out }
golden: |
  def golden(a):
      return ${formula}
)",
                        "// ${dtype.mask} ${host}\n"
                        "${op} ${ceildiv(n, 100)}\n");
  EXPECT_EQ(namesOf(set),
            (std::vector<std::string>{"group/op@dtype=bf16,op=vadd,tail=0", "group/op@dtype=bf16,op=vadd,tail=13",
                                      "group/op@dtype=f32,op=vadd,tail=0", "group/op@dtype=f32,op=vsub,tail=0",
                                      "group/op@dtype=si16,op=vand,tail=7"}));
  const Case &last = set.cases.back();
  EXPECT_EQ(last.summary, "vand of si16");
  EXPECT_EQ(last.entry, "vand_si16");
  EXPECT_EQ(last.args[0].shape, (std::vector<int64_t>{519, 2}));
  EXPECT_EQ(last.args[1].shape, (std::vector<int64_t>{1038}));
  EXPECT_EQ(last.golden, "def golden(a):\n    return a & b\n");
  EXPECT_EQ(last.kernelText, "// b16 i16\nvand 6\n");
}

TEST_F(CaseFileTest, PointsCanHaveTheNamesOfFoldersBesideTheirs) {
  CaseSet set = readSet(R"(summary: s
name: ${op}-wide
matrix:
  op: [{ op: vadd, sign: + }, { op: vsub, sign: "-" }]
  tail: [0, 13]
args: [{ name: out, dtype: f32, shape: ["tail + 1"], direction: out }]
golden: |
  def golden(): return 0 ${sign} 0
)");
  EXPECT_EQ(namesOf(set), (std::vector<std::string>{"group/vadd-wide@tail=0", "group/vadd-wide@tail=13",
                                                    "group/vsub-wide@tail=0", "group/vsub-wide@tail=13"}));
  EXPECT_EQ(set.cases.at(1).inFolder, "group/op@op=vadd,tail=13");
}

TEST_F(CaseFileTest, AnAxisOfMapsIsNamedByTheFirstValue) {
  CaseSet set = readSet(R"(summary: ${variant} is ${op}, ${why}
matrix: { variant: [{ op: vadd, why: sum }, { op: vsub, why: difference }] }
args: [{ name: out, dtype: f32, shape: [1], direction: out }]
golden: |
  def golden(): return 0
)");
  EXPECT_EQ(namesOf(set), (std::vector<std::string>{"group/op@variant=vadd", "group/op@variant=vsub"}));
  EXPECT_EQ(set.cases.at(1).summary, "vsub is vsub, difference");
}

TEST_F(CaseFileTest, AnEmptyReasonFromAPlaceholderIsNone) {
  CaseSet set = readSet(R"(summary: s
matrix:
  op:
    - { op: vadd, why: "" }
    - { op: vsub, why: not yet }
skip: ${why}
args: [{ name: out, dtype: f32, shape: [1], direction: out }]
golden: |
  def golden(): return 0
)");
  EXPECT_EQ(set.cases.at(0).skip, std::nullopt);
  EXPECT_EQ(set.cases.at(1).skip, "not yet");
}

TEST_F(CaseFileTest, AScalarMayBeTheLargestOfItsTypeAsItIsPrinted) {
  EXPECT_EQ(readArgument("{ name: x, dtype: f32, value: 3.4028235e38 }").value, 3.4028235e38);
  EXPECT_EQ(readArgument("{ name: x, dtype: bf16, value: -3.3895e38 }").value, -3.3895e38);
}

TEST_F(CaseFileTest, GoldenPlaceIsThatOfItsFirstCharacter) {
  auto place = [&](llvm::StringRef golden) {
    Place place =
        readOne(("summary: s\nargs: [{ name: out, dtype: f32, shape: [1], direction: out }]\n" + golden).str())
            .goldenPlace;
    return std::pair(place.line, place.column);
  };
  using At = std::pair<unsigned, unsigned>;
  EXPECT_EQ(place("golden: |\n  def golden(): return 0\n"), At(4, 3));
  EXPECT_EQ(place("golden: |  # why\n\n\n    def golden(): return 0\n"), At(4, 5));
  EXPECT_EQ(place("golden: |2\n    def golden(): return 0\n"), At(4, 3));
  EXPECT_EQ(place("golden: &g |-\r\n  def golden(): return 0\r\n"), At(4, 3));
  EXPECT_EQ(place("golden:\n  |\n  def golden(): return 0\n"), At(5, 3));
  EXPECT_EQ(place("golden: 'def golden(): return 0'\n"), At(3, 10));
}

TEST_F(CaseFileTest, MistakesInTheKernelAreAtItsLines) {
  scratch.write("case/kernel.pto", "module {\n  %0 = ${n} : ${dtpye}\n  ${n\n}\n");
  std::string file = scratch.write("case/case.yaml", R"(summary: s
matrix: { dtype: [f32], n: [1, 2] }
args: [{ name: out, dtype: f32, shape: [1], direction: out }]
golden: |
  def golden(): return ${m}
)");
  EXPECT_EQ(show(readCaseFile(file, "case")), "case.yaml:5:26: 'm' is not bound; bound are dtype, n\n"
                                              "kernel.pto:2:17: 'dtpye' is not bound; did you mean 'dtype'?\n"
                                              "kernel.pto:3:3: this placeholder has no '}' on its line\n");
}

TEST_F(CaseFileTest, MistakesOfAPointAreItsOwn) {
  std::string file = scratch.write("case/case.yaml", R"(summary: s
matrix: { n: [0, 1, 2] }
args: [{ name: out, dtype: f32, shape: [n], direction: out }]
golden: |
  def golden(): return 0
)");
  scratch.write("case/kernel.pto", "");
  CaseSet set = readCaseFile(file, "case");
  EXPECT_EQ(namesOf(set), (std::vector<std::string>{"case@n=1", "case@n=2"}));
  EXPECT_EQ(show(set), "case@n=0: case.yaml:3:41: an extent of 'shape' must be a positive integer, found '0'\n");
}

TEST_F(CaseFileTest, AliasesAreFollowed) {
  Case one = readOne(R"(summary: s
args:
  - { name: a, dtype: &type f16, shape: &shape [4, 2] }
  - { name: out, dtype: *type, shape: *shape, direction: out }
golden: |
  def golden(a): return a
)");
  EXPECT_EQ(one.args.at(1).dtype, golden::DType::F16);
  EXPECT_EQ(one.args.at(1).shape, (std::vector<int64_t>{4, 2}));
}

TEST_F(CaseFileTest, APlaceholderCannotMultiplyAKernelWithoutEnd) {
  std::string kernel;
  for (int i = 0; i < 100'000; ++i)
    kernel += "${x}\n";
  scratch.write("case/kernel.pto", kernel);
  std::string file =
      scratch.write("case/case.yaml", "summary: s\n"
                                      "matrix: { op: [{ op: a, x: " +
                                          std::string(1000, 'x') +
                                          " }] }\n"
                                          "args: [{ name: out, dtype: f32, shape: [1], direction: out }]\n"
                                          "golden: 'def golden(): return 0'\n");
  EXPECT_EQ(show(readCaseFile(file, "case")),
            "kernel.pto:4191:3: with its placeholders replaced the text has more than 4194304 bytes\n");
}

TEST_F(CaseFileTest, ATextFullOfMistakesEndsSoon) {
  std::string kernel, yaml = "a: ";
  for (int i = 0; i < 500'000; ++i) {
    kernel += "${n}";
    yaml += "${";
  }
  scratch.write("case/kernel.pto", kernel);
  CaseSet set = readCaseFile(scratch.write("case/case.yaml", yaml + "\n"), "case");
  ASSERT_EQ(set.broken.size(), 1u);
  // One unknown key, three missing ones, and the first of the kernel's.
  EXPECT_EQ(set.broken[0].errors.size(), 54u);
}

TEST_F(CaseFileTest, ErrorsWithoutEndAreCut) {
  std::string yaml;
  for (int i = 0; i < 2000; ++i)
    yaml += llvm::formatv("k{0}: 1\n", i);
  CaseSet set = readCaseFile(scratch.write("case/case.yaml", yaml), "case");
  ASSERT_EQ(set.broken.size(), 1u);
  EXPECT_EQ(set.broken[0].errors.size(), 1001u);
  EXPECT_EQ(set.broken[0].errors.back().message, "too many errors: only the first are shown");
}

RC_GTEST_PROP(CaseFileLaw, AnyChangeToACaseIsACaseOrAnError, ()) {
  std::string yaml = R"(summary: ${op} of ${dtype}
matrix:
  dtype: [f32, bf16]
  op: [{ op: vadd, formula: a + b }, { op: vsub, formula: a - b }]
  exclude: [{ dtype: bf16, op: vsub }]
let: { n: "dtype.lanes * 4" }
args:
  - &a { name: a, dtype: ${dtype}, shape: [n, 2], init: { values: [1, nan] } }
  - { name: out, dtype: f32, shape: [n], direction: out }
golden: |
  def golden(a): return ${formula}
compare: { out: { close: { atol: 1, rtol: 0 } } }
)";
  size_t at = *rc::gen::inRange<size_t>(0, yaml.size());
  auto piece =
      rc::gen::elementOf(std::vector<std::string>{"${", "}",  "{", "[", "]", "- ",   "|",  "*a",    "\t", "\n", "'",
                                                  "\"", ": ", "#", "!", "~", "\xff", "0x", "1e999", "%",  "(",  "."});
  yaml.replace(at, *rc::gen::inRange<size_t>(0, 6), *piece);
  Scratch scratch;
  scratch.write("kernel.pto", "${n}");
  CaseSet set = readCaseFile(scratch.write("case.yaml", yaml), "case");
  RC_ASSERT(set.cases.size() + set.broken.size() > 0u);
  for (const CaseSet::Broken &broken : set.broken)
    RC_ASSERT(!broken.errors.empty());
}

} // namespace
