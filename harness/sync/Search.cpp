#include "harness/sync/Search.h"
#include "compiler/dialect/Places.h"
#include "compiler/frontend/Kernel.h"
#include "compiler/sync/SyncOps.h"
#include "harness/mutate/Trial.h"
#include "harness/run/Display.h"
#include "harness/run/stages/Stages.h"
#include "llvm/ADT/STLExtras.h"

using namespace pto;
using namespace pto::harness;
using reports::Result;
using reports::State;
using sync::Anchor;

namespace {

struct Unit {
  Addition addition;
  std::vector<Anchor> anchors; ///< of its lines
};

struct Plan {
  std::vector<Anchor> removed;
  std::vector<Unit> added;

  sync::Change change() const {
    sync::Change change{removed, {}};
    for (const Unit &unit : added)
      for (auto [line, anchor] : llvm::zip_equal(unit.addition.lines, unit.anchors))
        change.added.push_back({line.text, anchor, line.isAfter});
    return change;
  }
  Plan with(Unit unit) const {
    Plan plan = *this;
    plan.added.push_back(std::move(unit));
    return plan;
  }
  Plan without(size_t unit) const {
    Plan plan = *this;
    plan.added.erase(plan.added.begin() + long(unit));
    return plan;
  }
  Plan taking(llvm::ArrayRef<Anchor> anchors) const {
    Plan plan = *this;
    llvm::append_range(plan.removed, anchors);
    return plan;
  }
};

/// A case that has come as far as to its inputs.
struct Point {
  std::unique_ptr<Run> run;
  sync::Original original;
};

/// Why nothing can be proposed.
struct Refusal {
  std::string why;
  Place place;
};

class Search {
public:
  explicit Search(Workshop &workshop) : workshop(workshop) {}

  std::optional<Refusal> open(llvm::ArrayRef<Case> cases);
  Proposal propose(SearchOptions options);

private:
  struct Trouble {
    size_t point;
    Result result;
  };

  Result run(size_t point, const Plan &plan);
  std::vector<Result> runAll(const Plan &plan);
  std::optional<Trouble> firstTrouble(const Plan &plan);
  bool isClean(const Plan &plan) { return !firstTrouble(plan); }

  std::optional<Refusal> mend(Plan &plan);
  std::optional<Refusal> mendFirst(Plan &plan, const Trouble &trouble);
  std::optional<Unit> unitOf(size_t point, const Addition &addition) const;
  void minimize(Plan &plan, size_t first);
  bool dropOne(Plan &plan, size_t first);
  bool joinTwo(Plan &plan, size_t first);
  bool renumber(Plan &plan, size_t unit, FlagName flag);

  /// What of the kernel's own synchronization may go together, those first that hold back most.
  std::vector<std::vector<Anchor>> groups() const;
  Anchor anchorOf(const Point &point, mlir::Operation *op) const;
  Advice adviceOn(Anchor anchor, const llvm::Twine &text) const;
  void addAdvice(Proposal &proposal, Plan &lean, SearchOptions options);

  Workshop &workshop;
  std::vector<Point> points;
  std::vector<FlagName> ownFlags; ///< of the kernel, but for those that are taken out
  std::vector<Result> reference;  ///< by point: what was found before anything was changed, or is let pass
};

} // namespace

/// Of all that is launched.
static sync::Operations syncsOf(Run &run) {
  llvm::SetVector<mlir::Operation *> all;
  for (const KernelLaunch &launch : run.launches)
    for (mlir::Operation *op : sync::syncsAmong(sync::executedBy(launch.entry)))
      all.insert(op);
  return {all.begin(), all.end()};
}

/// What fails the run, where that is the order of two accesses.
static const reports::Finding *findingOf(const Result &result) {
  auto found = llvm::find_if(result.findings, [](const reports::Finding &finding) { return !finding.isAllowed; });
  bool isWhyItFails = found != result.findings.end() && llvm::StringRef(result.message).ends_with(found->message);
  return isWhyItFails ? &*found : nullptr;
}

static Refusal refusal(const Result &result) {
  return {reports::nameOf(result.state).str() + ": " + result.message,
          result.location ? Place(*result.location) : Place()};
}

