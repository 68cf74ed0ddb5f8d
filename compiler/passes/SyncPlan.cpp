// Which pipes have to wait for which in one block.
// Every pipe keeps a clock: up to which node of each pipe it knows the work to be done. A wait takes over what the
// other pipe knew when it set the flag, so that nothing is waited for twice.
#include "compiler/passes/SyncPlan.h"

namespace pto::passes {

namespace {

using Clock = std::array<int, pipeCount>;

constexpr unsigned at(Pipe pipe) {
  return static_cast<unsigned>(pipe);
}

/// The transfer pipes finish one operation before the next; vector and cube overlap theirs, the scalar unit waits
/// itself.
bool needsBarrier(Pipe pipe) {
  return pipe == Pipe::V || pipe == Pipe::M;
}

bool conflict(const MemoryEffect &left, const MemoryEffect &right) {
  return left.memory == right.memory && (left.isWrite || right.isWrite);
}

bool usesSeveralPipes(const SyncNode &node) {
  return llvm::any_of(node.effects, [&](const MemoryEffect &each) { return each.pipe != node.effects.front().pipe; });
}

class Planner {
public:
  Planner(const std::vector<SyncNode> &nodes, bool isLoop) : nodes(nodes), isLoop(isLoop), reached(nodes.size()) {
    for (Clock &clock : known)
      clock.fill(-1);
  }

  SyncPlan run() {
    for (unsigned node = 0; node < nodes.size(); ++node)
      visit(node);
    if (isLoop)
      closeLoop();
    assignEvents();
    return std::move(plan);
  }

private:
  unsigned end() const { return nodes.size(); }

  void settleAll(unsigned before) {
    plan.barriers.push_back({before, std::nullopt});
    for (Clock &clock : known)
      clock.fill(static_cast<int>(before) - 1);
  }

  void barrier(Pipe pipe, unsigned before) {
    plan.barriers.push_back({before, pipe});
    known[at(pipe)][at(pipe)] = static_cast<int>(before) - 1;
  }

  /// `to` must not go on at `before` until `from` has done the node `done`.
  void wait(Pipe from, unsigned done, Pipe to, unsigned before) {
    int &seen = known[at(to)][at(from)];
    if (seen >= static_cast<int>(done))
      return;
    if (from == to)
      return needsBarrier(from) ? barrier(from, before) : void();
    plan.flags.push_back({done, before, from, to});
    for (unsigned pipe = 0; pipe < pipeCount; ++pipe)
      known[at(to)][pipe] = std::max(known[at(to)][pipe], reached[done][at(from)][pipe]);
    seen = static_cast<int>(done);
  }

  /// The last node before `limit` on each pipe that conflicts with what `node` does on `pipe`.
  Clock lastConflicts(unsigned node, Pipe pipe, unsigned first, unsigned limit) const {
    Clock last;
    last.fill(-1);
    for (unsigned other = first; other < limit; ++other)
      for (const MemoryEffect &theirs : nodes[other].effects)
        for (const MemoryEffect &mine : nodes[node].effects)
          if (mine.pipe == pipe && conflict(theirs, mine))
            last[at(theirs.pipe)] = static_cast<int>(other);
    return last;
  }

  /// The latest first: what it brings along may make the others needless.
  void waitForAll(Clock last, Pipe to, unsigned before) {
    for (;;) {
      auto *latest = std::max_element(last.begin(), last.end());
      if (*latest < 0)
        return;
      wait(static_cast<Pipe>(latest - last.begin()), static_cast<unsigned>(*latest), to, before);
      *latest = -1;
    }
  }

  /// Two blocks that use one event: the second may set it before the first has waited for it.
  bool repeatsEvent(unsigned node) const {
    for (const Event &event : nodes[node].events)
      for (unsigned other = 0; other < node; ++other)
        if (known[at(event.from)][at(event.to)] < static_cast<int>(other) &&
            llvm::any_of(nodes[other].events, [&](const Event &its) {
              return its.from == event.from && its.to == event.to && its.id == event.id;
            }))
          return true;
    return false;
  }

