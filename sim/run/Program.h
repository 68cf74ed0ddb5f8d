// A decoded kernel: a flat array of instructions over numbered registers. Nothing of MLIR is left in it.
#pragma once

#include "sim/Simulator.h"
#include "sim/machine/Arch.h"
#include "sim/machine/Register.h"
#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace pto::sim {

class Core;
struct Instruction;

/// Executes one instruction and returns the next one, or null when the core stops (the end, or a fault).
using Handler = const Instruction *(*)(Core &, const Instruction &);

/// The two engines: what only checks, and costs time, is left out of the fast one. Bounds are enforced in both.
enum class Policy : unsigned { Fast, Checked };
inline constexpr unsigned policyCount = 2;

/// The same instruction for each policy; most handlers serve both.
struct Handlers {
  std::array<Handler, policyCount> by{};

  Handlers() = default;
  Handlers(Handler both) : by{both, both} {}
  Handlers(Handler fast, Handler checked) : by{fast, checked} {}
  explicit operator bool() const { return by[0] != nullptr; }
};

struct Instruction {
  Handlers handlers;
  std::array<uint32_t, 2> result{}; ///< register numbers: scalar or wide, as the handler knows
  std::array<uint32_t, 4> operand{};
  int64_t immediate = 0; ///< a constant of the instruction: a width, a jump's distance, a flag, a first pool entry
};

/// Where an instruction came from.
struct Site {
  uint32_t name; ///< into Program::names
  SourceLocation location;
};

/// A kernel argument, and the scalar register that it arrives in.
struct Parameter {
  uint32_t slot;
  bool isPointer;
  unsigned bits; ///< of a scalar
};

/// Instructions [begin, end) are a loop's.
struct Loop {
  size_t begin, end;
  SourceLocation location;
};

struct Program {
  std::string kernel;
  const Arch *arch = nullptr;
  std::vector<Instruction> code;
  std::vector<Site> sites; ///< one for each instruction
  std::vector<std::string> names;
  std::vector<uint32_t> pool; ///< operand lists of instructions with many
  std::vector<Parameter> parameters;
  std::vector<std::pair<uint32_t, uint64_t>> constants; ///< scalar register, value
  std::vector<Loop> loops;                              ///< an inner loop comes before its outer one
  uint32_t scalarCount = 0, wideCount = 0;
};

} // namespace pto::sim
