// Malformed input is the normal case: each of these gives one clear error, the right exit code and no crash.
#include "harness/tests/Sandbox.h"
#include <filesystem>
#include <gtest/gtest.h>

using namespace pto;
using namespace pto::harness::testing;

namespace {

struct Bad {
  const char *name;
  Edit edit;
  int exitCode;
  const char *says;
  const char *arguments = "";
};

constexpr int usage = 2, nothingMatched = 4, failed = 100, wrongCase = 105, incomplete = 106;

Edit yaml(const char *find, const char *replace) {
  return {"case.yaml", find, replace};
}
Edit kernel(const char *find, const char *replace) {
  return {"kernel.pto", find, replace};
}
Edit golden(const char *body) {
  return yaml("      return a - b", body);
}

std::string nested(int depth) {
  std::string text;
  for (int i = 0; i < depth; ++i)
    text += "module {";
  return text;
}

const char *outArgument = "  - { name: out, dtype: f32, shape: [100], direction: out }";
const char *aArgument = "{ uniform: [1, 2] }";

const Bad bad[] = {
    // YAML and schema
    {"NoYaml", yaml("", "summary: [unclosed"), wrongCase, "case.yaml:"},
    {"EmptyCase", yaml("", "\n"), wrongCase, "empty"},
    {"NotAMap", yaml("", "- a\n- b\n"), wrongCase, "map"},
    {"UnknownKey", yaml("golden: |", "goldn: |"), wrongCase, "golden"},
    {"DuplicateKey", yaml("compare: bits", "compare: bits\ncompare: bits"), wrongCase, "compare"},
    {"MissingSummary", yaml("summary: adds two vectors of 100 elements\n", ""), wrongCase, "summary"},
    {"MissingGolden", yaml("golden: |\n  def golden(a, b):\n      return a - b\n", ""), wrongCase, "golden"},
    {"ArgsNotAList", yaml("compare: bits", "compare: bits\ntags: 5"), wrongCase, "tags"},
    {"UnknownDtype", yaml(outArgument, "  - { name: out, dtype: f33, shape: [100], direction: out }"), wrongCase,
     "f33"},
    {"DuplicateArgument", yaml(outArgument, "  - { name: a, dtype: f32, shape: [100], direction: out }"), wrongCase,
     "'a'"},
    {"ZeroExtent", yaml(outArgument, "  - { name: out, dtype: f32, shape: [0], direction: out }"), wrongCase, "shape"},
    {"AbsurdShape", yaml(outArgument, "  - { name: out, dtype: f32, shape: [99999999999], direction: out }"), wrongCase,
     "99999999999"},
    {"UnknownDirection", yaml("direction: out", "direction: sideways"), wrongCase, "sideways"},
    {"UnknownGenerator", yaml(aArgument, "{ unifrom: [1, 2] }"), wrongCase, "uniform"},
    {"ReversedRange", yaml(aArgument, "{ uniform: [2, 1] }"), wrongCase, "uniform"},
    {"GeneratorOnOutput", yaml("direction: out }", "direction: out, init: specials }"), wrongCase, "init"},
    {"MissingInputFile", yaml(aArgument, "{ file: nothing.bin }"), wrongCase, "nothing.bin"},
    {"InputFileOfAnotherSize", yaml(aArgument, "{ file: kernel.pto }"), wrongCase, "400"},
    {"UnknownMode", yaml("compare: bits", "compare: bitz"), wrongCase, "bits"},
    {"NegativeUlp", yaml("compare: bits", "compare: { ulp: -1 }"), wrongCase, "ulp"},
    {"ModeForUnknownOutput", yaml("compare: bits", "compare: { nothing: bits }"), wrongCase, "nothing"},
    {"ZeroBlocks", yaml("compare: bits", "compare: bits\nblocks: 0"), wrongCase, "blocks"},
    {"TextForBlocks", yaml("compare: bits", "compare: bits\nblocks: many"), wrongCase, "many"},
    {"MissingKernelFile", yaml("source: kernel.pto", "source: other.pto"), wrongCase, "other.pto"},
    {"KernelIsAFolder", yaml("source: kernel.pto", "source: ."), wrongCase, "director"},
    {"EmptyAxis", yaml("compare: bits", "compare: bits\nmatrix: { dtype: [] }"), wrongCase, "dtype"},
    {"UnboundPlaceholder", kernel("arith.constant 100 : i32", "arith.constant ${n} : i32"), wrongCase, "kernel.pto:6:"},
    {"BrokenExpression", yaml("compare: bits", "compare: bits\nlet: { n: 1 + }"), wrongCase, "1 +"},
    {"DivisionByZeroInExpression", yaml("compare: bits", "compare: bits\nlet: { n: 1 / 0 }"), wrongCase, "zero"},
    {"AliasBomb",
     yaml("", "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
              "d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nsummary: *e\n"),
     wrongCase, "case.yaml"},
    {"BytesThatAreNoText", yaml("", "summary: \xff\xfe\x01"), wrongCase, "UTF-8"},

    {"XfailWithoutReason", yaml("compare: bits", "compare: bits\nxfail: { state: crash }"), wrongCase,
     "'xfail' needs 'reason'"},
    {"XfailWithAStateThatIsNoFailure", yaml("compare: bits", "compare: bits\nxfail: { reason: known, state: pass }"),
     wrongCase, "'state' must be one of fail-numeric, fail-ir"},
    {"XfailAtNoStage", yaml("compare: bits", "compare: bits\nxfail: { reason: known, stage: compares }"), wrongCase,
     "`xfail` names the stage 'compares'; expected one of parse, verify"},

    // Goldens
    {"GoldenSyntax", golden("      return a -"), wrongCase, "case.yaml:9:"},
    {"GoldenWithoutFunction", yaml("def golden(a, b):", "def gold(a, b):"), wrongCase, "golden"},
    {"GoldenOfOtherInputs", yaml("def golden(a, b):", "def golden(a, c):"), wrongCase, "parameter c is not an input"},
    {"GoldenOfAnotherShape", golden("      return (a - b)[:99]"), wrongCase, "[99]"},
    {"GoldenOfAnotherType", golden("      return (a - b).to(torch.float32)"), wrongCase, "float64"},
    {"GoldenRaises", golden("      raise RuntimeError('no way')"), wrongCase, "no way"},
    {"GoldenUnknownFunction", golden("      return torch.subtrakt(a, b)"), wrongCase, "subtrakt"},
    {"GoldenWithTwoOutputs", golden("      return a - b, a"), wrongCase, "2"},
    {"GoldenIndexError", golden("      return a[5000] - b"), wrongCase, "case.yaml:9"},
    {"GoldenOfZeros", golden("      return torch.zeros_like(a)"), wrongCase, "zero"},
    {"ToleranceThatZerosWouldPass", yaml("compare: bits", "compare: { close: { atol: 1000, rtol: 0 } }"), wrongCase,
     "zero"},
    {"GoldenThatNeverEnds", golden("      while True:\n          a = a + 1\n      return a - b"), wrongCase,
     "the loop does not finish within the time limit", "--timeout 0.5"},

    // Kernel text
    {"EmptyKernel", kernel("", ""), wrongCase, "entry"},
    {"TruncatedKernel", kernel("    return\n  }\n}\n", ""), failed, "kernel.pto:"},
    {"UnknownOp", kernel("pto.vsub %va", "pto.vsbu %va"), failed, "vsbu"},
    {"UnknownDialect", kernel("pto.barrier #pto.pipe<PIPE_ALL>", "\"nope.op\"() : () -> ()"), incomplete,
     "nope.op is not simulated"},
    {"UnknownType",
     kernel("%vb = pto.vlds %ubb[%i] : !pto.ptr<f32, ub> -> !pto.vreg<64xf32>",
            "%vb = pto.vlds %ubb[%i] : !pto.ptr<f32, ub> -> !pto.vregg<64xf32>"),
     failed, "vregg"},
    {"RegisterOfAnotherSize",
     kernel("%vb = pto.vlds %ubb[%i] : !pto.ptr<f32, ub> -> !pto.vreg<64xf32>",
            "%vb = pto.vlds %ubb[%i] : !pto.ptr<f32, ub> -> !pto.vreg<63xf32>"),
     failed, "kernel.pto:23"},
    {"UnknownSpace",
     kernel("%uo = pto.castptr %ub2 : i64 -> !pto.ptr<f32, ub>", "%uo = pto.castptr %ub2 : i64 -> !pto.ptr<f32, ubb>"),
     failed, "ubb"},
    {"UnknownPipe", kernel("pto.barrier #pto.pipe<PIPE_ALL>", "pto.barrier #pto.pipe<PIPE_NONE>"), failed,
     "kernel.pto:32"},
    {"UnknownDistribution", kernel("%va = pto.vlds %ua[%i] :", "%va = pto.vlds %ua[%i] {dist = \"BRC_B33\"} :"), failed,
     "BRC_B33"},
    {"UnknownArch", kernel("\"a5\"", "\"a9\""), failed, "a9"},
    {"UseBeforeDefinition", kernel("%va = pto.vlds %ua[%i]", "%va = pto.vlds %nothing[%i]"), failed, "nothing"},
    {"NotAKernelAtAll", kernel("", "int main() { return 0; }\n"), failed, "kernel.pto:1"},
    {"BytesThatAreNoKernel",
     {"kernel.pto", "",
      std::string("\x7f"
                  "ELF\0\0\1\2",
                  8)},
     wrongCase,
     "kernel.pto"},
    {"NestedTooDeeply", {"kernel.pto", "", nested(20000)}, failed, "kernel.pto"},

    // The host ABI
    {"TooFewArguments", yaml("  - { name: b, dtype: f32, shape: [100], init: { uniform: [5, 9] } }\n", ""), wrongCase,
     "3"},
    {"ArgumentOfAnotherType", yaml("{ name: b, dtype: f32,", "{ name: b, dtype: f16,"), wrongCase, "f16"},
    {"ScalarForABuffer",
     yaml("{ name: b, dtype: f32, shape: [100], init: { uniform: [5, 9] } }", "{ name: b, dtype: f32, value: 1 }"),
     wrongCase, "'b'"},
    {"UnknownEntry", yaml("entry: add_kernel", "entry: ad_kernel"), wrongCase, "add_kernel"},
    {"UnknownEntryIsShown", yaml("entry: add_kernel", "entry: ad_kernel"), wrongCase, "case.yaml:2:38"},
    {"DeclaredOnly", kernel("", "module { func.func private @add_kernel(!pto.ptr<f32, gm>) }\n"), wrongCase,
     "add_kernel"},
    {"KernelWithAResult",
     kernel("", "module { func.func @add_kernel(%a: !pto.ptr<f32, gm>, %b: !pto.ptr<f32, gm>, %o: "
                "!pto.ptr<f32, gm>) -> i32 { %c = arith.constant 1 : i32\n return %c : i32 } }\n"),
     wrongCase, "returns i32"},

    // Runs that go wrong
    {"RunawayLoop",
     kernel("    pto.barrier #pto.pipe<PIPE_ALL>\n",
            "    %big = arith.constant 9223372036854775807 : index\n    %c1 = arith.constant 1 : index\n"
            "    scf.for %k = %c0 to %big step %c1 {\n      pto.barrier #pto.pipe<PIPE_ALL>\n    }\n"),
     failed, "--budget raises it"},
    {"DivisionByZero",
     kernel("    pto.barrier #pto.pipe<PIPE_ALL>\n",
            "    %q = arith.divsi %one, %z : i64\n    pto.barrier #pto.pipe<PIPE_ALL>\n"),
     failed, "zero"},
    {"HugeTransfer", kernel("arith.constant 400 : i64", "arith.constant 9223372036854775807 : i64"), failed,
     "len_burst = 9223372036854775807"},
    {"NotSimulated",
     kernel("    pto.barrier #pto.pipe<PIPE_ALL>\n",
            "    %f = arith.constant 1.0 : f32\n    %g = arith.bitcast %f : f32 to i32\n"
            "    %h = arith.constant dense<1> : vector<4xi32>\n    pto.barrier #pto.pipe<PIPE_ALL>\n"),
     incomplete, "vector<4xi32>"},

    // Programs
    {"EqualsForAKernel", yaml("entry: add_kernel", "entry: add_kernel, equals: Other"), wrongCase, "is not a .py file"},
    {"StrategyForAKernel", yaml("entry: add_kernel", "entry: add_kernel, strategy: Full"), wrongCase,
     "'strategy' is for programs"},

    // The command line and its surroundings
    {"UnknownOption", {}, usage, "--nope", "--nope"},
    {"UnknownTarget", {}, usage, "sim", "--target moon"},
    {"NoJobs", {}, usage, "jobs", "-j 0"},
    {"NegativeTimeout", {}, usage, "timeout", "--timeout -3"},
    {"TooLittleMemory", {}, usage, "at least 256MiB", "--memory 1MiB"},
    {"NoMemorySize", {}, usage, "--memory", "--memory much"},
    {"JsonWithoutList", {}, usage, "--list", "--json"},
    {"UnknownReport", {}, usage, "junit", "--report html5"},
    {"NothingMatches", {}, nothingMatched, "micro-op/*", "--case 'micro-op/*'"},
    {"MisspeltCase", {}, nothingMatched, "did you mean 'sample'?", "--case smaple"},
    {"MissingCasesRoot", {}, wrongCase, "no/such", "--cases-root no/such"},
    {"CasesRootIsAFile", {}, wrongCase, "kernel.pto", "--cases-root cases/sample/kernel.pto"},
    {"OutIsAFile", {}, wrongCase, "kernel.pto", "--out cases/sample/kernel.pto"},
};

class BadInput : public ::testing::TestWithParam<Bad> {};

} // namespace

