// specialize: a generic program and the case's arguments → concrete program, as a module.
#include "compiler/passes/Passes.h"
#include "compiler/specialize/ToModule.h"
#include "harness/run/Display.h"
#include "harness/run/stages/Program.h"
#include "harness/run/stages/Stages.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"

using namespace pto;
using namespace pto::harness;
using report::Blame;
using report::State;

static std::vector<specialize::Dimension> shapeOf(const CaseArgument &argument) {
  std::vector<specialize::Dimension> shape;
  for (int64_t extent : argument.shape)
    shape.push_back(specialize::Dimension::constant(extent));
  return shape;
}

static specialize::Direction directionOf(const CaseArgument &argument) {
  switch (argument.direction) {
  case Direction::In:
    return specialize::Direction::In;
  case Direction::Out:
    return specialize::Direction::Out;
  case Direction::InOut:
    return specialize::Direction::InOut;
  }
  llvm_unreachable("a direction");
}

static specialize::Argument toRequest(const CaseArgument &argument) {
  const specialize::Dtype *dtype = specialize::findDtype(golden::nameOf(argument.dtype));
  if (!argument.isScalar) {
    specialize::Argument tensor = specialize::Argument::tensor(argument.name, dtype, shapeOf(argument));
    tensor.direction = directionOf(argument);
    return tensor;
  }
  program::Value value = golden::isFloat(argument.dtype) ? program::Value::ofFloat(argument.value)
                                                         : program::Value::ofInteger(argument.integer);
  return specialize::Argument::scalar(argument.name, value, dtype);
}

specialize::Request pto::harness::requestOf(const Run &run, llvm::StringRef entry, bool withArguments) {
  specialize::Request request;
  request.file = displayPath(run.spec.kernelFile);
  request.entry = entry.str();
  if (!run.spec.platform.empty())
    request.platform = run.spec.platform;
  request.strategy = run.spec.strategy;
  if (withArguments)
    for (const CaseArgument &argument : run.spec.args)
      request.arguments.push_back(toRequest(argument));
  return request;
}

/// Where the case says what does not fit the program: the argument, or the name.
static Place placeOf(const Case &spec, const specialize::Request &request, const program::Diagnostic &diagnostic) {
  for (const CaseArgument &argument : spec.args)
    if (argument.name == diagnostic.argument)
      return argument.place;
  return request.entry == spec.entry ? spec.entryPlace : spec.equalsPlace;
}

mlir::OwningOpRef<mlir::ModuleOp> pto::harness::specializedModule(Run &run, const specialize::Request &request) {
  std::vector<program::Diagnostic> diagnostics;
  mlir::OwningOpRef<mlir::ModuleOp> module = specialize::specializeToModule(
      request, run.spec.kernelText, run.workshop.context, diagnostics, &run.workshop.programs);
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
  } else if (first->excerpt.empty() || !first->argument.empty()) {
    // The case asks for what the program does not have, or has otherwise.
    bool isGeneric = request.arguments.empty() && !first->argument.empty();
    run.fail(State::InfraError, Blame::Case,
             isGeneric ? "'" + request.entry + "' is generic: 'equals' names a program that is written out"
                       : first->message,
             caseLocation(isGeneric ? run.spec.equalsPlace : placeOf(run.spec, request, *first)));
    if (!first->excerpt.empty())
      run.result.details.insert(run.result.details.begin(), llvm::StringRef(first->render()).rtrim().str());
  } else {
    run.fail(State::CompileFail, Blame::Kernel, first->message,
             programLocation(run.spec, first->file, first->start.line, first->start.column));
  }
  return nullptr;
}

/// An argument of a type that kernels have and programs do not.
static const CaseArgument *findImpossible(const Case &spec) {
  for (const CaseArgument &argument : spec.args)
    if (!specialize::findDtype(golden::nameOf(argument.dtype)))
      return &argument;
  return nullptr;
}

bool pto::harness::specialize(Run &run) {
  if (const CaseArgument *argument = findImpossible(run.spec))
    return run.fail(State::InfraError, Blame::Case,
                    "argument '" + argument->name + "' is " + argument->dtypeText +
                        ", which the language of programs does not have",
                    caseLocation(argument->place));
  run.module = specializedModule(run, requestOf(run, run.spec.entry, /*withArguments=*/true));
  if (run.module && !run.spec.golden.empty())
    run.result.notes.push_back("programs are compiled and compared, not run: `golden` was not evaluated");
  return static_cast<bool>(run.module);
}
