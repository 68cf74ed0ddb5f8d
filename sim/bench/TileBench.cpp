// Operations on tiles of 128 by 128 elements, alone, under each engine. Items are elements; of a product, operations,
// two for each product that is summed.
#include "sim/check/Hazards.h"
#include "sim/ops/Conversions.h"
#include "sim/ops/OpTable.h"
#include "sim/ops/tiles/Elementwise.h"
#include "sim/ops/tiles/Tiles.h"
#include "sim/run/Machine.h"
#include <benchmark/benchmark.h>

namespace pto::sim {
namespace {

constexpr int64_t extent = 128;
constexpr TileOrder rowMajor = {}, nz = {.boxesDown = true, .boxRows = 16, .boxColumns = 16},
                    zn = {.elementsDown = true, .boxRows = 16, .boxColumns = 16};

/// A program of one instruction, whose tiles lie behind each other.
class TileProgram {
public:
  TileProgram(bool isOnCube, llvm::StringRef name) {
    program.arch = &defaultArch();
    program.participants = {.cube = isOnCube, .vectors = isOnCube ? 0u : 1u};
    program.names = {name.str()};
  }

  TileOperand tile(MemorySpace space, LaneType lanes, uint8_t bytes, TileOrder order = rowMajor, int64_t rows = extent,
                   int64_t columns = extent) {
    uint32_t slot = program.scalarCount;
    program.scalarCount += tileRegisters;
    uint64_t &end = program.ends[unsigned(space)];
    for (auto [which, value] : {std::pair(0u, end),
                                {1u, uint64_t(rows)},
                                {2u, uint64_t(columns)},
                                {3u, uint64_t(rows)},
                                {4u, uint64_t(columns)}})
      program.constants.emplace_back(slot + which, value);
    end += uint64_t(rows * columns * bytes);
    return {slot, {.space = space, .lanes = lanes, .bytes = bytes, .order = order}};
  }
  uint32_t wide() { return program.wideCount++; }

  template <class Form>
  void finish(const Code &code, const Form &form) {
    program.code.emplace_back(code).carry(&form);
    program.sites.push_back({0, {}});
  }

