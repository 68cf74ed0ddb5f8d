// Each pass on programs: tests/<Pass>/*.py has the program before, and the one expected after it or the error.
// `# passes: A, B` runs others than the folder's; `# platform: a5` and `# error: text` say what they say.
#include "compiler/passes/tests/Programs.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <gtest/gtest.h>

using namespace pto;
using namespace pto::passes;
using namespace pto::passes::tests;

namespace {

std::string testFolder() {
  return PTO_SOURCE_DIR "/compiler/passes/tests";
}

/// InitMemRef/loop_carried.py
std::vector<std::string> testPrograms() {
  std::vector<std::string> files;
  std::error_code code;
  for (llvm::sys::fs::recursive_directory_iterator entry(testFolder(), code), end; entry != end && !code;
       entry.increment(code))
    if (llvm::StringRef(entry->path()).ends_with(".py"))
      files.push_back(entry->path().substr(testFolder().size() + 1));
  llvm::sort(files);
  return files;
}

/// What stands behind `# key: `; empty without it.
std::string directive(llvm::StringRef text, llvm::StringRef key) {
  std::string mark = "# " + key.str() + ": ";
  size_t found = text.find(mark);
  return found == llvm::StringRef::npos ? "" : text.drop_front(found + mark.size()).split('\n').first.str();
}

class PassOnProgram : public testing::TestWithParam<std::string> {};

TEST_P(PassOnProgram, GivesWhatIsExpected) {
  std::string path = testFolder() + "/" + GetParam();
  auto buffer = llvm::MemoryBuffer::getFile(path);
  ASSERT_TRUE(buffer) << path;
  llvm::StringRef text = (*buffer)->getBuffer();
  std::string folder = llvm::StringRef(GetParam()).split('/').first.str();
  std::string passes = directive(text, "passes");
  llvm::SmallVector<llvm::StringRef, 4> names;
  llvm::StringRef(passes.empty() ? folder : passes).split(names, ", ");

  Programs programs(text, GetParam());
  auto before = programs.import("Before");
  ASSERT_TRUE(before) << programs.problems;
  PipelineOptions options;
  if (const PassInfo *first = passNamed(names.front()))
    options.held = first->needs;
  if (std::string platform = directive(text, "platform"); !platform.empty())
    options.platform = platform;
  std::string error = llvm::toString(runPasses(*before, names, options));
  if (std::string expected = directive(text, "error"); !expected.empty()) {
    EXPECT_NE(error.find(expected), std::string::npos) << error;
    return;
  }
  ASSERT_EQ(error, "");
  auto expected = programs.import("Expected");
  ASSERT_TRUE(expected) << programs.problems;
  EXPECT_EQ(difference(*before, *expected), "");

  // What a pass promises to leave alone the second time, it leaves alone.
  std::string once = printed(*before);
  if (!passNamed(names.back())->isIdempotent)
    return;
  options.held = passNamed(names.back())->needs;
  ASSERT_EQ(llvm::toString(runPasses(*before, names.back(), options)), "");
  EXPECT_EQ(printed(*before), once);
}

std::string testName(const testing::TestParamInfo<std::string> &info) {
  std::string name = llvm::StringRef(info.param).drop_back(3).str();
  for (char &c : name)
    c = llvm::isAlnum(c) ? c : '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(Programs, PassOnProgram, testing::ValuesIn(testPrograms()), testName);

} // namespace
