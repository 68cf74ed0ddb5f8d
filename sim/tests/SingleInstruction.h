// A core with a few registers, to run single instructions on.
#pragma once

#include "sim/run/Core.h"

namespace pto::sim::testing {

/// Wide registers 0–5 and scalars 0–5 are there for the taking.
class SingleInstruction {
public:
  SingleInstruction() : core(program(), {}, LaunchOptions()) {}

  /// Runs it; whether it went through without a fault.
  bool run(const Instruction &instruction, Policy policy = Policy::Checked) {
    return instruction.handlers.by[unsigned(policy)](core, instruction) == &instruction + 1;
  }

  Core core;

private:
  static const Program &program() {
    static const Program made = [] {
      Program p;
      p.arch = &defaultArch();
      p.wideCount = p.scalarCount = 6;
      return p;
    }();
    return made;
  }
};

} // namespace pto::sim::testing