/// Whether the same would mend both.
static bool isSame(const reports::Finding &a, const reports::Finding &b) {
  auto needsOf = [](const reports::Finding &finding) {
    std::vector<std::tuple<Place, std::string, std::string>> needs;
    for (const Addition &addition : finding.remedies)
      for (const AddedLine &line : addition.lines) {
        FlagName flag = addition.flag.value_or(FlagName());
        needs.emplace_back(line.at, flag.source, flag.destination);
      }
    return needs;
  };
  return a.check == b.check && static_cast<const Place &>(a.location) == b.location && needsOf(a) == needsOf(b);
}

std::optional<Refusal> Search::open(llvm::ArrayRef<Case> cases) {
  for (const Case &spec : cases) {
    auto run = std::make_unique<Run>(spec, workshop);
    auto untilGolden = stages().take_while([](const Stage &stage) { return stage.advance != harness::golden; });
    if (!takeThrough(*run, untilGolden))
      return refusal(run->result);
    auto original = sync::Original::of(*run->module, spec.kernelText, displayPath(spec.kernelFile));
    if (!original)
      return Refusal{llvm::toString(original.takeError()), {}};
    points.push_back({std::move(run), std::move(*original)});
  }
  return std::nullopt;
}

Result Search::run(size_t index, const Plan &plan) {
  Point &point = points[index];
  Run again(point.run->spec, workshop);
  auto fail = [&](llvm::Error error) {
    again.fail(State::InfraError, reports::Blame::Kernel, llvm::toString(std::move(error)));
    return std::move(again.result);
  };
  auto module = point.original.with(plan.change());
  if (!module)
    return fail(module.takeError());
  again.module = std::move(*module);
  for (KernelLaunch launch : point.run->launches) {
    auto entry = frontend::selectEntry(*again.module, launch.entry.getSymName());
    if (!entry)
      return fail(entry.takeError());
    launch.entry = *entry;
    again.launches.push_back(std::move(launch));
  }
  if (!decode(again))
    return std::move(again.result);
  again.buffers = std::move(point.run->buffers);
  harness::run(again);
  point.run->buffers = std::move(again.buffers);
  return std::move(again.result);
}

std::vector<Result> Search::runAll(const Plan &plan) {
  std::vector<Result> results;
  for (size_t point = 0; point < points.size(); ++point)
    results.push_back(run(point, plan));
  return results;
}

std::optional<Search::Trouble> Search::firstTrouble(const Plan &plan) {
  for (size_t point = 0; point < points.size(); ++point)
    if (Result result = run(point, plan); !isStillInOrder(reference[point], result))
      return Trouble{point, std::move(result)};
  return std::nullopt;
}

std::optional<Unit> Search::unitOf(size_t point, const Addition &addition) const {
  Unit unit{addition, {}};
  for (const AddedLine &line : addition.lines) {
    std::optional<Anchor> anchor = points[point].original.anchorOf(line.at);
    if (!anchor)
      return std::nullopt;
    unit.anchors.push_back(*anchor);
  }
  return unit;
}

/// The remedy that is executed least often. One for all pipes only where no other will do.
std::optional<Refusal> Search::mendFirst(Plan &plan, const Trouble &trouble) {
  const reports::Finding *finding = findingOf(trouble.result);
  if (const std::string *warning = newWarning(reference[trouble.point], trouble.result); warning && !finding)
    return Refusal{"what it has to wait for makes the kernel warn: " + *warning, {}};
  if (!finding)
    return refusal(trouble.result);
  struct Candidate {
    Unit unit;
    uint64_t executed;
  };
  std::vector<Candidate> candidates;
  for (const Addition &addition : finding->remedies) {
    std::optional<Unit> unit = unitOf(trouble.point, addition);
    if (!unit || (addition.isForAllPipes && !candidates.empty()))
      continue;
    Result tried = run(trouble.point, plan.with(*unit));
    bool isMended = tried.state == State::Pass
                        ? isStillInOrder(reference[trouble.point], tried)
                        : findingOf(tried) &&
                              llvm::none_of(tried.findings, [&](const auto &other) { return isSame(*finding, other); });
    if (isMended)
      candidates.push_back({std::move(*unit), tried.instructions});
  }
  llvm::stable_sort(candidates, [](const Candidate &a, const Candidate &b) { return a.executed < b.executed; });
  for (Candidate &candidate : candidates) {
    Plan tried = plan.with(std::move(candidate.unit));
    bool keepsOthers = true;
    for (size_t point = 0; keepsOthers && point < trouble.point; ++point)
      keepsOthers = isStillInOrder(reference[point], run(point, tried));
    if (!keepsOthers)
      continue;
    plan = std::move(tried);
    return std::nullopt;
  }
  return refusal(trouble.result);
}

