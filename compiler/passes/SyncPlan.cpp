// Which pipes have to wait for which in one block.
// Every pipe keeps a clock: up to which node of each pipe it knows the work to be done. A wait takes over what the
// other pipe knew when it set the flag, so that nothing is waited for twice.
#include "compiler/passes/SyncPlan.h"
#include <climits>

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

bool usesSeveralPipes(const SyncNode &node) {
  return llvm::any_of(node.effects, [&](const MemoryEffect &each) { return each.pipe != node.effects.front().pipe; });
}

constexpr Clock nothingDone = [] {
  Clock clock;
  clock.fill(-1);
  return clock;
}();

/// The last nodes that touched each memory, on each pipe.
class LastAccesses {
public:
  void add(const SyncNode &node, unsigned position) {
    for (const MemoryEffect &effect : node.effects) {
      auto &[reads, writes] = memories[effect.memory];
      (effect.isWrite ? writes : reads)[at(effect.pipe)] = static_cast<int>(position);
    }
  }

  /// The last one on each pipe, from `first` on, that conflicts with what the node does on `pipe`.
  Clock conflictsWith(const SyncNode &node, Pipe pipe, unsigned first) const {
    Clock last = nothingDone;
    auto consider = [&](const Clock &clock) {
      for (unsigned other = 0; other < pipeCount; ++other)
        if (clock[other] >= static_cast<int>(first))
          last[other] = std::max(last[other], clock[other]);
    };
    for (const MemoryEffect &mine : node.effects) {
      auto memory = mine.pipe == pipe ? memories.find(mine.memory) : memories.end();
      if (memory == memories.end())
        continue;
      consider(memory->second.writes);
      if (mine.isWrite)
        consider(memory->second.reads);
    }
    return last;
  }

private:
  struct Memory {
    Clock reads = nothingDone, writes = nothingDone;
  };
  llvm::DenseMap<mlir::StringAttr, Memory> memories;
};

class Planner {
public:
  Planner(const std::vector<SyncNode> &nodes, bool isLoop) : nodes(nodes), isLoop(isLoop), reached(nodes.size()) {
    known.fill(nothingDone);
    firstBarrier.fill(UINT_MAX);
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
    for (unsigned &first : firstBarrier)
      first = std::min(first, before);
    for (Clock &clock : known)
      clock.fill(static_cast<int>(before) - 1);
  }

  void barrier(Pipe pipe, unsigned before) {
    plan.barriers.push_back({before, pipe});
    firstBarrier[at(pipe)] = std::min(firstBarrier[at(pipe)], before);
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
    learn(plan.flags.back());
  }

  /// Who waits for a flag knows what the other pipe knew when it set it.
  void learn(const SyncFlag &flag) {
    Clock &mine = known[at(flag.to)];
    for (unsigned pipe = 0; pipe < pipeCount; ++pipe)
      mine[pipe] = std::max(mine[pipe], reached[flag.setAfter][at(flag.from)][pipe]);
    mine[at(flag.from)] = std::max(mine[at(flag.from)], static_cast<int>(flag.setAfter));
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
    for (unsigned event = 0; event < eventKinds; ++event)
      if (nodes[node].events.test(event) && !usersOf[event].empty()) {
        auto [from, to] = pipesOf(event);
        if (known[from][to] < static_cast<int>(usersOf[event].back()))
          return true;
      }
    return false;
  }

  static std::pair<unsigned, unsigned> pipesOf(unsigned event) {
    unsigned pipes = event / eventCount;
    return {pipes / pipeCount, pipes % pipeCount};
  }

  void visit(unsigned node) {
    if (node > 0 && (nodes[node].isBarrier || repeatsEvent(node)))
      settleAll(node);
    std::array<bool, pipeCount> uses = {};
    for (const MemoryEffect &effect : nodes[node].effects)
      uses[at(effect.pipe)] = true;
    for (unsigned pipe = 0; pipe < pipeCount; ++pipe)
      if (uses[pipe])
        waitForAll(accesses.conflictsWith(nodes[node], static_cast<Pipe>(pipe), 0), static_cast<Pipe>(pipe), node);
    accesses.add(nodes[node], node);
    for (unsigned event = 0; nodes[node].events.any() && event < eventKinds; ++event)
      if (nodes[node].events.test(event))
        usersOf[event].push_back(node);
    reached[node] = known;
  }

  /// Is there a barrier of the pipe that the next round meets before the node?
  bool meetsBarrier(Pipe pipe, unsigned node) const { return firstBarrier[at(pipe)] <= node; }

  /// What the next round's nodes wait for in this round, they wait for at its end.
  void closeLoop() {
    // A block on several pipes that goes round with the loop: its flags of one round must not meet those of the next.
    for (const SyncNode &node : nodes)
      if (node.op->getNumRegions() && usesSeveralPipes(node))
        return settleAll(end());
    auto before = known;
    size_t firstFlag = plan.flags.size();
    std::vector<Demand> demands;
    for (unsigned node = 0; node < nodes.size(); ++node)
      for (unsigned pipe = 0; pipe < pipeCount; ++pipe) {
        Pipe to = static_cast<Pipe>(pipe);
        Clock last = accesses.conflictsWith(nodes[node], to, node);
        if (meetsBarrier(to, node))
          last[pipe] = -1;
        for (unsigned from = 0; from < pipeCount; ++from)
          if (from != pipe && last[from] >= 0)
            demands.push_back({node, to, from, last[from]});
        waitForAll(last, to, end());
      }
    for (unsigned pipe = 0; pipe < pipeCount; ++pipe)
      before[pipe][pipe] = known[pipe][pipe];
    dropImplied(firstFlag, before, demands);
  }

