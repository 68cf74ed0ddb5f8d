// What an estimating schedule makes of a run: which pipe does what in which cycles, and why not earlier.
#pragma once

#include "sim/Simulator.h"

namespace pto::sim {

/// A row of the picture: what is in it does not overlap.
struct Track {
  unsigned block;
  std::string core;             ///< "vector core 0"
  std::string pipe;             ///< "PIPE_MTE2"
  std::optional<unsigned> slot; ///< of the vector pipe: what is issued there in its scopes

  std::string name() const { return slot ? pipe + " slot " + std::to_string(*slot) : pipe; }
};

/// An executed instruction, or a vector scope.
struct TraceEvent {
  static constexpr uint32_t none = UINT32_MAX;

  uint32_t operation = 0; ///< in Trace::operations
  uint32_t track = 0;
  uint64_t start = UINT64_MAX; ///< cycles from the start of the block; its pipe has come to it
  uint64_t begin = 0;          ///< it has waited until then …
  uint64_t end = 0;            ///< … and occupies its track until then
  uint64_t bytes = 0;          ///< moved
  uint64_t time = 0;           ///< how many instructions had been executed
  uint32_t cause = none;       ///< the event because of which it did not begin earlier
  bool isIssue = false;        ///< the scalar unit hands it to its pipe
  bool isScope = false;        ///< what runs in it is on other tracks
  bool isStuck = false;        ///< it waits for ever
};

struct Trace {
  struct Operation {
    std::string name;
    Place place;
    bool isDocumented; ///< its cost
    bool hasResult;
  };
  /// From what sets to what waits.
  struct Arrow {
    uint32_t from, to; ///< events
    std::string what;  ///< "PIPE_MTE2 -> PIPE_V, EVENT_ID0"
  };

  std::vector<Operation> operations;
  std::vector<Track> tracks;
  std::vector<TraceEvent> events; ///< of one block after another, as they were executed
  std::vector<Arrow> arrows;
  RunReport report;
  /// How many instructions it shows, where it does not show all.
  std::optional<uint64_t> cutOff;

  uint64_t cycles() const; ///< of the block that takes longest
  /// The event that was executed at that time, or null.
  const TraceEvent *eventAt(uint64_t time) const;
};

/// Most instructions that a trace shows.
inline constexpr uint64_t traceLimit = 500'000;

/// Runs the program in its order, over what the arguments hold, and estimates when each instruction runs.
Trace trace(const Program &program, llvm::ArrayRef<Argument> arguments, const LaunchOptions &options);

/// The clock that cycles are told for.
unsigned megahertzOfTrace();

} // namespace pto::sim
