// The numbers of an instruction, out of its registers.
#pragma once

#include "sim/run/Core.h"
#include "llvm/Support/FormatVariadic.h"

namespace pto::sim {

/// Faults at the first that does not fit its field.
class Extents {
public:
  Extents(Core &core, const Instruction &at) : core(core), at(at) {}

  size_t read(const char *name, uint32_t slot, uint64_t most) {
    uint64_t value = core.scalar(slot);
    if (valid && value > most) {
      valid = false;
      core.fault(at, Fault::Kind::Illegal,
                 llvm::formatv("has {0} = {1}; its field holds 0 to {2}", name, int64_t(value), most));
    }
    return value;
  }
  bool valid = true;

private:
  Core &core;
  const Instruction &at;
};

} // namespace pto::sim
