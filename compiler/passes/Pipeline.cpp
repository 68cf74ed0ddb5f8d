// Runs passes over a program, and checks it after each of them.
#include "compiler/passes/Pipeline.h"
#include "compiler/equality/ProgramRoundTrip.h"
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

std::string placeOf(mlir::Location location) {
  std::string place;
  location->walk([&](mlir::Location inner) {
    auto file = mlir::dyn_cast<mlir::FileLineColLoc>(inner);
    if (!file)
      return mlir::WalkResult::advance();
    place = file.getFilename().str() + ":" + std::to_string(file.getLine()) + ":" + std::to_string(file.getColumn());
    return mlir::WalkResult::interrupt();
  });
  return place.empty() ? "in the program" : place;
}

/// Collects errors instead of printing them.
class Errors {
public:
  explicit Errors(mlir::MLIRContext *context)
      : handler(context, [this](mlir::Diagnostic &diagnostic) {
          if (diagnostic.getSeverity() == mlir::DiagnosticSeverity::Error)
            text += (text.empty() ? "" : "\n") + placeOf(diagnostic.getLocation()) + ": error: " + diagnostic.str();
          return mlir::success();
        }) {}

  std::string text;

private:
  mlir::ScopedDiagnosticHandler handler;
};

} // namespace

Error runPasses(mlir::ModuleOp module, llvm::ArrayRef<llvm::StringRef> names, const PipelineOptions &options) {
  if (!platformNamed(options.platform))
    return fail("there is no platform '" + options.platform + "', there are " + platformNames());
  prog::ProgramOp program = program::programIn(module);
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
    return fail(errors.text);
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
      return fail(name + ": " + errors.text);
    if (options.dumpFolder.empty() && !options.roundTripEach)
      continue;
    std::string text = program::exportProgram(program);
    if (Error error = dump.write(name, text))
      return error;
    if (!options.roundTripEach)
      continue;
    if (auto difference = compiler::checkRoundTrip(program, text))
      return fail(name + ": the program that comes out changes when it is printed and read back: " +
                  difference->summary() + "\n" + difference->left + "\n" + difference->right);
  }
  return Error::success();
}

Error runPipeline(mlir::ModuleOp module, llvm::StringRef strategy, const PipelineOptions &options) {
  const Strategy *found = strategyNamed(strategy);
  if (!found) {
    std::string names;
    for (const Strategy &each : allStrategies())
      names += (names.empty() ? "" : ", ") + each.name.str();
    return fail("there is no strategy '" + strategy + "', there are " + names);
  }
  llvm::SmallVector<llvm::StringRef, 16> passes(found->passes.begin(), found->passes.end());
  return runPasses(module, passes, options);
}

} // namespace pto::passes
