// What a golden costs: LibTorch loaded, a first and a later evaluation, a kept one; and what a comparison costs.
#include "golden/cache/Cache.h"
#include "golden/generate/Generator.h"
#include "golden/reference/Evaluator.h"
#include "golden/reference/Plugin.h"
#include "golden/tensor/Convert.h"
#include "llvm/Support/FileSystem.h"
#include <benchmark/benchmark.h>

using namespace pto::golden;

namespace {

Tensor made(const Generator &generator, DType type, std::vector<int64_t> shape, uint64_t seed) {
  return llvm::cantFail(generate(generator, type, shape, seed));
}

ReferenceRequest multiplyAdd(int64_t elements) {
  ReferenceRequest request;
  request.text = "def golden(acc, lhs, rhs):\n    return lhs * acc + rhs\n";
  request.place.file = "case.yaml";
  uint64_t seed = 0;
  for (const char *name : {"acc", "lhs", "rhs"})
    request.inputs.push_back({name, made(Uniform{-2, 2}, DType::F32, {elements}, ++seed)});
  request.outputs = {{"out", DType::F32, {elements}, Ulp{1}}};
  return request;
}

// The two that can only be measured once a process come first.
void loadReferencePlugin(benchmark::State &state) {
  for (auto unused : state)
    if (llvm::Expected<const PluginApi *> plugin = loadPlugin(); !plugin)
      state.SkipWithError(llvm::toString(plugin.takeError()).c_str());
}
BENCHMARK(loadReferencePlugin)->Iterations(1)->Unit(benchmark::kMillisecond);

void evaluate(benchmark::State &state) {
  Evaluator evaluator("");
  ReferenceRequest request = multiplyAdd(1024);
  for (auto unused : state)
    benchmark::DoNotOptimize(llvm::cantFail(evaluator.evaluate(request)));
}
BENCHMARK(evaluate)->Name("evaluateFirst")->Iterations(1)->Unit(benchmark::kMicrosecond);
BENCHMARK(evaluate)->Name("evaluateAgain")->Unit(benchmark::kMicrosecond);

void loadKept(benchmark::State &state) {
  llvm::SmallString<128> folder;
  llvm::sys::fs::createUniqueDirectory("pto-bench", folder);
  {
    Evaluator evaluator(folder.str().str());
    ReferenceRequest request = multiplyAdd(state.range(0));
    for (auto unused : state)
      benchmark::DoNotOptimize(llvm::cantFail(evaluator.evaluate(request)));
  }
  llvm::sys::fs::remove_directories(folder);
}
BENCHMARK(loadKept)->Arg(1024)->Arg(1 << 20)->Unit(benchmark::kMicrosecond);

constexpr int64_t million = 1'000'000;

/// How many of every hundred elements differ by an ulp.
void compareMode(benchmark::State &state, const CompareMode &mode, DType type) {
  Tensor output = made(Uniform{1, 1.5}, type, {million}, 1);
  std::vector<double> exact = toDoubles(output);
  Reference reference{output, exact, exact};
  for (int64_t i = 0; i < million; ++i)
    if (i % 100 < state.range(0))
      output.setBitsAt(i, output.bitsAt(i) + 1);
  for (auto unused : state)
    benchmark::DoNotOptimize(compare(reference, output, mode));
}
BENCHMARK_CAPTURE(compareMode, ulp_f32, Ulp{1}, DType::F32)->Arg(0)->Arg(1)->Arg(100)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(compareMode, ulp_f16, Ulp{1}, DType::F16)->Arg(100)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(compareMode, close_f32, Close{1e-5, 1e-5}, DType::F32)->Arg(100)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(compareMode, dot_f32, Dot{64}, DType::F32)->Arg(1)->Arg(100)->Unit(benchmark::kMicrosecond);

void compareSmallEqual(benchmark::State &state) {
  Tensor output = made(Uniform{1, 2}, DType::F32, {1024}, 1);
  Reference reference{output, toDoubles(output), {}};
  for (auto unused : state)
    benchmark::DoNotOptimize(compare(reference, output, Ulp{1}));
}
BENCHMARK(compareSmallEqual);

void generateInput(benchmark::State &state, const Generator &generator, DType type) {
  for (auto unused : state)
    benchmark::DoNotOptimize(made(generator, type, {1024}, 1));
}
BENCHMARK_CAPTURE(generateInput, uniform_f32, Uniform{-2, 2}, DType::F32)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(generateInput, normal_f16, Normal{0, 1}, DType::F16)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(generateInput, integers_i32, Integers{-8, 8}, DType::I32)->Unit(benchmark::kMicrosecond);

} // namespace