  void visit(unsigned node) {
    if (node > 0 && (nodes[node].isBarrier || repeatsEvent(node)))
      settleAll(node);
    std::array<bool, pipeCount> uses = {};
    for (const MemoryEffect &effect : nodes[node].effects)
      uses[at(effect.pipe)] = true;
    for (unsigned pipe = 0; pipe < pipeCount; ++pipe)
      if (uses[pipe])
        waitForAll(lastConflicts(node, static_cast<Pipe>(pipe), 0, node), static_cast<Pipe>(pipe), node);
    reached[node] = known;
  }

  /// Is there a barrier of the pipe that the next round meets before the node?
  bool meetsBarrier(Pipe pipe, unsigned node) const {
    return llvm::any_of(plan.barriers, [&](const SyncBarrier &barrier) {
      return barrier.before <= node && (!barrier.pipe || *barrier.pipe == pipe);
    });
  }

  /// What the next round's nodes wait for in this round, they wait for at its end.
  void closeLoop() {
    // A block on several pipes that goes round with the loop: its flags of one round must not meet those of the next.
    for (const SyncNode &node : nodes)
      if (node.op->getNumRegions() && usesSeveralPipes(node))
        return settleAll(end());
    for (unsigned node = 0; node < nodes.size(); ++node)
      for (unsigned pipe = 0; pipe < pipeCount; ++pipe) {
        Pipe to = static_cast<Pipe>(pipe);
        Clock last = lastConflicts(node, to, node, end());
        if (meetsBarrier(to, node))
          last[pipe] = -1;
        waitForAll(last, to, end());
      }
  }

  /// May `from` set the event again after node `set`, the wait for it standing before node `waited`?
  bool isFree(unsigned set, Pipe from, Pipe to, unsigned waited) const {
    return waited <= set && reached[set][at(from)][at(to)] >= static_cast<int>(waited);
  }

  /// May two flags have one event? In a loop the first one comes again after the second.
  bool mayFollow(const SyncFlag &first, const SyncFlag &second) const {
    if (!isFree(second.setAfter, second.from, second.to, first.waitBefore))
      return false;
    return !isLoop || known[at(second.from)][at(second.to)] >= static_cast<int>(second.waitBefore);
  }

  bool isFree(const SyncFlag &flag, unsigned id) const {
    for (unsigned node = 0; node < nodes.size(); ++node)
      for (const Event &event : nodes[node].events) {
        if (event.from != flag.from || event.to != flag.to || event.id != id)
          continue;
        bool isBefore = node <= flag.setAfter && isFree(flag.setAfter, flag.from, flag.to, node);
        bool isAfter = node >= flag.waitBefore && isFree(node, flag.from, flag.to, flag.waitBefore);
        if (!isBefore && !isAfter)
          return false;
      }
    return true;
  }

  void assignEvents() {
    std::stable_sort(plan.flags.begin(), plan.flags.end(),
                     [](const SyncFlag &a, const SyncFlag &b) { return a.setAfter < b.setAfter; });
    std::vector<SyncFlag> assigned;
    for (SyncFlag flag : plan.flags) {
      auto isTaken = [&](unsigned id) {
        return !isFree(flag, id) || llvm::any_of(assigned, [&](const SyncFlag &other) {
          return other.event == id && other.from == flag.from && other.to == flag.to && !mayFollow(other, flag);
        });
      };
      while (flag.event < eventCount && isTaken(flag.event))
        ++flag.event;
      // Waiting for everything needs no event.
      if (flag.event == eventCount)
        plan.barriers.push_back({flag.waitBefore, std::nullopt});
      else
        assigned.push_back(flag);
    }
    plan.flags = std::move(assigned);
  }

  const std::vector<SyncNode> &nodes;
  bool isLoop;
  /// What each pipe knows of the others now, and after each node.
  std::array<Clock, pipeCount> known;
  std::vector<std::array<Clock, pipeCount>> reached;
  SyncPlan plan;
};

} // namespace

SyncPlan planSync(const std::vector<SyncNode> &nodes, bool isLoop) {
  return Planner(nodes, isLoop).run();
}

} // namespace pto::passes
