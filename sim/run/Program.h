// A decoded kernel: a flat array of instructions over numbered registers. Nothing of MLIR is left in it.
#pragma once

#include "sim/Simulator.h"
#include "sim/machine/Arch.h"
#include "sim/machine/Choices.h"
#include "sim/machine/Pipe.h"
#include "sim/machine/Register.h"
#include "sim/memory/Policy.h"
#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

namespace pto::sim {

class Core;
struct Instruction;

/// Executes one instruction and returns the next one, or null when the core stops.
using Handler = const Instruction *(*)(Core &, const Instruction &);

/// What an instruction is to the order of others: work for a pipe, a register carried on, or one of those that order.
enum class Role : uint8_t {
  Work,
  Copy,
  Scope,
  Set,
  Wait,
  Barrier,
  GetBuffer,
  ReleaseBuffer,
  SetSemaphore,
  WaitSemaphore,
  MemBar
};

/// What executes an instruction, under each policy, and the pipe that it runs on: there is none without a pipe.
struct Code {
  std::array<Handler, policyCount> by;
  Pipe pipe;
  Role role = Role::Work;
  bool isDynamic = false; ///< of a flag or a semaphore: its number is a register
  bool accesses = false;  ///< memory
  uint8_t cost = 0;       ///< estimated: see ops/Costs.h; 0 takes no time
  bool handsOn = false;   ///< a store that makes a register of what it was given

  constexpr Code as(Role its, bool dynamic = false) const {
    Code code = *this;
    code.role = its;
    code.isDynamic = dynamic;
    return code;
  }

  constexpr Code handingOn() const {
    Code code = *this;
    code.handsOn = true;
    return code;
  }

  /// One that touches no memory does the same under all policies.
  constexpr Code(Pipe pipe, Handler handler) : by(), pipe(pipe) { by.fill(handler); }

  /// One that does is a class with a template `run<Policy>`.
  template <class Access>
  static constexpr Code accessing(Pipe pipe) {
    Code code = byPolicies<Access>(pipe);
    code.accesses = true;
    return code;
  }
  template <class Handlers>
  static constexpr Code byPolicies(Pipe pipe) {
    return Code(pipe, byPolicy<Handlers>(Policies()));
  }

private:
  constexpr Code(Pipe pipe, std::array<Handler, policyCount> by) : by(by), pipe(pipe) {}
  template <class Access, class... P>
  static constexpr std::array<Handler, policyCount> byPolicy(PolicyList<P...>) {
    return {Access::template run<P>...};
  }
};

struct Instruction {
  Code code;                        ///< by value: a load less before each jump to a handler
  std::array<uint32_t, 2> result{}; ///< register numbers: scalar or wide, as the handler knows
  std::array<uint32_t, 4> operand{};

  explicit Instruction(const Code &code) : code(code) {}

  /// What the decoder tells the handler besides: a small struct, or a pointer to one that the program keeps.
  template <class T>
  void carry(const T &value) {
    static_assert(sizeof(T) <= sizeof(payload) && std::is_trivially_copyable_v<T>);
    std::memcpy(&payload, &value, sizeof(T));
  }
  template <class T>
  T carried() const {
    T value;
    std::memcpy(static_cast<void *>(&value), &payload, sizeof(T));
    return value;
  }

private:
  uint64_t payload = 0;
};

/// Where an instruction came from.
struct Site {
  uint32_t name; ///< into Program::names
  Place location;
  // A bit for each of its operands and results that is a value of the kernel, and for those among them in wide
  // registers.
  uint8_t operands = 0, wideOperands = 0, results = 0, wideResults = 0;
};

/// A kernel argument, and the scalar register that it arrives in.
struct Parameter {
  uint32_t slot;
  bool isPointer;
  unsigned bits; ///< of a scalar
};

/// Instructions [begin, end) are those of a block, or of an operation that has some.
struct Span {
  size_t begin, end;
  Place location;     ///< of the operation
  unsigned depth = 0; ///< of the block, or of the one that the operation is in

  bool contains(size_t index) const { return begin <= index && index < end; }
};

/// Which cores of a cluster a kernel runs on.
struct Participants {
  bool cube = false;
  unsigned vectors = 1;
};

/// A function that threads execute. Its instructions come after those of the kernel, and their registers are those of
/// a warp, which is 32 threads.
struct ThreadEntry {
  std::string name;
  size_t begin = 0; ///< of its instructions
  uint32_t registerCount = 0;
  uint32_t maskCount = 0;                               ///< of the branches and loops that may be open at once
  std::vector<uint32_t> parameters;                     ///< their registers
  std::vector<std::pair<uint32_t, uint64_t>> constants; ///< register, value
  bool hasBarrier = false;
  uint32_t maxThreads; ///< of a launch
  bool saysMaxThreads;
};

struct Program {
  std::string kernel;
  const Arch *arch = nullptr;
  Participants participants;
  /// One core has the memories of both kinds: for a function that mixes their work without a word about cores.
  bool mergesCores = false;
  /// Numbers of semaphores that count free slots of pipes, and so end set.
  uint32_t slotSemaphores = 0;
  std::vector<Instruction> code;
  std::vector<Site> sites; ///< one for each instruction
  std::vector<std::string> names;
  std::vector<std::shared_ptr<const void>> payloads; ///< those that do not fit into an instruction
  std::vector<Parameter> parameters;
  std::vector<std::pair<uint32_t, uint64_t>> constants; ///< scalar register, value
  std::vector<Span> loops;                              ///< an inner loop comes before its outer one
  std::vector<Span> scopes;                             ///< vector scopes
  std::vector<Span> branches, calls;                    ///< scf.if, and functions that were called
  std::vector<Span> blocks;                             ///< inner ones first, the kernel's own last
  uint32_t scalarCount = 0, wideCount = 0;
  /// By memory: how much of it has storage that the kernel left to the decoder.
  std::array<uint64_t, spaceCount> ends{};
  uint64_t controlAtStart = choices::controlAtStart;
  std::vector<ThreadEntry> entries;

  /// The vector scope that an instruction is in, or null.
  const Span *findScope(size_t index) const {
    for (const Span &scope : scopes)
      if (scope.contains(index))
        return &scope;
    return nullptr;
  }

  size_t indexOf(const Instruction &at) const { return size_t(&at - code.data()); }
  const Place &locationOf(const Instruction &at) const { return sites[indexOf(at)].location; }
  llvm::StringRef nameOf(const Instruction &at) const { return names[sites[indexOf(at)].name]; }
};

} // namespace pto::sim
