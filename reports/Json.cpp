// A Result as a JSON object and back. What is empty or unknown is left out of optional keys, never of the ones that
// every reader relies on.
#include "reports/JsonText.h"
#include "reports/Result.h"
#include <cmath>

namespace pto::reports {

namespace json = llvm::json;

namespace {

constexpr llvm::StringLiteral blames[] = {"none", "kernel", "case", "infrastructure"};

/// JSON has no infinities.
double finite(double value) {
  return std::isfinite(value) ? value : 0;
}

json::Value toJson(const Location &location) {
  return json::Object{{"file", jsonText(location.file)},
                      {"line", static_cast<int64_t>(location.line)},
                      {"column", static_cast<int64_t>(location.column)},
                      {"snippet", jsonText(location.snippet)}};
}

json::Value toJson(const Element &element) {
  return json::Object{{"index", element.index},
                      {"position", element.position},
                      {"expected", jsonText(element.expected)},
                      {"actual", jsonText(element.actual)},
                      {"expected_bits", jsonText(element.expectedBits)},
                      {"actual_bits", jsonText(element.actualBits)},
                      {"expected_hex", jsonText(element.expectedHex)},
                      {"actual_hex", jsonText(element.actualHex)},
                      {"distance", jsonText(element.distance)}};
}

json::Value toJson(const Output &output) {
  json::Array worst, histogram;
  for (const Element &element : output.worst)
    worst.push_back(toJson(element));
  for (const Output::Bucket &bucket : output.histogram)
    histogram.push_back(json::Object{{"label", jsonText(bucket.label)}, {"count", bucket.count}});
  json::Object object{{"name", jsonText(output.name)},
                      {"dtype", jsonText(output.dtype)},
                      {"shape", output.shape},
                      {"elements", output.elements},
                      {"unwritten", output.unwritten},
                      {"differing", output.differing},
                      {"mode", jsonText(output.mode)},
                      {"bound", jsonText(output.bound)},
                      {"tightest", jsonText(output.tightest)},
                      {"statistic", jsonText(output.statistic)},
                      {"worst", std::move(worst)},
                      {"histogram", std::move(histogram)},
                      {"lanes", output.lanes}};
  if (output.writer)
    object["writer"] = toJson(*output.writer);
  return object;
}

json::Value toJson(const AddedLine &line) {
  return json::Object{{"text", jsonText(line.text)},
                      {"file", jsonText(line.at.file)},
                      {"line", static_cast<int64_t>(line.at.line)},
                      {"after", line.isAfter}};
}

json::Value toJson(const Finding &finding) {
  json::Array edit;
  for (const AddedLine &line : finding.edit)
    edit.push_back(toJson(line));
  return json::Object{{"check", jsonText(finding.check)},
                      {"message", jsonText(finding.message)},
                      {"location", toJson(finding.location)},
                      {"details", jsonTexts(finding.details)},
                      {"edit", std::move(edit)},
                      {"allowed", finding.isAllowed}};
}

} // namespace

json::Value toJson(const Result &result) {
  json::Array outputs, stages, findings;
  for (const Finding &finding : result.findings)
    findings.push_back(toJson(finding));
  for (const Output &output : result.outputs)
    outputs.push_back(toJson(output));
  for (const Result::StageTime &time : result.stages)
    stages.push_back(json::Object{{"stage", jsonText(time.stage)}, {"ms", finite(time.ms)}});
  json::Object object{{"case", jsonText(result.name)},
                      {"state", nameOf(result.state)},
                      {"blame", blames[static_cast<size_t>(result.blame)]},
                      {"stage", jsonText(result.stage)},
                      {"message", jsonText(result.message)},
                      {"details", jsonTexts(result.details)},
                      {"warnings", jsonTexts(result.warnings)},
                      {"notes", jsonTexts(result.notes)},
                      {"findings", std::move(findings)},
                      {"allowed", jsonTexts(result.allowed)},
                      {"outputs", std::move(outputs)},
                      {"target", jsonText(result.target)},
                      {"seed", result.seed},
                      {"duration_ms", finite(result.durationMs)},
                      {"stages", std::move(stages)},
                      {"replay", jsonText(result.replay)},
                      {"summary", jsonText(result.summary)}};
  if (result.location)
    object["location"] = toJson(*result.location);
  if (result.instructions)
    object["instructions"] = result.instructions;
  if (!result.digest.empty())
    object["digest"] = result.digest;
  return object;
}

bool fromJSON(const json::Value &value, State &state, json::Path path) {
  std::optional<llvm::StringRef> name = value.getAsString();
  std::optional<State> parsed = name ? parseState(*name) : std::nullopt;
  if (!parsed) {
    path.report("expected the name of a state");
    return false;
  }
  state = *parsed;
  return true;
}

bool fromJSON(const json::Value &value, Blame &blame, json::Path path) {
  if (std::optional<llvm::StringRef> name = value.getAsString())
    for (size_t i = 0; i < std::size(blames); ++i)
      if (blames[i] == *name) {
        blame = static_cast<Blame>(i);
        return true;
      }
  path.report("expected none, kernel, case or infrastructure");
  return false;
}

/// A line or a column: the library reads no unsigned integers of 32 bits.
struct Position {
  unsigned value = 0;
};

bool fromJSON(const json::Value &value, Position &position, json::Path path) {
  std::optional<int64_t> number = value.getAsInteger();
  if (!number || *number < 0 || *number > UINT32_MAX) {
    path.report("expected a line or column number");
    return false;
  }
  position.value = static_cast<unsigned>(*number);
  return true;
}

bool fromJSON(const json::Value &value, Location &location, json::Path path) {
  json::ObjectMapper map(value, path);
  Position line, column;
  if (!map || !map.mapOptional("file", location.file) || !map.mapOptional("line", line) ||
      !map.mapOptional("column", column) || !map.mapOptional("snippet", location.snippet))
    return false;
  location.line = line.value;
  location.column = column.value;
  return true;
}

bool fromJSON(const json::Value &value, Element &element, json::Path path) {
  json::ObjectMapper map(value, path);
  return map && map.mapOptional("index", element.index) && map.mapOptional("position", element.position) &&
         map.mapOptional("expected", element.expected) && map.mapOptional("actual", element.actual) &&
         map.mapOptional("expected_bits", element.expectedBits) && map.mapOptional("actual_bits", element.actualBits) &&
         map.mapOptional("expected_hex", element.expectedHex) && map.mapOptional("actual_hex", element.actualHex) &&
         map.mapOptional("distance", element.distance);
}

bool fromJSON(const json::Value &value, Output::Bucket &bucket, json::Path path) {
  json::ObjectMapper map(value, path);
  return map && map.mapOptional("label", bucket.label) && map.mapOptional("count", bucket.count);
}

bool fromJSON(const json::Value &value, Output &output, json::Path path) {
  json::ObjectMapper map(value, path);
  return map && map.mapOptional("name", output.name) && map.mapOptional("dtype", output.dtype) &&
         map.mapOptional("shape", output.shape) && map.mapOptional("elements", output.elements) &&
         map.mapOptional("unwritten", output.unwritten) && map.mapOptional("differing", output.differing) &&
         map.mapOptional("mode", output.mode) && map.mapOptional("bound", output.bound) &&
         map.mapOptional("tightest", output.tightest) && map.mapOptional("statistic", output.statistic) &&
         map.mapOptional("worst", output.worst) && map.mapOptional("histogram", output.histogram) &&
         map.mapOptional("lanes", output.lanes) && map.mapOptional("writer", output.writer);
}

bool fromJSON(const json::Value &value, Result::StageTime &time, json::Path path) {
  json::ObjectMapper map(value, path);
  return map && map.mapOptional("stage", time.stage) && map.mapOptional("ms", time.ms);
}

} // namespace pto::reports

