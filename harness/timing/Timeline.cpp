#include "harness/timing/Timeline.h"
#include "harness/cli/Validation.h"
#include "harness/timing/CaseTrace.h"
#include "reports/JsonText.h"
#include "reports/Summary.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include <map>

using namespace pto;
using namespace pto::harness;
using llvm::json::Object;
using sim::TraceEvent;

/// Of a case's cores over all blocks; a process more has a number more.
static constexpr uint64_t mostProcesses = 1'000'000;
static constexpr size_t mostCases = 1000;

namespace {

/// Writes a case's events, each as a line, with commas between them. A microsecond stands for a cycle.
class Writer {
public:
  Writer(const Case &spec, uint64_t firstProcess, const sim::Trace &trace, llvm::raw_ostream &os)
      : spec(spec), firstProcess(firstProcess), trace(trace), os(os) {}

  void write() {
    for (size_t track = 0; track < trace.tracks.size(); ++track)
      writeTrack(uint32_t(track));
    for (const TraceEvent &event : trace.events)
      writeEvent(event);
    for (auto [number, arrow] : llvm::enumerate(trace.arrows))
      writeArrow(number, arrow);
    for (const sim::Finding &finding : trace.report.findings)
      for (uint64_t time : {finding.earlier, finding.later})
        if (const TraceEvent *at = time ? trace.eventAt(time) : nullptr)
          writeMark(*at, name(finding.check), finding.message);
    if (trace.report.fault && !trace.events.empty())
      writeMark(trace.events.back(), "fault", trace.report.fault->message);
  }

private:
  /// An event of a kind on a track; `add` writes the rest of it.
  template <class Add>
  void write(llvm::StringRef kind, uint32_t track, llvm::StringRef called, Add add) {
    os << (isFirst ? "" : ",\n");
    isFirst = false;
    llvm::json::OStream json(os);
    json.object([&] {
      json.attribute("ph", kind);
      json.attribute("pid", processOf(track));
      json.attribute("tid", track + 1);
      json.attribute("name", reports::jsonText(called));
      add(json);
    });
  }

  uint64_t processOf(uint32_t track) {
    auto key = std::pair(trace.tracks[track].block, trace.tracks[track].core);
    return firstProcess + processes.try_emplace(key, processes.size()).first->second;
  }

  void writeTrack(uint32_t track) {
    const sim::Track &its = trace.tracks[track];
    auto arguments = [](const char *key, llvm::json::Value value) {
      return [=](llvm::json::OStream &json) { json.attributeObject("args", [&] { json.attribute(key, value); }); };
    };
    std::string core = llvm::formatv("{0}: block {1}, {2}", spec.name, its.block, its.core);
    write("M", track, "process_name", arguments("name", reports::jsonText(core)));
    write("M", track, "process_sort_index", arguments("sort_index", processOf(track)));
    write("M", track, "thread_name", arguments("name", its.name()));
    write("M", track, "thread_sort_index", arguments("sort_index", track));
  }

  void writeSlice(const TraceEvent &event, llvm::StringRef called, uint64_t from, uint64_t to) {
    if (from == to)
      return;
    write("X", event.track, called, [&](llvm::json::OStream &json) {
      json.attribute("ts", from);
      json.attribute("dur", to - from);
      json.attributeObject("args", [&] {
        json.attribute("at", reports::jsonText(lineOf(spec, trace.operations[event.operation].place)));
        json.attribute("cycles", to - from);
        if (event.bytes)
          json.attribute("bytes", event.bytes);
      });
    });
  }

  void writeEvent(const TraceEvent &event) {
    const std::string &op = trace.operations[event.operation].name;
    writeSlice(event, event.isStuck ? "waits for ever: " + op : "waits: " + op, event.start, event.begin);
    writeSlice(event, event.isIssue ? "issues " + op : op, event.begin, event.end);
  }

  void writeArrow(size_t number, const sim::Trace::Arrow &arrow) {
    for (auto [kind, index] : {std::pair("s", arrow.from), std::pair("f", arrow.to)}) {
      const TraceEvent &event = trace.events[index];
      write(kind, event.track, arrow.what, [&](llvm::json::OStream &json) {
        json.attribute("cat", "sync");
        json.attribute("id", firstProcess * mostProcesses + number);
        json.attribute("ts", event.begin);
        json.attribute("bp", "e");
      });
    }
  }

  void writeMark(const TraceEvent &event, llvm::StringRef called, const std::string &message) {
    write("i", event.track, called, [&](llvm::json::OStream &json) {
      json.attribute("ts", event.begin);
      json.attribute("s", "t");
      json.attributeObject("args", [&] { json.attribute("message", reports::jsonText(message)); });
    });
  }

  const Case &spec;
  const uint64_t firstProcess;
  const sim::Trace &trace;
  llvm::raw_ostream &os;
  bool isFirst = true;
  std::map<std::pair<unsigned, std::string>, uint64_t> processes;
};

} // namespace

llvm::Expected<std::unique_ptr<Timeline>> Timeline::open(const std::string &path, llvm::ArrayRef<Case> selected) {
  std::vector<Case> cases;
  llvm::copy_if(selected, std::back_inserter(cases), [](const Case &spec) { return !spec.isProgram() && !spec.skip; });
  if (cases.empty())
    return llvm::createStringError("--timeline shows kernels that run, and none of the selected cases has one");
  if (cases.size() > mostCases)
    return llvm::createStringError("--timeline shows up to %zu cases, and %zu are selected", mostCases, cases.size());
  std::error_code error;
  std::unique_ptr<Timeline> timeline(new Timeline(path, std::move(cases), error));
  if (error)
    return llvm::createStringError(error, "cannot write the timeline %s: %s", path.c_str(), error.message().c_str());
  return timeline;
}

int Timeline::write(const Options &options) {
  auto make = [&](const Case &spec, const sim::Trace &trace, reports::Result &result) {
    if (trace.cutOff)
      result.notes.push_back(llvm::formatv("the timeline shows the first {0} instructions", *trace.cutOff));
    std::string text;
    llvm::raw_string_ostream os(text);
    Writer(spec, 1 + uint64_t(&spec - cases.data()) * mostProcesses, trace, os).write();
    return text;
  };
  file << "{\"displayTimeUnit\":\"ns\",\"otherData\":{\"unit\":\"a microsecond is an estimated cycle\"},"
          "\"traceEvents\":[";
  size_t shown = 0;
  std::vector<reports::Result> results =
      traceCases(cases, options, make, [&](llvm::StringRef text) { file << (shown++ ? ",\n" : "\n") << text; });
  file << "\n]}\n";
  file.close();
  if (std::error_code error = file.error()) {
    file.clear_error();
    llvm::errs() << "error: cannot write the timeline " << path << ": " << error.message() << '\n';
    return reports::exit_code::setUpError;
  }
  // What does not come as far as the launch has failed in the run before.
  llvm::erase_if(results, [](const reports::Result &result) { return result.stage != "run"; });
  for (const reports::Result &result : results)
    if (result.state != reports::State::Pass)
      complainOfNoTrace(result);
  llvm::outs() << "timeline  " << path << ": " << shown << (shown == 1 ? " case" : " cases");
  if (shown < cases.size())
    llvm::outs() << " of " << cases.size() << (wasInterrupted() ? "" : ", of which the others do not run");
  llvm::outs() << ", in estimated cycles; open it in https://ui.perfetto.dev\n";
  return reports::exitCode(results);
}
