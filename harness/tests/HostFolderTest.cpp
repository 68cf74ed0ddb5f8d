// Folders in the layout of the public suite, run without a case.yaml.
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

constexpr char goldenScript[] = R"(import array, os, sys
sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import shared
a = array.array("f", [i * 0.5 for i in range(100)])
b = array.array("f", [i * i for i in range(100)])
shared.write("a.bin", a)
shared.write("b.bin", b)
shared.write("golden_out.bin", array.array("f", [x - y for x, y in zip(a, b)]))
)";

constexpr char compareScript[] = R"(import array, sys
def read(path):
    values = array.array("f")
    values.frombytes(open(path, "rb").read())
    return values
worst = max(abs(x - y) for x, y in zip(read("out.bin"), read("golden_out.bin")))
print("worst difference:", worst)
sys.exit(0 if worst <= 0.25 else 2)
)";

constexpr char hostProgram[] = R"(#include "acl/acl.h"
#include "test_common.h"
using namespace PtoTestCommon;
void LaunchAdd(float *a, float *b, float *out, void *stream);
int main() {
  size_t size = 100 * sizeof(float);
  float *aHost, *bHost, *outHost, *a, *b, *out;
  aclrtMallocHost((void **)&aHost, size);
  aclrtMallocHost((void **)&bHost, size);
  aclrtMallocHost((void **)&outHost, size);
  aclrtMalloc((void **)&a, size, ACL_MEM_MALLOC_HUGE_FIRST);
  aclrtMalloc((void **)&b, size, ACL_MEM_MALLOC_HUGE_FIRST);
  aclrtMalloc((void **)&out, size, ACL_MEM_MALLOC_HUGE_FIRST);
  ReadFile("./a.bin", size, aHost, size);
  ReadFile("./b.bin", size, bHost, size);
  aclrtMemcpy(a, size, aHost, size, ACL_MEMCPY_HOST_TO_DEVICE);
  aclrtMemcpy(b, size, bHost, size, ACL_MEMCPY_HOST_TO_DEVICE);
  LaunchAdd(a, b, out, nullptr);
  aclrtMemcpy(outHost, size, out, size, ACL_MEMCPY_DEVICE_TO_HOST);
  WriteFile("./out.bin", outHost, size);
  return 0;
}
)";

constexpr char launcher[] = R"(#include "acl/acl.h"
extern "C" __global__ [aicore] void add_kernel(__gm__ float *a, __gm__ float *b, __gm__ float *out);
void LaunchAdd(float *a, float *b, float *out, void *stream) { add_kernel<<<1, nullptr, stream>>>(a, b, out); }
)";

/// The sample without its case.yaml, and a module beside it that its script shares with others.
class HostFolder : public ::testing::Test {
protected:
  void SetUp() override {
    std::filesystem::remove(sandbox.caseFolder() + "/case.yaml");
    sandbox.write("golden.py", goldenScript);
    sandbox.write("compare.py", compareScript);
    sandbox.write("main.cpp", hostProgram);
    sandbox.write("launch.cpp", launcher);
    sandbox.write("../shared.py", "def write(path, values):\n    open(path, 'wb').write(values.tobytes())\n");
  }
  reports::Result result(const std::string &options = "--allow-python --python /usr/bin/python3") {
    outcome = sandbox.run(options);
    EXPECT_EQ(outcome.results.size(), 1u) << outcome.text;
    return outcome.results.empty() ? reports::Result() : outcome.results[0];
  }
  Sandbox sandbox;
  Outcome outcome;
};

} // namespace

TEST_F(HostFolder, IsACase) {
  reports::Result passed = result();
  EXPECT_EQ(passed.state, State::Pass) << outcome.text;
  EXPECT_EQ(outcome.exitCode, 0);
  EXPECT_THAT(passed.notes, Contains("out.bin equals golden_out.bin bit by bit"));
  EXPECT_THAT(stagesOf(passed),
              ElementsAre("load", "parse", "verify", "entry", "round-trip", "decode", "inputs", "run", "judge"));
  EXPECT_FALSE(std::filesystem::exists(sandbox.caseFolder() + "/a.bin")) << "the scripts run in a copy";
}

TEST_F(HostFolder, RunsNoScriptUnlessItMay) {
  sandbox.write("golden.py", "open('" + sandbox.folder() + "/ran', 'w')");
  reports::Result refused = result("");
  EXPECT_EQ(refused.state, State::InfraError);
  EXPECT_EQ(outcome.exitCode, 105);
  EXPECT_THAT(refused.message, HasSubstr("run only with --allow-python"));
  EXPECT_FALSE(std::filesystem::exists(sandbox.folder() + "/ran"));
}

