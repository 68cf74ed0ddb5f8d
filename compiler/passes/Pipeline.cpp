// Runs passes over a program, and checks it after each of them.
#include "compiler/passes/Pipeline.h"
#include "compiler/dialect/Places.h"
#include "compiler/equality/RoundTrip.h"
#include "compiler/frontend/program/Export.h"
#include "compiler/frontend/program/Import.h"
#include "compiler/passes/Dump.h"
#include "compiler/passes/Platform.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Pass/PassManager.h"

namespace pto::passes {

namespace {

using llvm::Error;

Error fail(const llvm::Twine &message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), message);
}

/// Collects errors instead of printing them.
class Errors {
public:
  explicit Errors(mlir::MLIRContext *context)
      : handler(context, [this](mlir::Diagnostic &diagnostic) {
          if (diagnostic.getSeverity() == mlir::DiagnosticSeverity::Error)
            problems.push_back({placeOf(diagnostic.getLocation()), diagnostic.str()});
          return mlir::success();
        }) {}

  Error take(llvm::StringRef pass) { return llvm::make_error<PassError>(pass.str(), std::move(problems)); }

private:
  std::vector<Diagnostic> problems;
  mlir::ScopedDiagnosticHandler handler;
};

} // namespace

char PassError::ID = 0;

void PassError::log(llvm::raw_ostream &os) const {
  os << pass << (pass.empty() ? "" : ": ");
  llvm::interleave(
      problems, os, [&](const Diagnostic &problem) { os << toString(problem); }, "\n");
}

Error runPasses(mlir::ModuleOp module, llvm::ArrayRef<llvm::StringRef> names, const PipelineOptions &options) {
  if (!platformNamed(options.platform))
    return fail("unknown platform '" + options.platform + "'; expected one of " + platformNames());
  prog::ProgramOp program = frontend::programIn(module);
  if (!program)
    return fail("there is no program in this module");
  if (std::string problem = orderProblem(names, options.held); !problem.empty())
    return fail(problem);
  Dump dump(options.dumpFolder);
  if (Error error = dump.open())
    return error;
  Errors errors(module.getContext());
  unsigned established = options.held;
  if (options.verifyEach && failed(checkProperties(program, established)))
    return errors.take("");
  for (llvm::StringRef name : names) {
    const PassInfo *pass = passNamed(name);
    mlir::PassManager manager(module.getContext());
    manager.enableVerifier(false);
    manager.addPass(pass->create(options.platform));
    bool failed = mlir::failed(manager.run(module));
    established |= pass->establishes;
    if (!failed && options.verifyEach)
      failed = mlir::failed(mlir::verify(module)) || mlir::failed(checkProperties(program, established));
    if (failed)
      return errors.take(name);
    if (options.dumpFolder.empty() && !options.roundTripEach && !options.printAfter)
      continue;
    std::string text = frontend::exportProgram(program);
    if (options.printAfter)
      *options.printAfter << "# after " << name << '\n' << text << '\n';
    if (Error error = dump.write(name, text))
      return error;
    if (!options.roundTripEach)
      continue;
    if (auto difference = equality::checkRoundTrip(module, std::move(text)))
      return fail(name + ": the resulting program changes when it is printed and read back: " + difference->message());
  }
  return Error::success();
}

Error runPipeline(mlir::ModuleOp module, llvm::StringRef strategy, const PipelineOptions &options) {
  const Strategy *found = strategyNamed(strategy);
  if (!found) {
    std::string names;
    for (const Strategy &each : allStrategies())
      names += (names.empty() ? "" : ", ") + each.name.str();
    return fail("unknown strategy '" + strategy + "'; expected one of " + names);
  }
  llvm::SmallVector<llvm::StringRef, 16> passes(found->passes.begin(), found->passes.end());
  return runPasses(module, passes, options);
}

} // namespace pto::passes
