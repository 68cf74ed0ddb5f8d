// Which pipes have to wait for which in one block, before any of it is written down.
// Pipes run on their own; each executes its operations in order. An operation waits until all that it conflicts with on
// other pipes is done: a flag from pipe to pipe, or a barrier on its own pipe. Conflicts with what stands in another
// block are settled around the whole of that block, so that no flag crosses a branch or a loop.
#pragma once

#include "compiler/passes/Effects.h"
#include <array>
#include <bitset>
#include <vector>

namespace pto::passes {

constexpr unsigned eventCount = 8;

struct Event {
  Pipe from, to;
  unsigned id;
};
constexpr unsigned eventKinds = pipeCount * pipeCount * eventCount;
constexpr unsigned indexOf(Event event) {
  return (static_cast<unsigned>(event.from) * pipeCount + static_cast<unsigned>(event.to)) * eventCount + event.id;
}
/// By their indices.
using Events = std::bitset<eventKinds>;

struct MemoryEffect {
  Pipe pipe;
  mlir::StringAttr memory;
  bool isWrite;
};

/// One operation, or one with regions as a whole.
struct SyncNode {
  mlir::Operation *op = nullptr;
  std::vector<MemoryEffect> effects;
  /// All pipes have to be done before it: calls, and what may leave a loop.
  bool isBarrier = false;
  /// That its blocks use.
  Events events;
};

struct SyncFlag {
  unsigned setAfter, waitBefore;
  Pipe from, to;
  unsigned event = 0;
};

struct SyncBarrier {
  unsigned before;
  /// Of all pipes without one.
  std::optional<Pipe> pipe;
};

/// Positions are indices of nodes; the block's end is the number of nodes.
struct SyncPlan {
  std::vector<SyncFlag> flags;
  std::vector<SyncBarrier> barriers;
};

SyncPlan planSync(const std::vector<SyncNode> &nodes, bool isLoop);

} // namespace pto::passes
