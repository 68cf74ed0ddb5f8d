#include "sim/timing/Analysis.h"
#include "llvm/ADT/STLExtras.h"
#include <map>
#include <set>

namespace pto::sim {

static constexpr uint32_t none = TraceEvent::none;

// From the last event back to what it waited for, and so on.
static std::vector<Analysis::Step> pathTo(const Trace &trace, uint32_t event) {
  std::map<std::pair<uint32_t, std::string>, Analysis::Step> steps;
  for (uint64_t until = event == none ? 0 : trace.events[event].end; event != none;) {
    const TraceEvent &at = trace.events[event];
    if (until > at.begin) {
      auto &step = steps
                       .try_emplace({at.operation, trace.tracks[at.track].core + trace.tracks[at.track].pipe},
                                    Analysis::Step{at.operation, at.track, 0, 0})
                       .first->second;
      step.cycles += until - at.begin;
      ++step.times;
    }
    until = at.begin;
    event = at.cause;
  }
  std::vector<Analysis::Step> path;
  for (auto &[key, step] : steps)
    path.push_back(step);
  llvm::stable_sort(path, [](const auto &a, const auto &b) { return a.cycles > b.cycles; });
  return path;
}

static std::vector<Analysis::Wait> waitsOf(const Trace &trace, unsigned block) {
  std::map<uint32_t, const Trace::Arrow *> arrows;
  for (const Trace::Arrow &arrow : trace.arrows)
    arrows[arrow.to] = &arrow;
  std::map<std::tuple<uint32_t, uint32_t, uint32_t>, Analysis::Wait> waits;
  for (auto [index, event] : llvm::enumerate(trace.events)) {
    if (trace.tracks[event.track].block != block || event.begin == event.start || event.cause == none)
      continue;
    auto arrow = arrows.find(uint32_t(index));
    // A flag is set when something else is done.
    uint32_t last = event.cause;
    if (arrow != arrows.end() && arrow->second->from == last && trace.events[last].cause != none)
      last = trace.events[last].cause;
    const TraceEvent &cause = trace.events[last];
    auto [entry, isNew] = waits.try_emplace({event.operation, event.track, cause.operation});
    if (isNew)
      entry->second = {event.operation,
                       event.track,
                       cause.operation,
                       cause.track,
                       arrow == arrows.end() ? "" : arrow->second->what,
                       0,
                       0};
    entry->second.cycles += event.begin - event.start;
    ++entry->second.times;
  }
  std::vector<Analysis::Wait> sorted;
  for (auto &[key, wait] : waits)
    sorted.push_back(std::move(wait));
  llvm::stable_sort(sorted, [](const auto &a, const auto &b) { return a.cycles > b.cycles; });
  return sorted;
}

Analysis analyze(const Trace &trace) {
  Analysis found;
  uint32_t last = none;
  for (auto [index, event] : llvm::enumerate(trace.events))
    if (last == none || event.end > trace.events[last].end)
      last = uint32_t(index);
  if (last == none)
    return found;
  found.cycles = trace.events[last].end;
  found.block = trace.tracks[trace.events[last].track].block;
  // A scope ends with the last of its instructions, which its successors were told of.
  found.path = pathTo(trace, last);
  found.waits = waitsOf(trace, found.block);

  std::map<uint32_t, Analysis::Pipe> pipes;
  std::set<std::string> estimated;
  for (const TraceEvent &event : trace.events) {
    const Track &track = trace.tracks[event.track];
    if (track.block != found.block)
      continue;
    const Trace::Operation &operation = trace.operations[event.operation];
    if (!event.isIssue && !event.isScope && !operation.isDocumented)
      estimated.insert(operation.name);
    if (track.slot) {
      ++found.scopeInstructions;
      continue;
    }
    Analysis::Pipe &pipe = pipes.try_emplace(event.track, Analysis::Pipe{event.track, 0, 0}).first->second;
    pipe.busy += event.end - event.begin;
    pipe.waiting += event.begin - event.start;
    if (event.isScope)
      found.scopeCycles += event.end - event.begin;
  }
  for (auto &[track, pipe] : pipes)
    found.pipes.push_back(pipe);
  found.estimated.assign(estimated.begin(), estimated.end());
  return found;
}

} // namespace pto::sim
