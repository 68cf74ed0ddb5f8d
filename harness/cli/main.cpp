// run_validation: takes PTO kernels from text to verdict.
#include "harness/cli/Isa.h"
#include "harness/cli/Listing.h"
#include "harness/cli/Options.h"
#include "harness/cli/Selection.h"
#include "harness/cli/StandardStreams.h"
#include "harness/cli/Validation.h"
#include "harness/run/Display.h"
#include "llvm/Support/raw_ostream.h"

using namespace pto::harness;

static constexpr int setUpError = 105, nothingMatched = 4;

/// Says what is wrong with the cases; false if one of them was needed.
static bool reportBroken(const CaseSet &set) {
  for (const CaseSet::Broken &broken : set.broken)
    for (const Diagnostic &error : broken.errors)
      llvm::errs() << describe(error) << '\n';
  return set.broken.empty();
}

static int list(const Options &options) {
  llvm::Expected<CaseSet> selected = select(options);
  if (!selected) {
    llvm::errs() << "error: " << llvm::toString(selected.takeError()) << '\n';
    return nothingMatched;
  }
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

static int act(const Options &options) {
  switch (options.action) {
  case Action::Show:
    return 0;
  case Action::List:
  case Action::DryRun:
    return list(options);
  case Action::Isa:
    printIsa(llvm::outs());
    return 0;
  case Action::Watch:
  case Action::Validate:
    return validate(options);
  }
  llvm_unreachable("every action is handled");
}

int main(int argc, char **argv) {
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
