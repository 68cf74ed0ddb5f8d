#include "harness/timing/Explain.h"
#include "harness/cli/Console.h"
#include "harness/cli/Selection.h"
#include "harness/timing/CaseTrace.h"
#include "reports/JsonText.h"
#include "reports/Summary.h"
#include "sim/timing/Analysis.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace pto;
using namespace pto::harness;
using llvm::json::Array;
using llvm::json::Object;
using reports::Line;
using sim::Analysis;

static constexpr llvm::StringLiteral leftOut =
    "Left out: what starts a kernel, a scope or a transfer, banks and caches, contention for global memory, limits of "
    "queues; jumps and loops take no time. Compare two versions of a kernel by it; do not take it for a measurement.";

namespace {

/// A trace, what is known of it, and how it is shown.
struct Explained {
  const Case &spec;
  const sim::Trace &trace;
  const Analysis analysis;
  const size_t mostRows;
  const reports::Style style;
  llvm::raw_ostream &os;

  std::string share(uint64_t cycles) const {
    return llvm::formatv("{0,3:F0} %", 100.0 * double(cycles) / double(std::max<uint64_t>(analysis.cycles, 1)));
  }
  const sim::Trace::Operation &operation(uint32_t index) const { return trace.operations[index]; }
  /// With its core where there are several.
  std::string pipe(uint32_t track) const {
    const sim::Track &its = trace.tracks[track];
    bool isOnly = llvm::all_of(trace.tracks, [&](const sim::Track &other) { return other.core == its.core; });
    return isOnly ? its.pipe : its.pipe + " of " + its.core;
  }
  std::string place(uint32_t index) const { return lineOf(spec, operation(index).place); }
  uint64_t idle(const Analysis::Pipe &pipe) const { return analysis.cycles - pipe.busy - pipe.waiting; }

  void print() const;
  void printPipes() const;
  void printPath() const;
  void printWaits() const;
  void printRest(size_t rows) const {
    if (rows > mostRows)
      Line(2).add(llvm::formatv("and {0} more, which -v shows", rows - mostRows)).print(os, style);
  }
  Object json() const;
};

} // namespace

void Explained::printPipes() const {
  size_t width = 11;
  for (const Analysis::Pipe &each : analysis.pipes)
    width = std::max(width, pipe(each.track).size() + 2);
  Line(2).column("pipe", width).column("busy", 18).column("waiting", 18).add("idle").print(os, style);
  auto cell = [&](uint64_t cycles) { return llvm::formatv("{0,8} {1}", cycles, share(cycles)).str(); };
  for (const Analysis::Pipe &each : analysis.pipes)
    Line(2)
        .column(pipe(each.track), width)
        .column(cell(each.busy), 18)
        .column(cell(each.waiting), 18)
        .add(cell(idle(each)))
        .print(os, style);
  if (analysis.scopeCycles)
    Line(2)
        .add(llvm::formatv("vector scopes issue {0:F2} instructions a cycle, of 2",
                           double(analysis.scopeInstructions) / double(analysis.scopeCycles)))
        .print(os, style);
}

void Explained::printPath() const {
  os << "\nthe chain of instructions that makes it take so long\n";
  Line(2).column("cycles", 9).column("share", 8).column("times", 8).add("at").print(os, style);
  for (const Analysis::Step &step : llvm::ArrayRef(analysis.path).take_front(mostRows))
    Line(2)
        .column(llvm::formatv("{0,6}", step.cycles), 9)
        .column(share(step.cycles), 8)
        .column(llvm::formatv("{0,5}", step.times), 8)
        .add(llvm::formatv("{0}  {1} on {2}", place(step.operation), operation(step.operation).name, pipe(step.track)))
        .print(os, style);
  printRest(analysis.path.size());
}

void Explained::printWaits() const {
  os << "\nwaits\n";
  Line(2).column("cycles", 9).column("times", 8).add("which pipe, and for what").print(os, style);
  for (const Analysis::Wait &wait : llvm::ArrayRef(analysis.waits).take_front(mostRows)) {
    std::string on = wait.what.empty() ? "" : " (" + wait.what + ")";
    Line(2)
        .column(llvm::formatv("{0,6}", wait.cycles), 9)
        .column(llvm::formatv("{0,5}", wait.times), 8)
        .add(llvm::formatv("{0} at {1} for {2} on {3} at {4}{5}", pipe(wait.track), place(wait.operation),
                           operation(wait.forOperation).name, pipe(wait.forTrack), place(wait.forOperation), on))
        .print(os, style);
  }
  printRest(analysis.waits.size());
}

