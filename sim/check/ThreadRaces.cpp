#include "sim/check/ThreadRaces.h"
#include "sim/run/Machine.h"
#include "sim/run/ThreadUnit.h"
#include "llvm/Support/FormatVariadic.h"

namespace pto::sim {

static constexpr size_t findingLimit = 64;
/// A launch has fewer warps than that. The times of an interval are those of its warps, and one for several.
static constexpr uint64_t timesOfInterval = 128, severalWarps = 127;

void ThreadRaces::see(const Core &core, const Instruction &at, Kind kind, MemorySpace space, uint64_t address,
                      int64_t bytes) {
  bool isGlobal = space == MemorySpace::Gm;
  Planes &planes = memories[{space, isGlobal ? *GmPointer::argument(address) : 0}];
  int64_t first = isGlobal ? GmPointer::offset(address) : int64_t(address);
  uint64_t since = interval * timesOfInterval, now = since + 1 + core.warp->first / warpSize;
  auto look = [&](const Plane &plane, llvm::StringRef earlier) {
    if (auto found = plane.findAfter(first, bytes, since, now)) [[unlikely]]
      report(core, at, kind, earlier, *found, space, address);
  };
  look(planes.changes, "writes");
  if (kind != Kind::Atomic)
    look(planes.atomics, "updates");
  if (kind != Kind::Read) {
    look(planes.reads, "reads");
    look(planes.shared, "reads");
  }

  size_t index = machine.program.indexOf(at);
  Stamp stamp(now, index);
  if (kind == Kind::Change)
    return planes.changes.mark(first, bytes, stamp);
  if (kind == Kind::Atomic)
    return planes.atomics.mark(first, bytes, stamp);
  for (int64_t from = first; auto found = planes.reads.findAfter(from, first + bytes - from, since, now);) {
    int64_t extent = planes.reads.extent(*found, first + bytes);
    planes.shared.mark(found->address, extent, Stamp(since + severalWarps, found->stamp.instruction()));
    from = found->address + extent;
  }
  planes.reads.mark(first, bytes, stamp);
}

void ThreadRaces::report(const Core &core, const Instruction &at, Kind kind, llvm::StringRef earlier,
                         const Plane::Found &found, MemorySpace space, uint64_t address) {
  size_t index = found.stamp.instruction();
  if (known.size() == findingLimit || !known.insert({index, machine.program.indexOf(at)}).second)
    return;
  const Program &program = machine.program;
  llvm::StringRef verb = kind == Kind::Read ? "reads" : kind == Kind::Change ? "writes" : "updates";
  std::string where =
      space == MemorySpace::Gm
          ? llvm::formatv("byte {0} of '{1}'", found.address, machine.gm.nameOf(*GmPointer::argument(address))).str()
          : llvm::formatv("{0}+{1:x}", name(space), found.address).str();
  Finding finding{Check::ThreadRace};
  finding.message = llvm::formatv(
      "{0} {1} {2} in the warp of {3}, which {4} {5} in another warp at {6}, and no barrier is in between",
      program.nameOf(at), verb, where, core.warp->describe(0), program.names[program.sites[index].name], earlier,
      machine.placeOf(program.code[index]));
  finding.location = program.locationOf(at);
  finding.details.push_back("add `pto.syncthreads` between the two, where all threads reach it, or use an atomic");
  machine.report.findings.push_back(std::move(finding));
}

} // namespace pto::sim
