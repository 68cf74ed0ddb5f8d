// What is wrong with a program, found at ranges of its text.
// The excerpt is cut to one line: the range of a whole function would say nothing.
#include "compiler/frontend/program/Diagnostics.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>

namespace pto::frontend {

namespace {

constexpr size_t longestExcerpt = 160;

std::string excerptOf(const Source &source, SourceRange where) {
  llvm::StringRef line = source.lineAt(where.begin);
  if (line.empty() || line.size() > longestExcerpt)
    return {};
  std::string shown, carets;
  size_t first = std::min<size_t>(source.place(where.begin).column - 1, line.size());
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

Diagnostic &Diagnostics::add(Severity severity, SourceRange where, std::string message) {
  Diagnostic diagnostic{source->place(where.begin), std::move(message), severity, excerptOf(*source, where)};
  // A statement may be imported more than once.
  if (severity == Severity::Warning)
    for (Diagnostic &known : list)
      if (known == diagnostic)
        return known;
  errors += severity == Severity::Error;
  return list.emplace_back(std::move(diagnostic));
}

void Diagnostics::takeBack(size_t count) {
  list.resize(std::min(count, list.size()));
  errors = static_cast<unsigned>(
      llvm::count_if(list, [](const Diagnostic &each) { return each.severity == Severity::Error; }));
}

std::string Diagnostics::render() const {
  std::string text;
  for (const Diagnostic &diagnostic : list)
    text += pto::render(diagnostic);
  return text;
}

} // namespace pto::frontend
