// What a kernel can ask about its launch, and pointer arithmetic.
#include "sim/ops/Declarations.h"
#include "sim/ops/OpTable.h"
#include "sim/ops/Pointers.h"
#include "sim/run/Machine.h"

namespace pto::sim {

template <class Answer>
static void query(OpTable &table, llvm::StringRef op, Answer) {
  table.add(op, Code(Pipe::S, [](Core &core, const Instruction &at) -> const Instruction * {
              core.scalar(at.result[0]) = Answer()(core);
              return &at + 1;
            }));
}

// addptr: operands pointer, offset; carries a PointerStep.
static const Instruction *advanceLocal(Core &core, const Instruction &at) {
  int64_t offset = int64_t(core.scalar(at.operand[1])), distance, moved;
  if (__builtin_mul_overflow(offset, int64_t(at.carried<PointerStep>().elementBytes), &distance) ||
      __builtin_add_overflow(int64_t(core.scalar(at.operand[0])), distance, &moved))
    return core.fault(at, Fault::Kind::OutOfBounds,
                      "moves a pointer by " + llvm::Twine(offset) + " elements, further than any memory reaches");
  core.scalar(at.result[0]) = uint64_t(moved);
  return &at + 1;
}

static const Instruction *advanceGm(Core &core, const Instruction &at) {
  int64_t distance = at.carried<PointerStep>().distance(core.scalar(at.operand[1]));
  std::optional<uint64_t> moved = core.movedGm(at, core.scalar(at.operand[0]), distance);
  if (!moved)
    return nullptr;
  core.scalar(at.result[0]) = *moved;
  return &at + 1;
}

void declareQueries(OpTable &table) {
  query(table, "pto.get_block_idx", [](Core &core) -> uint64_t { return core.blockIndex; });
  query(table, "pto.get_block_num", [](Core &core) -> uint64_t { return core.machine.blockCount; });
  // A vector kernel has one vector core in each block: the public launches see sub-block 0 of 1. Cube is sub-block 0
  // and knows how many vector cores there are.
  query(table, "pto.get_subblock_idx", [](Core &core) -> uint64_t { return core.index; });
  query(table, "pto.get_subblock_num",
        [](Core &core) -> uint64_t { return std::max(1u, core.machine.program.participants.vectors); });
  table.add("pto.addptr", "local", Code(Pipe::S, advanceLocal));
  table.add("pto.addptr", "gm", Code(Pipe::S, advanceGm));
}

} // namespace pto::sim
