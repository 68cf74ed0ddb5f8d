// What runs the threads of a launch: warps of 32 that execute one instruction together. A warp goes on until it comes
// to a barrier or to the end, then the next one does: in this order threads see each other's stores and atomics.
#pragma once

#include "sim/run/Core.h"
#include "llvm/ADT/ArrayRef.h"
#include <bit>
#include <map>

namespace pto::sim {

inline constexpr unsigned warpSize = 32;
inline constexpr uint64_t threadLimit = 2048;

struct ThreadDims {
  uint32_t x = 0, y = 0, z = 0;

  uint32_t count() const { return x * y * z; }
  bool operator==(const ThreadDims &) const = default;
};

/// What a launch carries: numbers of scalar registers.
struct ThreadLaunch {
  uint32_t entry; ///< in the program
  std::array<uint32_t, 3> dims;
  std::vector<uint32_t> arguments;
};

/// A register of a warp has a value for each lane, kept as a scalar register keeps it.
struct alignas(64) WarpRegister {
  uint64_t lanes[warpSize];
};

class Warp {
public:
  [[gnu::always_inline]] uint64_t *at(uint32_t slot) { return registers[slot].lanes; }
  [[gnu::always_inline]] uint32_t &mask(uint32_t number) { return masks[number]; }

  uint32_t active = 0;  ///< the lanes that execute now
  uint32_t present = 0; ///< those that there are: fewer in the last warp
  int lane = -1;        ///< the one that is looked at, for what is said about it
  uint32_t first = 0;   ///< the number of its first thread
  const ThreadDims *dims = nullptr;
  const Instruction *position = nullptr; ///< where it goes on
  const Instruction *barrier = nullptr;  ///< that it waits at

  ThreadDims thread(unsigned lane) const;
  /// "thread (3, 0, 0)"
  std::string describe(unsigned lane) const;

  WarpRegister *registers = nullptr;
  uint32_t *masks = nullptr;
};

/// A value that each thread leaves in a register for the next launch.
struct Kept {
  uint32_t bits;
  bool isFloat;
  std::vector<uint64_t> values; ///< by thread
};

class ThreadUnit {
public:
  /// False after a fault.
  template <class Policy>
  bool run(Core &core, const Instruction &at, const ThreadEntry &entry, ThreadDims dims,
           llvm::ArrayRef<uint64_t> arguments);

  /// By slot: what the launch before kept, and what this one does.
  std::map<uint32_t, Kept> resumable, kept;
  ThreadDims resumableDims, dims;

private:
  void start(const Core &core, const ThreadEntry &entry, llvm::ArrayRef<uint64_t> arguments);
  /// Whether all warps wait at one barrier or none does; after a fault false.
  bool leaveBarrier(Core &core);

  std::vector<Warp> warps;
  std::vector<WarpRegister> registers;
  std::vector<uint32_t> masks;
};

} // namespace pto::sim
