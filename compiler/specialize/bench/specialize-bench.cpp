// How long a generic program takes from text to a concrete one, and how long when it was made before.
#include "compiler/specialize/Cache.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include <benchmark/benchmark.h>
#include <filesystem>

namespace {

using namespace pto::specialize;

std::string readProgram() {
  auto file = llvm::MemoryBuffer::getFile(PTO_SOURCE_DIR "/compiler/specialize/tests/pairs/layer_norm.py");
  return file ? (*file)->getBuffer().str() : "";
}

Request makeRequest() {
  Request request;
  request.file = "layer_norm.py";
  request.entry = "run";
  for (const char *text : {"x:f32[16,64]", "gamma:f32[1,64]", "beta:f32[1,64]", "y:f32[16,64]"})
    request.arguments.push_back(*parseArgument(text));
  return request;
}

void parseAndSpecialize(benchmark::State &state) {
  std::string text = readProgram();
  Request request = makeRequest();
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  for (auto _ : state) {
    std::vector<Diagnostic> diagnostics;
    auto module = specializeToModule(request, text, context, diagnostics);
    if (!module)
      state.SkipWithError("the program was refused");
    benchmark::DoNotOptimize(module);
  }
}
BENCHMARK(parseAndSpecialize)->Unit(benchmark::kMicrosecond);

void hitInMemory(benchmark::State &state) {
  std::string text = readProgram();
  Request request = makeRequest();
  Cache cache;
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  for (auto _ : state) {
    std::vector<Diagnostic> diagnostics;
    benchmark::DoNotOptimize(cache.specialize(request, text, context, diagnostics));
  }
}
BENCHMARK(hitInMemory)->Unit(benchmark::kMicrosecond);

void hitInAFolder(benchmark::State &state) {
  std::string text = readProgram();
  Request request = makeRequest();
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  llvm::SmallString<128> folder;
  llvm::sys::fs::createUniqueDirectory("specialize-bench", folder);
  for (auto _ : state) {
    Cache cache(folder.str().str());
    std::vector<Diagnostic> diagnostics;
    benchmark::DoNotOptimize(cache.specialize(request, text, context, diagnostics));
  }
  std::filesystem::remove_all(folder.str().str());
}
BENCHMARK(hitInAFolder)->Unit(benchmark::kMicrosecond);

} // namespace
