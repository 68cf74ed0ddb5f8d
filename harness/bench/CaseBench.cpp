// How long a verdict takes: one warm case in process, the command from the shell, a run of many cases.
#include "harness/case/Case.h"
#include "harness/run/Run.h"
#include <benchmark/benchmark.h>
#include <cstdlib>
#include <filesystem>
#include <map>

using namespace pto;
using namespace pto::harness;

static const std::string casesRoot = PTO_SOURCE_DIR "/cases";
static const std::string scratch = (std::filesystem::temp_directory_path() / "pto-case-bench").string();

/// One case again and again in one worker's shop: what a case costs in the middle of a run.
static void warmCase(benchmark::State &state, const std::string &name) {
  CaseSet set = discover(casesRoot, {name});
  if (set.cases.empty()) {
    state.SkipWithError(("no case " + name).c_str());
    return;
  }
  Settings settings;
  settings.cacheDirectory = scratch + "/cache";
  Workshop workshop(settings);
  std::map<std::string, double> stageTimes;
  for (auto _ : state) {
    reports::Result result = runCase(set.cases.front(), workshop);
    if (result.state != reports::State::Pass) {
      state.SkipWithError(result.message.c_str());
      return;
    }
    for (const reports::Result::StageTime &stage : result.stages)
      stageTimes[stage.stage] += stage.ms * 1000;
  }
  for (auto &[stage, microseconds] : stageTimes)
    state.counters["us_" + stage] = benchmark::Counter(microseconds, benchmark::Counter::kAvgIterations);
}
BENCHMARK_CAPTURE(warmCase, vmadd, "micro-op/vmadd")->Unit(benchmark::kMillisecond);

static void command(benchmark::State &state, const std::string &arguments) {
  std::string line = PTO_BINARY_DIR "/bin/run_validation --cases-root " + casesRoot + " --out " + scratch + "/out " +
                     arguments + " > /dev/null 2>&1";
  (void)std::system(line.c_str());
  for (auto _ : state)
    if (std::system(line.c_str()) != 0)
      state.SkipWithError("the command failed");
}
static const std::string cached = " --cache-dir " + scratch + "/cache";
BENCHMARK_CAPTURE(command, vmaddGoldenKept, "--case micro-op/vmadd" + cached)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(command, vmaddGoldenComputed, "--case micro-op/vmadd --no-cache")
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
/// The peer of both: a process that loads MLIR and reads the cases, and runs none.
BENCHMARK_CAPTURE(command, startUpOnly, "--case micro-op/vmadd --list")->Unit(benchmark::kMillisecond)->UseRealTime();

static void everyCase(benchmark::State &state) {
  size_t cases = discover(casesRoot).cases.size();
  std::string jobs = "-j" + std::to_string(state.range(0));
  command(state, jobs + cached);
  state.counters["cases_per_second"] =
      benchmark::Counter(static_cast<double>(cases), benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(everyCase)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();
