// Host programs, followed: what they launch, over which bytes, and what is said where they cannot be followed.
#include "base/Diagnostic.h"
#include "harness/host/HostReader.h"
#include "harness/run/ScratchFolder.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace pto;
using namespace pto::harness;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

namespace {

constexpr char launcher[] = R"(
#include "acl/acl.h"
extern "C" __global__ [aicore] void scale(__gm__ float *in, __gm__ float *out, int32_t rows, float factor);
void LaunchScale(float *in, float *out, int32_t rows, float factor, void *stream) {
  const int32_t perBlock = 8;
  scale<<<(rows + perBlock - 1) / perBlock, nullptr, stream>>>((__gm__ float *)in, (__gm__ float *)out, rows, factor);
}
)";

/// A `main` around these statements, with a buffer of 16 bytes on both sides.
std::string mainWith(const std::string &statements, const std::string &outside = "") {
  return R"(#include "test_common.h"
#include "acl/acl.h"
#include <cstdio>
using namespace PtoTestCommon;
#define CHECK(expr) do { if (!(expr)) { std::fprintf(stderr, "failed"); goto cleanup; } } while (0)
void LaunchScale(float *in, float *out, int32_t rows, float factor, void *stream);
)" + outside +
         R"(int main() {
  size_t size = 16;
  float *hostIn = nullptr, *hostOut = nullptr, *deviceIn = nullptr, *deviceOut = nullptr;
  aclrtStream stream = nullptr;
  aclrtMallocHost((void **)&hostIn, size);
  aclrtMallocHost((void **)&hostOut, size);
  aclrtMalloc((void **)&deviceIn, size, ACL_MEM_MALLOC_HUGE_FIRST);
  aclrtMalloc((void **)&deviceOut, size, ACL_MEM_MALLOC_HUGE_FIRST);
)" + statements +
         R"(
cleanup:
  return 0;
}
)";
}

constexpr char launchAndWrite[] = R"(
  LaunchScale(deviceIn, deviceOut, 20, 0.5f, stream);
  aclrtMemcpy(hostOut, size, deviceOut, size, ACL_MEMCPY_DEVICE_TO_HOST);
  WriteFile("./out.bin", hostOut, size);
)";

class HostProgramTest : public ::testing::Test {
protected:
  HostProgramTest() : folder(llvm::cantFail(ScratchFolder::make())) { write("launch.cpp", launcher); }

  void write(const std::string &name, llvm::StringRef text) {
    std::error_code error;
    llvm::raw_fd_ostream(folder.path() + "/" + name, error) << text;
  }

  llvm::Expected<HostProgram> follow(const std::string &main, const std::vector<std::string> &arguments = {}) {
    write("main.cpp", main);
    return followHostProgram({folder.path() + "/main.cpp", folder.path() + "/launch.cpp"}, arguments, folder.path());
  }

  HostProgram program(const std::string &main) {
    llvm::Expected<HostProgram> followed = follow(main);
    if (followed)
      return std::move(*followed);
    ADD_FAILURE() << llvm::toString(followed.takeError());
    return {};
  }

  /// "main.cpp:12:3: what is wrong"
  std::string error(const std::string &main) {
    llvm::Expected<HostProgram> followed = follow(main);
    if (followed)
      return "";
    std::string text = llvm::toString(followed.takeError());
    size_t at = text.find("main.cpp:");
    return at == std::string::npos ? text : text.substr(at);
  }

  ScratchFolder folder;
};

} // namespace

