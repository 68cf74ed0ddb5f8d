// entry: which function is launched, and does it take what the case declares.
#include "compiler/frontend/Kernel.h"
#include "harness/run/Run.h"
#include "harness/run/stages/Diagnostics.h"
#include "harness/run/stages/Host.h"
#include "harness/run/stages/Stages.h"

using namespace pto;
using namespace pto::harness;
using reports::Blame;
using reports::State;

// A kernel that does not fit the case's declaration is an error of the case: nothing was learnt about the kernel.
bool pto::harness::entry(Run &run) {
  llvm::Expected<mlir::func::FuncOp> found = frontend::selectEntry(*run.module, run.spec.entry);
  if (!found)
    return run.fail(State::InfraError, Blame::Case, llvm::toString(found.takeError()),
                    caseLocation(run.spec.entryPlace));
  run.entry = *found;
  if (run.host && !declareArguments(run))
    return false;

  std::vector<frontend::HostArgument> host;
  for (const CaseArgument &argument : run.spec.args)
    host.push_back({argument.name, argument.dtypeText, argument.isScalar});
  std::vector<Diagnostic> mismatches = frontend::checkAbi(run.entry, host);
  return mismatches.empty() || failWith(run, State::InfraError, Blame::Case, mismatches);
}
