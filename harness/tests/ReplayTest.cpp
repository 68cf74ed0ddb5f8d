// The line that runs a case again.
#include "harness/run/Replay.h"
#include "llvm/Support/FileSystem.h"
#include <cstdlib>
#include <gtest/gtest.h>

using namespace pto::harness;

static Case caseIn(const std::string &root, const std::string &point = "") {
  Case spec;
  spec.name = "mine/sx" + point;
  spec.folder = root + "/mine/sx";
  return spec;
}

static std::string here() {
  llvm::SmallString<128> folder;
  llvm::sys::fs::current_path(folder);
  return folder.str().str();
}

TEST(Replay, IsShortWhereEverythingIsAsUsual) {
  unsetenv("PTO_CASES_ROOT");
  Settings settings;
  settings.program = "./run_validation";
  EXPECT_EQ(replayLine(caseIn(here() + "/cases", "@n=1"), settings), "./run_validation --case mine/sx@n=1");
}

TEST(Replay, SurvivesAShell) {
  EXPECT_EQ(replayLine(caseIn(here() + "/cases", "@op=it's"), {}), R"(run_validation --case 'mine/sx@op=it'\''s')");
}

TEST(Replay, HasWhatIsNotTheDefault) {
  Settings settings;
  settings.seed = 7;
  settings.timeoutSeconds = 0.25;
  settings.instructionBudget = 1000;
  settings.warningsAreErrors = true;
  settings.memoryLimit = uint64_t(512) << 20;
  Case spec = caseIn("/else where");
  EXPECT_EQ(replayLine(spec, settings), "run_validation --case mine/sx --cases-root '/else where' --seed 7 "
                                        "--timeout 0.25 --budget 1000 --memory 512MiB --werror");
  settings.conventions.set("masks=packed");
  EXPECT_NE(replayLine(spec, settings).find(" --convention masks=packed "), std::string::npos);
  spec.timeoutSeconds = 3;
  EXPECT_EQ(replayLine(spec, settings).find("--timeout"), std::string::npos) << "the case's own time counts";
}
