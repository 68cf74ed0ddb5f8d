// equality: the specialized program against the hand-written one that the case names, both after the pipeline.
#include "compiler/equality/ProgramEquality.h"
#include "compiler/frontend/program/Import.h"
#include "harness/run/stages/Program.h"
#include "harness/run/stages/Stages.h"
#include "llvm/ADT/STLExtras.h"

using namespace pto;
using namespace pto::harness;

/// The marked statement with its neighbours, moved to the left: both sides have to fit on one screen.
static void addExcerpt(std::vector<std::string> &details, llvm::StringRef heading, llvm::StringRef text) {
  constexpr size_t around = 1, margin = 2;
  llvm::SmallVector<llvm::StringRef> lines;
  text.rtrim().split(lines, '\n');
  auto isMarked = [](llvm::StringRef line) { return line.starts_with("> "); };
  size_t mark = llvm::find_if(lines, isMarked) - lines.begin();
  // Without a mark it is the whole that differs: its beginning has to do.
  mark = mark == lines.size() ? 0 : mark;
  size_t first = mark - std::min(mark, around), end = std::min(lines.size(), mark + around + 1);
  size_t indent = llvm::StringRef::npos;
  for (llvm::StringRef line : llvm::ArrayRef(lines).slice(first, end - first))
    indent = std::min(indent, line.substr(margin).find_first_not_of(' '));
  details.push_back(heading.str());
  for (llvm::StringRef line : llvm::ArrayRef(lines).slice(first, end - first))
    details.push_back((isMarked(line) ? "  > " : "    ") + line.substr(margin).substr(indent).str());
}

/// Where the user wrote what an operation came from; without a file where nobody did.
static report::Location placeIn(const Case &spec, mlir::LocationAttr location) {
  auto place = location ? location.findInstanceOf<mlir::FileLineColLoc>() : mlir::FileLineColLoc();
  return place ? programLocation(spec, place.getFilename().str(), place.getLine(), place.getColumn())
               : report::Location();
}

bool pto::harness::compareProgram(Run &run) {
  if (run.spec.equals.empty())
    return true;
  mlir::OwningOpRef<mlir::ModuleOp> actual = std::move(run.module);
  run.module = specializedModule(run, requestOf(run, run.spec.equals, /*withArguments=*/false));
  if (!run.module || !runPasses(run))
    return false;
  std::optional<compiler::ProgramDifference> difference =
      compiler::compare(program::programIn(*actual), program::programIn(*run.module), {/*memrefs=*/true});
  if (!difference)
    return true;
  report::Location left = placeIn(run.spec, difference->leftPlace);
  report::Location right = placeIn(run.spec, difference->rightPlace);
  addExcerpt(run.result.details, "specialized:", difference->left);
  std::string place = right.file.empty() ? "" : " (" + right.file + ":" + std::to_string(right.line) + ")";
  addExcerpt(run.result.details, run.spec.equals + place + ":", difference->right);
  return run.fail(report::State::FailIr, report::Blame::Kernel,
                  "not equal to " + run.spec.equals + " at " + difference->summary(), left);
}
