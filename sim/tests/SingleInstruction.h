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
    Instruction &only = program.code.front();
    only = instruction;
    return only.code.by[policy](core, only) == &only + 1;
  }
  /// What a fault said, without the instruction's name.
  std::string why() const { return machine.report.fault ? machine.report.fault->message.substr(3) : "no fault"; }

  // Bytes of UB, through the port like everybody else.
  void poke(int64_t address, llvm::ArrayRef<uint8_t> bytes) {
    std::memcpy(Port<Fast>(core, nowhere).write(range(address, bytes.size())), bytes.data(), bytes.size());
  }
  uint8_t peek(int64_t address) { return *Port<Fast>(core, nowhere).read(range(address, 1)); }

private:
  static Range range(int64_t address, size_t bytes) {
    return {.space = MemorySpace::Ub, .base = uint64_t(address), .bytes = int64_t(bytes)};
  }
  static Program oneInstruction() {
    Program p;
    p.arch = &defaultArch();
    p.wideCount = p.scalarCount = 6;
    p.code.resize(2, Instruction(control::finish));
    p.names = {"it"};
    p.sites.resize(2, Site{0, Place(), 0, 0, 0, 0});
    return p;
  }
  Program program = oneInstruction();
  const Instruction &nowhere = program.code.back();
  Machine machine{program, {}, LaunchOptions()};

public:
  Core &core = *machine.cluster.vector[0];
  LocalMemory &ub = core.memory(MemorySpace::Ub);
};

} // namespace pto::sim::testing
