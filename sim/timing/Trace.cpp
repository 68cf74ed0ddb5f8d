// A run that a schedule listens to.
#include "sim/timing/Trace.h"
#include "sim/check/Hazards.h"
#include "sim/ops/Costs.h"
#include "sim/run/Control.h"
#include "sim/run/ThreadUnit.h"
#include "sim/timing/Schedule.h"
#include "llvm/ADT/STLExtras.h"

namespace pto::sim {

namespace {

/// A schedule for each core of the block that runs.
class Listener {
public:
  Listener(Trace &trace, Machine &machine) : trace(trace), machine(machine) {}

  void touch(const Touch &touch) {
    uint64_t &bytes = touch.access == Access::Read ? accesses.read : accesses.written;
    touch.forEachRun([&](uint64_t, int64_t touched) { bytes += uint64_t(touched); });
  }

  void step(Core &core, const Instruction &at, const Instruction *next) {
    if (core.warp)
      return warps.add(core.warp->first, costOf(at.code));
    if (core.blockIndex != block)
      finish();
    block = core.blockIndex;
    CoreSchedule &schedule = schedules.try_emplace(&core, trace, semaphores, core).first->second;
    if (next || at.code.role == Role::Work)
      schedule.add(at, machine.budget.time(), std::exchange(accesses, {}), std::exchange(warps, {}).cycles());
    else
      schedule.addStuck(at, machine.budget.time());
  }

  void finish() {
    for (auto &[core, schedule] : schedules)
      schedule.finish();
    schedules.clear();
    semaphores.clear();
  }

private:
  Trace &trace;
  Machine &machine;
  Accesses accesses; ///< of the instruction that runs
  IssuedByWarps warps;
  uint32_t block = 0;
  SetSemaphores semaphores;
  std::map<const Core *, CoreSchedule> schedules;
};

} // namespace

uint64_t Trace::cycles() const {
  uint64_t last = 0;
  for (const TraceEvent &event : events)
    last = std::max(last, event.end);
  return last;
}

const TraceEvent *Trace::eventAt(uint64_t time) const {
  auto after =
      llvm::upper_bound(events, time, [](uint64_t time, const TraceEvent &event) { return time < event.time; });
  return after == events.begin() || std::prev(after)->time != time ? nullptr : &*std::prev(after);
}

unsigned megahertzOfTrace() {
  return megahertz;
}

Trace trace(const Program &program, llvm::ArrayRef<Argument> arguments, const LaunchOptions &options) {
  Trace trace;
  if (std::optional<Fault> fault = checkLaunch(program, arguments, options)) {
    trace.report.fault = std::move(fault);
    return trace;
  }
  for (size_t i = 0; i < program.code.size(); ++i) {
    const Site &site = program.sites[i];
    trace.operations.push_back(
        {program.names[site.name], site.location, costOf(program.code[i].code).isDocumented, site.results != 0});
  }
  LaunchOptions limited = options;
  limited.order = {};
  limited.instructionBudget = std::min(options.instructionBudget, traceLimit);
  Machine machine(program, arguments, limited);
  machine.hazards = std::make_unique<Hazards>(machine);
  Listener listener(trace, machine);
  auto onTouch = [&](Core &, const Touch &touch) { listener.touch(touch); };
  auto onStep = [&](Core &core, const Instruction &at, const Instruction *next) { listener.step(core, at, next); };
  machine.onTouch = onTouch;
  machine.onStep = onStep;
  machine.run<Traced>();
  listener.finish();
  trace.report = std::move(machine.report);
  if (trace.report.fault && trace.report.fault->kind == Fault::Kind::Budget &&
      limited.instructionBudget < options.instructionBudget) {
    trace.report.fault.reset();
    trace.cutOff = trace.report.instructionsExecuted;
  }
  return trace;
}

} // namespace pto::sim