void Explained::print() const {
  os << spec.name << '\n';
  if (trace.report.fault)
    Line(2).add("it does not come to its end: " + trace.report.fault->message).print(os, style);
  if (!trace.report.findings.empty())
    Line(2)
        .add(llvm::formatv("{0} of its accesses are not ordered; they are taken to overlap",
                           trace.report.findings.size()))
        .print(os, style);
  if (trace.cutOff)
    Line(2).add(llvm::formatv("only its first {0} instructions", *trace.cutOff)).print(os, style);
  Line(2)
      .add(llvm::formatv("estimated: {0} cycles, {1:F2} us at {2:F2} GHz{3}", analysis.cycles,
                         double(analysis.cycles) / sim::megahertzOfTrace(), double(sim::megahertzOfTrace()) / 1000,
                         spec.blocks > 1
                             ? llvm::formatv("; block {0} of {1}, which takes longest, has a core of its own",
                                             analysis.block, spec.blocks)
                                   .str()
                             : ""))
      .print(os, style);
  os << '\n';
  printPipes();
  printPath();
  if (!analysis.waits.empty())
    printWaits();
  os << '\n';
  Line(0).add(leftOut).print(os, style);
  if (!analysis.estimated.empty())
    Line(0).add("No document tells what these cost: " + llvm::join(analysis.estimated, ", ") + ".").print(os, style);
}

Object Explained::json() const {
  Array pipes, path, waits;
  for (const Analysis::Pipe &each : analysis.pipes)
    pipes.push_back(Object{{"pipe", pipe(each.track)},
                           {"core", trace.tracks[each.track].core},
                           {"busy", each.busy},
                           {"waiting", each.waiting},
                           {"idle", idle(each)}});
  for (const Analysis::Step &step : analysis.path)
    path.push_back(Object{{"op", operation(step.operation).name},
                          {"at", reports::jsonText(place(step.operation))},
                          {"pipe", pipe(step.track)},
                          {"cycles", step.cycles},
                          {"times", step.times}});
  for (const Analysis::Wait &wait : analysis.waits)
    waits.push_back(Object{{"at", reports::jsonText(place(wait.operation))},
                           {"pipe", pipe(wait.track)},
                           {"for_pipe", pipe(wait.forTrack)},
                           {"for_at", reports::jsonText(place(wait.forOperation))},
                           {"on", wait.what},
                           {"cycles", wait.cycles},
                           {"times", wait.times}});
  Object all{{"case", reports::jsonText(spec.name)},
             {"estimated_cycles", analysis.cycles},
             {"megahertz", sim::megahertzOfTrace()},
             {"block", analysis.block},
             {"pipes", std::move(pipes)},
             {"scope_cycles", analysis.scopeCycles},
             {"scope_instructions", analysis.scopeInstructions},
             {"path", std::move(path)},
             {"waits", std::move(waits)},
             {"undocumented", reports::jsonTexts(analysis.estimated)},
             {"findings", trace.report.findings.size()}};
  if (trace.report.fault)
    all["fault"] = reports::jsonText(trace.report.fault->message);
  if (trace.cutOff)
    all["cut_off"] = *trace.cutOff;
  return all;
}

int pto::harness::explain(const Options &options) {
  llvm::Expected<CaseSet> set = select(options);
  if (!set)
    return reportUnselected(set.takeError());
  bool isWhole = reportBroken(*set);
  constexpr size_t fewRows = 10;
  size_t count = options.verbose ? set->cases.size() : std::min<size_t>(set->cases.size(), 1);
  llvm::ArrayRef<Case> cases = llvm::ArrayRef(set->cases).take_front(count);
  for (const Case &spec : cases)
    isWhole &= !refuseProgram(spec);
  if (!isWhole)
    return reports::exit_code::setUpError;
  auto make = [&](const Case &spec, const sim::Trace &trace, reports::Result &) {
    std::string text;
    llvm::raw_string_ostream os(text);
    Explained explained{spec, trace, sim::analyze(trace), options.verbose ? SIZE_MAX : fewRows, styleOf(options), os};
    if (options.json)
      os << llvm::json::Value(explained.json()) << '\n';
    else
      explained.print();
    return text;
  };
  bool isFirst = true;
  std::vector<reports::Result> results = traceCases(cases, options, make, [&](llvm::StringRef text) {
    llvm::outs() << (std::exchange(isFirst, false) || options.json ? "" : "\n") << text;
  });
  llvm::outs().flush();
  for (const reports::Result &result : results)
    if (result.state != reports::State::Pass)
      complainOfNoTrace(result);
  if (count < set->cases.size())
    llvm::errs() << "note: this is the first of " << set->cases.size() << "; -v shows all, --list names them\n";
  return reports::exitCode(results);
}
