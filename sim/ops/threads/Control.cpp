// Launches of threads, what a thread knows of its launch, barriers, and the registers that it keeps.
#include "sim/ops/Declarations.h"
#include "sim/ops/OpTable.h"
#include "sim/ops/threads/Slot.h"
#include "sim/run/Machine.h"
#include "sim/run/ThreadUnit.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"

namespace pto::sim {

namespace {

// simt_launch: carries a pointer to a ThreadLaunch.
struct Launch {
  template <class P>
  static const Instruction *run(Core &core, const Instruction &at) {
    const ThreadLaunch &launch = *at.carried<const ThreadLaunch *>();
    const ThreadEntry &entry = core.machine.program.entries[launch.entry];
    auto dim = [&](unsigned index) { return uint32_t(core.scalar(launch.dims[index])); };
    ThreadDims dims{dim(0), dim(1), dim(2)};
    uint64_t count = saturated(saturated(dims.x, dims.y), dims.z),
             most = entry.saysMaxThreads ? entry.maxThreads : threadLimit;
    std::string its =
        llvm::formatv("launches {0} * {1} * {2} threads", int32_t(dims.x), int32_t(dims.y), int32_t(dims.z));
    if (count < 1 || count > threadLimit)
      return core.fault(at, Fault::Kind::Illegal, its + "; a launch has 1 to " + llvm::Twine(threadLimit));
    if (count > most)
      return core.fault(at, Fault::Kind::Illegal,
                        its + ", and pto.simt_max_threads of @" + entry.name + " is " + llvm::Twine(most));
    if (count > entry.maxThreads)
      core.machine.warnOnce(at, its + ", and @" + entry.name + " is compiled for " + llvm::Twine(entry.maxThreads) +
                                    " where pto.simt_max_threads does not say so");
    llvm::SmallVector<uint64_t, 8> arguments;
    for (uint32_t slot : launch.arguments)
      arguments.push_back(core.scalar(slot));
    return core.threads().run<P>(core, at, entry, dims, arguments) ? &at + 1 : nullptr;
  }

