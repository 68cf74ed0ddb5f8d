// How paths and lines of files are shown to people.
#include "harness/run/Display.h"
#include "harness/case/SourceFile.h"
#include "reports/Style.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace pto;
using namespace pto::harness;

llvm::StringRef pto::harness::workingFolder() {
  static const std::string folder = [] {
    llvm::SmallString<256> here;
    return llvm::sys::fs::current_path(here) ? std::string() : here.str().str();
  }();
  return folder;
}

std::string pto::harness::displayPath(llvm::StringRef path) {
  llvm::StringRef here = workingFolder(), rest = path;
  return (!here.empty() && rest.consume_front(here) && rest.consume_front("/") ? rest : path).str();
}

std::string pto::harness::lineOfFile(const std::string &path, unsigned line) {
  if (line == 0)
    return {};
  llvm::Expected<std::string> text = readText(path);
  return text ? lineOf(*text, line).str() : (llvm::consumeError(text.takeError()), std::string());
}

void pto::harness::addLines(std::vector<std::string> &lines, llvm::StringRef text) {
  for (llvm::StringRef line : llvm::split(text, '\n'))
    if (!line.trim().empty())
      lines.push_back(line.str());
}

std::string pto::harness::describe(Diagnostic diagnostic) {
  Place &place = diagnostic.place;
  std::string line = lineOfFile(place.file, place.line);
  place.file = displayPath(place.file);
  std::string text = toString(diagnostic);
  if (line.empty())
    return text;
  reports::MarkedRows marked = reports::markColumn(line, place.column, /*width=*/0);
  if (marked.caretRow)
    text += "\n  " + marked.rows.front() + "\n  " + std::string(marked.caretColumn, ' ') + "^";
  return text;
}
