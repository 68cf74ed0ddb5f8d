// Folders in the layout of the public tile suite: a cases.py, and a case for each of its entries.
#include "harness/tests/Sandbox.h"
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace pto;
using namespace pto::harness::testing;
using reports::State;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

namespace {

constexpr char listOfCases[] = R"(CASES = [
    {"name": "plus_one", "count": 100, "more": 1},
    {"name": "plus_two", "count": 40, "more": 2},
]
)";

/// As numpy's tofile would, without it.
constexpr char dataScript[] = R"(import array, os
from cases import CASES
from shared import write
if os.path.exists("plus_one"):
    raise RuntimeError("the data are made twice")
for case in CASES:
    os.makedirs(case["name"])
    values = [i * 0.5 for i in range(case["count"])]
    write(case["name"] + "/input.bin", array.array("f", values))
    write(case["name"] + "/golden.bin", array.array("f", [x + case["more"] for x in values]))
)";

constexpr char judgeScript[] = R"(import sys
from cases import CASES
wrong = [case["name"] for case in CASES if case["name"] in sys.argv[1:] and
         open(case["name"] + "/output.bin", "rb").read() != open(case["name"] + "/golden.bin", "rb").read()]
for name in wrong:
    print(name, "differs")
sys.exit(2 if wrong else 0)
)";

constexpr char hostProgram[] = R"(#include "acl/acl.h"
#include "test_common.h"
#include <cstring>
#include <string>
using namespace PtoTestCommon;
void LaunchPlusOne(float *in, float *out, void *stream);
void LaunchPlusTwo(float *in, float *out, void *stream);
using Launcher = void (*)(float *, float *, void *);
struct Test { const char *name; Launcher launch; size_t count; };
static const Test tests[] = {{"plus_one", LaunchPlusOne, 100}, {"plus_two", LaunchPlusTwo, 40}};
static int runTest(const Test &test) {
  std::string folder = std::string("./") + test.name;
  size_t size = test.count * sizeof(float), got = size;
  float *host, *in, *out;
  aclrtMallocHost((void **)&host, size);
  aclrtMalloc((void **)&in, size, ACL_MEM_MALLOC_HUGE_FIRST);
  aclrtMalloc((void **)&out, size, ACL_MEM_MALLOC_HUGE_FIRST);
  if (!ReadFile(folder + "/input.bin", got, host, size))
    return 1;
  aclrtMemcpy(in, size, host, size, ACL_MEMCPY_HOST_TO_DEVICE);
  test.launch(in, out, nullptr);
  aclrtMemcpy(host, size, out, size, ACL_MEMCPY_DEVICE_TO_HOST);
  return WriteFile(folder + "/output.bin", host, size) ? 0 : 1;
}
int main(int argc, char *argv[]) {
  const char *wanted = argc > 1 ? argv[1] : nullptr;
  for (const Test &test : tests)
    if (!wanted || std::strcmp(wanted, test.name) == 0)
      if (runTest(test))
        return 1;
  return 0;
}
)";

constexpr char launchers[] = R"(#include "acl/acl.h"
extern "C" __global__ [aicore] void plus_one_kernel(__gm__ float *in, __gm__ float *out);
extern "C" __global__ [aicore] void plus_two_kernel(__gm__ float *in, __gm__ float *out);
void LaunchPlusOne(float *in, float *out, void *) { plus_one_kernel<<<1, nullptr, nullptr>>>(in, out); }
void LaunchPlusTwo(float *in, float *out, void *) { plus_two_kernel<<<1, nullptr, nullptr>>>(in, out); }
)";

std::string kernel(const std::string &name, const std::string &count, const std::string &more) {
  return "  func.func @" + name +
         R"((%in: !pto.ptr<f32, gm>, %out: !pto.ptr<f32, gm>) attributes {pto.kernel} {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %count = arith.constant )" +
         count + R"( : index
    %more = arith.constant )" +
         more + R"( : f32
    scf.for %i = %c0 to %count step %c1 {
      %x = pto.load_scalar %in[%i] : !pto.ptr<f32, gm> -> f32
      %y = arith.addf %x, %more : f32
      pto.store_scalar %y, %out[%i] : !pto.ptr<f32, gm>, f32
    }
    return
  }
)";
}

