// Nanoseconds for one instruction of a warp, which is 32 threads, in each build; items are the instructions of threads.
#include "sim/ops/OpTable.h"
#include "sim/ops/Pointers.h"
#include "sim/ops/Scalars.h"
#include "sim/ops/threads/Atomic.h"
#include "sim/ops/threads/Shuffle.h"
#include "sim/run/ThreadUnit.h"
#include "sim/tests/SingleInstruction.h"
#include <benchmark/benchmark.h>

namespace pto::sim {
namespace {

using testing::SingleInstruction;

// Register 0 holds addresses a row of words apart, 1 a small offset, 2 to 4 ordinary numbers of the type.
void fill(WarpRegister (&registers)[8], bool isFloat, bool isRow) {
  for (uint64_t lane = 0; lane < warpSize; ++lane) {
    registers[0].lanes[lane] = isRow ? lane * 4 : lane * 4 * 37 % 4096;
    registers[1].lanes[lane] = 0;
    for (unsigned number = 2; number < 5; ++number)
      registers[number].lanes[lane] = isFloat ? std::bit_cast<uint32_t>(1.5f + float(lane * number)) : lane * number;
  }
}

void runWarp(benchmark::State &state, Instruction repeated, unsigned policy, bool isFloat, bool isRow) {
  SingleInstruction single;
  WarpRegister registers[8];
  fill(registers, isFloat, isRow);
  ThreadDims dims{warpSize, 1, 1};
  Warp warp;
  warp.active = warp.present = ~uint32_t(0);
  warp.dims = &dims;
  warp.registers = registers;
  single.core.warp = &warp;
  single.ub.markWritten(0, single.ub.capacity());
  std::vector<Instruction> code(256, repeated);
  Core &core = single.core;
  while (state.KeepRunningBatch(benchmark::IterationCount(code.size()))) {
    const Instruction *next = code.data(), *end = next + code.size();
    while (next != end)
      next = next->code.by[policy](core, *next);
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * warpSize);
}

template <class Payload>
void add(std::string name, const Code *code, std::array<uint32_t, 4> operands, Payload payload, bool isFloat = false,
         bool isRow = true, unsigned policy = Policies::index<Fast>) {
  Instruction made(*code);
  made.operand = operands;
  made.result = {5, 6};
  made.carry(payload);
  benchmark::RegisterBenchmark(("threads/" + name).c_str(), runWarp, made, policy, isFloat, isRow);
}

void registerAll() {
  for (llvm::StringRef build : {"avx512", "avx2", "portable"})
    if (const OpTables *tables = opTables(build)) {
      auto find = [&](llvm::StringRef op, llvm::StringRef variant = "") {
        return tables->threads.find(op, variant, LaneType::None);
      };
      for (const char *op : {"arith.addi", "arith.muli", "arith.shrui", "arith.divui"})
        add((build + "/" + op + "/i32").str(), find(op), {2, 3}, IntegerWidth{32});
      add((build + "/arith.cmpi slt/i32").str(), find("arith.cmpi", "slt"), {2, 3}, IntegerWidth{32});
      add((build + "/arith.index_castui").str(), find("arith.index_castui"), {2}, ConversionTypes{32, 64});
      for (const char *op :
           {"arith.addf", "arith.mulf", "pto.fma", "pto.sqrt", "pto.exp", "pto.log", "pto.pow", "pto.fmax"})
        add((build + "/" + op + "/f32").str(), find(op), {2, 3, 4}, FloatShape{ScalarFloat::F32}, true);
      for (const char *variant : {"f32 si32 z", "f32 f16 r", "si32 f16 r"})
        add((build + "/pto.convert/" + variant).str(), find("pto.convert", variant), {2}, ConvertOperands{true, false},
            true);
    }
  const OpTable &threads = opTables().threads;
  auto find = [&](llvm::StringRef op, llvm::StringRef variant = "") {
    return threads.find(op, variant, LaneType::None);
  };
  add("pto.vote_ballot", find("pto.vote_ballot"), {2}, 0);
  add("pto.shuffle_bfly", find("pto.shuffle_bfly"), {2, 3}, ShuffleWidth{32});
  add("pto.redux_add/f32", find("pto.redux_add", "f32"), {2}, 0, true);
  for (auto [policy, name] :
       {std::pair(Policies::index<Fast>, "fast/"), std::pair(Policies::index<Checked>, "checked/")})
    for (auto [isRow, where] : {std::pair(true, "row"), std::pair(false, "apart")}) {
      add(std::string(name) + "pto.load/" + where, find("pto.load", "ub"), {0, 1}, PointerStep{4}, false, isRow,
          policy);
      add(std::string(name) + "pto.store/" + where, find("pto.store", "ub"), {0, 1, 2}, PointerStep{4}, false, isRow,
          policy);
      add(std::string(name) + "pto.atomic_add/" + where, find("pto.atomic_add", "ub"), {0, 2},
          AtomicOperands{AtomicOperation::Add, AtomicType::S32, 4}, false, isRow, policy);
    }
}

const bool registered = (registerAll(), true);

} // namespace
} // namespace pto::sim