TEST_F(HostFolder, ItsScriptJudges) {
  // Half a unit at element 99 is more than the script allows, a quarter is not.
  sandbox.apply({"golden.py", "x - y for", "x - y + (0.5 if y == 9801 else 0) for"});
  reports::Result failed = result();
  EXPECT_EQ(failed.state, State::FailNumeric) << outcome.text;
  EXPECT_EQ(outcome.exitCode, 100);
  EXPECT_EQ(failed.stage, "judge");
  EXPECT_EQ(failed.message, "compare.py ends with status 2");
  EXPECT_THAT(failed.details, Contains("worst difference: 0.5"));
  ASSERT_EQ(failed.outputs.size(), 1u);
  EXPECT_EQ(failed.outputs[0].differing, 1);

  sandbox.apply({"golden.py", "0.5 if", "0.25 if"});
  reports::Result passed = result();
  EXPECT_EQ(passed.state, State::Pass) << outcome.text;
  EXPECT_THAT(passed.notes, Contains(HasSubstr("1 of 100 elements differ")));
}

TEST_F(HostFolder, KernelsMayBeLaunchedOneAfterTheOther) {
  sandbox.apply({"main.cpp", "  LaunchAdd(a, b, out, nullptr);",
                 "  float *once;\n  aclrtMalloc((void **)&once, size, ACL_MEM_MALLOC_HUGE_FIRST);\n"
                 "  LaunchAdd(a, b, once, nullptr);\n  LaunchAdd(once, b, out, nullptr);"});
  EXPECT_EQ(result().state, State::FailNumeric) << outcome.text;
  sandbox.apply({"golden.py", "x - y for", "x - y - y for"});
  EXPECT_EQ(result().state, State::Pass) << outcome.text;
}

/// Each block writes its number.
constexpr char blocksKernel[] =
    R"(module attributes {pto.target_arch = "a5", pto.kernel_kind = #pto.kernel_kind<vector>} {
  func.func @add_kernel(%a: !pto.ptr<f32, gm>, %b: !pto.ptr<f32, gm>, %out: !pto.ptr<f32, gm>) attributes {pto.kernel} {
    %block = pto.get_block_idx
    %place = arith.index_cast %block : i64 to index
    %number = arith.sitofp %block : i64 to f32
    pto.store_scalar %number, %out[%place] : !pto.ptr<f32, gm>, f32
    return
  }
}
)";

TEST_F(HostFolder, AsManyBlocksRunAsTheHostLaunches) {
  sandbox.write("kernel.pto", blocksKernel);
  sandbox.apply({"launch.cpp", "<<<1,", "<<<100,"});
  sandbox.apply({"golden.py", "[x - y for x, y in zip(a, b)]", "range(100)"});
  EXPECT_EQ(result().state, State::Pass) << outcome.text;
}

TEST_F(HostFolder, WhatTheScriptSaysStandsBesideWhatTheChecksFind) {
  sandbox.apply({"kernel.pto", "    pto.set_flag[\"PIPE_V\", \"PIPE_MTE3\", \"EVENT_ID0\"]\n", ""});
  sandbox.apply({"kernel.pto", "    pto.wait_flag[\"PIPE_V\", \"PIPE_MTE3\", \"EVENT_ID0\"]\n", ""});
  reports::Result failed = result();
  EXPECT_EQ(failed.state, State::FailCheck) << outcome.text;
  EXPECT_THAT(failed.message, HasSubstr("read-after-write"));
  EXPECT_THAT(failed.details, Contains("whatever the checks found, compare.py ends with status 0"));
}

TEST_F(HostFolder, CanBeImported) {
  Outcome imported = sandbox.run("import --to mine --allow-python --python /usr/bin/python3");
  EXPECT_EQ(imported.exitCode, 0) << imported.text;
  EXPECT_THAT(imported.text, HasSubstr("imported mine/sample"));
  EXPECT_THAT(
      sandbox.read("mine/sample/case.yaml"),
      HasSubstr("{ name: out, dtype: f32, shape: [100], direction: out, expected: { file: out.expected.bin } }"));
  EXPECT_EQ(sandbox.run("--cases-root mine").exitCode, 0);
  std::string ramp;
  for (float value = 0; value < 100; ++value)
    ramp.append(reinterpret_cast<const char *>(&value), 4);
  sandbox.write("../../mine/sample/out.expected.bin", ramp);
  EXPECT_EQ(sandbox.run("--cases-root mine").exitCode, 100) << "what is expected is compared";
  sandbox.write("../../mine/sample/out.expected.bin", std::string(399, 'x'));
  Outcome wrong = sandbox.run("--cases-root mine");
  EXPECT_EQ(wrong.exitCode, 105);
  EXPECT_THAT(wrong.text, HasSubstr("has 399 bytes; this argument takes 400"));
  imported = sandbox.run("import --to mine --allow-python --python /usr/bin/python3");
  EXPECT_EQ(imported.exitCode, 105);
  EXPECT_THAT(imported.text, HasSubstr("mine/sample/case.yaml is there already"));
}