  /// `to` must not do the node before `from` has done the node `done` of the round before.
  struct Demand {
    unsigned node;
    Pipe to;
    unsigned from;
    int done;
  };

  /// The flags from `first` on are waited for at the end of a round: those are needless whose news reaches the next
  /// round's nodes by way of other pipes in time.
  void dropImplied(size_t first, const std::array<Clock, pipeCount> &before, llvm::ArrayRef<Demand> demands) {
    std::vector<SyncFlag> inside(plan.flags.begin(), plan.flags.begin() + first);
    llvm::sort(inside, [](const SyncFlag &a, const SyncFlag &b) { return a.waitBefore < b.waitBefore; });
    for (size_t i = plan.flags.size(); i-- > first;) {
      SyncFlag flag = plan.flags[i];
      plan.flags.erase(plan.flags.begin() + i);
      known = before;
      for (const SyncFlag &kept : llvm::ArrayRef(plan.flags).drop_front(first))
        learn(kept);
      if (!isMet(demands, inside))
        plan.flags.insert(plan.flags.begin() + i, flag);
    }
    known = before;
    for (const SyncFlag &kept : llvm::ArrayRef(plan.flags).drop_front(first))
      learn(kept);
  }

  /// What the pipes know at the end of a round, followed through the next one.
  bool isMet(llvm::ArrayRef<Demand> demands, llvm::ArrayRef<SyncFlag> inside) const {
    std::array<Clock, pipeCount> news = known;
    std::vector<std::array<Clock, pipeCount>> behind(nodes.size());
    auto merge = [](Clock &into, const Clock &from) {
      for (unsigned pipe = 0; pipe < pipeCount; ++pipe)
        into[pipe] = std::max(into[pipe], from[pipe]);
    };
    for (unsigned node = 0; node < nodes.size(); ++node) {
      for (; !inside.empty() && inside.front().waitBefore == node; inside = inside.drop_front())
        merge(news[at(inside.front().to)], behind[inside.front().setAfter][at(inside.front().from)]);
      bool isSettled =
          llvm::any_of(plan.barriers, [&](const SyncBarrier &each) { return !each.pipe && each.before == node; });
      for (Clock &clock : news)
        if (isSettled)
          clock.fill(static_cast<int>(end()));
      for (; !demands.empty() && demands.front().node == node; demands = demands.drop_front())
        if (news[at(demands.front().to)][demands.front().from] < demands.front().done)
          return false;
      behind[node] = news;
    }
    return true;
  }

  /// May `from` set the event again after node `set`, the wait for it standing before node `waited`?
  bool isFree(unsigned set, Pipe from, Pipe to, unsigned waited) const {
    return waited <= set && reached[set][at(from)][at(to)] >= static_cast<int>(waited);
  }

  /// May the flag have an event that another one has whose wait stands before node `waited`, the last that has it? In
  /// a loop the first one comes again after the second.
  bool mayFollow(unsigned waited, const SyncFlag &flag) const {
    if (!isFree(flag.setAfter, flag.from, flag.to, waited))
      return false;
    return !isLoop || known[at(flag.from)][at(flag.to)] >= static_cast<int>(flag.waitBefore);
  }

  /// Is the event free of the blocks that use it? Clocks only advance, so the last block before the flag and the first
  /// one behind it speak for the others.
  bool isFree(const SyncFlag &flag, unsigned event) const {
    const std::vector<unsigned> &users = usersOf[event];
    auto behind = llvm::upper_bound(users, flag.setAfter);
    if (behind != users.begin() && !isFree(flag.setAfter, flag.from, flag.to, *std::prev(behind)))
      return false;
    return behind == users.end() ||
           (*behind >= flag.waitBefore && isFree(*behind, flag.from, flag.to, flag.waitBefore));
  }

  void assignEvents() {
    std::stable_sort(plan.flags.begin(), plan.flags.end(),
                     [](const SyncFlag &a, const SyncFlag &b) { return a.setAfter < b.setAfter; });
    std::vector<SyncFlag> assigned;
    // Of the flags that have each event: before which node the last one is waited for.
    std::array<std::optional<unsigned>, eventKinds> lastWaits;
    for (SyncFlag flag : plan.flags) {
      auto isTaken = [&](unsigned id) {
        unsigned event = indexOf({flag.from, flag.to, id});
        return !isFree(flag, event) || (lastWaits[event] && !mayFollow(*lastWaits[event], flag));
      };
      while (flag.event < eventCount && isTaken(flag.event))
        ++flag.event;
      // Waiting for everything needs no event.
      if (flag.event == eventCount) {
        plan.barriers.push_back({flag.waitBefore, std::nullopt});
        continue;
      }
      std::optional<unsigned> &last = lastWaits[indexOf({flag.from, flag.to, flag.event})];
      last = std::max(last.value_or(0), flag.waitBefore);
      assigned.push_back(flag);
    }
    plan.flags = std::move(assigned);
  }

  const std::vector<SyncNode> &nodes;
  bool isLoop;
  /// What each pipe knows of the others now, and after each node.
  std::array<Clock, pipeCount> known;
  std::vector<std::array<Clock, pipeCount>> reached;
  LastAccesses accesses;
  /// Of each event: the nodes whose blocks use it, in order.
  std::array<std::vector<unsigned>, eventKinds> usersOf;
  /// Of each pipe: before which node its first barrier stands.
  std::array<unsigned, pipeCount> firstBarrier;
  SyncPlan plan;
};

} // namespace

SyncPlan planSync(const std::vector<SyncNode> &nodes, bool isLoop) {
  return Planner(nodes, isLoop).run();
}

} // namespace pto::passes
