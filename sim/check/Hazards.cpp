#include "sim/check/Hazards.h"
#include "sim/check/MissingEdges.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Support/FormatVariadic.h"

namespace pto::sim {

/// Of one check, which may be allowed.
static constexpr size_t findingLimit = 256;

bool Hazards::mayConflict(const Track &earlier, const Seen &seen) {
  bool areUpdates = earlier.kind == Kind::Update && seen.kind == Kind::Update;
  return !(isRead(earlier.kind) && isRead(seen.kind)) &&
         !(areUpdates && commute(earlier.combination, seen.combination));
}

ScopeAccess Hazards::scopeAccess(Kind kind) {
  switch (kind) {
  case Kind::Read:
    return ScopeAccess::VectorLoad;
  case Kind::ScalarRead:
    return ScopeAccess::ScalarLoad;
  case Kind::ScalarWrite:
    return ScopeAccess::ScalarStore;
  case Kind::Write:
  case Kind::Update:
    return ScopeAccess::VectorStore;
  }
  llvm_unreachable("not a kind of access");
}

Hazards::Hazards(Machine &machine)
    : machine(machine), sources(machine.program), loads(machine.program.code.size()),
      copyTimes(machine.program.code.size()) {}

void Hazards::startBlock() {
  otherBlocks.resize(global.size());
  for (auto [before, block] : llvm::zip_equal(otherBlocks, global))
    for (const auto &track : block.tracks)
      track->plane.forEach([&, &all = before](int64_t address, int64_t bytes, Stamp stamp) {
        all.of({}, track->kind, track->combination).plane.mark(address, bytes, stamp);
      });
  global.clear();
  global.resize(machine.program.parameters.size());
  for (Shadow &shadow : local)
    shadow.tracks.clear();
  for (Shadow &shadow : mergeCounts)
    shadow.tracks.clear();
  orders.clear();
  for (unsigned core = 0; core < Agent::coreCount; ++core)
    orders.emplace_back(core);
}

Hazards::Track &Hazards::Shadow::of(Agent agent, Kind kind, unsigned combination) {
  for (const auto &track : tracks)
    if (track->agent == agent && track->kind == kind && track->combination == combination)
      return *track;
  return *tracks.emplace_back(std::make_unique<Track>(Track{agent, kind, combination, {}}));
}

void Hazards::see(Core &core, const Touch &touch, uint64_t address, int64_t bytes) {
  // A launch of threads is one piece of work.
  const Instruction &at = core.launch ? *core.launch : touch.instruction;
  CoreOrder &order = orderOf(core);
  bool isInScope = order.isInScope(at), isScalar = isInScope && at.code.pipe == Pipe::S;
  Kind kind = touch.access == Access::Read     ? isScalar ? Kind::ScalarRead : Kind::Read
              : touch.access == Access::Update ? Kind::Update
              : isScalar                       ? Kind::ScalarWrite
                                               : Kind::Write;
  Seen seen{.core = core,
            .agent = {core.ordinal(), isInScope ? Pipe::V : at.code.pipe},
            .kind = kind,
            .combination = kind != Kind::Update ? 0
                           : touch.range.atomic ? touch.range.atomic
                                                : core.control.atomicType() << 2 | core.control.atomicOperation(),
            .isInScope = isInScope,
            .at = at,
            .index = machine.program.indexOf(at),
            .now = machine.budget.time(),
            .owner = touch.range.ownerOr(core).ordinal(),
            .space = touch.range.space,
            .address = int64_t(address),
            .bytes = bytes};
  ScopeLimits done;
  if (isInScope && (!isRead(kind) || isScalar)) {
    ScopeAccess access = scopeAccess(kind);
    done = isRead(kind) ? order.doneBeforeInScope(access) : doneBeforeStore(order, seen);
    for (ScopeAccess scalar : {ScopeAccess::ScalarLoad, ScopeAccess::ScalarStore})
      if (isScalar) {
        done.join(order.doneBeforeAny(scalar));
        done[scalar] = seen.now;
      }
    order.noteScopeAccess(access, done);
    seen.doneInScope = &done;
  } else if (isInScope) {
    seen.doneInScope = &order.doneBeforeInScope(ScopeAccess::VectorLoad);
    order.noteVectorLoad();
  }
  if (isInScope && isRead(kind))
    if (auto &[last, before] = loads[seen.index]; last.time != seen.now)
      before = std::exchange(last, {seen.now, order.scopeVersion()});
  if (seen.space != MemorySpace::Gm) {
    seeIn(order, local[seen.owner * spaceCount + unsigned(seen.space)], seen);
  } else {
    seen.argument = *GmPointer::argument(address);
    seen.address = GmPointer::offset(address);
    seeIn(order, global[seen.argument], seen);
    if (seen.argument < otherBlocks.size())
      seeOtherBlocks(seen);
  }
}

void Hazards::seeMergeCounts(const Core &core, const Instruction &at, Access access) {
  Shadow &shadow = mergeCounts[core.ordinal()];
  Seen seen{.core = core,
            .agent = {core.ordinal(), at.code.pipe},
            .kind = access == Access::Read ? Kind::Read : Kind::Write,
            .combination = 0,
            .isInScope = false,
            .at = at,
            .index = machine.program.indexOf(at),
            .now = machine.budget.time(),
            .owner = core.ordinal(),
            .space = MemorySpace::Ub,
            .address = 0,
            .bytes = 8,
            .isMergeCounts = true};
  seeIn(orderOf(core), shadow, seen);
  // The scalar unit has read them before it hands on anything that writes them again.
  llvm::erase_if(shadow.tracks, [](const auto &track) { return isRead(track->kind); });
}

void Hazards::enterScope(const Core &core, const Instruction &begin, const Instruction *end) {
  uint64_t now = machine.budget.time();
  orderOf(core).enterScope(&begin, end, now);
  for (const auto &track : local[core.ordinal() * spaceCount + unsigned(MemorySpace::Ub)].tracks)
    if (track->agent.pipe == Pipe::V)
      track->plane.forget(now);
}

void Hazards::seeIn(CoreOrder &order, Shadow &shadow, const Seen &seen) {
  Track *own = nullptr;
  llvm::SmallVector<Conflict, 2> conflicts;
  for (const auto &track : shadow.tracks) {
    if (track->agent == seen.agent && track->kind == seen.kind && track->combination == seen.combination)
      own = track.get();
    if (!mayConflict(*track, seen))
      continue;
    if (auto found = track->plane.findAfter(seen.address, seen.bytes, doneBefore(order, seen, *track), seen.now))
        [[unlikely]]
      conflicts.emplace_back(track.get(), *found);
  }
  if (!conflicts.empty()) [[unlikely]]
    judge(shadow, seen, conflicts);
  if (!own)
    own = &shadow.of(seen.agent, seen.kind, seen.combination);
  own->plane.mark(seen.address, seen.bytes, Stamp(seen.now, seen.index));
}

void Hazards::judge(const Shadow &shadow, const Seen &seen, llvm::ArrayRef<Conflict> conflicts) {
  for (const auto &[track, found] : conflicts) {
    // Who read in between waits for the first write or was told of it, and the second write waits for that one.
    bool areWrites = !isRead(track->kind) && !isRead(seen.kind);
    bool isReadSince = areWrites && llvm::any_of(shadow.tracks, [&, &write = found](const auto &other) {
                         uint64_t time = isRead(other->kind) ? other->plane.at(write.address).time() : 0;
                         return time > write.stamp.time() && time != seen.now;
                       });
    report(seen, *track, found, isReadSince);
  }
}

void Hazards::seeOtherBlocks(const Seen &seen) {
  for (const auto &track : otherBlocks[seen.argument].tracks)
    if (mayConflict(*track, seen))
      if (auto found = track->plane.findAfter(seen.address, seen.bytes, 0, seen.now)) [[unlikely]]
        reportBlocks(seen, *track, *found);
}

uint64_t Hazards::doneBefore(CoreOrder &order, const Seen &seen, const Track &earlier) {
  return isOfScope(seen, earlier) ? (*seen.doneInScope)[scopeAccess(earlier.kind)]
                                  : order.doneBefore(seen.agent.pipe, earlier.agent);
}

// Memory barriers order the accesses of a scope, and so does what is stored: it waits for the loads that it was made
// from, and for what these waited for. Loads start in the order in which they stand. Scalars are accessed in order.
ScopeLimits Hazards::doneBeforeStore(CoreOrder &order, const Seen &seen) {
  ScopeLimits done = order.doneBeforeInScope(scopeAccess(seen.kind));
  // A register that was carried on was loaded before that. The way to a load whose copies are the latest says most, so
  // that is the first one walked, and a copy that has been come to needs no other.
  llvm::SmallVector<std::pair<uint64_t, size_t>, 4> ways;
  llvm::DenseSet<size_t> walked;
  auto walk = [&](size_t index, uint64_t until) {
    const StoreSource &source = sources.of(index);
    for (auto [at, kind] : source.loads) {
      const auto &[last, before] = loads[at];
      const Load &load = last.time <= until ? last : before;
      if (load.time > until || load.time < order.scopeStart())
        continue;
      done.join(order.doneBeforeInScope(kind, load.version));
      done[kind] = std::max(done[kind], load.time);
    }
    for (size_t copy : source.copies)
      if (!walked.contains(copy)) {
        ways.emplace_back(std::min(until, copyTimes[copy]), copy);
        std::push_heap(ways.begin(), ways.end());
      }
  };
  walk(seen.index, seen.now);
  while (!ways.empty()) {
    std::pop_heap(ways.begin(), ways.end());
    auto [until, copy] = ways.pop_back_val();
    if (walked.insert(copy).second)
      walk(copy, until);
  }
  return done;
}

std::string Hazards::describe(Agent agent) const {
  llvm::SmallVector<Core *, 3> cores = machine.cluster.cores();
  if (cores.size() == 1)
    return name(agent.pipe).str();
  return (name(agent.pipe) + " of " +
          (*llvm::find_if(cores, [&](const Core *core) { return core->ordinal() == agent.core; }))->describe())
      .str();
}

// "256 bytes at ub+0x100", "64 bytes at byte 128 of 'out'"
std::string Hazards::place(const Seen &seen, const Track &earlier, const Plane::Found &found) const {
  if (seen.isMergeCounts)
    return "VMS4_SR";
  int64_t count = earlier.plane.extent(found, seen.address + seen.bytes);
  std::string bytes = llvm::formatv("{0} {1}", count, count == 1 ? "byte" : "bytes");
  if (seen.space == MemorySpace::Gm)
    return llvm::formatv("{0} at byte {1} of '{2}'", bytes, found.address, machine.gm.nameOf(seen.argument));
  std::string whose;
  if (seen.owner != seen.agent.core)
    whose = " of " + (*llvm::find_if(machine.cluster.cores(), [&](const Core *core) {
                       return core->ordinal() == seen.owner;
                     }))->describe();
  return llvm::formatv("{0} at {1}+{2:x}{3}", bytes, name(seen.space), found.address, whose);
}

void Hazards::report(const Seen &seen, const Track &earlier, const Plane::Found &found, bool isConsequence) {
  const Program &program = machine.program;
  size_t index = found.stamp.instruction();
  bool wrote = !isRead(earlier.kind), writes = !isRead(seen.kind);
  bool isScopes = isOfScope(seen, earlier);
  Check check = isScopes ? Check::MissingMemBar
                : !wrote ? Check::WriteAfterRead
                : writes ? Check::WriteAfterWrite
                         : Check::ReadAfterWrite;
  if (!isNew(check, index, seen.index))
    return;
  Finding finding{check};
  finding.isConsequence = isConsequence;
  finding.earlier = found.stamp.time();
  finding.message =
      llvm::formatv("{0} on {1} {2} {3}, which {4} on {5} {6} at {7}, and nothing orders the two",
                    program.nameOf(seen.at), describe(seen.agent), writes ? "writes" : "reads",
                    place(seen, earlier, found), program.names[program.sites[index].name], describe(earlier.agent),
                    wrote ? "writes" : "reads", machine.placeOf(program.code[index]));
  Pair pair{index, seen.index, earlier.agent.pipe, seen.agent.pipe};
  pair.firstCore = earlier.agent.core, pair.secondCore = seen.agent.core;
  if (isScopes)
    pair.memBar = *memBarBetween(scopeAccess(earlier.kind), scopeAccess(seen.kind));
  unordered.emplace_back(machine.report.findings.size(), std::move(pair));
  add(std::move(finding), seen.core, seen.at);
}

void Hazards::finish() {
  std::vector<Pair> pairs;
  for (auto &[finding, pair] : unordered)
    pairs.push_back(pair);
  for (auto [entry, edge] : llvm::zip_equal(unordered, missingEdges(machine.program, pairs))) {
    Finding &finding = machine.report.findings[entry.first];
    finding.details.insert(finding.details.begin(), std::move(edge.advice));
    finding.edit = std::move(edge.edit);
    finding.remedies = std::move(edge.remedies);
  }
}

void Hazards::reportBlocks(const Seen &seen, const Track &earlier, const Plane::Found &found) {
  const Program &program = machine.program;
  if (!isNew(Check::BlockRace, found.stamp.instruction(), seen.index))
    return;
  Finding finding{Check::BlockRace};
  finding.earlier = found.stamp.time();
  finding.message = llvm::formatv(
      "{0} {1} {2} in block {3}, which {4} {5} in an earlier block at {6}, and nothing orders blocks",
      program.nameOf(seen.at), isRead(seen.kind) ? "reads" : "writes", place(seen, earlier, found),
      seen.core.blockIndex, program.names[program.sites[found.stamp.instruction()].name],
      isRead(earlier.kind) ? "reads" : "writes", machine.placeOf(program.code[found.stamp.instruction()]));
  finding.details.push_back("give each block bytes of its own, or let all of them add with an atomic store");
  add(std::move(finding), seen.core, seen.at);
}

void Hazards::add(Check check, const Core &core, const Instruction &at, const llvm::Twine &what) {
  size_t index = machine.program.indexOf(at);
  if (isNew(check, index, index))
    add({check, (machine.program.nameOf(at) + " " + what).str()}, core, at);
}

void Hazards::getBuffer(const Core &core, const Instruction &at, BufferToken token) {
  for (auto [key, taker] : taken)
    if (auto [ofCore, id, pipe] = key; ofCore == core.ordinal() && id == token.id)
      add(Check::BufferId, core, at,
          llvm::formatv("takes buffer {0} for {1}, which {2} took at {3} and has not given back", token.id,
                        name(token.pipe), name(pipe), machine.placeOf(*taker)));
  taken[{core.ordinal(), token.id, token.pipe}] = &at;
  orderOf(core).getBuffer(token);
}

void Hazards::releaseBuffer(const Core &core, const Instruction &at, BufferToken token) {
  if (!taken.erase({core.ordinal(), token.id, token.pipe}))
    add(Check::BufferId, core, at,
        llvm::formatv("gives back buffer {0} for {1}, which has not taken it", token.id, name(token.pipe)));
  orderOf(core).releaseBuffer(token, machine.budget.time());
}

void Hazards::finishBlock() {
  for (const Core *core : machine.cluster.cores())
    for (auto [key, taker] : taken)
      if (auto [ofCore, id, pipe] = key; ofCore == core->ordinal())
        add(Check::BufferId, *core, *taker,
            llvm::formatv("takes buffer {0} for {1}, and nothing gives it back before the kernel ends", id,
                          name(pipe)));
  taken.clear();
}

bool Hazards::isNew(Check check, size_t earlier, size_t later) {
  return found[unsigned(check)] < findingLimit && known.insert({check, earlier, later}).second &&
         ++found[unsigned(check)] > 0;
}

void Hazards::add(Finding finding, const Core &core, const Instruction &at) {
  finding.location = machine.program.locationOf(at);
  finding.later = machine.budget.time();
  if (std::string turn = iteration(machine.program, core, at); !turn.empty())
    finding.details.push_back("first " + turn);
  machine.report.findings.push_back(std::move(finding));
}

} // namespace pto::sim