  template <class Policy>
  void run(benchmark::State &state, int64_t items) {
    LaunchOptions options;
    options.instructionBudget = uint64_t(1) << 50;
    Machine machine(program, {}, options);
    if constexpr (std::is_same_v<Policy, Checked>)
      machine.hazards = std::make_unique<Hazards>(machine);
    Core &core = program.participants.cube ? *machine.cluster.cube : *machine.cluster.vector[0];
    core.start(0);
    if (machine.hazards)
      machine.hazards->startBlock();
    const Instruction &at = program.code.front();
    for (auto _ : state)
      if (!at.code.by[Policies::index<Policy>](core, at))
        return state.SkipWithError(machine.report.fault ? machine.report.fault->message.c_str() : "stopped");
    state.SetItemsProcessed(int64_t(state.iterations()) * items);
  }

private:
  Program program;
};

template <class Policy>
void runElementwise(benchmark::State &state, const char *op, LaneType lanes, uint8_t bytes, unsigned inputs,
                    ElementSource last, TileOrder order) {
  TileProgram program(false, op);
  ElementwiseForm form(*opTable().find(op, "", lanes));
  for (unsigned i = 0; i < inputs; ++i) {
    TileInput input;
    input.source = i + 1 == inputs ? last : ElementSource::Same;
    bool isColumn = input.source == ElementSource::PerRow, isRow = input.source == ElementSource::PerColumn;
    input.tile = program.tile(MemorySpace::Ub, lanes, bytes, order, isRow ? 1 : extent, isColumn ? 1 : extent);
    input.wide = form.vector.operand[i] = program.wide();
    form.inputs.push_back(input);
  }
  form.mask = form.vector.operand[inputs] = program.wide();
  form.vector.result[0] = program.wide();
  form.destination = program.tile(MemorySpace::Ub, lanes, bytes, order);
  program.finish(tiles::elementwise, form);
  program.run<Policy>(state, extent * extent);
}

template <class Policy>
void runReduction(benchmark::State &state, const char *op, bool ofRows) {
  TileProgram program(false, op);
  ReductionForm form;
  form.source = program.tile(MemorySpace::Ub, LaneType::F32, 4);
  form.destination =
      program.tile(MemorySpace::Ub, LaneType::F32, 4, rowMajor, ofRows ? extent : 1, ofRows ? 1 : extent);
  form.function = opTable().reductions.find(op)->second[unsigned(LaneType::F32)];
  program.finish(ofRows ? tiles::reduceRows : tiles::reduceColumns, form);
  program.run<Policy>(state, extent * extent);
}

template <class Policy>
void runConversion(benchmark::State &state) {
  TileProgram program(false, "pto.tcvt");
  TileConversionForm form(*opTable().find("pto.vcvt", "f16 R", LaneType::F32));
  form.source = program.tile(MemorySpace::Ub, LaneType::F32, 4);
  form.destination = program.tile(MemorySpace::Ub, LaneType::F16, 2);
  form.vector.operand = {program.wide(), program.wide()};
  form.vector.result = {program.wide()};
  form.vector.carry(ConversionForm{});
  program.finish(tiles::convert, form);
  program.run<Policy>(state, extent * extent);
}

template <class Policy>
void runMove(benchmark::State &state, bool transposes, TileOrder to) {
  TileProgram program(false, transposes ? "pto.ttrans" : "pto.tmov");
  MoveForm form;
  form.source = program.tile(MemorySpace::Ub, LaneType::F32, 4);
  form.destination = program.tile(MemorySpace::Ub, LaneType::F32, 4, to);
  form.transposes = transposes;
  program.finish(tiles::move(Pipe::V), form);
  program.run<Policy>(state, extent * extent);
}

template <class Policy>
void runProduct(benchmark::State &state, FactorType type, LaneType lanes, uint8_t bytes) {
  TileProgram program(true, "pto.tmatmul");
  TileProductForm form;
  TileOrder left = nz, right = zn;
  left.boxColumns = right.boxRows = uint16_t(32 / bytes);
  form.lhs = program.tile(MemorySpace::L0a, lanes, bytes, left);
  form.rhs = program.tile(MemorySpace::L0b, lanes, bytes, right);
  form.destination = program.tile(MemorySpace::L0c, LaneType::F32, 4, nz);
  form.lhsType = form.rhsType = type;
  form.multiply = opTable().multiply;
  program.finish(tiles::multiply, form);
  program.run<Policy>(state, 2 * extent * extent * extent);
}

template <class... Arguments>
void add(llvm::StringRef name, void (*fast)(benchmark::State &, Arguments...),
         void (*checked)(benchmark::State &, Arguments...), std::type_identity_t<Arguments>... arguments) {
  benchmark::RegisterBenchmark(("fast/" + name).str().c_str(), fast, arguments...);
  benchmark::RegisterBenchmark(("checked/" + name).str().c_str(), checked, arguments...);
}

void registerAll() {
  using enum LaneType;
  auto elementwise = [](const char *name, const char *op, LaneType lanes, uint8_t bytes, unsigned inputs,
                        ElementSource last, TileOrder order = rowMajor) {
    add(name, runElementwise<Fast>, runElementwise<Checked>, op, lanes, bytes, inputs, last, order);
  };
  elementwise("tadd/f32", "pto.vadd", F32, 4, 2, ElementSource::Same);
  elementwise("tadd/f16", "pto.vadd", F16, 2, 2, ElementSource::Same);
  elementwise("tadd/f32 in boxes", "pto.vadd", F32, 4, 2, ElementSource::Same, nz);
  elementwise("texp/f32", "pto.vexp", F32, 4, 1, ElementSource::Same);
  elementwise("trowexpandmul/f32", "pto.vmul", F32, 4, 2, ElementSource::PerRow);
  elementwise("tcolexpandmul/f32", "pto.vmul", F32, 4, 2, ElementSource::PerColumn);
  for (auto [name, op, ofRows] : {std::tuple("trowsum/f32", "pto.trowsum", true),
                                  {"trowmax/f32", "pto.trowmax", true},
                                  {"tcolsum/f32", "pto.tcolsum", false}})
    add(name, runReduction<Fast>, runReduction<Checked>, op, ofRows);
  add("tcvt/f32 to f16", runConversion<Fast>, runConversion<Checked>);
  add("ttrans/f32", runMove<Fast>, runMove<Checked>, true, rowMajor);
  add("tmov/f32 into boxes", runMove<Fast>, runMove<Checked>, false, nz);
  add("tmatmul/f32", runProduct<Fast>, runProduct<Checked>, FactorType::F32, F32, 4);
  add("tmatmul/f16", runProduct<Fast>, runProduct<Checked>, FactorType::F16, F16, 2);
}

const bool registered = (registerAll(), true);

} // namespace
} // namespace pto::sim
