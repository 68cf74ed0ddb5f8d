// Telling a verdict that repeats from one that does not.
#include "harness/cli/Repeats.h"

using namespace pto;
using namespace pto::harness;
using reports::State;

void Repeats::add(reports::Result result) {
  ++counts[result.state];
  if (!shown || (shown->state == State::Pass && result.state != State::Pass))
    shown = std::move(result);
}

reports::Result Repeats::verdict() const {
  reports::Result result = *shown;
  if (counts.size() == 1)
    return result;
  std::string tally;
  size_t runs = 0;
  for (auto [state, count] : counts) {
    tally += (tally.empty() ? "" : ", ") + std::to_string(count) + " " + nameOf(state).str();
    runs += count;
  }
  if (!result.message.empty())
    result.details.insert(result.details.begin(), nameOf(result.state).str() + ": " + result.message);
  result.message = "the verdict differs between " + std::to_string(runs) + " runs of the same inputs: " + tally;
  result.state = State::Flaky;
  return result;
}