TEST_F(HostFolder, AKernelAloneGetsAFirstCase) {
  for (const char *file : {"golden.py", "compare.py", "main.cpp", "launch.cpp"})
    std::filesystem::remove(sandbox.caseFolder() + "/" + file);
  Outcome made = sandbox.run("init cases/sample/kernel.pto");
  EXPECT_EQ(made.exitCode, 0) << made.text;
  std::string text = sandbox.read("cases/sample/case.yaml");
  EXPECT_THAT(text, HasSubstr("kernel: { source: kernel.pto, entry: add_kernel }"));
  EXPECT_THAT(text, HasSubstr("  - { name: a, dtype: f32, shape: [100] }\n"));
  EXPECT_THAT(text, HasSubstr("  - { name: out, dtype: f32, shape: [100], direction: out }\n"));
  Outcome first = sandbox.run();
  EXPECT_EQ(first.exitCode, 105) << first.text;
  EXPECT_THAT(first.text, HasSubstr("say here what out has to hold"));
  sandbox.apply({"case.yaml", "      assert False, \"say here what out has to hold\"\n      return torch.zeros([100])",
                 "      return a - b"});
  EXPECT_EQ(sandbox.run().exitCode, 0);
  EXPECT_THAT(sandbox.run("init cases/sample/kernel.pto").text, HasSubstr("case.yaml is there already"));
  EXPECT_EQ(sandbox.run("init no-such.pto").exitCode, 105);
  EXPECT_THAT(sandbox.run("init /dev/zero").text, HasSubstr("/dev/zero: expected a file"));
}

TEST_F(HostFolder, AFirstCaseSaysWhereItsKernelDidNotRunToTheEnd) {
  std::filesystem::remove(sandbox.caseFolder() + "/case.yaml");
  sandbox.apply({"kernel.pto", "    return",
                 "    %far = arith.constant 100000000 : index\n    %w = pto.load %out[%far] : "
                 "!pto.ptr<f32, gm> -> f32\n    return"});
  Outcome made = sandbox.run("init cases/sample/kernel.pto");
  EXPECT_EQ(made.exitCode, 0) << made.text;
  EXPECT_THAT(made.text, HasSubstr("warning: the sizes and directions have to be set by hand"));
  EXPECT_THAT(sandbox.read("cases/sample/case.yaml"), HasSubstr("# Sizes and directions have to be set: "));
  sandbox.write("kernel.pto", "func.func @nothing() attributes {pto.kernel} { return }\n");
  std::filesystem::remove(sandbox.caseFolder() + "/case.yaml");
  Outcome refused = sandbox.run("init cases/sample/kernel.pto");
  EXPECT_EQ(refused.exitCode, 105);
  EXPECT_THAT(refused.text, HasSubstr("@nothing has no arguments"));
}

TEST_F(HostFolder, AScriptThatFailsIsTheCasesError) {
  sandbox.write("golden.py", "print('first')\nraise ValueError('no data today')\n");
  reports::Result failed = result();
  EXPECT_EQ(failed.state, State::InfraError) << outcome.text;
  EXPECT_EQ(failed.message, "golden.py ends with status 1");
  EXPECT_THAT(failed.location->file, HasSubstr("golden.py"));
  EXPECT_THAT(failed.details, Contains("ValueError: no data today"));
}

TEST_F(HostFolder, AScriptThatDoesNotEndIsNamed) {
  sandbox.write("golden.py", "while True: pass\n");
  reports::Result failed = result("--allow-python --python /usr/bin/python3 --timeout 1");
  EXPECT_EQ(failed.state, State::InfraError) << outcome.text;
  EXPECT_THAT(failed.message, HasSubstr("golden.py does not end"));
}

TEST_F(HostFolder, WithoutAnInterpreterThereIsOneError) {
  reports::Result failed = result("--allow-python --python no-such-python");
  EXPECT_EQ(failed.state, State::InfraError) << outcome.text;
  EXPECT_THAT(failed.message, HasSubstr("there is no 'no-such-python' to run the scripts"));
  failed = result("--allow-python --python /bin/true");
  EXPECT_EQ(failed.state, State::InfraError) << outcome.text;
  EXPECT_THAT(failed.message, HasSubstr("'/bin/true' ended by itself"));
}

