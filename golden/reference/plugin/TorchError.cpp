// Reads the layout of TorchScript's error reports: a message, then 'File "golden", line 3', then an excerpt whose
// culprit is underlined with "~~~ <--- HERE". Errors at run time put the message last.
#include "golden/reference/plugin/TorchError.h"
#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>
#include <vector>

namespace pto::golden {
namespace {

constexpr size_t longestMessage = 1000;

std::vector<std::string_view> splitLines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (true) {
    size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos)
      return lines;
    text.remove_prefix(end + 1);
  }
}

std::optional<unsigned> citedLine(std::string_view line) {
  std::string prefix = "  File \"" + std::string(sourceName) + "\", line ";
  if (!line.starts_with(prefix))
    return std::nullopt;
  line.remove_prefix(prefix.size());
  unsigned number = 0;
  if (std::from_chars(line.data(), line.data() + line.size(), number).ec != std::errc())
    return std::nullopt;
  return number;
}

bool isMarker(std::string_view line) {
  return line.find("<--- HERE") != std::string_view::npos;
}

/// The length of "RuntimeError: " where a line starts with such a name, else 0.
size_t errorPrefix(std::string_view line) {
  size_t end = 0;
  while (end < line.size() &&
         (std::isalnum(static_cast<unsigned char>(line[end])) || line[end] == '_' || line[end] == '.'))
    ++end;
  std::string_view name = line.substr(0, end);
  bool isError = name.ends_with("Error") || name.ends_with("Exception");
  return isError && line.substr(end).starts_with(": ") ? end + 2 : 0;
}

void replaceAll(std::string &text, std::string_view from, std::string_view to) {
  for (size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

/// On one line, in the names a golden uses.
std::string tidy(std::string_view text) {
  std::string result;
  for (char c : text) {
    bool space = std::isspace(static_cast<unsigned char>(c));
    if (!space)
      result += c;
    else if (!result.empty() && result.back() != ' ')
      result += ' ';
  }
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> names{
      {{"aten::", "torch."}, {"pto::", "pto."}, {"prim::", ""}, {"The original call is:", ""}}};
  for (auto [from, to] : names)
    replaceAll(result, from, to);
  for (std::string_view tail : {" ", ":", " here", " "})
    if (result.ends_with(tail))
      result.resize(result.size() - tail.size());
  if (result.size() > longestMessage)
    result = result.substr(0, longestMessage) + " …";
  return result;
}

std::string join(const std::vector<std::string_view> &lines, size_t begin, size_t end) {
  std::string text;
  for (size_t i = begin; i < end; ++i)
    text.append(lines[i]).push_back('\n');
  return text;
}

LineColumn placeWithoutMarker(unsigned line, std::string_view message, std::string_view source) {
  std::vector<std::string_view> lines = splitLines(source);
  // An unexpected end of line is cited by the line after it.
  bool atLineEnd = message.find("found 'newline'") != std::string_view::npos && line > 1;
  unsigned shown = std::min<unsigned>(atLineEnd ? line - 1 : line, lines.size());
  std::string_view text = shown ? lines[shown - 1] : std::string_view();
  if (atLineEnd)
    return {shown, static_cast<unsigned>(text.size()) + 1};
  size_t column = text.find_first_not_of(" \t");
  return {shown, column == std::string_view::npos ? 1 : static_cast<unsigned>(column) + 1};
}

} // namespace

ScriptError readTorchError(std::string_view report, std::string_view source) {
  std::vector<std::string_view> lines = splitLines(report);
  bool atRunTime = report.find("Traceback of TorchScript") != std::string_view::npos;
  // At run time the innermost call is cited last; a compile error comes before the calls that led to it.
  std::optional<size_t> cited;
  for (size_t i = 0; i < lines.size(); ++i)
    if (citedLine(lines[i]) && (atRunTime || !cited))
      cited = i;
  ScriptError error;
  size_t excerpt = cited ? *cited + 1 : 0, marker = excerpt;
  while (marker < lines.size() && !isMarker(lines[marker]) && !citedLine(lines[marker]))
    ++marker;
  bool marked = marker < lines.size() && isMarker(lines[marker]);

  std::string message = join(lines, 0, cited.value_or(lines.size()));
  if (atRunTime) {
    size_t start = marked ? marker + 1 : excerpt;
    while (start < lines.size() && !errorPrefix(lines[start]))
      ++start;
    message = join(lines, start, lines.size());
    message.erase(0, errorPrefix(message));
  }
  error.message = tidy(message);
  // An operator of LibTorch's own that is written in TorchScript cites itself only.
  if (!cited)
    return error;
  unsigned line = *citedLine(lines[*cited]);
  error.at = marked ? LineColumn{line, static_cast<unsigned>(lines[marker].find('~')) + 1}
                    : placeWithoutMarker(line, error.message, source);
  return error;
}

} // namespace pto::golden
