// Matrix products: the multiplications alone, by type and build, and a whole instruction with its checks. Items are
// operations, two for each product that is summed.
#include "sim/check/Hazards.h"
#include "sim/ops/OpTable.h"
#include "sim/ops/cube/Product.h"
#include "sim/run/Machine.h"
#include <benchmark/benchmark.h>

namespace pto::sim {
namespace {

constexpr size_t extent = 128;

void runMultiply(benchmark::State &state, MultiplyFunction multiply, FactorType type) {
  size_t blocks = extent / fractalRows, columns = extent / fractalColumns(type);
  std::vector<uint8_t> lhs(blocks * columns * fractalBytes), rhs(lhs.size()), result(extent * extent * 4);
  MatrixProduct product{.lhs = {lhs.data(), type, blocks},
                        .rhs = {rhs.data(), type, blocks},
                        .k = extent,
                        .result = result.data(),
                        .scratch = nullptr};
  std::vector<uint32_t> scratch(product.scratchWords());
  product.scratch = scratch.data();
  for (auto _ : state) {
    multiply(product);
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(int64_t(state.iterations() * 2 * extent * extent * extent));
}

// A program of products only, from an address that nothing wrote.
template <class Policy>
void runInstruction(benchmark::State &state) {
  Program program;
  program.arch = &defaultArch();
  program.participants = {.cube = true, .vectors = 0};
  program.scalarCount = 2;
  program.constants = {{0, 0}, {1, extent}};
  program.names = {"pto.mad"};
  ProductOperands operands{0, 0, 0, 1, 1, 1};
  operands.lhsType = operands.rhsType = FactorType::F16;
  operands.multiply = opTable().multiply;
  program.code.emplace_back(*opTable().find("pto.mad", "", LaneType::None)).carry(&operands);
  program.sites.push_back({0, {}});
  LaunchOptions options;
  options.instructionBudget = uint64_t(1) << 40;
  Machine machine(program, {}, options);
  if constexpr (std::is_same_v<Policy, Checked>)
    machine.hazards = std::make_unique<Hazards>(machine);
  Core &core = *machine.cluster.cube;
  core.start(0);
  if (machine.hazards)
    machine.hazards->startBlock();
  const Instruction &at = program.code.front();
  for (auto _ : state) {
    core.charge(at, 1);
    at.code.by[Policies::index<Policy>](core, at);
  }
  state.SetItemsProcessed(int64_t(state.iterations() * 2 * extent * extent * extent));
}

void registerAll() {
  for (llvm::StringRef build : {"avx512", "avx2", "portable"})
    if (const OpTable *table = opTable(build))
      for (auto [name, type] : {std::pair("f32", FactorType::F32),
                                {"f16", FactorType::F16},
                                {"fp8", FactorType::E4M3},
                                {"i8", FactorType::S8}})
        benchmark::RegisterBenchmark((build + "/multiply/" + name).str().c_str(), runMultiply, table->multiply, type);
  benchmark::RegisterBenchmark("fast/pto.mad/f16", runInstruction<Fast>);
  benchmark::RegisterBenchmark("checked/pto.mad/f16", runInstruction<Checked>);
}

const bool registered = (registerAll(), true);

} // namespace
} // namespace pto::sim
