// run_validation: takes PTO kernels from text to verdict.
#include "harness/cli/Isa.h"
#include "harness/cli/Listing.h"
#include "harness/cli/Options.h"
#include "harness/cli/Selection.h"
#include "harness/cli/Show.h"
#include "harness/cli/StandardStreams.h"
#include "harness/cli/Tools.h"
#include "harness/cli/Validation.h"
#include "harness/cli/Watch.h"
#include "harness/import/Import.h"
#include "harness/import/Init.h"
#include "harness/mutate/Mutate.h"
#include "harness/sync/Sync.h"
#include "harness/timing/Explain.h"
#include "reports/Summary.h"
#include "llvm/Support/raw_ostream.h"

using namespace pto;
using namespace pto::harness;

static constexpr int setUpError = reports::exit_code::setUpError;

static int list(const Options &options) {
  llvm::Expected<CaseSet> selected = select(options);
  if (!selected)
    return reportUnselected(selected.takeError());
  const CaseSet &set = *selected;
  bool whole = reportBroken(set);
  if (options.action == Action::DryRun)
    printPlan(set, options, llvm::outs());
  else if (options.json)
    printJson(set, llvm::outs());
  else
    printNames(set, options, llvm::outs());
  return whole ? 0 : setUpError;
}

/// The first point; with -v all of them.
static int show(const Options &options) {
  llvm::Expected<CaseSet> set = select(options);
  if (!set)
    return reportUnselected(set.takeError());
  bool whole = reportBroken(*set);
  size_t count = options.verbose ? set->cases.size() : std::min<size_t>(set->cases.size(), 1);
  for (const Case &spec : llvm::ArrayRef(set->cases).take_front(count)) {
    if (&spec != &set->cases.front())
      llvm::outs() << '\n';
    printCase(spec, llvm::outs());
  }
  llvm::outs().flush();
  if (count < set->cases.size())
    llvm::errs() << "note: this is the first of " << set->cases.size() << "; -v shows all, --list names them\n";
  return whole ? 0 : setUpError;
}

static int act(const Options &options) {
  switch (options.action) {
  case Action::Show:
    return show(options);
  case Action::List:
  case Action::DryRun:
    return list(options);
  case Action::Explain:
    return explain(options);
  case Action::Import:
    return importFolders(options);
  case Action::Init:
    return initCase(options);
  case Action::Mutate:
    return mutate(options);
  case Action::Sync:
    return synchronize(options);
  case Action::Isa:
    return printIsa(options);
  case Action::Watch:
    return watch(options);
  case Action::Validate:
    return validate(options);
  }
  llvm_unreachable("every action is handled");
}

int main(int argc, char **argv) {
  if (becomeTool(argc, argv))
    return setUpError;
  StandardStreams streams;
  if (!streams.isOutputOpen()) {
    llvm::errs() << "error: the standard output is closed; redirect it to /dev/null if nothing is to be printed\n";
    return setUpError;
  }
  int exitCode = 0;
  if (std::optional<Options> options = parseCommandLine(argc, argv, exitCode))
    exitCode = act(*options);
  return streams.finish(exitCode);
}
