// What the result of a mutant says of the case.
#include "harness/mutate/Trial.h"
#include "llvm/ADT/STLExtras.h"

using namespace pto;
using namespace pto::harness;
using reports::State;

llvm::StringRef pto::harness::nameOf(Fate fate) {
  static constexpr llvm::StringLiteral names[] = {"stillborn", "redundant", "survived", "killed"};
  return names[static_cast<size_t>(fate)];
}

static void end(Trial &trial, Fate fate, llvm::StringRef by, std::string why) {
  trial.fate = fate;
  trial.by = by.str();
  trial.why = std::move(why);
}

const std::string *pto::harness::newWarning(const reports::Result &unchanged, const reports::Result &result) {
  auto found = llvm::find_if_not(
      result.warnings, [&](const std::string &warning) { return llvm::is_contained(unchanged.warnings, warning); });
  return found == result.warnings.end() ? nullptr : &*found;
}

static const reports::Finding *newFinding(const reports::Result &unchanged, const reports::Result &result) {
  auto isOld = [&](const reports::Finding &finding) {
    return llvm::any_of(unchanged.findings, [&](const reports::Finding &old) {
      return old.check == finding.check && old.location.line == finding.location.line;
    });
  };
  auto found = llvm::find_if_not(result.findings, isOld);
  return found == result.findings.end() ? nullptr : &*found;
}

bool pto::harness::isStillInOrder(const reports::Result &unchanged, const reports::Result &result) {
  return result.state == State::Pass && !newWarning(unchanged, result) && !newFinding(unchanged, result) &&
         result.digest == unchanged.digest;
}

static void judgePass(Trial &trial, const reports::Result &unchanged, const reports::Result &result, bool isChecked) {
  if (trial.mutant.kind->isSync && isChecked && isStillInOrder(unchanged, result))
    return end(trial, Fate::Redundant, "", "everything that it orders is in order without it");
  if (const std::string *warning = newWarning(unchanged, result))
    return end(trial, Fate::Killed, "warning", *warning);
  if (const reports::Finding *allowed = newFinding(unchanged, result))
    return end(trial, Fate::Survived, "", "allowed: " + allowed->check + ": " + allowed->message);
  if (result.digest != unchanged.digest)
    return end(trial, Fate::Survived, "", "the outputs are not the same bits, and the comparison lets them pass");
  end(trial, Fate::Survived, "",
      trial.mutant.kind->isSync
          ? "the order was not checked"
          : "the outputs are the same bits: it may be equivalent, or these inputs do not show the difference");
}

void pto::harness::judge(Trial &trial, const reports::Result &unchanged, const reports::Result &result,
                         bool isChecked) {
  auto unallowed = llvm::find_if(result.findings, [](const reports::Finding &finding) { return !finding.isAllowed; });
  switch (result.state) {
  case State::Pass:
    return judgePass(trial, unchanged, result, isChecked);
  case State::FailNumeric:
    return end(trial, Fate::Killed, "numbers", result.message);
  case State::Timeout:
    return end(trial, Fate::Killed, "time", result.message);
  case State::Crash:
    return end(trial, Fate::Killed, "crash", result.message);
  case State::FailCheck:
    return end(trial, Fate::Killed, unallowed == result.findings.end() ? "fault" : unallowed->check, result.message);
  default:
    // Refused: by the verifier, by the round trip, by the target.
    return end(trial, Fate::Stillborn, result.stage, result.message);
  }
}

void pto::harness::confirmRedundant(Trial &trial, const reports::Result &unchanged, const reports::Result &result,
                                    Order order) {
  if (result.state != State::Pass || result.digest != unchanged.digest)
    end(trial, Fate::Survived, "", "the checks find nothing, but with --order " + order.text() + " the outputs differ");
}
