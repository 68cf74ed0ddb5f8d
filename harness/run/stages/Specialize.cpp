// specialize: a generic program and the case's arguments → concrete program, as a module.
#include "compiler/specialize/ToModule.h"
#include "harness/run/Display.h"
#include "harness/run/stages/Program.h"
#include "harness/run/stages/Stages.h"
#include "llvm/ADT/STLExtras.h"
#include <charconv>

using namespace pto;
using namespace pto::harness;
using report::Blame;
using report::State;

/// The shortest decimal that reads back as the same number.
static std::string spell(double value) {
  char buffer[64];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr};
}

/// `x:f32[32,64]` or `alpha:f32=0.5`, which is how the specializer's own command line says it.
static std::string spell(const CaseArgument &argument) {
  std::string text = argument.name + ":" + golden::nameOf(argument.dtype).str();
  if (argument.isScalar)
    return text + "=" + (golden::isFloat(argument.dtype) ? spell(argument.value) : std::to_string(argument.integer));
  text += "[";
  for (auto [axis, extent] : llvm::enumerate(argument.shape))
    text += (axis ? "," : "") + std::to_string(extent);
  return text + "]";
}

specialize::Request pto::harness::requestOf(const Run &run, llvm::StringRef entry, bool withArguments) {
  specialize::Request request;
  request.file = displayPath(run.spec.kernelFile);
  request.entry = entry.str();
  request.platform = platform.str();
  request.strategy = strategy.str();
  if (!withArguments)
    return request;
  for (const CaseArgument &argument : run.spec.args) {
    // The case reader has let through only what this syntax holds.
    llvm::Expected<specialize::Argument> parsed = specialize::parseArgument(spell(argument));
    if (parsed)
      request.arguments.push_back(std::move(*parsed));
    else
      llvm::consumeError(parsed.takeError());
  }
  return request;
}

mlir::OwningOpRef<mlir::ModuleOp> pto::harness::specializedModule(Run &run, const specialize::Request &request) {
  std::vector<program::Diagnostic> diagnostics;
  mlir::OwningOpRef<mlir::ModuleOp> module =
      specialize::specializeToModule(request, run.spec.kernelText, run.workshop.context, diagnostics);
  const program::Diagnostic *first = nullptr;
  for (const program::Diagnostic &diagnostic : diagnostics) {
    std::string rendered = llvm::StringRef(diagnostic.render()).rtrim().str();
    if (diagnostic.severity == program::Severity::Warning)
      run.result.warnings.push_back(rendered);
    else if (!first)
      first = &diagnostic;
    else
      run.result.details.push_back(rendered);
  }
  if (module)
    return module;
  if (!first) {
    run.fail(State::InfraError, Blame::Infrastructure, "the compiler refused the program and did not say why");
  } else if (first->excerpt.empty()) {
    // There is no text to show: the case asks for what the program does not have.
    run.fail(State::InfraError, Blame::Case, first->message, caseLocation(run.spec.kernelPlace));
  } else {
    run.fail(State::CompileFail, Blame::Kernel, first->message,
             kernelLocation(run.spec, first->start.line, first->start.column));
  }
  return nullptr;
}

bool pto::harness::specialize(Run &run) {
  run.module = specializedModule(run, requestOf(run, run.spec.entry, /*withArguments=*/true));
  if (run.module && !run.spec.golden.empty())
    run.result.warnings.push_back("programs are compiled and compared, not run: `golden` was not evaluated");
  return static_cast<bool>(run.module);
}
