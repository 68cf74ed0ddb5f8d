// Nanoseconds for one vector instruction, by family and lane type, in each build; and the same work done by an
// interpreter of the obvious kind, which asks a virtual function for every element.
#include "sim/ops/OpTable.h"
#include "sim/ops/Pointers.h"
#include "sim/ops/Predicates.h"
#include "sim/tests/SingleInstruction.h"
#include <benchmark/benchmark.h>
#include <cmath>

namespace pto::sim {
namespace {

using testing::SingleInstruction;

// Operand registers 0–2 hold ordinary numbers of the type, register 3 is a full mask.
void fill(Core &core, LaneType type) {
  for (uint32_t wide = 0; wide < 3; ++wide)
    for (size_t at = 0; at < registerBytes; ++at) {
      bool high = type == LaneType::F32 ? at % 4 == 3 : at % 2 == 1;
      bool isFloat = type >= LaneType::F16;
      core.wide(wide)[at] = uint8_t(isFloat && high ? 0x3f : at * 7 + wide);
    }
  std::memset(core.wide(3), 1, registerBytes);
  core.scalar(0) = 0x3f80;
}

Instruction instruction(const Code *executed, std::array<uint32_t, 4> operands) {
  Instruction made(*executed);
  made.operand = operands;
  made.result = {4, 5};
  return made;
}

template <class Payload>
Instruction carrying(Payload payload, Instruction made) {
  made.carry(payload);
  return made;
}

// A long run of the same instruction, dispatched as the engine does it.
void runInstruction(benchmark::State &state, Instruction repeated, unsigned policy, LaneType type) {
  SingleInstruction single;
  fill(single.core, type);
  std::vector<Instruction> code(256, repeated);
  single.core.scalar(1) = 0;
  single.core.scalar(2) = 0;
  single.ub.markWritten(0, single.ub.capacity());
  Core &core = single.core; // in a register, as the engine has it
  // One iteration is one instruction.
  while (state.KeepRunningBatch(benchmark::IterationCount(code.size()))) {
    const Instruction *next = code.data(), *end = next + code.size();
    while (next != end)
      next = next->code.by[policy](core, *next);
    benchmark::ClobberMemory();
  }
}

// The peer: a value of any type, an operation on two of them, a loop over elements.
struct ElementOp {
  virtual ~ElementOp() = default;
  virtual double apply(double a, double b) const = 0;
};
struct AddElement : ElementOp {
  double apply(double a, double b) const override { return a + b; }
};
struct ExpElement : ElementOp {
  double apply(double a, double) const override { return std::exp(a); }
};
struct ElementType {
  virtual ~ElementType() = default;
  virtual double load(const uint8_t *from) const = 0;
  virtual void store(uint8_t *to, double value) const = 0;
};
struct Float32 : ElementType {
  double load(const uint8_t *from) const override {
    float value;
    std::memcpy(&value, from, 4);
    return value;
  }
  void store(uint8_t *to, double value) const override {
    float narrow = float(value);
    std::memcpy(to, &narrow, 4);
  }
};

void runPeer(benchmark::State &state, const ElementOp &op) {
  Register a, b, mask, to;
  std::memset(a.bytes, 0x3f, registerBytes);
  std::memset(b.bytes, 0x3f, registerBytes);
  std::memset(mask.bytes, 1, registerBytes);
  Float32 type;
  const ElementType *element = &type;
  const ElementOp *operation = &op;
  benchmark::DoNotOptimize(element);
  benchmark::DoNotOptimize(operation);
  for (auto _ : state) {
    for (size_t at = 0; at < registerBytes; at += 4)
      element->store(to.bytes + at,
                     mask.bytes[at] ? operation->apply(element->load(a.bytes + at), element->load(b.bytes + at)) : 0);
    benchmark::ClobberMemory();
  }
}

struct Measured {
  const char *op, *variant;
  std::array<uint32_t, 4> operands;
  std::vector<LaneType> types;
};

void registerAll() {
  using enum LaneType;
  const std::vector<LaneType> floats = {F32, F16}, numbers = {F32, F16, BF16, S8, S16, S32};
  const std::array<uint32_t, 4> unary = {0, 3, 0, 0}, binary = {0, 1, 3, 0}, ternary = {0, 1, 2, 3};
  const Measured measured[] = {
      {"pto.vabs", "", unary, {F32, F16, S8, S32}},
      {"pto.vsqrt", "", unary, floats},
      {"pto.vrelu", "", unary, floats},
      {"pto.vexp", "", unary, floats},
      {"pto.vln", "", unary, floats},
      {"pto.vadd", "", binary, numbers},
      {"pto.vmul", "", binary, {F32, F16, S16, S32}},
      {"pto.vdiv", "", binary, floats},
      {"pto.vmax", "", binary, {F32, F16, BF16, S16, U8}},
      {"pto.vshr", "", binary, {S16, S32, U16}},
      {"pto.vaddc", "", binary, {S32}},
      {"pto.vadds", "", {0, 0, 3, 0}, {F32, F16, S16}},
      {"pto.vmadd", "", ternary, {F32, F16, BF16}},
      {"pto.vexpdif", "EVEN", binary, floats},
      {"pto.vcmp", "lt", binary, {F32, F16, S8}},
      {"pto.vsel", "", binary, {F32, S8}},
      {"pto.vbr", "", {0, 0, 0, 0}, {F32, S8}},
      {"pto.vcvt", "f16 R", unary, {F32}},
      {"pto.vcvt", "f16 Z", unary, {F32}},
      {"pto.vcvt", "i32 R", unary, {F32}},
      {"pto.vcvt", "f32", unary, {F16, BF16, S16}},
      {"pto.vcvt", "ui8", unary, {S32}},
      {"pto.vcvt", "f8E4M3FN R", unary, {F32}},
      {"pto.vcvt", "hif8 A", unary, {F32}},
      {"pto.vtrc", "R", unary, {F32, F16}},
      {"pto.vcadd", "", unary, {F32, F16, S32}},
      {"pto.vcgadd", "", unary, {F32}},
      {"pto.vcmax", "", unary, {F32, F16, S16}},
      {"pto.vcgmax", "", unary, {F32}},
  };
  const char *const typeNames[] = {"", "i8", "i16", "i32", "i64", "ui8", "ui16", "ui32", "ui64", "f16", "bf16", "f32"};
  constexpr unsigned fast = Policies::index<Fast>, checked = Policies::index<Checked>;
  for (llvm::StringRef build : {"avx512", "avx2", "portable"})
    if (const OpTable *table = opTable(build))
      for (const Measured &m : measured)
        for (LaneType type : m.types)
          benchmark::RegisterBenchmark((build + "/" + m.op + "/" + typeNames[unsigned(type)]).str().c_str(),
                                       runInstruction, instruction(table->find(m.op, m.variant, type), m.operands),
                                       fast, type);
  for (auto [policy, policyName] : {std::pair(fast, "fast"), std::pair(checked, "checked")}) {
    auto access = [&](const char *op, const char *dist, std::array<uint32_t, 4> operands) {
      benchmark::RegisterBenchmark((std::string(policyName) + "/" + op + "/" + dist).c_str(), runInstruction,
                                   carrying(PointerStep{4}, instruction(opTable().find(op, dist, None), operands)),
                                   policy, S32);
    };
    for (const char *dist : {"NORM", "BRC_B32", "US_B16", "DS_B8", "UNPK_B16"})
      access("pto.vlds", dist, {1, 2});
    for (const char *dist : {"NORM_B8", "NORM_B32", "PK_B32"})
      access("pto.vsts", dist, {0, 1, 2, 3});
  }
  auto plain = [&](const char *op, const char *variant, std::array<uint32_t, 4> operands, unsigned policy) {
    benchmark::RegisterBenchmark((std::string(policy == fast ? "fast/" : "checked/") + op + "/" + variant).c_str(),
                                 runInstruction, instruction(opTable().find(op, variant, None), operands), policy, S32);
  };
  for (const char *width : {"b8", "b32"})
    for (const char *op : {"pto.vintlv", "pto.vdintlv", "pto.vselr", "pto.vsqz", "pto.vusqz"})
      plain(op, width, {0, 1, 0, 0}, fast);
  for (unsigned policy : {fast, checked})
    for (const char *width : {"b16", "b32"}) {
      plain("pto.vgather2", width, {1, 5, 3, 0}, policy); // all from one place
      plain("pto.vscatter", width, {0, 1, 5, 3}, policy);
    }
  for (const char *op : {"pto.pand", "pto.plt_b32", "pto.pset_b16"})
    benchmark::RegisterBenchmark(
        op, runInstruction, carrying(PredicatePattern{128, 1}, instruction(opTable().find(op, "", None), {0, 1, 3})),
        fast, S32);
  static const AddElement add;
  static const ExpElement exp;
  benchmark::RegisterBenchmark("per-element interpreter/vadd/f32", runPeer, std::cref(add));
  benchmark::RegisterBenchmark("per-element interpreter/vexp/f32", runPeer, std::cref(exp));
}

const bool registered = (registerAll(), true);

} // namespace
} // namespace pto::sim
