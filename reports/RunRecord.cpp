// The first and the last line of results.jsonl as JSON, and back.
#include "reports/RunRecord.h"
#include "reports/JsonText.h"
#include "llvm/Support/Chrono.h"
#include "llvm/Support/FormatVariadic.h"

namespace pto::reports {

namespace json = llvm::json;

/// Raised when a reader of an older file would misread a newer one.
static constexpr int64_t formatVersion = 1;

static constexpr struct {
  llvm::StringLiteral name, description;
} stops[] = {{"", ""}, {"first-failure", "stopped at the first failure"}, {"interrupted", "interrupted"}};

llvm::StringRef describe(Stop stop) {
  return stops[static_cast<size_t>(stop)].description;
}

json::Value toJson(const RunHeader &header) {
  return json::Object{{"run", json::Object{{"format", formatVersion},
                                           {"version", jsonText(header.version)},
                                           {"commit", jsonText(header.commit)},
                                           {"cases_root", jsonText(header.casesRoot)},
                                           {"cases_commit", jsonText(header.casesCommit)},
                                           {"host", jsonText(header.host)},
                                           {"started", jsonText(header.started)},
                                           {"command", jsonTexts(header.command)},
                                           {"options", json::Object(header.options)},
                                           {"cases", header.cases}}}};
}

json::Value toJson(const RunEnd &end) {
  json::Object counts;
  for (const StateCount &count : end.counts)
    counts[nameOf(count.state)] = count.count;
  return json::Object{{"end", json::Object{{"ended", jsonText(end.ended)},
                                           {"duration_ms", end.durationMs},
                                           {"exit_code", end.exitCode},
                                           {"counts", std::move(counts)},
                                           {"complete", end.isComplete()},
                                           {"stopped", stops[static_cast<size_t>(end.stopped)].name},
                                           {"not_run", jsonTexts(end.notRun)}}}};
}

bool fromJSON(const json::Value &value, RunHeader &header, json::Path path) {
  json::ObjectMapper map(value, path);
  int64_t format = 0;
  if (!map || !map.map("format", format))
    return false;
  if (format != formatVersion) {
    path.field("format").report("expected 1, the only format that this version reads");
    return false;
  }
  if (const json::Object *options = value.getAsObject()->getObject("options"))
    header.options = *options;
  return map.mapOptional("version", header.version) && map.mapOptional("commit", header.commit) &&
         map.mapOptional("cases_root", header.casesRoot) && map.mapOptional("cases_commit", header.casesCommit) &&
         map.mapOptional("host", header.host) && map.mapOptional("started", header.started) &&
         map.mapOptional("command", header.command) && map.mapOptional("cases", header.cases);
}

static bool readCounts(const json::Object &counts, RunEnd &end, json::Path path) {
  for (const auto &[name, number] : counts) {
    std::optional<State> state = parseState(name);
    std::optional<uint64_t> count = number.getAsUINT64();
    if (!state || !count) {
      path.report("expected names of states with how often they occurred");
      return false;
    }
    end.counts.push_back({*state, *count});
  }
  llvm::sort(end.counts, [](const StateCount &a, const StateCount &b) { return a.state < b.state; });
  return true;
}

static bool fromJSON(const json::Value &value, Stop &stop, json::Path path) {
  std::optional<llvm::StringRef> name = value.getAsString();
  auto *found = llvm::find_if(stops, [&](const auto &entry) { return entry.name == name; });
  if (found == std::end(stops)) {
    path.report("expected first-failure, interrupted or nothing");
    return false;
  }
  stop = static_cast<Stop>(found - stops);
  return true;
}

bool fromJSON(const json::Value &value, RunEnd &end, json::Path path) {
  json::ObjectMapper map(value, path);
  if (!map)
    return false;
  const json::Object *counts = value.getAsObject()->getObject("counts");
  if (counts && !readCounts(*counts, end, path.field("counts")))
    return false;
  return map.mapOptional("ended", end.ended) && map.mapOptional("duration_ms", end.durationMs) &&
         map.mapOptional("exit_code", end.exitCode) && map.mapOptional("stopped", end.stopped) &&
         map.mapOptional("not_run", end.notRun);
}

std::string formatTime(std::chrono::system_clock::time_point time) {
  return llvm::formatv("{0:%Y-%m-%dT%H:%M:%SZ}", llvm::sys::toUtcTime(std::chrono::system_clock::to_time_t(time)))
      .str();
}

} // namespace pto::reports
