// Order between pipes. A core runs in program order here: barriers have nothing to wait for, flags are accounted.
#include "sim/ops/Declarations.h"
#include "sim/ops/OpTable.h"
#include "sim/run/Core.h"

namespace pto::sim {

static const Instruction *nothing(Core &, const Instruction &at) {
  return &at + 1;
}

// set_flag, wait_flag: the flag is carried.
static const Instruction *setFlag(Core &core, const Instruction &at) {
  return core.setFlag(at, at.carried<Flag>());
}

static const Instruction *waitFlag(Core &core, const Instruction &at) {
  return core.waitFlag(at, at.carried<Flag>());
}

void declareSync(OpTable &table) {
  table.add("pto.set_flag", Code(Pipe::S, setFlag));
  table.add("pto.wait_flag", Code(Pipe::S, waitFlag));
  table.add("pto.barrier", Code(Pipe::S, nothing));
  // Inside a vector scope, which runs on the vector pipe.
  table.add("pto.mem_bar", Code(Pipe::V, nothing));
}

} // namespace pto::sim