TEST_P(BadInput, GivesOneClearError) {
  const Bad &input = GetParam();
  Sandbox sandbox;
  if (!input.edit.file.empty())
    sandbox.apply(input.edit);
  Outcome outcome = sandbox.run(input.arguments);
  EXPECT_EQ(outcome.exitCode, input.exitCode) << outcome.text;
  EXPECT_NE(outcome.text.find(input.says), std::string::npos) << outcome.text;
  if (input.exitCode == failed) {
    ASSERT_EQ(outcome.results.size(), 1u) << outcome.text;
    EXPECT_NE(outcome.results[0].state, reports::State::Crash) << outcome.text;
  }
}

INSTANTIATE_TEST_SUITE_P(, BadInput, ::testing::ValuesIn(bad),
                         [](const auto &info) { return std::string(info.param.name); });

TEST(BadCache, AnUnusableFolderIsANoteAndNoFailure) {
  Sandbox sandbox;
  Outcome outcome = sandbox.run("--cache-dir cases/sample/kernel.pto --verbose");
  EXPECT_EQ(outcome.exitCode, 0) << outcome.text;
  ASSERT_EQ(outcome.results.size(), 1u);
  ASSERT_FALSE(outcome.results[0].notes.empty());
}

TEST(BadCache, ACorruptedEntryIsComputedAgain) {
  Sandbox sandbox;
  ASSERT_EQ(sandbox.run("--cache-dir kept").exitCode, 0);
  size_t damaged = 0;
  for (const auto &entry : std::filesystem::recursive_directory_iterator(sandbox.folder() + "/kept"))
    if (entry.is_regular_file()) {
      std::filesystem::resize_file(entry.path(), entry.file_size() / 2);
      ++damaged;
    }
  ASSERT_GE(damaged, 1u);
  Outcome outcome = sandbox.run("--cache-dir kept");
  EXPECT_EQ(outcome.exitCode, 0) << outcome.text;
  ASSERT_EQ(outcome.results.size(), 1u);
  EXPECT_FALSE(outcome.results[0].notes.empty());
}