TEST_F(HostProgramTest, ALaunchHasItsArgumentsBlocksAndBytes) {
  write("in.bin", llvm::StringRef("0123456789abcdef"));
  HostProgram followed = program(mainWith("  ReadFile(\"./in.bin\", size, hostIn, size);\n"
                                          "  aclrtMemcpy(deviceIn, size, hostIn, size, ACL_MEMCPY_HOST_TO_DEVICE);\n" +
                                          std::string(launchAndWrite)));
  ASSERT_EQ(followed.launches.size(), 1u);
  const HostLaunch &launch = followed.launches[0];
  EXPECT_EQ(launch.kernel, "scale");
  EXPECT_EQ(launch.blocks, 3u);
  ASSERT_EQ(launch.arguments.size(), 4u);
  EXPECT_EQ(launch.arguments[0].name, "in");
  EXPECT_EQ(launch.arguments[0].buffer, 0u);
  EXPECT_EQ(launch.arguments[1].buffer, 1u);
  EXPECT_EQ(launch.arguments[2].integer, 20);
  EXPECT_EQ(launch.arguments[2].bytes, 4u);
  EXPECT_EQ(launch.arguments[3].kind, HostArgument::Kind::Float);
  EXPECT_EQ(launch.arguments[3].real, 0.5);
  ASSERT_EQ(followed.buffers.size(), 2u);
  EXPECT_EQ(followed.buffers[0].name, "deviceIn");
  EXPECT_EQ(llvm::StringRef(reinterpret_cast<const char *>(followed.buffers[0].bytes.data()), 16), "0123456789abcdef");
  EXPECT_TRUE(followed.buffers[0].isFilled);
  EXPECT_FALSE(followed.buffers[1].isFilled);
  ASSERT_EQ(followed.outputs.size(), 1u);
  EXPECT_EQ(followed.outputs[0].file, "out.bin");
  ASSERT_EQ(followed.outputs[0].parts.size(), 1u);
  EXPECT_EQ(followed.outputs[0].parts[0].buffer, 1u);
}

TEST_F(HostProgramTest, TheHostsOwnFunctionsAndLoopsAreFollowed) {
  std::string helper = R"(
#include <vector>
struct Pair { int first; double second; };
static bool fill(const char *path, void *to, size_t size) {
  size_t got = size;
  return ReadFile(path, got, to, size) && got == size;
}
template <class T> T twice(T value) { return value + value; }
)";
  for (int i = 1; i <= 4; ++i)
    write("part" + std::to_string(i) + ".bin", std::string(4, static_cast<char>('a' + i)));
  HostProgram followed = program(mainWith(R"(
  {
    Pair pair = {3, 1.5};
    unsigned char *next = (unsigned char *)hostIn;
    for (int i = 1; i <= 4; ++i, next += sizeof(float)) {
      char path[16];
      std::snprintf(path, sizeof(path), "./part%d.bin", i);
      bool done = false;
      switch (i) {
      case 1:
      case 2: done = fill(path, next, 4); break;
      default: done = fill(path, next, 4);
      }
      if (!done) return 1;
    }
    std::vector<unsigned char> copy(16);
    std::memcpy(copy.data(), hostIn, copy.size());
    for (unsigned char &each : copy) each += twice(pair.first) - (int)(pair.second * 4);
    copy[15] = 'z';
    int turns = 0;
    do { if (turns == 1) continue; } while (++turns < 3);
    while (true) { if (turns-- == 0) break; }
    aclrtMemcpy(deviceIn, size, copy.data(), copy.size(), ACL_MEMCPY_HOST_TO_DEVICE);
  }
)" + std::string(launchAndWrite),
                                          helper));
  ASSERT_EQ(followed.buffers.size(), 2u);
  EXPECT_EQ(llvm::StringRef(reinterpret_cast<const char *>(followed.buffers[0].bytes.data()), 16), "bbbbccccddddeeez");
}

