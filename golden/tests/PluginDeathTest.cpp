// What happens without LibTorch. Each test is a process of its own, in which no plugin was opened before.
#include "golden/cache/Cache.h"
#include "golden/reference/Plugin.h"
#include "golden/tests/Requests.h"
#include "golden/tests/TemporaryFolder.h"
#include <fstream>
#include <iostream>

using namespace pto::golden;

namespace {

ReferenceRequest simple() {
  return requestOf("def golden(x):\n    return x\n", {{"x", tensorOf(DType::F32, {1})}}, DType::F32, {1});
}

[[noreturn]] void evaluateWith(const std::string &plugin) {
  setenv("PTO_REFERENCE_PLUGIN", plugin.c_str(), 1);
  // Twice: the reason is remembered.
  Evaluator evaluator("");
  (void)errorOf(evaluator.evaluate(simple()));
  std::cerr << errorOf(evaluator.evaluate(simple())) << std::endl;
  _exit(0);
}

class PluginDeathTest : public testing::Test {
protected:
  void SetUp() override { testing::FLAGS_gtest_death_test_style = "threadsafe"; }
};

} // namespace

TEST_F(PluginDeathTest, AMissingPluginIsOneClearError) {
  EXPECT_EXIT(evaluateWith("/nowhere/plugin.so"), testing::ExitedWithCode(0),
              "the reference plugin is missing, and without it no golden can be computed; looked for "
              "/nowhere/plugin.so; build the target pto-reference, or name the file in .PTO_REFERENCE_PLUGIN");
}

TEST_F(PluginDeathTest, APluginThatDoesNotLoadSaysWhy) {
  TemporaryFolder folder;
  std::string path = folder.path + "/plugin.so";
  std::ofstream(path) << "no library";
  EXPECT_EXIT(evaluateWith(path), testing::ExitedWithCode(0),
              "plugin.so cannot be loaded: .*; is LibTorch .libtorch1.13. installed.");
}

TEST_F(PluginDeathTest, ALibraryThatIsNotThePluginIsRefused) {
  EXPECT_EXIT(evaluateWith("/lib/x86_64-linux-gnu/libm.so.6"), testing::ExitedWithCode(0),
              "libm.so.6 is not the reference plugin; build or install the project again");
}

TEST_F(PluginDeathTest, AKeptGoldenNeedsNoPlugin) {
  auto body = [] {
    setenv("PTO_REFERENCE_PLUGIN", "/nowhere/plugin.so", 1);
    TemporaryFolder folder;
    ReferenceRequest request = simple();
    Cache(folder.path).store(keyOf(request), {Reference{tensorOf(DType::F32, {1}), {1}, {}}}, [](std::string) {});
    Evaluator evaluator(folder.path);
    std::cerr << "error '" << errorOf(evaluator.evaluate(request)) << "' loaded " << isPluginLoaded() << std::endl;
    _exit(0);
  };
  EXPECT_EXIT(body(), testing::ExitedWithCode(0), "error '' loaded 0");
}
