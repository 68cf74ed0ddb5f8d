// equality: the specialized program against the hand-written one that the case names, both after the pipeline.
#include "compiler/equality/ProgramEquality.h"
#include "compiler/frontend/program/Import.h"
#include "harness/run/stages/Program.h"
#include "harness/run/stages/Stages.h"
#include "llvm/ADT/StringExtras.h"

using namespace pto;
using namespace pto::harness;

static void addText(std::vector<std::string> &details, llvm::StringRef heading, llvm::StringRef text) {
  details.push_back(heading.str());
  for (llvm::StringRef line : llvm::split(text.rtrim(), '\n'))
    details.push_back("  " + line.str());
}

bool pto::harness::compareProgram(Run &run) {
  if (run.spec.equals.empty())
    return true;
  mlir::OwningOpRef<mlir::ModuleOp> actual = std::move(run.module);
  run.module = specializedModule(run, requestOf(run, run.spec.equals, /*withArguments=*/false));
  if (!run.module || !runPasses(run))
    return false;
  std::optional<compiler::ProgramDifference> difference =
      compiler::compare(program::programIn(*actual), program::programIn(*run.module), {/*memrefs=*/true});
  if (!difference)
    return true;
  addText(run.result.details, "specialized:", difference->left);
  addText(run.result.details, run.spec.equals + ":", difference->right);
  return run.fail(report::State::FailIr, report::Blame::Kernel,
                  "not equal to " + run.spec.equals + " at " + difference->summary());
}
