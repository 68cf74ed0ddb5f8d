// From the compiler's diagnostics to a result.
#include "harness/run/stages/Diagnostics.h"

using namespace pto;
using namespace pto::harness;

static std::string asLine(const compiler::Diagnostic &diagnostic) {
  std::string line = diagnostic.file;
  if (diagnostic.line)
    line += ":" + std::to_string(diagnostic.line) + ":" + std::to_string(diagnostic.column);
  return line + ": " + (diagnostic.isNote ? "note: " : "error: ") + diagnostic.message;
}

bool pto::harness::failWith(Run &run, report::State state, report::Blame blame,
                            const std::vector<compiler::Diagnostic> &diagnostics) {
  if (diagnostics.empty())
    return run.fail(report::State::InfraError, report::Blame::Infrastructure,
                    "the compiler refused the kernel and did not say why");
  const compiler::Diagnostic &first = diagnostics.front();
  for (const compiler::Diagnostic &other : llvm::ArrayRef(diagnostics).drop_front())
    run.result.details.push_back(asLine(other));
  return run.fail(state, blame, first.message, sourceLocation(run.spec, first.file, first.line, first.column));
}
