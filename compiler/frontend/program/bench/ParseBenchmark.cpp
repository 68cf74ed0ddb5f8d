// How fast programs are read: text to tree, tree to dialect, dialect to text.
// The mark for parsing is 1 MB/s.
#include "compiler/frontend/program/tests/RandomProgram.h"
#include "compiler/frontend/program/tests/Reading.h"
#include <benchmark/benchmark.h>

namespace pto::frontend::tests {
namespace {

/// Some hundred statements of every kind.
std::string sample() {
  std::vector<uint8_t> choices(4000);
  uint32_t state = 1;
  for (uint8_t &choice : choices)
    choice = static_cast<uint8_t>((state = state * 1664525u + 1013904223u) >> 24);
  return randomProgram(choices);
}

void parseText(benchmark::State &state) {
  std::string text = sample();
  for (auto _ : state) {
    std::vector<Diagnostic> diagnostics;
    benchmark::DoNotOptimize(parse("sample.py", text, diagnostics).body.size());
  }
  state.SetBytesProcessed(int64_t(state.iterations()) * int64_t(text.size()));
}
BENCHMARK(parseText);

void importAndPrint(benchmark::State &state) {
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  std::string text = sample();
  for (auto _ : state)
    benchmark::DoNotOptimize(Reading(context, text).printed().size());
  state.SetBytesProcessed(int64_t(state.iterations()) * int64_t(text.size()));
}
BENCHMARK(importAndPrint);

} // namespace
} // namespace pto::frontend::tests
