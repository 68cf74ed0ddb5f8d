// A core with a few registers, to run single instructions on.
#pragma once

#include "sim/memory/Port.h"
#include "sim/run/Control.h"
#include "sim/run/Machine.h"

namespace pto::sim::testing {

/// Wide registers 0–5 and scalars 0–5 are there for the taking.
class SingleInstruction {
public:
  SingleInstruction() { ub.open(); }

  /// Runs it; whether it went through without a fault.
  bool run(const Instruction &instruction, unsigned policy = Policies::index<Checked>) {
    return instruction.code.by[policy](core, instruction) == &instruction + 1;
  }

  // Bytes of UB, through the port like everybody else.
  void poke(int64_t address, llvm::ArrayRef<uint8_t> bytes) {
    std::memcpy(Port<Fast>(core, nowhere).write(range(address, bytes.size())), bytes.data(), bytes.size());
  }
  uint8_t peek(int64_t address) { return *Port<Fast>(core, nowhere).read(range(address, 1)); }

private:
  static Range range(int64_t address, size_t bytes) {
    return {.space = MemorySpace::Ub, .base = uint64_t(address), .bytes = int64_t(bytes)};
  }
  static const Program &program() {
    static const Program made = [] {
      Program p;
      p.arch = &defaultArch();
      p.wideCount = p.scalarCount = 6;
      p.code.emplace_back(control::finish);
      return p;
    }();
    return made;
  }
  const Instruction nowhere{control::finish};
  Machine machine{program(), {}, LaunchOptions()};

public:
  Core &core = *machine.cluster.vector[0];
  LocalMemory &ub = core.memory(MemorySpace::Ub);
};

} // namespace pto::sim::testing