std::optional<Refusal> Search::mend(Plan &plan) {
  constexpr size_t most = 256;
  while (std::optional<Trouble> trouble = firstTrouble(plan)) {
    if (plan.added.size() == most)
      return Refusal{"more than " + std::to_string(most) + " flags and barriers are missing", {}};
    if (std::optional<Refusal> why = mendFirst(plan, *trouble))
      return why;
  }
  return std::nullopt;
}

bool Search::dropOne(Plan &plan, size_t first) {
  for (bool isForAllPipes : {true, false})
    for (size_t unit = plan.added.size(); unit-- > first;)
      if (plan.added[unit].addition.isForAllPipes == isForAllPipes && isClean(plan.without(unit))) {
        plan = plan.without(unit);
        return true;
      }
  return false;
}

/// Gives a flag the first event with which all is in order, if possible one that neither the kernel nor the plan uses
/// between these pipes.
bool Search::renumber(Plan &plan, size_t unit, FlagName flag) {
  auto isUsed = [&](const FlagName &other) {
    for (size_t index = 0; index < plan.added.size(); ++index)
      if (index != unit && plan.added[index].addition.flag == other)
        return true;
    return llvm::is_contained(ownFlags, other);
  };
  Plan tried = plan;
  for (bool takesUsed : {false, true})
    for (flag.event = 0; flag.event < sync::eventCount; ++flag.event) {
      if (isUsed(flag) != takesUsed)
        continue;
      nameFlag(tried.added[unit].addition, flag);
      if (!isClean(tried))
        continue;
      plan = std::move(tried);
      return true;
    }
  return false;
}

/// The set of one flag and the wait of another one may do for both: a pipe that waits for one that has waited for a
/// third waits for the third as well.
bool Search::joinTwo(Plan &plan, size_t first) {
  for (size_t one = first; one < plan.added.size(); ++one)
    for (size_t other = first; other < plan.added.size(); ++other) {
      const Unit &sets = plan.added[one], &waits = plan.added[other];
      if (one == other || !sets.addition.flag || !waits.addition.flag ||
          !points.front().original.isBefore(sets.anchors[0], waits.anchors[1]))
        continue;
      FlagName flag{sets.addition.flag->source, waits.addition.flag->destination};
      if (flag.source == flag.destination)
        continue;
      Plan tried = plan;
      tried.added[one].anchors[1] = waits.anchors[1];
      tried.added[one].addition.lines[1] = waits.addition.lines[1];
      tried.added.erase(tried.added.begin() + long(other));
      if (!renumber(tried, one - (other < one), flag))
        continue;
      plan = std::move(tried);
      return true;
    }
  return false;
}

void Search::minimize(Plan &plan, size_t first) {
  while (dropOne(plan, first) || joinTwo(plan, first))
    ;
  for (size_t unit = first; unit < plan.added.size(); ++unit)
    if (std::optional<FlagName> flag = plan.added[unit].addition.flag)
      renumber(plan, unit, *flag);
}

Anchor Search::anchorOf(const Point &point, mlir::Operation *op) const {
  return *point.original.anchorOf(placeOf(op->getLoc()));
}

