// specialize: a generic program and the case's arguments → concrete program, as a module.
#include "compiler/passes/Passes.h"
#include "compiler/specialize/Specializer.h"
#include "harness/run/Display.h"
#include "harness/run/stages/Program.h"
#include "harness/run/stages/Stages.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"

using namespace pto;
using namespace pto::harness;
using reports::Blame;
using reports::State;

static frontend::Shape shapeOf(const CaseArgument &argument) {
  frontend::Shape shape;
  for (int64_t extent : argument.shape)
    shape.push_back(frontend::Dimension::of(extent));
  return shape;
}

static frontend::Direction directionOf(const CaseArgument &argument) {
  switch (argument.direction) {
  case Direction::In:
    return frontend::Direction::In;
  case Direction::Out:
    return frontend::Direction::Out;
  case Direction::InOut:
    return frontend::Direction::InOut;
  }
  llvm_unreachable("a direction");
}

static specialize::Argument toRequest(const CaseArgument &argument) {
  std::optional<prog::DType> dtype = prog::dtypeSpelled(argument.dtypeText);
  if (!argument.isScalar)
    return {argument.name, {dtype, shapeOf(argument)}, std::nullopt, directionOf(argument)};
  frontend::Value value = golden::isFloat(argument.dtype) ? frontend::Value::ofFloat(argument.value)
                          : dtype == prog::DType::Bool    ? frontend::Value::boolean(argument.integer)
                                                          : frontend::Value::ofInteger(argument.integer);
  return {argument.name, {dtype, std::nullopt}, value};
}

static specialize::Request requestOf(const Run &run, llvm::StringRef name, bool withArguments) {
  specialize::Request request;
  request.file = displayPath(run.spec.kernelFile);
  request.entry = name.str();
  if (!run.spec.platform.empty())
    request.platform = run.spec.platform;
  request.strategy = run.spec.strategy;
  if (withArguments)
    for (const CaseArgument &argument : run.spec.args)
      request.arguments.push_back(toRequest(argument));
  return request;
}

/// Where the case says what does not fit the program: the argument, or the name.
static Place placeOf(const Case &spec, const specialize::Request &request, const Diagnostic &diagnostic) {
  for (const CaseArgument &argument : spec.args)
    if (argument.name == diagnostic.argument)
      return argument.place;
  return request.entry == spec.entry ? spec.entryPlace : spec.equalsPlace;
}

mlir::OwningOpRef<mlir::ModuleOp> pto::harness::specializedModule(Run &run, llvm::StringRef name, bool withArguments) {
  specialize::Request request = requestOf(run, name, withArguments);
  std::vector<Diagnostic> diagnostics;
  mlir::OwningOpRef<mlir::ModuleOp> module = specialize::specializeToModule(
      request, run.spec.kernelText, run.workshop.context, diagnostics, &run.workshop.programs);
  const Diagnostic *first = nullptr;
  for (const Diagnostic &diagnostic : diagnostics) {
    std::string rendered = llvm::StringRef(render(diagnostic)).rtrim().str();
    if (diagnostic.severity == Severity::Warning)
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
      run.result.details.insert(run.result.details.begin(), llvm::StringRef(render(*first)).rtrim().str());
  } else {
    run.fail(State::CompileFail, Blame::Kernel, first->message, sourceLocation(run.spec, first->place));
  }
  return nullptr;
}

/// An argument of a type that kernels have and programs do not.
static const CaseArgument *findImpossible(const Case &spec) {
  for (const CaseArgument &argument : spec.args)
    if (!prog::dtypeSpelled(argument.dtypeText))
      return &argument;
  return nullptr;
}

bool pto::harness::specialize(Run &run) {
  if (const CaseArgument *argument = findImpossible(run.spec))
    return run.fail(State::InfraError, Blame::Case,
                    "argument '" + argument->name + "' is " + argument->dtypeText +
                        ", which the language of programs does not have",
                    caseLocation(argument->place));
  run.module = specializedModule(run, run.spec.entry, /*withArguments=*/true);
  if (run.module && !run.spec.golden.empty())
    run.result.notes.push_back("programs are compiled and compared, not run: `golden` was not evaluated");
  return static_cast<bool>(run.module);
}
