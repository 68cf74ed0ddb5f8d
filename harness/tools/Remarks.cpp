#include "harness/tools/Remarks.h"
#include "harness/run/Display.h"
#include "reports/JsonText.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Regex.h"

using namespace pto;
using namespace pto::harness;
namespace json = llvm::json;
using reports::State;

json::Object pto::harness::remarkAt(const Place &place, llvm::StringRef message, RemarkSeverity severity) {
  auto position = [&](int64_t character) {
    return json::Object{{"line", place.line ? int64_t(place.line) - 1 : 0}, {"character", character}};
  };
  return json::Object{{"range", json::Object{{"start", position(place.column ? int64_t(place.column) - 1 : 0)},
                                             {"end", position(1 << 20)}}},
                      {"severity", int(severity)},
                      {"source", "pto"},
                      {"message", reports::jsonText(message)}};
}

/// The line after an operation that begins on this one, both from 0: after the region that it opens, and after the
/// lines that go on with it.
static unsigned lineAfter(llvm::ArrayRef<llvm::StringRef> lines, unsigned line) {
  static const llvm::Regex begins("^[ \t]*(%|\"|}|//|\\^|[A-Za-z_][A-Za-z0-9_]*\\.[A-Za-z_]|return|func|$)");
  int depth = 0;
  for (; line < lines.size(); ++line) {
    llvm::StringRef code = lines[line].split("//").first;
    depth += int(code.count('{')) - int(code.count('}'));
    if (depth <= 0 && (line + 1 == lines.size() || begins.match(lines[line + 1])))
      return line + 1;
  }
  return unsigned(lines.size());
}

std::vector<InsertedLine> pto::harness::insertionsOf(llvm::ArrayRef<AddedLine> edit, llvm::StringRef text) {
  llvm::SmallVector<llvm::StringRef, 0> lines;
  text.split(lines, '\n');
  std::vector<InsertedLine> inserted;
  for (const AddedLine &line : edit) {
    if (line.at.line == 0 || line.at.line > lines.size())
      return {};
    unsigned at = line.at.line - 1;
    llvm::StringRef indentation = lines[at].take_while([](char c) { return c == ' ' || c == '\t'; });
    inserted.push_back({line.isAfter ? lineAfter(lines, at) : at, (indentation + line.text).str()});
  }
  llvm::stable_sort(inserted, [](const auto &a, const auto &b) { return a.before < b.before; });
  return inserted;
}

static json::Object fixOf(const std::string &advice, llvm::ArrayRef<InsertedLine> lines) {
  json::Array edits;
  for (const InsertedLine &line : lines) {
    auto at = [&] { return json::Object{{"line", line.before}, {"character", 0}}; };
    edits.push_back(json::Object{{"range", json::Object{{"start", at()}, {"end", at()}}},
                                 {"newText", reports::jsonText(line.text + "\n")}});
  }
  return json::Object{{"title", reports::jsonText(advice)}, {"edits", std::move(edits)}};
}

namespace {

class Remarks {
public:
  explicit Remarks(const Case &spec) : spec(spec), kernel(displayPath(spec.kernelFile)) {}

  /// What is in another file is told at the kernel's first line.
  json::Object &add(Place place, std::string message, RemarkSeverity severity) {
    if (!place.file.empty() && place.file != kernel) {
      message = toString(place) + ": " + message;
      place = {kernel, 1, 1};
    }
    if (spec.points > 1)
      message += " (" + spec.name + ")";
    made.push_back(json::Object{{"diagnostic", remarkAt(place, message, severity)}});
    return *made.back().getAsObject();
  }

  void add(const reports::Finding &finding) {
    std::string message = finding.check + ": " + finding.message;
    for (const std::string &detail : finding.details)
      message += "\n" + detail;
    json::Object &remark = add(finding.location, std::move(message),
                               finding.isAllowed ? RemarkSeverity::Information : RemarkSeverity::Error);
    bool isHere = llvm::all_of(finding.edit,
                               [&](const AddedLine &line) { return line.at.file.empty() || line.at.file == kernel; });
    std::vector<InsertedLine> lines;
    if (isHere && !finding.details.empty())
      lines = insertionsOf(finding.edit, spec.kernelText);
    if (!lines.empty())
      remark["fix"] = fixOf(finding.details.front(), lines);
  }

  void add(const reports::Output &output, const reports::Result &result) {
    if (output.worst.empty())
      return add(result.location.value_or(reports::Location()), result.message, RemarkSeverity::Error), void();
    const reports::Element &worst = output.worst.front();
    add(output.writer ? Place(*output.writer) : Place(),
        llvm::formatv("{0} of {1} elements of '{2}' differ; the worst, {3}, is {4}, expected {5} ({6})",
                      output.differing, output.elements, output.name, worst.index, worst.actual, worst.expected,
                      worst.distance),
        RemarkSeverity::Error);
  }

  json::Array made;

private:
  const Case &spec;
  const std::string kernel;
};

} // namespace

json::Array pto::harness::remarksOf(const Case &spec, const reports::Result &result) {
  Remarks remarks(spec);
  if (result.state == State::CompileFail || result.state == State::Skip)
    return {};
  for (const reports::Finding &finding : result.findings)
    remarks.add(finding);
  bool isOfFindings =
      result.state == State::FailCheck && llvm::any_of(result.findings, [&](const reports::Finding &finding) {
        return result.message == finding.check + ": " + finding.message;
      });
  Place place = result.location ? Place(*result.location) : Place();
  std::string message = result.message;
  for (const std::string &detail : result.details)
    message += "\n" + detail;
  if (result.state == State::FailNumeric)
    for (const reports::Output &output : result.outputs)
      remarks.add(output, result);
  else if (result.state == State::InfraError)
    remarks.add(place, message, RemarkSeverity::Warning);
  else if (reports::isFailure(result.state) && !isOfFindings)
    remarks.add(place, result.message, RemarkSeverity::Error);
  return std::move(remarks.made);
}
