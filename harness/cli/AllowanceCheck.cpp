// Comparing what the points of a case allow with what they needed.
#include "harness/cli/AllowanceCheck.h"
#include "harness/run/Display.h"
#include "harness/run/Run.h"
#include <set>

using namespace pto;
using namespace pto::harness;
using reports::State;

static bool allowsAnything(const Case &spec) {
  return !spec.isProgram() &&
         llvm::any_of(spec.args, [](const CaseArgument &argument) { return !argument.allow.empty(); });
}

void AllowanceCheck::add(size_t index, reports::Result result) {
  const Case &spec = cases[index];
  if (!allowsAnything(spec))
    return handOn(index, std::move(result));
  Points &points = waiting[spec.place.file];
  points.emplace(index, std::move(result));
  if (points.size() < spec.points)
    return;
  warnOfStale(points);
  auto complete = waiting.extract(spec.place.file);
  for (auto &[each, point] : complete.mapped())
    handOn(each, std::move(point));
}

AllowanceCheck::~AllowanceCheck() {
  for (auto &[name, points] : waiting)
    for (auto &[index, result] : points)
      handOn(index, std::move(result));
}

/// At the first point that passed. One that failed may have come to no comparison: then it is not known.
void AllowanceCheck::warnOfStale(Points &points) const {
  reports::Result *first = nullptr;
  std::set<std::string> needed;
  for (auto &[index, result] : points) {
    if (result.state != State::Pass && result.state != State::Skip)
      return;
    if (result.state == State::Pass && !first)
      first = &result;
    needed.insert(result.allowed.begin(), result.allowed.end());
  }
  if (!first)
    return;
  // One that is said of all outputs has to be needed by one of them.
  std::map<Place, std::string> warnings;
  std::set<Place> useful;
  for (const auto &[index, result] : points)
    for (const CaseArgument &argument : cases[index].args)
      for (const auto &[kind, allowance] : argument.allow) {
        Place place = allowance.place;
        place.file = displayPath(place.file);
        if (needed.count(nameOfAllowance(argument, kind)))
          useful.insert(place);
        warnings[place] = toString(place) + ": `allow: { " + nameOf(kind).str() + ": … }` is not needed" +
                          (points.size() > 1 ? " at any point of the case" : "") + "; remove it";
      }
  size_t before = first->warnings.size();
  for (const auto &[place, text] : warnings)
    if (!useful.count(place))
      first->warnings.push_back(text);
  if (settings.warningsAreErrors && first->warnings.size() > before)
    failForWarnings(*first);
}
