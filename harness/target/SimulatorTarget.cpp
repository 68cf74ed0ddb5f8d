// Hands a kernel to sim/ and translates what comes back.
#include "harness/target/SimulatorTarget.h"
#include "sim/Simulator.h"

using namespace pto;
using namespace pto::harness;
using report::Blame;
using report::State;

static report::Location toLocation(const sim::SourceLocation &location) {
  return {location.file, location.line, location.column, {}};
}

namespace {

class SimulatorExecutable : public Executable {
public:
  explicit SimulatorExecutable(sim::ProgramPtr program) : program(std::move(program)) {}

  LaunchReport launch(const Launch &launch) const override {
    std::vector<sim::Argument> arguments;
    for (const LaunchArgument &argument : launch.arguments)
      arguments.push_back({argument.name, argument.buffer, argument.scalar, argument.isScalar});
    sim::LaunchOptions options;
    options.blockDim = launch.blocks;
    options.instructionBudget = launch.instructionBudget;

    sim::RunReport ran = sim::run(*program, arguments, options);
    LaunchReport report;
    report.warnings = std::move(ran.warnings);
    if (ran.fault) {
      // A kernel that runs on and on is a matter of time; everything else broke a rule of the machine.
      State state = ran.fault->kind == sim::Fault::Kind::Budget ? State::Timeout : State::FailCheck;
      report.trouble = Trouble{state, Blame::Kernel, ran.fault->message, toLocation(ran.fault->location)};
    }
    return report;
  }

private:
  sim::ProgramPtr program;
};

} // namespace

std::unique_ptr<Executable> SimulatorTarget::prepare(mlir::Operation *entry, Trouble &refusal) const {
  llvm::Expected<sim::ProgramPtr> program = sim::decode(entry);
  if (program)
    return std::make_unique<SimulatorExecutable>(std::move(*program));

  // The first refusal says where; the others are lines of the same message.
  bool first = true;
  llvm::handleAllErrors(
      program.takeError(),
      [&](const sim::DecodeError &error) {
        refusal.message += (first ? "" : "\n") + error.message;
        if (first)
          refusal.location = toLocation(error.location);
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
