// Finding cases in a tree, and files that cannot be read.
#include "harness/case/SourceFile.h"
#include "harness/tests/case/Scratch.h"
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace pto::harness;

namespace {

const char *const valid = "summary: s\n"
                          "args: [{ name: out, dtype: f32, shape: [1], direction: out }]\n"
                          "golden: 'def golden(): return 0'\n";

class DiscoveryTest : public testing::Test {
protected:
  void writeCase(const std::string &name, llvm::StringRef yaml = valid) {
    scratch.write(name + "/case.yaml", yaml);
    scratch.write(name + "/kernel.pto", "");
  }
  std::vector<std::string> find(const std::vector<std::string> &globs) {
    std::vector<std::string> names;
    for (const Case &one : discover(scratch.root, globs).cases)
      names.push_back(one.name);
    return names;
  }
  std::string errorOf(llvm::StringRef yaml) { return show(readCaseFile(scratch.write("case.yaml", yaml), "case")); }

  Scratch scratch;
};

using Names = std::vector<std::string>;

TEST_F(DiscoveryTest, FindsCasesInSortedOrder) {
  for (const char *name : {"b", "a/z", "a/b/c", "a/b"})
    writeCase(name);
  writeCase(".git/x");
  EXPECT_EQ(find({}), (Names{"a/b", "a/b/c", "a/z", "b"}));
  EXPECT_EQ(find({"a/b", "b"}), (Names{"a/b", "a/b/c", "b"}));
}

TEST_F(DiscoveryTest, FindsPointsUnderTheNamesThatTheirCaseGivesThem) {
  writeCase("g/family", std::string(valid) + "name: ${op}\nmatrix: { op: [a, b], n: [1, 2] }\nblocks: ${n}\n");
  writeCase("g/b", std::string(valid));
  writeCase("g/broken", "summary: [");
  EXPECT_EQ(find({"g/a"}), (Names{"g/a@n=1", "g/a@n=2"}));
  EXPECT_EQ(find({"g/a@n=2"}), (Names{"g/a@n=2"}));
  EXPECT_EQ(find({"**/b@*"}), (Names{"g/b@n=1", "g/b@n=2"}));
  EXPECT_EQ(find({"g/family@op=b*"}), (Names{"g/b@n=1", "g/b@n=2"}));
  EXPECT_EQ(find({"g/family"}), (Names{"g/a@n=1", "g/a@n=2", "g/b@n=1", "g/b@n=2"}));
  EXPECT_EQ(show(discover(scratch.root, {"g/a"})), "");
}

TEST_F(DiscoveryTest, TwoCasesOfOneNameAreAnError) {
  writeCase("g/family", std::string(valid) + "name: ${op}\nmatrix: { op: [a, b] }\n");
  writeCase("g/a");
  EXPECT_EQ(find({"g/b"}), (Names{"g/b"}));
  EXPECT_EQ(show(discover(scratch.root, {"g/a"}), "g/a").substr(0, 49),
            "case.yaml: another case has the same name: see /t");
}

TEST_F(DiscoveryTest, ReadsOnlyWhatAGlobSelects) {
  writeCase("a", std::string(valid) + "matrix: { n: [1, 2] }\nblocks: ${n}\n");
  writeCase("broken/b", "summary: [");
  EXPECT_EQ(show(discover(scratch.root, {"a@n=2"})), "");
  EXPECT_EQ(find({"a@n=2"}), (Names{"a@n=2"}));
  EXPECT_EQ(show(discover(scratch.root, {"broken/*"}), "broken/b"),
            "case.yaml:1:1: not YAML: end of sequence flow not found\n");
}

TEST_F(DiscoveryTest, ARootThatIsNoneIsAnErrorWithoutAName) {
  EXPECT_EQ(show(discover(scratch.path("none")), ""), "none: the cases root does not exist\n");
  scratch.write("file", "");
  EXPECT_EQ(show(discover(scratch.path("file")), ""), "file: the cases root is not a directory\n");
}

TEST_F(DiscoveryTest, ACaseInTheRootItselfHasNoName) {
  writeCase(".");
  EXPECT_EQ(show(discover(scratch.root), ""),
            "case.yaml: a case is named by its folder below the cases root, and this one is in the root itself; "
            "move it into a folder, or use the folder above as the root\n");
}

TEST_F(DiscoveryTest, LinksThatLoopAreTold) {
  writeCase("a/b");
  ASSERT_EQ(symlink("..", scratch.path("a/up").c_str()), 0);
  ASSERT_EQ(symlink("self", scratch.path("self").c_str()), 0);
  ASSERT_EQ(symlink("a/b", scratch.path("linked").c_str()), 0);
  ASSERT_EQ(symlink("nowhere", scratch.path("dangling").c_str()), 0);
  CaseSet set = discover(scratch.root);
  EXPECT_EQ(show(set), "a/up: up: this symbolic link points to a folder that contains it\n"
                       "self: self: this symbolic link points to itself\n");
  EXPECT_EQ(find({}), (Names{"a/b"}));
}

TEST_F(DiscoveryTest, AFolderWithTwoNamesIsReadOnceUnderItsOwn) {
  writeCase("z/one");
  writeCase("z/two");
  ASSERT_EQ(symlink("z", scratch.path("a").c_str()), 0);
  EXPECT_EQ(find({}), (Names{"z/one", "z/two"}));
  EXPECT_EQ(find({"**/one"}), (Names{"z/one"}));
  EXPECT_EQ(find({"a"}), (Names{"a/one", "a/two"}));
  EXPECT_EQ(find({"a/one", "z/two"}), (Names{"a/one", "z/two"}));
}

TEST_F(DiscoveryTest, LinksAcrossOneAnotherAreWalkedInNoTime) {
  // As paths there would be 20! of them.
  for (int from = 0; from < 20; ++from) {
    std::string folder = "d" + std::to_string(from);
    writeCase(folder + "/case");
    for (int to = 0; to < 20; ++to)
      if (from != to) {
        std::string link = scratch.path(folder + "/to" + std::to_string(to));
        ASSERT_EQ(symlink(("../d" + std::to_string(to)).c_str(), link.c_str()), 0);
      }
  }
  EXPECT_EQ(find({}).size(), 20u);
  EXPECT_EQ(find({"**/case"}).size(), 20u);
}

TEST_F(DiscoveryTest, AKernelWithoutACaseFileIsTold) {
  auto told = [&](const std::vector<std::string> &globs) {
    std::vector<std::string> texts;
    for (const pto::Diagnostic &one : discover(scratch.root, globs).lookalikes)
      texts.push_back(llvm::StringRef(one.place.file).drop_front(scratch.root.size() + 1).str() + ": " + one.message);
    return texts;
  };
  writeCase("a");
  scratch.write("forgotten/kernel.pto", "");
  scratch.write("misnamed/case.yml", valid);
  scratch.write("misnamed/kernel.pto", "");
  scratch.write("shared/kernel.pto", "");
  scratch.write("user/case.yaml", std::string(valid) + "kernel: { source: ../shared/kernel.pto }\n");
  EXPECT_EQ(told({}), (Names{"misnamed/case.yml: a case file is called case.yaml; this one is not read",
                             "forgotten/kernel.pto: there is no case.yaml beside this kernel, so nothing runs it"}));
  EXPECT_EQ(told({"a"}), Names());
  EXPECT_EQ(told({"forgotten"}).size(), 1u);
}

TEST_F(DiscoveryTest, AFolderWithAPointsSignIsNoName) {
  writeCase("a@b");
  EXPECT_EQ(show(discover(scratch.root), "a@b"),
            "case.yaml: the name of a case's folder must be UTF-8 without '@', which begins a point\n");
}

TEST_F(DiscoveryTest, FilesThatAreNoTextAreTold) {
  EXPECT_EQ(errorOf("summary: \xff\n"), "case.yaml:1:10: byte 0xff is not text; the file must be UTF-8\n");
  EXPECT_EQ(errorOf("summary: s\n\xc0\xaf"), "case.yaml:2:1: byte 0xc0 is not text; the file must be UTF-8\n");
  EXPECT_EQ(errorOf(llvm::StringRef("a\0b", 3)), "case.yaml:1:2: byte 0x0 is not text; the file must be UTF-8\n");
  EXPECT_EQ(errorOf("\xff\xfe"
                    "a"),
            "case.yaml:1:1: byte 0xff is not text; the file must be UTF-8\n");
  EXPECT_EQ(errorOf(std::string(largestFile + 1, '#')),
            "case.yaml: the file has 4194305 bytes; at most 4194304 are read\n");
  EXPECT_EQ(errorOf("\xef\xbb\xbf# only a mark\n"),
            "case.yaml: the file is empty; a case has at least 'summary', 'args' and 'golden'\n");
}

TEST_F(DiscoveryTest, FilesThatCannotBeReadAreTold) {
  EXPECT_EQ(show(readCaseFile(scratch.path("none"), "case")), "none: the file does not exist\n");
  EXPECT_EQ(show(readCaseFile(scratch.root, "case")),
            llvm::sys::path::filename(scratch.root).str() + ": the file is a directory, not a file\n");
  ASSERT_EQ(mkfifo(scratch.path("pipe").c_str(), 0600), 0);
  EXPECT_EQ(show(readCaseFile(scratch.path("pipe"), "case")), "pipe: the file is not a regular file\n");
  if (geteuid() == 0)
    GTEST_SKIP() << "root can read everything";
  std::string file = scratch.write("case.yaml", valid);
  ASSERT_EQ(chmod(file.c_str(), 0), 0);
  EXPECT_EQ(show(readCaseFile(file, "case")), "case.yaml: the file cannot be read: Permission denied\n");
}

} // namespace