std::vector<std::vector<Anchor>> Search::groups() const {
  llvm::SetVector<std::vector<Anchor>, std::vector<std::vector<Anchor>>, std::set<std::vector<Anchor>>> all;
  for (const Point &point : points) {
    auto add = [&](llvm::ArrayRef<mlir::Operation *> ops) {
      std::vector<Anchor> anchors;
      for (mlir::Operation *op : ops)
        anchors.push_back(anchorOf(point, op));
      all.insert(std::move(anchors));
    };
    sync::Operations syncs = syncsOf(*point.run);
    for (mlir::Operation *op : syncs)
      if (sync::isForAllPipes(op))
        add(op);
    for (const sync::Operations &sides : sync::sidesByToken(syncs)) {
      add(sides);
      for (auto [first, second] : sync::pairsOf(sides))
        add({first, second});
    }
    for (mlir::Operation *op : syncs)
      if (!sync::isRelease(op) && !sync::isWait(op))
        add(op);
  }
  return all.takeVector();
}

Advice Search::adviceOn(Anchor anchor, const llvm::Twine &text) const {
  for (const Point &point : points)
    if (mlir::Operation *op = point.original.at(anchor))
      return {placeOf(op->getLoc()), (op->getName().getStringRef() + " " + text).str()};
  return {};
}

void Search::addAdvice(Proposal &proposal, Plan &lean, SearchOptions options) {
  std::vector<std::vector<Anchor>> all = groups();
  std::set<Anchor> gone(lean.removed.begin(), lean.removed.end());
  for (const std::vector<Anchor> &group : all) {
    if (llvm::any_of(group, [&](Anchor anchor) { return gone.count(anchor) > 0; }) || !isClean(lean.taking(group)))
      continue;
    lean = lean.taking(group);
    gone.insert(group.begin(), group.end());
  }
  for (Anchor anchor : gone)
    proposal.redundant.push_back(adviceOn(anchor, "orders nothing that is not in order without it"));
  if (!options.findsAdvice)
    return;
  for (const std::vector<Anchor> &group : all) {
    mlir::Operation *op = points.front().original.at(group.front());
    if (!op || !sync::isForAllPipes(op) || gone.count(group.front()))
      continue;
    Plan instead = lean.taking(group);
    size_t before = instead.added.size();
    if (mend(instead))
      continue;
    minimize(instead, before);
    if (instead.added.size() == before + 1 && !instead.added.back().addition.isForAllPipes)
      proposal.tooMuch.push_back(adviceOn(group.front(), "makes all pipes wait where less would do: " +
                                                             describe(instead.added.back().addition)));
  }
}

Proposal Search::propose(SearchOptions options) {
  Proposal proposal;
  Plan plan;
  auto refuse = [&](Refusal why) {
    proposal.failure = std::move(why.why);
    proposal.failurePlace = std::move(why.place);
    return proposal;
  };
  for (const Point &point : points)
    for (mlir::Operation *op : syncsOf(*point.run))
      if (Anchor anchor = anchorOf(point, op); options.isFromScratch && !llvm::is_contained(plan.removed, anchor))
        plan.removed.push_back(anchor);
      else if (std::optional<FlagName> flag = sync::flagOf(op); flag && !options.isFromScratch)
        ownFlags.push_back(*flag);
  reference = runAll(plan);
  if (std::optional<Refusal> why = mend(plan))
    return refuse(std::move(*why));
  minimize(plan, 0);
  Plan lean = plan;
  if (!options.isFromScratch)
    addAdvice(proposal, lean, options);
  if (options.removesRedundant)
    plan = lean;
  const sync::Original &original = points.front().original;
  proposal.edits = original.edits(plan.change());
  proposal.lean = original.edits(lean.change());
  proposal.removed = unsigned(plan.removed.size());
  for (const Unit &unit : plan.added) {
    proposal.added += unsigned(unit.anchors.size());
    proposal.additions.push_back(describe(unit.addition));
  }
  return proposal;
}

Proposal pto::harness::propose(llvm::ArrayRef<Case> points, Workshop &workshop, SearchOptions options) {
  Search search(workshop);
  if (std::optional<Refusal> why = search.open(points)) {
    Proposal proposal;
    proposal.failure = std::move(why->why);
    proposal.failurePlace = std::move(why->place);
    return proposal;
  }
  return search.propose(options);
}