namespace {

struct BadProgram {
  const char *name, *text, *kernel;
  int exitCode;
  const char *says;
  std::string dtype = "f32";
};

const char *generic = "import pypto.language as pl\n"
                      "@pl.jit\n"
                      "def run(a: pl.Tensor, out: pl.Out[pl.Tensor]):\n"
                      "    out = pl.store(pl.load(a, [0, 0], [8, 8]), [0, 0], out)\n"
                      "    return out\n";
const char *unclosed =
    "import pypto.language as pl\n@pl.jit\ndef run(a: pl.Tensor, out: pl.Out[pl.Tensor]:\n    return out\n";
const char *twins = "import pypto.language as pl\n"
                    "@pl.jit\n"
                    "def run(a: pl.Tensor, out: pl.Out[pl.Tensor]):\n"
                    "    return out\n"
                    "@pl.program\n"
                    "class Runs:\n"
                    "    @pl.function\n"
                    "    def written(self, a: pl.Tensor[[8, 8], pl.FP32], out: pl.Out[pl.Tensor[[8, 8], pl.FP32]]) -> "
                    "pl.Tensor[[8, 8], pl.FP32]:\n"
                    "        return out\n";
const char *misspelt = "import pypto.language as pl\n"
                       "@pl.jit.incore\n"
                       "def run(a: pl.Tensor, out: pl.Out[pl.Tensor]):\n"
                       "    t = pl.laod(a, [0, 0], [8, 8])\n"
                       "    return pl.store(t, [0, 0], out)\n";

const BadProgram badPrograms[] = {
    {"Unclosed", unclosed, "entry: run, equals: Runs", failed, "program.py:3:"},
    {"MisspeltOperation", misspelt, "entry: run, equals: Runs", failed, "load"},
    {"UnknownEntry", generic, "entry: rum, equals: Runs", wrongCase, "run"},
    {"NothingToEqual", twins, "entry: run", wrongCase, "this case checks nothing: a program needs 'equals'"},
    {"EqualsItself", twins, "entry: Runs, equals: Runs", wrongCase, "'equals' names the entry"},
    {"EqualsWhatItIsAFunctionOf", twins, "entry: written, equals: Runs", wrongCase, "program.py:8) and 'Runs' ("},
    {"EqualsSomethingGeneric", twins, "entry: Runs, equals: run", wrongCase,
     "'run' is generic: 'equals' names a program that is written out"},
    {"UnknownReference", generic, "entry: run, equals: Runs", wrongCase, "Runs"},
    {"Empty", "", "entry: run, equals: Runs", wrongCase, "run"},
    {"UnknownStrategy", generic, "entry: run, equals: Runs, strategy: Fastest", wrongCase,
     "unknown strategy 'Fastest'; expected one of PTOAS, Default, Full"},
    {"UnknownPlatform", generic, "entry: run, equals: Runs, platform: a9", wrongCase,
     "unknown platform 'a9'; expected one of a2a3"},
    {"TypeThatProgramsLack", generic, "entry: run, equals: Runs", wrongCase, "argument 'a' is f64", "f64"},
};

class BadProgramTest : public ::testing::TestWithParam<BadProgram> {};

} // namespace