TEST_F(HostFolder, AHostThatCannotBeFollowedIsAnErrorAtItsPlace) {
  sandbox.apply({"main.cpp", "  LaunchAdd(a, b, out, nullptr);", "  LaunchSub(a, b, out, nullptr);"});
  reports::Result failed = result();
  EXPECT_EQ(failed.state, State::InfraError) << outcome.text;
  EXPECT_EQ(failed.message, "use of undeclared identifier 'LaunchSub'; did you mean 'LaunchAdd'?");
  EXPECT_THAT(failed.location->file, HasSubstr("main.cpp"));
  EXPECT_EQ(failed.location->line, 18u);
}

TEST_F(HostFolder, TheHostHasToPassWhatTheKernelTakes) {
  sandbox.apply({"launch.cpp", "__gm__ float *b, __gm__ float *out);", "int32_t b, __gm__ float *out);"});
  sandbox.apply({"launch.cpp", "(a, b, out); }", "(a, 3, out); }"});
  reports::Result failed = result();
  EXPECT_EQ(failed.state, State::InfraError) << outcome.text;
  EXPECT_THAT(failed.message, HasSubstr("but the host passes the scalar 'b'"));
}

/// Stores a scalar of each type that hosts pass in another one.
constexpr char scalarsKernel[] =
    R"(module attributes {pto.target_arch = "a5", pto.kernel_kind = #pto.kernel_kind<vector>} {
  func.func @add_kernel(%out: !pto.ptr<f32, gm>, %half: f16, %word: i32, %left: !pto.ptr<f32, gm>) attributes {pto.kernel} {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %wide = arith.extf %half : f16 to f32
    %number = arith.sitofp %word : i32 to f32
    pto.store_scalar %wide, %out[%c0] : !pto.ptr<f32, gm>, f32
    pto.store_scalar %number, %out[%c1] : !pto.ptr<f32, gm>, f32
    return
  }
}
)";

TEST_F(HostFolder, ScalarsOfOtherTypesAreTakenAsTheirBits) {
  sandbox.write("kernel.pto", scalarsKernel);
  sandbox.write("launch.cpp", R"(#include "acl/acl.h"
extern "C" __global__ [aicore] void add_kernel(__gm__ float *out, uint16_t half, uint8_t word);
void LaunchAdd(float *a, float *b, float *out, void *stream) { add_kernel<<<1, nullptr, stream>>>(out, 0x3e00, 200); }
)");
  sandbox.write("compare.py",
                "import struct, sys\n"
                "sys.exit(0 if struct.unpack('2f', open('out.bin', 'rb').read(8)) == (1.5, 200) else 2)\n");
  reports::Result passed = result();
  EXPECT_EQ(passed.state, State::Pass) << outcome.text;
  EXPECT_THAT(passed.notes,
              Contains("the host passes 1 bytes as 'word', and the kernel takes 4: it gets the number 200"));
  EXPECT_THAT(passed.notes,
              Contains("the host launches 'add_kernel' with 3 arguments, and the kernel takes 4, of which "
                       "it does not use the last"));
  sandbox.apply({"kernel.pto", "%number, %out[%c1]", "%number, %left[%c1]"});
  EXPECT_THAT(result().message, HasSubstr("with 3 arguments, and the kernel takes 4"));
}

TEST_F(HostFolder, WhatIsMissingIsNamed) {
  std::filesystem::remove(sandbox.caseFolder() + "/compare.py");
  reports::Result failed = result();
  EXPECT_EQ(failed.state, State::InfraError) << outcome.text;
  EXPECT_THAT(failed.message, HasSubstr("a kernel.pto and a golden.py, but no compare.py"));
}

TEST_F(HostFolder, SlackHidesWhatAKernelTouchesBehindABuffer) {
  sandbox.apply({"golden.py", "for i in range(100)])\nb", "for i in range(92)])\nb"});
  sandbox.apply({"main.cpp", "  ReadFile(\"./a.bin\", size, aHost, size);",
                 "  size_t less = size - 32;\n  ReadFile(\"./a.bin\", less, aHost, less);"});
  sandbox.apply({"main.cpp", "aclrtMalloc((void **)&a, size,", "aclrtMalloc((void **)&a, size - 32,"});
  sandbox.apply({"main.cpp", "aclrtMemcpy(a, size, aHost, size,", "aclrtMemcpy(a, less, aHost, less,"});
  reports::Result failed = result();
  EXPECT_EQ(failed.state, State::FailCheck) << outcome.text;
  EXPECT_THAT(failed.message, HasSubstr("reads 400 bytes at byte 0 of argument 'a', past its end (368 bytes)"));
  EXPECT_EQ(result("--allow-python --python /usr/bin/python3 --gm-slack 32").state, State::Pass) << outcome.text;
}