TEST_F(HostProgramTest, WhatAnOutputIsMadeOfIsKnownByItsBytes) {
  HostProgram followed = program(mainWith(R"(
  LaunchScale(deviceIn, deviceOut, 20, 0.5f, stream);
  aclrtMemcpy(hostOut, size, deviceIn, size, ACL_MEMCPY_DEVICE_TO_HOST);
  WriteFile("second.bin", (char *)hostOut + 8, 4);
)"));
  ASSERT_EQ(followed.outputs.size(), 1u);
  ASSERT_EQ(followed.outputs[0].parts.size(), 1u);
  EXPECT_EQ(followed.outputs[0].parts[0].buffer, 0u);
  EXPECT_EQ(followed.outputs[0].parts[0].offset, 8u);
  EXPECT_EQ(followed.outputs[0].parts[0].size, 4u);
}

TEST_F(HostProgramTest, AnOutputMayBePutTogether) {
  HostProgram followed = program(mainWith(R"(
  {
    char *rows = (char *)hostOut;
    char *all = (char *)hostIn;
    LaunchScale(deviceIn, deviceOut, 20, 0.5f, stream);
    aclrtMemcpy(hostOut, size, deviceOut, size, ACL_MEMCPY_DEVICE_TO_HOST);
    std::memcpy(all, rows, 4);
    std::memcpy(all + 4, rows + 8, 8);
    std::memset(all + 10, 7, 1);
    all[15] = 9;
    WriteFile("out.bin", all, 16);
  }
)"));
  ASSERT_EQ(followed.outputs.size(), 1u);
  const HostOutput &output = followed.outputs[0];
  std::vector<std::vector<size_t>> parts;
  for (const HostOutput::Part &part : output.parts)
    parts.push_back({part.at, part.buffer, part.offset, part.size});
  EXPECT_THAT(parts, ElementsAre(ElementsAre(0, 1, 0, 4), ElementsAre(4, 1, 8, 6), ElementsAre(11, 1, 15, 1)));
  ASSERT_EQ(output.bytes.size(), 16u);
  EXPECT_EQ(output.bytes[10], 7);
  EXPECT_EQ(output.bytes[15], 9);
}

TEST_F(HostProgramTest, MainIsToldItsArguments) {
  std::string main = mainWith(R"(
  static const struct { const char *name; void (*run)(float *, float *, void *); } tests[] = {
      {"twice", [](float *in, float *out, void *stream) { LaunchScale(in, out, 2, 0, stream); }},
      {"thrice", [](float *in, float *out, void *stream) { LaunchScale(in, out, 3, 0, stream); }}};
  for (const auto &test : tests)
    if (argc == 1 || std::string(argv[1]) == test.name)
      test.run(deviceIn, deviceOut, stream);
)");
  EXPECT_THAT(llvm::toString(follow(mainWith(launchAndWrite), {"thrice"}).takeError()),
              HasSubstr("main has 0 parameters; expected (int argc, char *argv[]), for it is told to run 'thrice'"));
  size_t at = main.find("int main()");
  ASSERT_NE(at, std::string::npos);
  main.replace(at, 10, "int main(int argc, char *argv[])");
  auto rowsOf = [&](const std::vector<std::string> &arguments) {
    std::vector<int64_t> rows;
    for (const HostLaunch &launch : llvm::cantFail(follow(main, arguments)).launches)
      rows.push_back(launch.arguments[2].integer);
    return rows;
  };
  EXPECT_THAT(rowsOf({}), ElementsAre(2, 3));
  EXPECT_THAT(rowsOf({"thrice"}), ElementsAre(3));
  EXPECT_THAT(rowsOf({"other"}), ElementsAre());
}

TEST_F(HostProgramTest, AFileThatDoesNotFitIsANote) {
  write("in.bin", std::string(20, 'x'));
  HostProgram followed =
      program(mainWith("  ReadFile(\"in.bin\", size, hostIn, size);\n" + std::string(launchAndWrite)));
  EXPECT_THAT(followed.notes,
              ElementsAre("main.cpp:15: 'in.bin' is not read: it has 20 bytes, and there is room for 16"));
}

TEST_F(HostProgramTest, AProgramThatGivesUpSaysWhy) {
  EXPECT_EQ(error(mainWith("  CHECK(ReadFile(\"in.bin\", size, hostIn, size));\n" + std::string(launchAndWrite))),
            "main.cpp:15:3: the host program gives up here, and jumps to 'cleanup'; before that, main.cpp:15: 'in.bin' "
            "cannot be read: No such file or directory");
}

struct Unfollowed {
  const char *what, *statements, *error;
};

class UnfollowedTest : public HostProgramTest, public ::testing::WithParamInterface<Unfollowed> {};

TEST_P(UnfollowedTest, IsAnErrorAtItsPlace) {
  EXPECT_THAT(error(mainWith(GetParam().statements, "int other(int);\n")), HasSubstr(GetParam().error));
}

INSTANTIATE_TEST_SUITE_P(
    HostProgram, UnfollowedTest,
    ::testing::Values(
        Unfollowed{
            "UnknownFunction", "  other(3);",
            "main.cpp:16:3: the host program calls 'other', which is neither defined in its sources nor a function"},
        Unfollowed{"Syntax", "  int = 3;", "main.cpp:16:7: expected unqualified-id"},
        Unfollowed{"UndeclaredName", "  int x = rtMalloc(3);",
                   "main.cpp:16:11: use of undeclared identifier 'rtMalloc'"},
        Unfollowed{"NullPointer", "  { float *p = nullptr; *p = 1; }", "main.cpp:16:25: this writes a null pointer"},
        Unfollowed{"OutOfBounds", "  hostIn[4] = 1;", "this writes bytes 16 to 20 of 'hostIn', which has 16"},
        Unfollowed{"NoEnd", "  while (true) {}", "the host program does not come to an end"},
        Unfollowed{"EndlessCalls", "  { struct A { static int f(int i) { return f(i); } }; A::f(1); }",
                   "calls are nested more than 200 deep"},
        Unfollowed{"DivisionByZero", "  { int zero = 0; size = 1 / zero; }", "division by zero"},
        Unfollowed{"DependsOnTheKernel",
                   "  LaunchScale(deviceIn, deviceOut, 1, 1, stream);\n"
                   "  aclrtMemcpy(hostOut, size, deviceOut, size, ACL_MEMCPY_DEVICE_TO_HOST);\n"
                   "  if (hostOut[0] > 0) size = 8;",
                   "this reads what a kernel computes, which is not known before it has run"},
        Unfollowed{"WrittenAgain",
                   "  LaunchScale(deviceIn, deviceOut, 1, 1, stream);\n  aclrtMemset(deviceIn, size, 0, size);",
                   "'deviceIn' is written again after a kernel was launched over it"},
        Unfollowed{"HostMemoryAsArgument", "  LaunchScale(hostIn, deviceOut, 1, 1, stream);",
                   "the kernel's argument 'in' is no memory of the device"},
        Unfollowed{"MiddleOfABuffer", "  LaunchScale(deviceIn + 1, deviceOut, 1, 1, stream);",
                   "the kernel's argument 'in' points into the middle of 'deviceIn'"},
        Unfollowed{"NoBlocks", "  LaunchScale(deviceIn, deviceOut, -20, 1, stream);",
                   "the launch of 'scale' has -1 blocks; expected 1 to 65535"},
        Unfollowed{"OutsideItsFolder", "  ReadFile(\"../in.bin\", size, hostIn, size);",
                   "the file '../in.bin' is outside the folder that the program runs in"},
        Unfollowed{"TooMuchMemory", "  aclrtMalloc((void **)&deviceIn, size << 40, ACL_MEM_MALLOC_HUGE_FIRST);",
                   "allocates more memory than a test takes"},
        Unfollowed{"NotFromAKernel", "  WriteFile(\"out.bin\", hostIn, size);",
                   "what is written to 'out.bin' does not come from a kernel"},
        Unfollowed{"BitField", "  { struct B { unsigned a : 3; } b; b.a = 5; }", "the bit-field 'a' is not followed"},
        Unfollowed{"WideFormat", "  { char text[4]; snprintf(text, 4, \"%99999d\", 1); }",
                   "this format is not followed"},
        Unfollowed{"Lambda", "  auto f = [] { return 1; }; f();", "is not followed"},
        Unfollowed{"Status", "  return 3;", "the host program ends with status 3"}),
    [](const auto &info) { return std::string(info.param.what); });

TEST_F(HostProgramTest, WithoutMainThereIsNothingToFollow) {
  EXPECT_THAT(error("int helper() { return 1; }"), HasSubstr("none of the host's sources has a function main"));
}
