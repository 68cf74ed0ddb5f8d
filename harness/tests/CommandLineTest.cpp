// What is typed, and where options come from when they are not: the real command over a few small cases.
#include "harness/tests/Sandbox.h"
#include "llvm/Support/JSON.h"
#include <algorithm>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>

using namespace pto;
using namespace pto::harness::testing;

namespace {

/// Skipped at once: for selecting, a case need not do more.
const char *const quickCase =
    "summary: a case\nskip: only its name matters\nkernel: { source: ../../sample/kernel.pto }\n"
    "args:\n  - { name: out, dtype: f32, shape: [4], direction: out }\n"
    "golden: |\n  def golden():\n      return 0\n";

class CommandLine : public ::testing::Test {
protected:
  CommandLine() {
    for (const char *name : {"group/vadd", "group/vsub", "other/vadd"})
      sandbox.write(std::string("../") + name + "/case.yaml", quickCase);
  }
  std::vector<std::string> names(const std::string &arguments) {
    Outcome outcome = sandbox.run("--list " + arguments);
    EXPECT_EQ(outcome.exitCode, 0) << arguments << "\n" << outcome.text;
    std::vector<std::string> lines;
    std::istringstream text(outcome.text);
    for (std::string line; std::getline(text, line);)
      if (line.substr(0, 6) != "note: " && line.substr(0, 10) != "shuffled: ")
        lines.push_back(line);
    return lines;
  }
  void refuses(const std::string &arguments, int exitCode, const std::string &says) {
    Outcome outcome = sandbox.run(arguments);
    EXPECT_EQ(outcome.exitCode, exitCode) << arguments << "\n" << outcome.text;
    EXPECT_NE(outcome.text.find(says), std::string::npos) << arguments << "\n" << outcome.text;
  }
  /// Standard output goes elsewhere; what is read is its exit code and what stands on stderr.
  std::string withOutputTo(const std::string &where, const std::string &arguments = "sample") {
    return sandbox.run(arguments + " 2> errors.txt " + where + "; (echo exit $?; cat errors.txt)").text;
  }
  Sandbox sandbox;
};

using Names = std::vector<std::string>;
constexpr int usage = 2, nothingMatched = 4;

TEST_F(CommandLine, TakesNamesPatternsAndPaths) {
  EXPECT_EQ(names("group/vadd"), (Names{"group/vadd"}));
  EXPECT_EQ(names("group other/vadd"), (Names{"group/vadd", "group/vsub", "other/vadd"}));
  EXPECT_EQ(names("--case group/vadd other/vadd"), (Names{"group/vadd", "other/vadd"}));
  EXPECT_EQ(names("'**/vadd'"), (Names{"group/vadd", "other/vadd"}));
  EXPECT_EQ(names("cases/group/"), (Names{"group/vadd", "group/vsub"}));
  EXPECT_EQ(names("./cases/group/vadd/case.yaml"), (Names{"group/vadd"}));
  EXPECT_EQ(names("cases"), (Names{"group/vadd", "group/vsub", "other/vadd", "sample"}));
  // The kernel is used from four folders, and only its own case stands beside it.
  EXPECT_EQ(names("cases/sample/kernel.pto"), (Names{"sample"}));
  EXPECT_EQ(names("-k 'vadd and not group'"), (Names{"other/vadd"}));
}

TEST_F(CommandLine, APathElsewhereSelectsCasesThere) {
  sandbox.write("../../elsewhere/cases/a/one/case.yaml", quickCase);
  sandbox.write("../../elsewhere/cases/sample/kernel.pto", "");
  sandbox.write("../../alone/two/case.yaml", quickCase);
  sandbox.write("../../sample/kernel.pto", "");
  EXPECT_EQ(names("elsewhere/cases/a/one"), (Names{"a/one"}));
  EXPECT_EQ(names("alone/two"), (Names{"two"}));
  EXPECT_EQ(names("elsewhere/cases/a/one sample"), (Names{"a/one", "sample"}));
}

TEST_F(CommandLine, FindsThePointsOfAFamilyByTheirOwnNames) {
  sandbox.write("../group/family/case.yaml",
                std::string(quickCase) + "name: ${op}\nmatrix: { op: [vmul, vdiv], n: [1, 2] }\nseed: ${n}\n");
  EXPECT_EQ(names("group/vmul"), (Names{"group/vmul@n=1", "group/vmul@n=2"}));
  EXPECT_EQ(names("group/vdiv@n=2 '**/vmul@n=1'"), (Names{"group/vdiv@n=2", "group/vmul@n=1"}));
  EXPECT_EQ(names("cases/group/vmul@n=1"), (Names{"group/vmul@n=1"}));
  EXPECT_EQ(names("cases/group/family -x group/vmul"), (Names{"group/vdiv@n=1", "group/vdiv@n=2"}));
  EXPECT_EQ(names("group/family@op=vdiv,n=1"), (Names{"group/vdiv@n=1"}));
  EXPECT_NE(sandbox.run("show group/vdiv").text.find("group/vdiv@n=1\n"), std::string::npos);
  refuses("group/vmu", nothingMatched, "did you mean 'group/vmul'?");
}

TEST_F(CommandLine, WhateverIsTypedHasToMatch) {
  refuses("--case sample --case nothing", nothingMatched, "no case matches 'nothing' below cases; the nearest is '");
  refuses("sample group/vad", nothingMatched, "did you mean 'group/vadd'?");
  refuses("vadd", nothingMatched, "did you mean '**/vadd' (2 cases)?");
  refuses("sample --exclude smple", nothingMatched,
          "--exclude 'smple' excludes none of the cases selected; did you mean "
          "'sample'?");
  refuses("sample --exclude group", nothingMatched, "excludes none");
  refuses("sample --exclude sample", nothingMatched, "--exclude leaves no case");
  refuses("--tag slow", nothingMatched, "no case has the tag 'slow'");
  refuses("-k nothing", nothingMatched, "none of the 4 cases selected has a name that matches");
  // Nothing suggests what was typed itself.
  Outcome outcome = sandbox.run("sample@n=1");
  EXPECT_EQ(outcome.exitCode, nothingMatched);
  EXPECT_EQ(outcome.text.find("did you mean 'sample@n=1'"), std::string::npos) << outcome.text;
}

TEST_F(CommandLine, AnEmptyNameIsNotEveryCase) {
  refuses("''", nothingMatched, "the name of a case is empty");
  refuses("--exclude ''", nothingMatched, "the name of a case is empty");
}

TEST_F(CommandLine, KeptFilesDoNotGoAmongTheCases) {
  refuses("sample --out . --keep-temps", 105, "--keep-temps would write among the cases");
  refuses("sample --out cases --keep-temps", 105, "--keep-temps would write among the cases");
  EXPECT_EQ(sandbox.run("sample --keep-temps").exitCode, 0);
}

TEST_F(CommandLine, AFolderThatLooksLikeACaseIsTold) {
  sandbox.write("../forgotten/kernel.pto", "");
  Outcome outcome = sandbox.run();
  EXPECT_EQ(outcome.exitCode, 0);
  EXPECT_NE(outcome.text.find("warning: cases/forgotten/kernel.pto: there is no case.yaml beside this kernel"),
            std::string::npos)
      << outcome.text;
  EXPECT_NE(outcome.text.find("1 folder looks like a case and is not one"), std::string::npos) << outcome.text;
  refuses("forgotten", nothingMatched, "there is no case.yaml beside this kernel");
}

TEST_F(CommandLine, AWrongValueNamesTheOptionAndWhatIsExpected) {
  refuses("--seed -1", usage, "--seed: expected an integer from 0 to 2^64 - 1, found '-1'");
  refuses("--seed abc", usage, "--seed: expected an integer from 0 to 2^64 - 1, found 'abc'");
  refuses("--seed 18446744073709551616", usage, "found '18446744073709551616'");
  refuses("--budget 0", usage, "--budget: expected an integer from 1 to 2^64 - 1, found '0'");
  refuses("--jobs 0", usage, "--jobs: expected an integer from 1 to 1024, found '0'");
  refuses("--timeout nan", usage, "--timeout: expected a number of seconds from 0.001 to 86400, found 'nan'");
  refuses("-k 'a and'", usage, "expected a word at column 6");
  refuses("--memory x", usage, "error: --memory: expected a size of at least 256MiB such as 4GiB, found 'x'");
  refuses("--memory 1MiB", usage, "such as 4GiB, found '1MiB'");
  refuses("--color x", usage, "error: --color: expected one of auto, always, never, found 'x'");
  refuses("--jbos 2", usage, "error: unknown option '--jbos'; did you mean '--jobs'?");
  refuses("--jobs", usage, "error: --jobs needs a value");
}

TEST_F(CommandLine, ReadsOptionsFromAFileHereOrAbove) {
  sandbox.write("../../.git/HEAD", "");
  sandbox.write("../../.run_validation.yaml", "exclude: [group, other/vadd]\nseed: 7\nno-cache: false\n");
  Outcome outcome = sandbox.run();
  ASSERT_EQ(outcome.results.size(), 1u) << outcome.text;
  EXPECT_EQ(outcome.results[0].seed, 7u);
  EXPECT_NE(outcome.text.find("note: "), std::string::npos) << outcome.text;
  // What is typed wins over a variable, a variable over the file.
  EXPECT_EQ(sandbox.run("--seed 9").results.at(0).seed, 9u);
  setenv("PTO_SEED", "8", 1);
  EXPECT_EQ(sandbox.run().results.at(0).seed, 8u);
  EXPECT_EQ(sandbox.run("--seed 9").results.at(0).seed, 9u);
  setenv("PTO_SEED", "eight", 1);
  refuses("sample", usage, "PTO_SEED: expected an integer from 0 to 2^64 - 1, found 'eight'");
  unsetenv("PTO_SEED");
  // An exclude of the file has nothing to do where others are selected.
  EXPECT_EQ(names("sample"), (Names{"sample"}));
  EXPECT_EQ(sandbox.run("--no-config").results.size(), 4u);
}

TEST_F(CommandLine, AConfigurationThatIsWrongIsToldWithItsLine) {
  auto says = [&](const char *file, const char *text) {
    sandbox.write("../../.run_validation.yaml", file);
    refuses("sample", usage, text);
  };
  says("seed: 1\njob: 3\n", ".run_validation.yaml:2:1: error: 'job' is not an option that a file can set; did you mean "
                            "'jobs'?");
  says("seed: 1\njobs: many\n", ".run_validation.yaml:2:7: 'jobs': expected an integer from 1 to 1024, found 'many'");
  says("fail-fast: maybe\n", ".run_validation.yaml:1:12: 'fail-fast': expected true or false, found 'maybe'");
  says("- a\n", ".run_validation.yaml:1:1: error: expected a map of options, found a list");
  says("jobs: [\n", ".run_validation.yaml:");
  says("jobs: { a: b }\n", "'jobs': expected one value, found a map");
  says("jobs: [1, 2]\n", "'jobs': expected one value, found a list");
  says("tag: [[a]]\n", "'tag': expected text, found a list");
  // Said once.
  sandbox.write("../../.run_validation.yaml", "job: 3\n");
  EXPECT_EQ(sandbox.run().text.find("error: "), sandbox.run().text.rfind("error: "));
  says("list: true\n", "'list' is not an option that a file can set");
}

TEST_F(CommandLine, RunsAgainWhatFailed) {
  sandbox.apply({"case.yaml", "return a - b", "return a + b"});
  EXPECT_EQ(sandbox.run().exitCode, 100);
  EXPECT_EQ(names("--rerun"), (Names{"sample"}));
  EXPECT_EQ(names("--failed-first"), (Names{"sample", "group/vadd", "group/vsub", "other/vadd"}));
  sandbox.apply({"case.yaml", "return a + b", "return a - b"});
  EXPECT_EQ(sandbox.run("--rerun").exitCode, 0);
  refuses("--rerun", nothingMatched, "nothing failed in the last run");
  refuses("--rerun --out none", nothingMatched, "there is no none/results.jsonl");
}

TEST_F(CommandLine, RunsAgainWhatDidNotRun) {
  sandbox.write("../zzz/case.yaml", sandbox.read("cases/sample/case.yaml"));
  sandbox.write("../zzz/kernel.pto", sandbox.read("cases/sample/kernel.pto"));
  sandbox.apply({"case.yaml", "return a - b", "while True:\n          a = a + 1\n      return a"});
  Outcome outcome = sandbox.runUntil("other/vadd", "TERM", "-j1");
  EXPECT_EQ(outcome.end ? outcome.end->notRun : Names(), (Names{"sample", "zzz"})) << outcome.text;
  EXPECT_EQ(names("--rerun"), (Names{"sample", "zzz"}));
  std::filesystem::remove(sandbox.folder() + "/out/results.jsonl");
  // A run that was killed cannot say what it has not come to.
  EXPECT_FALSE(sandbox.runUntil("other/vadd", "KILL", "-j1").end);
  EXPECT_EQ(names("--rerun"), (Names{"sample", "zzz"}));
}

TEST_F(CommandLine, SaysHowOftenEachCaseWasRun) {
  EXPECT_NE(sandbox.run("sample --repeat 3").text.find("1 case: 1 pass, each run 3 times  in "), std::string::npos);
}

TEST_F(CommandLine, WarnsOfAVariableThatIsMisspelt) {
  setenv("PTO_TIMEUOT", "3", 1);
  refuses("sample", 0, "warning: the environment variable PTO_TIMEUOT sets nothing; did you mean 'PTO_TIMEOUT'?");
  unsetenv("PTO_TIMEUOT");
}

TEST_F(CommandLine, AMissingRootIsNamed) {
  Outcome outcome = sandbox.run("--cases-root nope");
  EXPECT_EQ(outcome.exitCode, 105);
  EXPECT_EQ(outcome.text, "error: nope: the cases root does not exist; --cases-root names the folder of the cases\n");
  EXPECT_TRUE(outcome.results.empty());
  Outcome watching = sandbox.run("--watch --cases-root nope");
  EXPECT_EQ(watching.exitCode, 105);
  EXPECT_EQ(watching.text, outcome.text);
}

TEST_F(CommandLine, AReaderThatGoesAwayIsNoError) {
  Outcome outcome = sandbox.run("--version; mkfifo pipe; (true < pipe &); '" PTO_BINARY_DIR
                                "/bin/run_validation' -v --cache-dir kept > pipe 2>&1; echo $? > code.txt; true");
  EXPECT_EQ(sandbox.read("code.txt"), "0\n");
  ASSERT_TRUE(outcome.end);
  EXPECT_EQ(outcome.end->exitCode, 0);
  EXPECT_EQ(outcome.results.size(), 4u);
}

TEST_F(CommandLine, ShufflesInAnOrderThatASeedGivesAgain) {
  Names first = names("--shuffle=3"), sorted = first;
  std::sort(sorted.begin(), sorted.end());
  EXPECT_EQ(sorted, names(""));
  EXPECT_EQ(first, names("--shuffle=3"));
  refuses("--shuffle", 0, "shuffled: --shuffle=");
  refuses("--shuffle=x", usage, "--shuffle: expected");
}

TEST_F(CommandLine, SaysAsMuchAsAsked) {
  sandbox.apply({"case.yaml", "return a - b", "return a + b"});
  EXPECT_NE(sandbox.run("sample").text.find("stage "), std::string::npos);
  EXPECT_EQ(sandbox.run("sample -q").text.find("stage "), std::string::npos);
  EXPECT_EQ(sandbox.run("sample --max-details 0").text.find("stage "), std::string::npos);
  EXPECT_NE(sandbox.run("--slowest 1").text.find("slowest  "), std::string::npos);
  EXPECT_EQ(sandbox.run("sample --repeat 3").exitCode, 100);
}

TEST_F(CommandLine, ListsTagsWhenAsked) {
  sandbox.apply({"case.yaml", "compare: bits", "compare: bits\ntags: [quick, f32]"});
  EXPECT_EQ(names("sample"), (Names{"sample"}));
  EXPECT_EQ(names("sample -v"), (Names{"sample  adds two vectors of 100 elements  [quick, f32]"}));
  EXPECT_EQ(names("--tag quick"), (Names{"sample"}));
  refuses("--tag quik", nothingMatched, "there are f32, quick");
}

TEST_F(CommandLine, TellsOfAnOperationByItsName) {
  Outcome page = sandbox.run("isa vsub --cases-root " PTO_SOURCE_DIR "/cases");
  for (const char *line :
       {"pto.vsub\n  computes       result[i] = lhs[i] - rhs[i]\n  written        pto.vsub %lhs, %rhs, %mask : ",
        "\n  pipe           PIPE_V\n", "\n  simulated      bf16 f16 f32 i16 i32 i8 ui16 ui32 ui8\n",
        "micro-op/binary (9 points)"})
    EXPECT_THAT(page.text, ::testing::HasSubstr(line));
  // A placeholder completes its name.
  EXPECT_THAT(sandbox.run("isa atomic_sub --cases-root " PTO_SOURCE_DIR "/cases").text,
              ::testing::HasSubstr("simt/atomics-gm (5 points)"));
  // The sandbox's own case has nothing but f32.
  EXPECT_THAT(sandbox.run("isa pto.vsub").text, ::testing::HasSubstr("bf16* f16* f32 i16*"));
  EXPECT_THAT(sandbox.run("isa vlds -v").text,
              ::testing::HasSubstr("SPLT2CHN_B16: the editions of the manual disagree"));
  refuses("isa vsbu", nothingMatched, "there is no operation 'vsbu'; did you mean 'vsub'?");
}

/// What the pages have that no single declaration makes sure of.
TEST_F(CommandLine, TellsOfEveryOperationWhatItIsAndWhyItIsNotSimulated) {
  llvm::Expected<llvm::json::Value> all = llvm::json::parse(sandbox.run("isa --json").text);
  ASSERT_TRUE(bool(all));
  for (const llvm::json::Value &value : *all->getAsArray()) {
    const llvm::json::Object &op = *value.getAsObject();
    std::string name = op.getString("name")->str();
    EXPECT_FALSE(op.getString("computes")->empty()) << name;
    EXPECT_FALSE(op.getString("written")->empty()) << name;
    EXPECT_TRUE(*op.getBoolean("simulated") || !op.getArray("not_simulated")->empty()) << name;
    for (const llvm::json::Value &missing : *op.getArray("not_simulated"))
      EXPECT_FALSE(missing.getAsObject()->getString("reason")->empty())
          << name << ": " << missing.getAsObject()->getString("form")->str()
          << missing.getAsObject()->getString("lanes")->str();
  }
}

/// Also that of whoever adds one.
TEST_F(CommandLine, KnowsACaseOfEveryOperationThatIsSimulated) {
  llvm::Expected<llvm::json::Value> all =
      llvm::json::parse(sandbox.run("isa --json --cases-root " PTO_SOURCE_DIR "/cases").text);
  ASSERT_TRUE(bool(all));
  for (const llvm::json::Value &value : *all->getAsArray()) {
    const llvm::json::Object &op = *value.getAsObject();
    EXPECT_FALSE(*op.getBoolean("simulated") && op.getArray("cases")->empty())
        << op.getString("name")->str() << " is in no case";
  }
}

TEST_F(CommandLine, AnOutputThatCannotBeWrittenIsAnError) {
  std::string full = withOutputTo("> /dev/full");
  EXPECT_EQ(full, "exit 105\nerror: cannot write to the standard output: No space left on device\n");
  EXPECT_EQ(withOutputTo("> /dev/full", "--help"), full);
  EXPECT_EQ(withOutputTo("> /dev/full", "--list"), full);
  EXPECT_EQ(withOutputTo(">&-").substr(0, 46), "exit 105\nerror: the standard output is closed;");
}

TEST_F(CommandLine, NamesCompletionsOfItsOwnOptions) {
  for (const char *shell : {"bash", "zsh", "fish"}) {
    std::string script = sandbox.run(std::string("completion ") + shell).text;
    for (const char *word : {"failed-first", "cases-root", "completion", "never"})
      EXPECT_NE(script.find(word), std::string::npos) << shell << " " << word;
  }
  refuses("completion tcsh", usage, "SHELL: expected one of bash, zsh, fish, found 'tcsh'");
}

TEST_F(CommandLine, BashCompletesOptionsValuesAndCases) {
  sandbox.write("../group/points/case.yaml", std::string(quickCase) + "matrix: { n: [1, 2] }\nseed: ${n}\n");
  sandbox.write("../../complete.sh", R"(
PATH=$(dirname "$1"):$PATH
source <(run_validation completion bash)
COMP_WORDS=(run_validation "${@:2}")
COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
_run_validation
echo "${COMPREPLY[@]}"
)");
  auto complete = [&](const std::string &words) {
    sandbox.run("--version; (PATH=/usr/bin:/bin; bash complete.sh '" PTO_BINARY_DIR "/bin/run_validation' " + words +
                ")");
    return sandbox.read("log.txt");
  };
  EXPECT_EQ(complete("--fai"), "--fail-fast --failed-first\n");
  EXPECT_EQ(complete("--color a"), "auto always\n");
  EXPECT_EQ(complete("--color=a"), "auto always\n");
  EXPECT_EQ(complete("group/points@n"), "n=1 n=2\n");
  EXPECT_EQ(complete("group/points@n=2"), "2\n");
  EXPECT_EQ(complete("group/v"), "group/vadd group/vsub\n");
  EXPECT_EQ(complete("--exclude sam"), "sample\n");
  EXPECT_EQ(complete("comp"), "complete.sh completion\n");
}

} // namespace
