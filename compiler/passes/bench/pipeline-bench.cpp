// From the text of a generic program to the program behind the pipeline: with one kernel, and with several.
// The mark is 10 ms for the first. Checks are those after each pass: verification, properties, the round trip.
#include "compiler/passes/Pipeline.h"
#include "compiler/specialize/Specializer.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/MemoryBuffer.h"
#include <benchmark/benchmark.h>

namespace {

using namespace pto;

struct Program {
  std::string text;
  specialize::Request request;
};

Program program(const std::string &file, llvm::ArrayRef<const char *> arguments) {
  Program program;
  auto buffer = llvm::MemoryBuffer::getFile(PTO_SOURCE_DIR "/compiler/" + file);
  program.text = buffer ? (*buffer)->getBuffer().str() : "";
  program.request.file = file;
  program.request.entry = "run";
  for (const char *argument : arguments)
    program.request.arguments.push_back(*specialize::parseArgument(argument));
  return program;
}

/// Two loads, a sum, a store, and the function that hands the kernel its arguments.
Program oneKernel() {
  return program("specialize/tests/pairs/add_128x128.py", {"a:f32[128,128]", "b:f32[128,128]", "out:f32[128,128]"});
}

/// A block of a transformer on tensors: 6 kernels out of scopes, loops, products, reductions.
Program sixKernels() {
  return program("passes/bench/block.py", {"x:f32[64,128]", "gamma:f32[1,128]", "wq:bf16[128,128]", "wk:bf16[128,128]",
                                           "wv:bf16[128,128]", "out:f32[64,128]"});
}

void pipeline(benchmark::State &state, const Program &program, llvm::StringRef strategy, bool checks) {
  passes::PipelineOptions options;
  options.verifyEach = options.roundTripEach = checks;
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  for (auto _ : state) {
    std::vector<Diagnostic> diagnostics;
    auto module = specialize::specializeToModule(program.request, program.text, context, diagnostics);
    if (!module)
      return state.SkipWithError(diagnostics.empty() ? "no program" : render(diagnostics.front()).c_str());
    if (llvm::Error error = passes::runPipeline(*module, strategy, options))
      return state.SkipWithError(llvm::toString(std::move(error)).c_str());
  }
}

void specialized(benchmark::State &state, const Program &program) {
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  for (auto _ : state) {
    std::vector<Diagnostic> diagnostics;
    benchmark::DoNotOptimize(specialize::specializeToModule(program.request, program.text, context, diagnostics));
  }
}

/// A kernel of so many statements: loads, sums and stores, one after the other or in loops within loops. Twice the
/// statements are to take about twice the time.
std::string kernel(int64_t statements, bool inLoops) {
  std::string text = "import pypto.language as pl\n\n@pl.program\nclass Long:\n"
                     "    @pl.function(type=pl.FunctionType.InCore)\n"
                     "    def kernel(self, x: pl.Tensor[[64, 64], pl.FP32], y: pl.Out[pl.Tensor[[64, 64], pl.FP32]])"
                     " -> pl.Tensor[[64, 64], pl.FP32]:\n";
  std::string indent(inLoops ? 16 : 8, ' ');
  for (int64_t i = 0; i < statements / (inLoops ? 5 : 3); ++i) {
    std::string name = "t" + std::to_string(i);
    if (inLoops)
      text += "        for i in pl.range(0, 4):\n            for j in pl.range(0, 4):\n";
    text += indent + name + " = pl.load(x, [0, 0], [16, 64])\n";
    text += indent + name + "_twice = pl.add(" + name + ", " + name + ")\n";
    text += indent + "y = pl.store(" + name + "_twice, [0, 0], y)\n";
  }
  return text + "        return y\n";
}

void longKernel(benchmark::State &state, bool inLoops) {
  Program program{kernel(state.range(0), inLoops), {}};
  program.request.file = "long.py";
  for (auto _ : state) {
    mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
    std::vector<Diagnostic> diagnostics;
    auto module = specialize::specializeToModule(program.request, program.text, context, diagnostics);
    if (!module)
      return state.SkipWithError(diagnostics.empty() ? "no program" : render(diagnostics.front()).c_str());
    if (llvm::Error error = passes::runPipeline(*module, "Default", {}))
      return state.SkipWithError(llvm::toString(std::move(error)).c_str());
  }
  state.SetComplexityN(state.range(0));
}

#define PTO_LONG(name, inLoops)                                                                                        \
  BENCHMARK_CAPTURE(longKernel, name, inLoops)                                                                         \
      ->RangeMultiplier(2)                                                                                             \
      ->Range(1024, 8192)                                                                                              \
      ->Unit(benchmark::kMillisecond)                                                                                  \
      ->Complexity()
PTO_LONG(inARow, false);
PTO_LONG(inLoops, true);

#define PTO_PIPELINE(name, program, strategy, checks)                                                                  \
  BENCHMARK_CAPTURE(pipeline, name, program(), strategy, checks)->Unit(benchmark::kMillisecond)
BENCHMARK_CAPTURE(specialized, oneKernel, oneKernel())->Unit(benchmark::kMillisecond);
PTO_PIPELINE(oneKernel_Default, oneKernel, "Default", true);
PTO_PIPELINE(oneKernel_Default_unchecked, oneKernel, "Default", false);
PTO_PIPELINE(oneKernel_Full, oneKernel, "Full", true);
BENCHMARK_CAPTURE(specialized, sixKernels, sixKernels())->Unit(benchmark::kMillisecond);
PTO_PIPELINE(sixKernels_Full, sixKernels, "Full", true);
PTO_PIPELINE(sixKernels_Full_unchecked, sixKernels, "Full", false);

} // namespace
