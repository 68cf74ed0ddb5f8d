// What a kernel can ask about its launch, and pointer arithmetic.
#include "sim/ops/Declarations.h"
#include "sim/ops/OpTable.h"
#include "sim/ops/UbAccess.h"

namespace pto::sim {

template <class Answer>
static void query(OpTable &table, llvm::StringRef op, Answer) {
  table.add(op, "", LaneType::None, Handlers([](Core &core, const Instruction &at) -> const Instruction * {
              core.scalar(at.result[0]) = Answer()(core);
              return &at + 1;
            }));
}

// addptr: operands pointer, offset in elements; the immediate is an element's size.
static const Instruction *advanceLocal(Core &core, const Instruction &at) {
  int64_t distance, moved;
  if (__builtin_mul_overflow(int64_t(core.scalar(at.operand[1])), at.immediate, &distance) ||
      __builtin_add_overflow(int64_t(core.scalar(at.operand[0])), distance, &moved))
    return core.fault(at, Fault::Kind::OutOfBounds,
                      "moves a pointer by " + llvm::Twine(int64_t(core.scalar(at.operand[1]))) +
                          " elements, further than any memory reaches");
  core.scalar(at.result[0]) = uint64_t(moved);
  return &at + 1;
}

static const Instruction *advanceGm(Core &core, const Instruction &at) {
  int64_t distance = addressAt(0, int64_t(core.scalar(at.operand[1])), at.immediate);
  std::optional<uint64_t> moved = core.movedGm(at, core.scalar(at.operand[0]), distance);
  if (!moved)
    return nullptr;
  core.scalar(at.result[0]) = *moved;
  return &at + 1;
}

void declareQueries(OpTable &table) {
  query(table, "pto.get_block_idx", [](Core &core) -> uint64_t { return core.blockIndex; });
  query(table, "pto.get_block_num", [](Core &core) -> uint64_t { return core.blockCount; });
  // A vector kernel has one vector core in each block: the public launches see sub-block 0 of 1.
  query(table, "pto.get_subblock_idx", [](Core &) -> uint64_t { return 0; });
  query(table, "pto.get_subblock_num", [](Core &) -> uint64_t { return 1; });
  table.add("pto.addptr", "local", LaneType::None, Handlers(advanceLocal));
  table.add("pto.addptr", "gm", LaneType::None, Handlers(advanceGm));
}

} // namespace pto::sim
