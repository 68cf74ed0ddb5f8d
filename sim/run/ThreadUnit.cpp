#include "sim/run/ThreadUnit.h"
#include "sim/check/ThreadRaces.h"
#include "sim/run/Machine.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"

namespace pto::sim {

ThreadDims Warp::thread(unsigned lane) const {
  uint32_t number = first + lane;
  return {number % dims->x, number / dims->x % dims->y, number / dims->x / dims->y};
}

std::string Warp::describe(unsigned lane) const {
  ThreadDims index = thread(lane);
  return llvm::formatv("thread ({0}, {1}, {2})", index.x, index.y, index.z);
}

// Without barriers one warp after the other uses the same registers, which hold the constants all the time.
void ThreadUnit::start(const Core &core, const ThreadEntry &entry, llvm::ArrayRef<uint64_t> arguments) {
  size_t count = llvm::divideCeil(dims.count(), warpSize), files = entry.hasBarrier ? count : 1;
  registers.resize(std::max(registers.size(), files * entry.registerCount));
  masks.resize(std::max(masks.size(), files * entry.maskCount));
  auto splat = [&](WarpRegister *file, uint32_t slot, uint64_t value) {
    std::fill_n(file[slot].lanes, warpSize, value);
  };
  for (size_t file = 0; file < files; ++file) {
    WarpRegister *its = registers.data() + file * entry.registerCount;
    for (auto [slot, value] : entry.constants)
      splat(its, slot, value);
    for (auto [slot, value] : llvm::zip_equal(entry.parameters, arguments))
      splat(its, slot, value);
  }
  warps.assign(count, Warp());
  for (auto [index, warp] : llvm::enumerate(warps)) {
    size_t file = entry.hasBarrier ? index : 0;
    warp.first = uint32_t(index) * warpSize;
    uint32_t left = dims.count() - warp.first;
    warp.present = warp.active = left >= warpSize ? ~0u : (1u << left) - 1;
    warp.dims = &dims;
    warp.position = core.machine.program.code.data() + entry.begin;
    warp.registers = registers.data() + file * entry.registerCount;
    warp.masks = masks.data() + file * entry.maskCount;
  }
}

bool ThreadUnit::leaveBarrier(Core &core) {
  auto waits = llvm::find_if(warps, [](const Warp &warp) { return warp.barrier != nullptr; });
  const Instruction &barrier = *waits->barrier;
  uint32_t missing = 0;
  const Warp *other = nullptr;
  for (const Warp &warp : warps)
    if (warp.barrier != &barrier) {
      missing += unsigned(std::popcount(warp.present));
      other = other ? other : &warp;
    }
  if (missing) {
    std::string where = other->barrier ? "waits at " + core.machine.placeOf(*other->barrier) : "has ended";
    core.fault(barrier, Fault::Kind::Deadlock,
               llvm::formatv("is reached by {0} of {1} threads only; {2} {3}, and all have to reach the same barrier",
                             dims.count() - missing, dims.count(), other->describe(0), where));
    return false;
  }
  for (Warp &warp : warps)
    warp.barrier = nullptr;
  return true;
}

template <class Policy>
bool ThreadUnit::run(Core &core, const Instruction &at, const ThreadEntry &entry, ThreadDims its,
                     llvm::ArrayRef<uint64_t> arguments) {
  resumable = std::exchange(kept, {});
  resumableDims = std::exchange(dims, its);
  start(core, entry, arguments);
  core.launch = &at;
  do {
    if (ThreadRaces *races = core.machine.threadRaces.get())
      races->startInterval();
    for (Warp &warp : warps) {
      core.warp = &warp;
      core.runFrom<Policy>(warp.position);
      if (core.machine.report.fault)
        break;
    }
    core.warp = nullptr;
  } while (!core.machine.report.fault && llvm::any_of(warps, [](const Warp &warp) { return warp.barrier; }) &&
           leaveBarrier(core));
  core.launch = nullptr;
  return !core.machine.report.fault;
}

template bool ThreadUnit::run<Fast>(Core &, const Instruction &, const ThreadEntry &, ThreadDims,
                                    llvm::ArrayRef<uint64_t>);
template bool ThreadUnit::run<Checked>(Core &, const Instruction &, const ThreadEntry &, ThreadDims,
                                       llvm::ArrayRef<uint64_t>);
template bool ThreadUnit::run<Traced>(Core &, const Instruction &, const ThreadEntry &, ThreadDims,
                                      llvm::ArrayRef<uint64_t>);

} // namespace pto::sim
