// Order between pipes. A core runs in program order here: barriers have nothing to wait for, flags are accounted.
#include "sim/ops/Declarations.h"
#include "sim/ops/OpTable.h"
#include "sim/run/Core.h"

namespace pto::sim {

static const Instruction *nothing(Core &, const Instruction &at) {
  return &at + 1;
}

static const Instruction *setFlag(Core &core, const Instruction &at) {
  return core.setFlag(at, unsigned(at.immediate));
}

static const Instruction *waitFlag(Core &core, const Instruction &at) {
  return core.waitFlag(at, unsigned(at.immediate));
}

void declareSync(OpTable &table) {
  table.add("pto.set_flag", "", LaneType::None, Handlers(setFlag));
  table.add("pto.wait_flag", "", LaneType::None, Handlers(waitFlag));
  table.add("pto.barrier", "", LaneType::None, Handlers(nothing));
  table.add("pto.mem_bar", "", LaneType::None, Handlers(nothing));
}

} // namespace pto::sim