class SuiteFolder : public ::testing::Test {
protected:
  void SetUp() override {
    std::filesystem::remove(sandbox.caseFolder() + "/case.yaml");
    std::filesystem::remove(sandbox.caseFolder() + "/kernel.pto");
    sandbox.write("cases.py", listOfCases);
    sandbox.write("gen_data.py", dataScript);
    sandbox.write("compare.py", judgeScript);
    sandbox.write("main.cpp", hostProgram);
    sandbox.write("launch.cpp", launchers);
    sandbox.write("plus.pto",
                  "module attributes {pto.target_arch = \"a5\", pto.kernel_kind = #pto.kernel_kind<vector>} {\n" +
                      kernel("plus_one_kernel", "100", "1.0") + kernel("plus_two_kernel", "40", "2.0") + "}\n");
    sandbox.write("../shared.py", "def write(path, values):\n    open(path, 'wb').write(values.tobytes())\n");
  }
  /// The results, by name.
  std::vector<reports::Result> results(const std::string &options = "") {
    outcome = sandbox.run("--allow-python --python /usr/bin/python3 " + options);
    llvm::sort(outcome.results, [](const auto &a, const auto &b) { return a.name < b.name; });
    return outcome.results;
  }
  /// What both cases end with.
  reports::Result error() {
    std::vector<reports::Result> all = results();
    EXPECT_EQ(all.size(), 2u) << outcome.text;
    for (const reports::Result &each : all) {
      EXPECT_EQ(each.state, State::InfraError) << outcome.text;
      EXPECT_EQ(each.message, all[0].message);
    }
    return all.empty() ? reports::Result() : all[0];
  }
  /// What the folder ends with, where it has no cases.
  reports::Result brokenFolder() {
    std::vector<reports::Result> all = results();
    EXPECT_EQ(all.size(), 1u) << outcome.text;
    EXPECT_EQ(outcome.exitCode, 105);
    if (all.empty())
      return {};
    EXPECT_EQ(all[0].name, "sample");
    EXPECT_EQ(all[0].state, State::InfraError);
    return all[0];
  }
  Sandbox sandbox;
  Outcome outcome;
};

} // namespace

TEST_F(SuiteFolder, HasACaseForEachEntry) {
  std::vector<reports::Result> all = results("--jobs 2");
  ASSERT_EQ(all.size(), 2u) << outcome.text;
  EXPECT_EQ(all[0].name, "sample/plus_one");
  EXPECT_EQ(all[1].name, "sample/plus_two");
  for (const reports::Result &each : all)
    EXPECT_EQ(each.state, State::Pass) << outcome.text;
  EXPECT_THAT(all[1].notes, Contains("plus_two/output.bin equals plus_two/golden.bin bit by bit"));
  EXPECT_FALSE(std::filesystem::exists(sandbox.caseFolder() + "/plus_one")) << "the scripts run in a copy";
}

TEST_F(SuiteFolder, ItsCasesCanBeNamed) {
  for (const char *name : {"sample/plus_two", "'**/plus_t*'", "'sample@case=plus_two'"}) {
    std::vector<reports::Result> all = results(std::string("--case ") + name);
    ASSERT_EQ(all.size(), 1u) << outcome.text;
    EXPECT_EQ(all[0].name, "sample/plus_two");
    EXPECT_THAT(all[0].replay, HasSubstr("--case sample/plus_two"));
  }
  EXPECT_EQ(results("--case sample").size(), 2u);
}

TEST_F(SuiteFolder, ItsJudgeSaysWhichCaseIsWrong) {
  sandbox.apply({"plus.pto", "2.0 : f32", "3.0 : f32"});
  std::vector<reports::Result> all = results();
  ASSERT_EQ(all.size(), 2u) << outcome.text;
  EXPECT_EQ(all[0].state, State::Pass);
  EXPECT_EQ(all[1].state, State::FailNumeric);
  EXPECT_EQ(all[1].message, "compare.py ends with status 2");
  EXPECT_THAT(all[1].details, Contains("plus_two differs"));
}

TEST_F(SuiteFolder, AnOutputThatIsNotWrittenIsNotWhatWasThere) {
  sandbox.apply({"plus.pto", "constant 40", "constant 39"});
  std::vector<reports::Result> all = results("--case sample/plus_two");
  ASSERT_EQ(all.size(), 1u) << outcome.text;
  EXPECT_EQ(all[0].state, State::FailNumeric);
}

TEST_F(SuiteFolder, RunsNoScriptUnlessItMay) {
  sandbox.write("cases.py", "open('" + sandbox.folder() + "/ran', 'w')");
  outcome = sandbox.run("--python /usr/bin/python3");
  ASSERT_EQ(outcome.results.size(), 1u) << outcome.text;
  EXPECT_EQ(outcome.results[0].state, State::InfraError);
  EXPECT_THAT(outcome.results[0].message, HasSubstr("its gen_data.py makes the data"));
  EXPECT_THAT(outcome.results[0].message, HasSubstr("only with --allow-python"));
  EXPECT_FALSE(std::filesystem::exists(sandbox.folder() + "/ran"));
}

