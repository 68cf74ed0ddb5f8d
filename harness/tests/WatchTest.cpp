// --watch: a save, however it is done, brings a verdict.
#include "harness/tests/Sandbox.h"
#include <gtest/gtest.h>

using namespace pto::harness::testing;

namespace {

/// Steps in bash, with `run_validation --watch` at work in the background; `await TEXT` waits until it has printed TEXT
/// after what was awaited before. What the script prints.
std::string watchWhile(Sandbox &sandbox, const std::string &steps) {
  sandbox.write("../../watch.sh", R"(export PTO_CACHE_DIR=kept TERM=dumb
"$1" sample other 'new*' --watch > watch.txt 2>&1 &
pid=$!
seen=0
await() {
  for ((i = 0; i < 1500; ++i)); do
    line=$(tail -n +$((seen + 1)) watch.txt | grep -n -m1 -e "$1" | cut -d: -f1)
    [[ $line ]] && { seen=$((seen + line)); return; }
    sleep 0.01
  done
  echo "never printed: $1"; cat watch.txt; kill -9 $pid; exit 1
}
await 'watching 3 cases'
kernel=cases/sample/kernel.pto
)" + steps + "\nkill -TERM $pid; wait $pid; echo exit $?\n");
  sandbox.run("--version > version.txt; (bash watch.sh '" PTO_BINARY_DIR "/bin/run_validation')");
  return sandbox.read("log.txt");
}

class WatchTest : public ::testing::Test {
protected:
  WatchTest() {
    for (const char *name : {"other", "new1"})
      sandbox.write(std::string("../") + name + "/case.yaml",
                    "summary: a case\nskip: only its name matters\nkernel: { source: ../sample/kernel.pto }\n"
                    "args:\n  - { name: out, dtype: f32, shape: [4], direction: out }\n"
                    "golden: |\n  def golden():\n      return 0\n");
  }
  Sandbox sandbox;
};

TEST_F(WatchTest, RunsWhatASaveTouches) {
  EXPECT_EQ(watchWhile(sandbox, R"(
sed 's/pto.vsub %va/pto.vadd %va/' $kernel > new.pto
cp new.pto $kernel; await FAIL-NUMERIC; await 'watching'
sed -i 's/pto.vadd %va/pto.vsub %va/' $kernel; await 'pass  *sample'
sed -i 's/summary: a case/summary: another case/' cases/other/case.yaml; await 'skip  *other'
grep -c 'skip  *new1' watch.txt
)"),
            "3\nexit 0\n");
}

TEST_F(WatchTest, SurvivesWhatIsTakenAwayAndFindsWhatIsNew) {
  EXPECT_EQ(watchWhile(sandbox, R"(
mv $kernel away; await INFRA-ERROR
mv away $kernel; await 'pass  *sample'
rm -r cases/other; await "'other' is gone"
echo 'summary: [' > cases/sample/broken; mv cases/sample/broken cases/sample/case.yaml; await 'not YAML'
mkdir -p cases/new2; sed 's/a case/a new case/' cases/new1/case.yaml > cases/new2/case.yaml; await 'skip  *new2'
)"),
            "exit 0\n");
}

} // namespace
