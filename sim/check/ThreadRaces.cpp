#include "sim/check/ThreadRaces.h"
#include "sim/run/Machine.h"
#include "sim/run/ThreadUnit.h"
#include "llvm/Support/FormatVariadic.h"

namespace pto::sim {

static constexpr size_t findingLimit = 64;
/// A launch has fewer warps than that. The times of an interval are those of its warps, and one for several.
static constexpr uint64_t timesOfInterval = 128, severalWarps = 127;

void ThreadRaces::see(const Core &core, const Instruction &at, Kind kind, uint64_t address, const Range &range) {
  bool isGlobal = range.space == MemorySpace::Gm;
  uint64_t since = interval * timesOfInterval, now = since + 1 + core.warp->first / warpSize;
  Seen seen{.core = core,
            .at = at,
            .kind = kind,
            .memory = {range.space, isGlobal ? *GmPointer::argument(address) : 0},
            .first = isGlobal ? GmPointer::offset(address) : int64_t(address),
            .bytes = range.bytes,
            .since = since,
            .now = now};
  Shadow &shadow = memories[seen.memory];
  if (kind != Kind::Repeat)
    look(seen, shadow.changes, "writes");
  for (const auto &[operation, accesses] : shadow.atomics)
    if (kind != Kind::Atomic || !commute(operation, range.atomic))
      look(seen, accesses, "updates");
  if (kind == Kind::Change || kind == Kind::Atomic) {
    look(seen, shadow.reads, "reads");
    look(seen, shadow.repeats, "writes");
  }
  mark(seen,
       kind == Kind::Read     ? shadow.reads
       : kind == Kind::Repeat ? shadow.repeats
       : kind == Kind::Change ? shadow.changes
                              : shadow.atomics[range.atomic],
       Stamp(now, machine.program.indexOf(at)));
}

void ThreadRaces::look(const Seen &seen, const Accesses &accesses, llvm::StringRef earlier) {
  for (const Plane *plane : {&accesses.last, &accesses.shared})
    plane->forEachAfter(seen.first, seen.bytes, seen.since, seen.now, [&](const Plane::Found &found, int64_t bytes) {
      report(seen, earlier, found.stamp.instruction(), found.address, found.address + bytes);
    });
}

void ThreadRaces::mark(const Seen &seen, Accesses &accesses, Stamp stamp) {
  accesses.last.forEachAfter(
      seen.first, seen.bytes, seen.since, seen.now, [&](const Plane::Found &found, int64_t bytes) {
        accesses.shared.mark(found.address, bytes, Stamp(seen.since + severalWarps, found.stamp.instruction()));
      });
  accesses.last.mark(seen.first, seen.bytes, stamp);
}

// "byte 128 to 255 of 'out'", "ub+0x80 to ub+0xff"
std::string ThreadRaces::place(Memory memory, int64_t begin, int64_t end) const {
  if (memory.first == MemorySpace::Gm)
    return llvm::formatv("byte {0} to {1} of '{2}'", begin, end - 1, machine.gm.nameOf(memory.second));
  return llvm::formatv("{0}+{1:x} to {0}+{2:x}", name(memory.first), begin, end - 1);
}

void ThreadRaces::report(const Seen &seen, llvm::StringRef earlier, size_t index, int64_t begin, int64_t end) {
  std::tuple key(index, machine.program.indexOf(seen.at), seen.memory);
  auto known = races.find(key);
  if (known != races.end()) {
    Race &race = known->second;
    if (begin >= race.begin && end <= race.end)
      return;
    race.begin = std::min(race.begin, begin), race.end = std::max(race.end, end);
    machine.report.findings[race.finding].message = race.before + place(seen.memory, race.begin, race.end) + race.after;
    return;
  }
  if (races.size() == findingLimit)
    return;
  const Program &program = machine.program;
  llvm::StringRef verb = seen.kind == Kind::Read ? "reads" : seen.kind == Kind::Atomic ? "updates" : "writes";
  Race race{.finding = machine.report.findings.size(),
            .before = llvm::formatv("{0} {1} ", program.nameOf(seen.at), verb),
            .after =
                llvm::formatv(" in the warp of {0}, which {1} {2} in another warp at {3}, and no barrier is in between",
                              seen.core.warp->describe(0), program.names[program.sites[index].name], earlier,
                              machine.placeOf(program.code[index])),
            .begin = begin,
            .end = end};
  Finding finding{Check::ThreadRace};
  finding.message = race.before + place(seen.memory, begin, end) + race.after;
  finding.location = program.locationOf(seen.at);
  finding.details.push_back("add `pto.syncthreads` between the two, where all threads reach it, or use an atomic");
  machine.report.findings.push_back(std::move(finding));
  races.emplace(key, std::move(race));
}

} // namespace pto::sim
