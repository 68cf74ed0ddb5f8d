// equality: the specialized program against the hand-written one that the case names, both after the pipeline.
#include "compiler/equality/Equality.h"
#include "compiler/dialect/Places.h"
#include "compiler/frontend/program/Import.h"
#include "harness/run/Display.h"
#include "harness/run/stages/Diagnostics.h"
#include "harness/run/stages/Program.h"
#include "harness/run/stages/Stages.h"
#include "llvm/ADT/STLExtras.h"

using namespace pto;
using namespace pto::harness;

/// `'run' (program.py:12)`: a name of the case, and the function or program that it was found to be.
static std::string shown(const Case &spec, llvm::StringRef name, prog::ProgramOp program) {
  auto function = program.lookupSymbol<prog::FuncOp>(name.substr(name.rfind('.') + 1));
  reports::Location place = sourceLocation(spec, function ? function.getLoc() : program.getLoc());
  std::string where = place.file.empty() ? "" : " (" + place.file + ":" + std::to_string(place.line) + ")";
  return "'" + (name.empty() ? program.getSymName() : name).str() + "'" + where;
}

/// Both names may mean one program: the second is a function of the first, or the same word.
static bool isComparedWithItself(Run &run, prog::ProgramOp actual, prog::ProgramOp expected) {
  if (placeOf(actual.getLoc()) != placeOf(expected.getLoc()))
    return false;
  run.fail(reports::State::InfraError, reports::Blame::Case,
           "the entry " + shown(run.spec, run.spec.entry, actual) + " and " +
               shown(run.spec, run.spec.equals, expected) +
               ", which it must equal, are the same program: it would be compared with itself",
           caseLocation(run.spec.equalsPlace));
  return true;
}

/// The case says what is right: where that does not compile, nothing is known about the kernel.
static bool blameCase(Run &run) {
  if (run.result.state == reports::State::CompileFail)
    run.fail(reports::State::InfraError, reports::Blame::Case,
             "'" + run.spec.equals + "', which the entry must equal, does not compile: " + run.result.message);
  return false;
}

bool pto::harness::equality(Run &run) {
  if (run.spec.equals.empty())
    return true;
  mlir::OwningOpRef<mlir::ModuleOp> actual = std::move(run.module);
  run.module = specializedModule(run, run.spec.equals, /*withArguments=*/false);
  if (!run.module)
    return blameCase(run);
  if (isComparedWithItself(run, frontend::programIn(*actual), frontend::programIn(*run.module)))
    return false;
  if (!passes(run))
    return blameCase(run);
  std::optional<equality::Difference> difference = equality::compare(*actual, *run.module, {/*memrefs=*/true});
  if (!difference)
    return true;
  reports::Location left = sourceLocation(run.spec, difference->leftPlace);
  reports::Location right = sourceLocation(run.spec, difference->rightPlace);
  addExcerpt(run.result.details, "specialized:", difference->left);
  std::string place = right.file.empty() ? "" : " (" + right.file + ":" + std::to_string(right.line) + ")";
  addExcerpt(run.result.details, run.spec.equals + place + ":", difference->right);
  return run.fail(reports::State::FailIr, reports::Blame::Kernel,
                  "not equal to " + run.spec.equals + " at " + difference->summary(), left);
}
