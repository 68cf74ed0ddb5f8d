// Which failures are the one that a case expects.
#include "harness/case/Case.h"
#include "llvm/ADT/STLExtras.h"

using namespace pto::harness;
using pto::reports::State;

bool ExpectedFailure::accepts(State failure, llvm::StringRef atStage) const {
  constexpr State ofARun[] = {State::FailNumeric, State::FailIr, State::FailCheck};
  bool isState = state ? failure == *state : llvm::is_contained(ofARun, failure);
  return isState && (stage.empty() || stage == atStage);
}

std::string ExpectedFailure::describe() const {
  std::string text = state ? nameOf(*state).str() : "a wrong result";
  return stage.empty() ? text : text + " at stage " + stage;
}
