// print, parse, import, compare, print again.
#include "compiler/equality/ProgramRoundTrip.h"
#include "compiler/frontend/program/Export.h"
#include "compiler/frontend/program/Import.h"

namespace pto::compiler {

std::optional<ProgramDifference> checkRoundTrip(prog::ProgramOp program, const std::string &text) {
  auto different = [&](std::string reason, std::string right) {
    return ProgramDifference{"printed text", std::move(reason), text, std::move(right), {}, {}};
  };
  std::vector<program::Diagnostic> diagnostics;
  program::Module module = program::parse(program.getSymName().str() + ".printed", text, diagnostics);
  program::ModuleScope scope(module);
  mlir::OwningOpRef<mlir::ModuleOp> again;
  if (diagnostics.empty() && scope.definitions().size() == 1)
    again = program::importProgram(scope.definitions().front(), *program.getContext(), diagnostics);
  if (!again)
    return different("it cannot be read back",
                     diagnostics.empty() ? "it defines " + std::to_string(scope.definitions().size()) + " programs"
                                         : diagnostics.front().render());
  prog::ProgramOp copy = program::programIn(*again);
  ProgramEqualityOptions strict;
  strict.memrefs = true;
  if (std::optional<ProgramDifference> difference = compare(program, copy, strict))
    return difference;
  if (structuralHash(program) != structuralHash(copy))
    return different("equal programs have different hashes", program::exportProgram(copy));
  if (std::string twice = program::exportProgram(copy); twice != text)
    return different("it is printed differently the second time", twice);
  return std::nullopt;
}

} // namespace pto::compiler
