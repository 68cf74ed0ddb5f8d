// Which failures are the one that a case expects.
#include "harness/case/Case.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <set>

using namespace pto::harness;
using pto::reports::State;

bool ExpectedFailure::accepts(const reports::Result &result) const {
  constexpr State ofARun[] = {State::FailNumeric, State::FailIr, State::FailCheck};
  bool isState = state ? result.state == *state : llvm::is_contained(ofARun, result.state);
  if (!isState || (!stage.empty() && stage != result.stage))
    return false;
  if (!state && checks.empty())
    return true;
  std::set<std::string> expected, found;
  for (Check check : checks)
    expected.insert(name(check).str());
  for (const reports::Finding &finding : result.findings)
    if (!finding.isAllowed)
      found.insert(finding.check);
  return found == expected;
}

std::string ExpectedFailure::describe() const {
  std::string text = state ? nameOf(*state).str() : "a wrong result";
  std::vector<llvm::StringRef> names;
  for (Check check : checks)
    names.push_back(name(check));
  if (!names.empty())
    text += " of " + llvm::join(names, " and ");
  return stage.empty() ? text : text + " at stage " + stage;
}
