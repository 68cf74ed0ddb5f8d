// run_validation: takes PTO kernels from text to verdict.
#include "harness/cli/Isa.h"
#include "harness/cli/Listing.h"
#include "harness/cli/Options.h"
#include "harness/cli/Selection.h"
#include "harness/cli/Validation.h"
#include "harness/run/Display.h"
#include "llvm/Support/raw_ostream.h"

using namespace pto::harness;

static constexpr int caseError = 105, nothingMatched = 4;

/// Says what is wrong with the cases; false if one of them was needed.
static bool reportBroken(const CaseSet &set) {
  for (const CaseSet::Broken &broken : set.broken)
    for (const Diagnostic &error : broken.errors)
      llvm::errs() << describe(error) << '\n';
  return set.broken.empty();
}

static int list(const Options &options) {
  CaseSet set = select(options);
  bool whole = reportBroken(set);
  if (options.action == Action::DryRun)
    printPlan(set, options, llvm::outs());
  else if (options.json)
    printJson(set, llvm::outs());
  else
    printNames(set, llvm::outs());
  if (!whole)
    return caseError;
  return set.cases.empty() ? nothingMatched : 0;
}

int main(int argc, char **argv) {
  int exitCode = 0;
  std::optional<Options> options = parseCommandLine(argc, argv, exitCode);
  if (!options)
    return exitCode;
  switch (options->action) {
  case Action::List:
  case Action::DryRun:
    return list(*options);
  case Action::Isa:
    printIsa(llvm::outs());
    return 0;
  case Action::Validate:
    return validate(*options);
  }
}
