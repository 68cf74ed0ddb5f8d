// A launch: checks the arguments, then runs the machine.
#include "sim/run/Machine.h"
#include "llvm/Support/FormatVariadic.h"

namespace pto::sim {

void ProgramDeleter::operator()(Program *program) const {
  delete program;
}

size_t instructionCount(const Program &program) {
  return program.code.size();
}

std::optional<Fault> checkLaunch(const Program &program, llvm::ArrayRef<Argument> arguments,
                                 const LaunchOptions &options) {
  auto illegal = [&](std::string message) {
    return Fault{Fault::Kind::Illegal, std::move(message), program.sites.front().location};
  };
  if (options.blockDim == 0)
    return illegal(program.kernel + " is launched with no blocks; a launch has at least one");
  if (arguments.size() != program.parameters.size())
    return illegal(llvm::formatv("{0} is launched with {1} arguments; it takes {2}", program.kernel, arguments.size(),
                                 program.parameters.size()));
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i].isScalar == program.parameters[i].isPointer)
      return illegal(llvm::formatv("argument {0} ('{1}') of {2} is {3}; the kernel takes {4} there", i,
                                   arguments[i].name, program.kernel, arguments[i].isScalar ? "a scalar" : "a buffer",
                                   program.parameters[i].isPointer ? "a pointer" : "a scalar"));
    if (arguments[i].buffer.size() >= uint64_t(GmPointer::offsetLimit))
      return illegal(llvm::formatv("argument {0} ('{1}') of {2} has {3} bytes; a buffer has less than {4}", i,
                                   arguments[i].name, program.kernel, arguments[i].buffer.size(),
                                   GmPointer::offsetLimit));
  }
  return std::nullopt;
}

RunReport run(const Program &program, llvm::ArrayRef<Argument> arguments, const LaunchOptions &options) {
  if (std::optional<Fault> fault = checkLaunch(program, arguments, options)) {
    RunReport report;
    report.fault = std::move(fault);
    return report;
  }
  Machine machine(program, arguments, options);
  options.checked &&options.order.kind == Order::Kind::Program ? machine.run<Checked>() : machine.run<Fast>();
  return std::move(machine.report);
}

} // namespace pto::sim