// Beside its type, where the library looks for it.
namespace pto {
static bool fromJSON(const llvm::json::Value &value, AddedLine &line, llvm::json::Path path) {
  llvm::json::ObjectMapper map(value, path);
  reports::Position number;
  if (!map || !map.map("text", line.text) || !map.mapOptional("file", line.at.file) ||
      !map.mapOptional("line", number) || !map.mapOptional("after", line.isAfter))
    return false;
  line.at.line = number.value;
  return true;
}
} // namespace pto

namespace pto::reports {

bool fromJSON(const json::Value &value, Finding &finding, json::Path path) {
  json::ObjectMapper map(value, path);
  return map && map.map("check", finding.check) && map.mapOptional("message", finding.message) &&
         map.mapOptional("location", finding.location) && map.mapOptional("details", finding.details) &&
         map.mapOptional("edit", finding.edit) && map.mapOptional("allowed", finding.isAllowed);
}

bool fromJSON(const json::Value &value, Result &result, json::Path path) {
  json::ObjectMapper map(value, path);
  return map && map.map("case", result.name) && map.map("state", result.state) &&
         map.mapOptional("blame", result.blame) && map.mapOptional("stage", result.stage) &&
         map.mapOptional("message", result.message) && map.mapOptional("details", result.details) &&
         map.mapOptional("warnings", result.warnings) && map.mapOptional("notes", result.notes) &&
         map.mapOptional("findings", result.findings) && map.mapOptional("allowed", result.allowed) &&
         map.mapOptional("location", result.location) && map.mapOptional("outputs", result.outputs) &&
         map.mapOptional("target", result.target) && map.mapOptional("seed", result.seed) &&
         map.mapOptional("instructions", result.instructions) && map.mapOptional("digest", result.digest) &&
         map.mapOptional("duration_ms", result.durationMs) && map.mapOptional("stages", result.stages) &&
         map.mapOptional("replay", result.replay) && map.mapOptional("summary", result.summary);
}

llvm::Expected<Result> fromJson(const json::Value &value) {
  Result result;
  json::Path::Root root("result");
  if (fromJSON(value, result, root))
    return result;
  return root.getError();
}

} // namespace pto::reports