  static uint64_t saturated(uint64_t a, uint64_t b) { return std::min(a * b, threadLimit + 1); }
};

// A query: what it is in each lane.
template <class Answer>
void addQuery(OpTable &threads, llvm::StringRef op, Answer) {
  threads.add(op, Code(Pipe::V, [](Core &core, const Instruction &at) -> const Instruction * {
                uint64_t *to = core.warp->at(at.result[0]);
                for (unsigned lane = 0; lane < warpSize; ++lane)
                  to[lane] = Answer()(core, lane);
                return &at + 1;
              }));
}

// get_tid_*: x runs fastest.
template <uint32_t ThreadDims::*Axis>
const Instruction *threadIndex(Core &core, const Instruction &at) {
  Warp &warp = *core.warp;
  uint64_t *to = warp.at(at.result[0]);
  ThreadDims index = warp.thread(0);
  for (unsigned lane = 0; lane < warpSize; ++lane) {
    to[lane] = index.*Axis;
    if (++index.x < warp.dims->x)
      continue;
    index.x = 0;
    if (++index.y == warp.dims->y)
      index.y = 0, ++index.z;
  }
  return &at + 1;
}

const Instruction *syncThreads(Core &core, const Instruction &at) {
  Warp &warp = *core.warp;
  if (uint32_t missing = warp.present & ~warp.active)
    return core.fault(
        at, Fault::Kind::Deadlock,
        llvm::formatv("is reached by {0} of the {1} threads of a warp only; {2} goes another way, and all "
                      "have to reach it",
                      std::popcount(warp.active), std::popcount(warp.present),
                      warp.describe(unsigned(std::countr_zero(missing)))));
  warp.barrier = &at;
  warp.position = &at + 1;
  return nullptr;
}

// Threads of this simulator see each other's stores at once.
const Instruction *fence(Core &, const Instruction &at) {
  return &at + 1;
}

const Instruction *keep(Core &core, const Instruction &at) {
  auto [slot, bits, isFloat] = at.carried<KeptSlot>();
  Warp &warp = *core.warp;
  Kept &kept = core.threads().kept[slot];
  kept.bits = bits;
  kept.isFloat = isFloat;
  kept.values.resize(llvm::alignTo(warp.dims->count(), warpSize));
  std::copy_n(warp.at(at.operand[0]), warpSize, kept.values.begin() + warp.first);
  return &at + 1;
}

const Instruction *resume(Core &core, const Instruction &at) {
  auto [slot, bits, isFloat] = at.carried<KeptSlot>();
  Warp &warp = *core.warp;
  ThreadUnit &threads = core.threads();
  auto kept = threads.resumable.find(slot);
  if (kept == threads.resumable.end())
    return core.fault(at, Fault::Kind::Illegal,
                      "of slot " + llvm::Twine(slot) + ", which the launch before this one did not keep");
  if (kept->second.bits != bits || kept->second.isFloat != isFloat)
    return core.fault(at, Fault::Kind::Illegal,
                      llvm::formatv("of slot {0} as {1} bits, which were kept as {2} {3}bits", slot, bits,
                                    kept->second.bits, kept->second.isFloat ? "float " : ""));
  if (!(threads.resumableDims == threads.dims))
    return core.fault(at, Fault::Kind::Illegal,
                      llvm::formatv("of slot {0}, which a launch of other threads kept: {1} * {2} * {3}", slot,
                                    threads.resumableDims.x, threads.resumableDims.y, threads.resumableDims.z));
  std::copy_n(kept->second.values.begin() + warp.first, warpSize, warp.at(at.result[0]));
  return &at + 1;
}

} // namespace

void declareThreadControl(OpTables &tables) {
  OpTable &threads = tables.threads;
  tables.core.add("pto.simt_launch", Code::accessing<Launch>(Pipe::V));

  threads.add("pto.get_tid_x", Code(Pipe::V, threadIndex<&ThreadDims::x>));
  threads.add("pto.get_tid_y", Code(Pipe::V, threadIndex<&ThreadDims::y>));
  threads.add("pto.get_tid_z", Code(Pipe::V, threadIndex<&ThreadDims::z>));
  addQuery(threads, "pto.get_block_dim_x", [](Core &core, unsigned) { return core.warp->dims->x; });
  addQuery(threads, "pto.get_block_dim_y", [](Core &core, unsigned) { return core.warp->dims->y; });
  addQuery(threads, "pto.get_block_dim_z", [](Core &core, unsigned) { return core.warp->dims->z; });
  // The launch of an entry is all there is: public goldens have a grid of 0.
  for (llvm::StringRef op : {"pto.get_grid_dim_x", "pto.get_grid_dim_y", "pto.get_grid_dim_z", "pto.get_block_idx_x",
                             "pto.get_block_idx_y", "pto.get_block_idx_z"})
    addQuery(threads, op, [](Core &, unsigned) { return 0; });
  addQuery(threads, "pto.get_veccoreid", [](Core &core, unsigned) { return core.index; });
  addQuery(threads, "pto.get_laneid", [](Core &, unsigned lane) { return lane; });
  addQuery(threads, "pto.get_lanemask_eq", [](Core &, unsigned lane) { return uint32_t(1) << lane; });
  addQuery(threads, "pto.get_lanemask_lt", [](Core &, unsigned lane) { return (uint32_t(1) << lane) - 1; });
  addQuery(threads, "pto.get_lanemask_le", [](Core &, unsigned lane) { return (uint32_t(2) << lane) - 1; });
  addQuery(threads, "pto.get_lanemask_ge", [](Core &, unsigned lane) { return ~uint32_t(0) << lane; });
  addQuery(threads, "pto.get_lanemask_gt", [](Core &, unsigned lane) { return ~uint32_t(1) << lane; });

  threads.add("pto.syncthreads", Code(Pipe::V, syncThreads));
  threads.add("pto.threadfence", Code(Pipe::V, fence));
  threads.add("pto.threadfence_block", Code(Pipe::V, fence));
  threads.add("pto.keep", Code(Pipe::V, keep));
  threads.add("pto.resume", Code(Pipe::V, resume));
}

} // namespace pto::sim
