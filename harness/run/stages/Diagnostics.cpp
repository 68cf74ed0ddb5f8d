// From the compiler's diagnostics to a result.
#include "harness/run/stages/Diagnostics.h"
#include "llvm/ADT/STLExtras.h"

using namespace pto;
using namespace pto::harness;

bool pto::harness::failWith(Run &run, reports::State state, reports::Blame blame,
                            const std::vector<Diagnostic> &diagnostics) {
  if (diagnostics.empty())
    return run.fail(reports::State::InfraError, reports::Blame::Infrastructure,
                    "the compiler refused the kernel and did not say why");
  const Diagnostic &first = diagnostics.front();
  for (const Diagnostic &other : llvm::ArrayRef(diagnostics).drop_front())
    run.result.details.push_back(toString(other));
  return run.fail(state, blame, first.message, sourceLocation(run.spec, first.place));
}

void pto::harness::addExcerpt(std::vector<std::string> &details, llvm::StringRef heading, llvm::StringRef text) {
  constexpr size_t around = 1;
  if (text.empty())
    return;
  llvm::SmallVector<llvm::StringRef> lines;
  text.rtrim().split(lines, '\n');
  auto isMarked = [](llvm::StringRef line) { return line.starts_with("> "); };
  size_t mark = llvm::find_if(lines, isMarked) - lines.begin();
  // Without a mark, and the margin for it, it is the whole that differs: its beginning has to do.
  size_t margin = mark == lines.size() ? 0 : 2;
  mark = mark == lines.size() ? 0 : mark;
  size_t first = mark - std::min(mark, around), end = std::min(lines.size(), mark + around + 1);
  size_t indent = llvm::StringRef::npos;
  for (llvm::StringRef line : llvm::ArrayRef(lines).slice(first, end - first))
    indent = std::min(indent, line.substr(margin).find_first_not_of(' '));
  details.push_back(heading.str());
  for (llvm::StringRef line : llvm::ArrayRef(lines).slice(first, end - first))
    details.push_back((isMarked(line) ? "  > " : "    ") + line.substr(margin).substr(indent).str());
}
