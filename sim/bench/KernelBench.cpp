// A kernel's loops as a launch runs them, under each engine: a and b are filled, then c[i] = a[i] + b[i], 64 lanes a
// turn.
#include "sim/ops/OpTable.h"
#include "sim/ops/Pointers.h"
#include "sim/ops/Predicates.h"
#include "sim/run/Control.h"
#include "sim/run/Machine.h"
#include <benchmark/benchmark.h>

namespace pto::sim {
namespace {

constexpr int64_t turns = 250;

// Scalars: 0–2 the buffers, 3 the index, 4–6 the loop's bounds. Registers: 0–2 a, b, c, 3 the mask.
Program loopProgram(uint32_t activeLanes, bool isInPlace) {
  Program program;
  program.arch = &defaultArch();
  program.scalarCount = 7;
  program.wideCount = 4;
  int64_t apart = turns * int64_t(registerBytes);
  program.constants = {{0, 0}, {1, uint64_t(apart)},      {2, isInPlace ? 0 : uint64_t(2 * apart)},
                       {4, 0}, {5, uint64_t(turns * 64)}, {6, 64}};
  program.names = {"bench"};
  // With a bit for each operand in a wide register, as the first result is wherever there is one.
  auto emit = [&](const Code &code, std::array<uint32_t, 2> result, std::array<uint32_t, 4> operand, auto carried,
                  uint8_t wide = 0) {
    Instruction &added = program.code.emplace_back(code);
    program.sites.push_back({0, {}, 0b1111, wide, 0b1, 0b1});
    added.result = result;
    added.operand = operand;
    added.carry(carried);
  };
  auto code = [](const char *op, const char *variant, LaneType lanes = LaneType::None) {
    return *opTable().find(op, variant, lanes);
  };
  emit(control::enterScope, {}, {}, control::Jump{6});
  emit(code("pto.pset_b32", ""), {3, 0}, {}, PredicatePattern{64, 1});
  emit(control::enterLoop, {3, 0}, {4, 5, 6, 0}, control::LoopEnd{4, 64});
  emit(code("pto.vsts", "NORM_B32"), {}, {2, 0, 3, 3}, PointerStep{4}, 0b1001);
  emit(code("pto.vsts", "NORM_B32"), {}, {2, 1, 3, 3}, PointerStep{4}, 0b1001);
  emit(control::stepLoop, {3, 0}, {4, 5, 6, 0}, control::LoopEnd{-2, 64});
  emit(control::enterScope, {}, {}, control::Jump{8});
  emit(code("pto.pset_b32", ""), {3, 0}, {}, PredicatePattern{activeLanes, 1});
  emit(control::enterLoop, {3, 0}, {4, 5, 6, 0}, control::LoopEnd{6, 64});
  emit(code("pto.vlds", "NORM"), {0, 0}, {0, 3, 0, 0}, PointerStep{4});
  emit(code("pto.vlds", "NORM"), {1, 0}, {1, 3, 0, 0}, PointerStep{4});
  emit(code("pto.vadd", "", LaneType::F32), {2, 0}, {0, 1, 3, 0}, 0, 0b0111);
  emit(code("pto.vsts", "NORM_B32"), {}, {2, 2, 3, 3}, PointerStep{4}, 0b1001);
  emit(control::stepLoop, {3, 0}, {4, 5, 6, 0}, control::LoopEnd{-4, 64});
  emit(control::finish, {}, {}, 0);
  program.scopes = {{0, 6, {}}, {6, 14, {}}};
  return program;
}

void runLoop(benchmark::State &state, bool isChecked, uint32_t activeLanes, bool isInPlace) {
  Program program = loopProgram(activeLanes, isInPlace);
  LaunchOptions options;
  options.checked = isChecked;
  int64_t instructions = 0;
  for (auto _ : state)
    instructions += int64_t(sim::run(program, {}, options).instructionsExecuted);
  state.counters["instruction"] =
      benchmark::Counter(double(instructions), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

BENCHMARK_CAPTURE(runLoop, fast / full mask, false, 64, false);
BENCHMARK_CAPTURE(runLoop, checked / full mask, true, 64, false);
BENCHMARK_CAPTURE(runLoop, fast / tail mask, false, 40, false);
BENCHMARK_CAPTURE(runLoop, checked / tail mask, true, 40, false);
BENCHMARK_CAPTURE(runLoop, fast / in place, false, 64, true);
BENCHMARK_CAPTURE(runLoop, checked / in place, true, 64, true);

} // namespace
} // namespace pto::sim
