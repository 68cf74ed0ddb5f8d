// Which cases a command line selects.
#include "harness/cli/Selection.h"
#include "harness/case/Diagnostics.h"
#include "llvm/ADT/STLExtras.h"

using namespace pto::harness;

static bool anyMatches(const std::vector<std::string> &globs, llvm::StringRef name) {
  return llvm::any_of(globs, [&](const std::string &glob) { return matches(glob, name); });
}

/// A broken case has no points; a pattern that names one of them still means this case.
static bool anyMatchesFolder(const std::vector<std::string> &globs, llvm::StringRef name) {
  return llvm::any_of(globs, [&](llvm::StringRef glob) { return matches(glob.split('@').first, name); });
}

CaseSet pto::harness::select(const Options &options) {
  CaseSet set = discover(options.casesRoot, options.cases);
  llvm::erase_if(set.cases, [&](const Case &spec) {
    if (!options.cases.empty() && !anyMatches(options.cases, spec.name))
      return true;
    if (!options.tags.empty() &&
        llvm::none_of(options.tags, [&](const std::string &tag) { return llvm::is_contained(spec.tags, tag); }))
      return true;
    return anyMatches(options.excluded, spec.name);
  });
  llvm::erase_if(set.broken, [&](const CaseSet::Broken &broken) {
    if (broken.name.empty())
      return false;
    return (!options.cases.empty() && !anyMatchesFolder(options.cases, broken.name)) ||
           anyMatches(options.excluded, broken.name);
  });
  return set;
}

std::string pto::harness::describeEmptySelection(const Options &options) {
  std::string text = "no case matches";
  for (const std::string &glob : options.cases)
    text += " '" + glob + "'";
  text += " below " + options.casesRoot;
  std::string suggestion;
  if (options.cases.size() == 1) {
    CaseSet all = discover(options.casesRoot);
    llvm::SmallVector<llvm::StringRef> names;
    for (const Case &spec : all.cases) {
      names.push_back(spec.name);
      names.push_back(llvm::StringRef(spec.name).split('@').first);
    }
    suggestion = suggest(options.cases.front(), names);
  }
  return text + (suggestion.empty() ? "; run_validation --list shows what there is" : suggestion);
}
