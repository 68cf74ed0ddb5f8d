// Hands a kernel to sim/ and translates what comes back.
#include "harness/target/Target.h"
#include "sim/Simulator.h"

using namespace pto;
using namespace pto::harness;
using reports::Blame;
using reports::State;

namespace {

class SimulatorExecutable : public Executable {
public:
  explicit SimulatorExecutable(sim::ProgramPtr program) : program(std::move(program)) {}

  LaunchReport launch(const Launch &launch) const override {
    sim::RunReport ran = sim::run(*program, argumentsOf(launch), optionsOf(launch));
    LaunchReport report;
    report.warnings = std::move(ran.warnings);
    report.notes = std::move(ran.notes);
    report.instructions = ran.instructionsExecuted;
    for (const sim::RunReport::Read &read : ran.reads)
      report.reads.push_back({read.argument, read.location});
    for (sim::Finding &finding : ran.findings)
      report.findings.push_back({finding.check, std::move(finding.message), std::move(finding.location),
                                 std::move(finding.details), finding.isConsequence, std::move(finding.edit),
                                 std::move(finding.remedies)});
    if (ran.fault)
      report.trouble = troubleOf(*ran.fault);
    return report;
  }

  std::optional<Place> findWriter(const Launch &launch, ArgumentBytes bytes) const override {
    return sim::findWriter(*program, argumentsOf(launch), optionsOf(launch),
                           {bytes.argument, bytes.offset, bytes.count});
  }

  std::optional<sim::Trace> trace(const Launch &launch) const override {
    return sim::trace(*program, argumentsOf(launch), optionsOf(launch));
  }

  std::vector<Extent> measure(const Launch &launch, std::optional<Trouble> &trouble) const override {
    sim::Measured measured = sim::measure(*program, argumentsOf(launch), optionsOf(launch));
    if (measured.fault)
      trouble = troubleOf(*measured.fault);
    std::vector<Extent> extents;
    for (const sim::Extent &extent : measured.extents)
      extents.push_back({extent.read, extent.written});
    return extents;
  }

private:
  static Trouble troubleOf(const sim::Fault &fault) {
    switch (fault.kind) {
    case sim::Fault::Kind::Budget:
      // A kernel that runs on and on is a matter of time.
      return {State::Timeout, Blame::Kernel, fault.message + "; --budget raises it", fault.location};
    case sim::Fault::Kind::NotSimulated:
      return {State::InfraError, Blame::Infrastructure, fault.message, fault.location};
    default:
      // Everything else broke a rule of the machine.
      return {State::FailCheck, Blame::Kernel, fault.message, fault.location};
    }
  }

  static std::vector<sim::Argument> argumentsOf(const Launch &launch) {
    std::vector<sim::Argument> arguments;
    for (const LaunchArgument &argument : launch.arguments)
      arguments.push_back({argument.name, argument.buffer, argument.scalar, argument.isScalar});
    return arguments;
  }

  static sim::LaunchOptions optionsOf(const Launch &launch) {
    sim::LaunchOptions options;
    options.blockDim = launch.blocks;
    options.instructionBudget = launch.instructionBudget;
    options.checked = launch.checked;
    options.order = launch.order;
    return options;
  }

  sim::ProgramPtr program;
};

class SimulatorTarget : public Target {
public:
  std::unique_ptr<Executable> prepare(mlir::Operation *entry, const Conventions &conventions,
                                      Trouble &refusal) const override {
    llvm::Expected<sim::ProgramPtr> program = sim::decode(entry, conventions);
    if (program)
      return std::make_unique<SimulatorExecutable>(std::move(*program));

    // The first refusal says where; the others are lines of the same message.
    bool first = true;
    llvm::handleAllErrors(
        program.takeError(),
        [&](const PlacedError &error) {
          refusal.message += (first ? "" : "\n") + error.message;
          if (first)
            refusal.place = error.place;
          first = false;
        },
        [&](const llvm::ErrorInfoBase &error) {
          refusal.message += (first ? "" : "\n") + error.message();
          first = false;
        });
    refusal.state = State::InfraError;
    refusal.blame = Blame::Infrastructure;
    return nullptr;
  }
};

} // namespace

std::unique_ptr<Target> pto::harness::createSimulatorTarget() {
  return std::make_unique<SimulatorTarget>();
}