TEST_P(BadProgramTest, GivesOneClearError) {
  Sandbox sandbox;
  sandbox.write("program.py", GetParam().text);
  sandbox.write("case.yaml", std::string("summary: a program\nkernel: { source: program.py, ") + GetParam().kernel +
                                 " }\nargs:\n  - { name: a, dtype: " + GetParam().dtype +
                                 ", shape: [8, 8] }\n"
                                 "  - { name: out, dtype: f32, shape: [8, 8], direction: out }\n");
  Outcome outcome = sandbox.run();
  EXPECT_EQ(outcome.exitCode, GetParam().exitCode) << outcome.text;
  EXPECT_NE(outcome.text.find(GetParam().says), std::string::npos) << outcome.text;
}

INSTANTIATE_TEST_SUITE_P(, BadProgramTest, ::testing::ValuesIn(badPrograms),
                         [](const auto &info) { return std::string(info.param.name); });

TEST(TwoCases, OneBrokenCaseDoesNotHideTheOther) {
  Sandbox sandbox;
  sandbox.write("../broken/case.yaml", "summry: x\n");
  Outcome outcome = sandbox.run();
  EXPECT_EQ(outcome.exitCode, wrongCase) << outcome.text;
  ASSERT_EQ(outcome.results.size(), 2u) << outcome.text;
  EXPECT_EQ(outcome.results[0].state, reports::State::InfraError);
  EXPECT_EQ(outcome.results[1].state, reports::State::Pass);
}

TEST(TwoCases, AreShownInTheirOrderWhicheverIsDoneFirst) {
  Sandbox sandbox;
  // Skipped at once, while the other one has its golden to compute.
  sandbox.write("../second/case.yaml", "summary: later\nskip: not today\nkernel: { source: ../sample/kernel.pto }\n"
                                       "args:\n  - { name: out, dtype: f32, shape: [4], direction: out }\n"
                                       "golden: |\n  def golden():\n      return 0\n");
  Outcome outcome = sandbox.run("-j2 --no-cache");
  size_t first = outcome.text.find("sample  "), second = outcome.text.find("second  ");
  ASSERT_NE(second, std::string::npos) << outcome.text;
  EXPECT_LT(first, second) << outcome.text;
}