TEST_F(SuiteFolder, AListThatCannotBeReadIsOneError) {
  struct {
    const char *text, *message;
  } lists[] = {
      {"CASES = [", "its cases cannot be read: SyntaxError: '[' was never closed"},
      {"import no_such_module", "its cases cannot be read: ModuleNotFoundError: No module named 'no_such_module'"},
      {"OTHERS = []", "it has no CASES; expected a list of cases, each a dict with a 'name'"},
      {"CASES = []", "it has no CASES"},
      {"CASES = [{'name': 'a'}, {'dtype': 1}]", "CASES[1] has the name None; expected a 'name' of letters"},
      {"CASES = [{'name': '../a'}]", "CASES[0] has the name '../a'; expected a 'name' of letters"},
      {"CASES = [{'name': 'a'}, {'name': 'a'}]", "CASES[1] has the name 'a', as CASES[0] has"},
      {"import os; os._exit(0)", "it ends before its CASES are read"},
  };
  for (const auto &[text, message] : lists) {
    sandbox.write("cases.py", text);
    reports::Result broken = brokenFolder();
    EXPECT_THAT(broken.message, HasSubstr(message));
    EXPECT_THAT(broken.location->file, HasSubstr("cases.py"));
  }
}

TEST_F(SuiteFolder, AListThatIsNeverReadToItsEndIsOneError) {
  sandbox.write("cases.py", "while True: pass\n");
  std::vector<reports::Result> all = results("--timeout 1");
  ASSERT_EQ(all.size(), 1u) << outcome.text;
  EXPECT_THAT(all[0].message, HasSubstr("does not end"));
}

TEST_F(SuiteFolder, WhatIsMissingIsNamed) {
  std::filesystem::remove(sandbox.caseFolder() + "/main.cpp");
  EXPECT_THAT(brokenFolder().message, HasSubstr("a cases.py and a gen_data.py, but no main.cpp"));
  sandbox.write("main.cpp", hostProgram);
  std::filesystem::remove(sandbox.caseFolder() + "/plus.pto");
  EXPECT_THAT(brokenFolder().message, HasSubstr("has 0 .pto files; expected one"));
  sandbox.write("a.pto", "");
  sandbox.write("b.pto", "");
  EXPECT_THAT(brokenFolder().message, HasSubstr("has 2 .pto files; expected one"));
}

TEST_F(SuiteFolder, DataThatAreNotMadeAreTheErrorOfEachCase) {
  sandbox.write("gen_data.py", "print('first')\nraise ValueError('no data today')\n");
  reports::Result failed = error();
  EXPECT_EQ(failed.message, "gen_data.py ends with status 1");
  EXPECT_THAT(failed.details, Contains("ValueError: no data today"));
  EXPECT_THAT(failed.location->file, HasSubstr("gen_data.py"));
}

TEST_F(SuiteFolder, DataThatAreMissingAreNamed) {
  sandbox.write("gen_data.py", "pass\n");
  std::vector<reports::Result> all = results("--case sample/plus_two");
  ASSERT_EQ(all.size(), 1u) << outcome.text;
  EXPECT_THAT(all[0].message, HasSubstr("the host program ends with status 1; before that, main.cpp:18: "
                                        "'plus_two/input.bin' cannot be read: No such file or directory"));
}

TEST_F(SuiteFolder, ACaseThatTheHostDoesNotKnowIsAnError) {
  sandbox.apply({"cases.py", "plus_two", "plus_three"});
  std::vector<reports::Result> all = results();
  ASSERT_EQ(all.size(), 2u) << outcome.text;
  EXPECT_EQ(all[0].state, State::Pass);
  EXPECT_EQ(all[1].message, "the host program launches no kernel for 'plus_three', a case of cases.py");
}

TEST_F(SuiteFolder, AKernelThatIsNotThereIsAnErrorAtItsLaunch) {
  sandbox.apply({"plus.pto", "@plus_two_kernel", "@other_kernel"});
  std::vector<reports::Result> all = results();
  ASSERT_EQ(all.size(), 2u) << outcome.text;
  EXPECT_EQ(all[0].state, State::Pass);
  EXPECT_THAT(all[1].message, HasSubstr("plus_two_kernel"));
  EXPECT_THAT(all[1].location->file, HasSubstr("launch.cpp"));
}
