// What is wrong with a program, where, and what to do about it.
// The excerpt is cut to one line: the range of a whole function would say nothing.
#include "compiler/frontend/program/Diagnostic.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>

namespace pto::program {

namespace {

constexpr size_t longestExcerpt = 160;

std::string excerptOf(const Source &source, SourceRange where) {
  LineColumn start = source.locate(where.begin);
  llvm::StringRef line = source.lineAt(where.begin);
  if (line.empty() || line.size() > longestExcerpt)
    return {};
  std::string shown, carets;
  size_t first = std::min<size_t>(start.column - 1, line.size());
  size_t length =
      std::max<size_t>(1, std::min<size_t>(where.end - std::min(where.begin, where.end), line.size() - first));
  for (size_t i = 0; i < first; ++i)
    carets += line[i] == '\t' ? '\t' : ' ';
  carets += '^' + std::string(length - 1, '~');
  for (char c : line)
    shown += c == '\t' || static_cast<unsigned char>(c) >= 0x20 ? c : '?';
  return shown + '\n' + carets + '\n';
}

} // namespace

std::string Diagnostic::render() const {
  std::string text = file + ':' + std::to_string(start.line) + ':' + std::to_string(start.column) + ": ";
  text += severity == Severity::Error ? "error: " : "warning: ";
  return text + message + '\n' + excerpt;
}

Diagnostic &Diagnostics::add(Severity severity, SourceRange where, std::string message) {
  Diagnostic diagnostic;
  diagnostic.severity = severity;
  diagnostic.file = source->name(where.begin).str();
  diagnostic.start = source->locate(where.begin);
  diagnostic.message = std::move(message);
  diagnostic.excerpt = excerptOf(*source, where);
  // A statement may be imported more than once.
  if (severity == Severity::Warning)
    for (Diagnostic &known : list)
      if (known.render() == diagnostic.render())
        return known;
  errors += severity == Severity::Error;
  return list.emplace_back(std::move(diagnostic));
}

std::string Diagnostics::render() const {
  std::string text;
  for (const Diagnostic &diagnostic : list)
    text += diagnostic.render();
  return text;
}

} // namespace pto::program
