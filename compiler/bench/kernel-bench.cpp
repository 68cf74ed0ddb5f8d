// What the compiler's steps cost for one kernel: the budget of a whole case is a millisecond.
#include "compiler/dialect/Registry.h"
#include "compiler/equality/RoundTrip.h"
#include "compiler/frontend/Kernel.h"
#include "compiler/frontend/ParserGuard.h"
#include "compiler/tests/RandomKernel.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/IR/MLIRContext.h"
#include <benchmark/benchmark.h>

using namespace pto::equality;
using namespace pto::frontend;

namespace {

struct Loaded {
  Loaded() : context(registry(), mlir::MLIRContext::Threading::DISABLED) {
    module = parseKernel(text, "random.pto", context, diagnostics);
  }
  static mlir::DialectRegistry registry() {
    mlir::DialectRegistry registry;
    pto::ir::registerDialects(registry);
    return registry;
  }
  std::string text = tests::randomKernel(1, 30);
  mlir::MLIRContext context;
  std::vector<Diagnostic> diagnostics;
  mlir::OwningOpRef<mlir::ModuleOp> module;
};

void contextWithDialects(benchmark::State &state) {
  mlir::DialectRegistry registry = Loaded::registry();
  for (auto _ : state) {
    mlir::MLIRContext context(registry, mlir::MLIRContext::Threading::DISABLED);
    context.loadAllAvailableDialects();
  }
}
BENCHMARK(contextWithDialects)->Unit(benchmark::kMicrosecond);

void guarding(benchmark::State &state) {
  std::string text = tests::randomKernel(1, 30);
  for (auto _ : state)
    benchmark::DoNotOptimize(refusedByGuard(text, "random.pto"));
  state.counters["bytes"] = static_cast<double>(text.size());
}
BENCHMARK(guarding)->Unit(benchmark::kMicrosecond);

void parsing(benchmark::State &state) {
  Loaded loaded;
  for (auto _ : state)
    benchmark::DoNotOptimize(parseKernel(loaded.text, "random.pto", loaded.context, loaded.diagnostics));
  state.counters["lines"] = llvm::StringRef(loaded.text).count('\n');
}
BENCHMARK(parsing)->Unit(benchmark::kMicrosecond);

void verifying(benchmark::State &state) {
  Loaded loaded;
  for (auto _ : state)
    benchmark::DoNotOptimize(verifyKernel(*loaded.module, loaded.diagnostics));
}
BENCHMARK(verifying)->Unit(benchmark::kMicrosecond);

void roundTrip(benchmark::State &state) {
  Loaded loaded;
  for (auto _ : state)
    benchmark::DoNotOptimize(checkRoundTrip(*loaded.module));
}
BENCHMARK(roundTrip)->Unit(benchmark::kMicrosecond);

void hashing(benchmark::State &state) {
  Loaded loaded;
  for (auto _ : state)
    benchmark::DoNotOptimize(structuralHash(*loaded.module));
}
BENCHMARK(hashing)->Unit(benchmark::kMicrosecond);

} // namespace
