// From MLIR's diagnostics to ours.
#include "compiler/frontend/Diagnostics.h"
#include "compiler/dialect/Explanation.h"
#include "compiler/dialect/Places.h"

namespace pto::frontend {

Place placeIn(llvm::StringRef text, llvm::StringRef file, llvm::StringRef part) {
  return placeAt(file, lineColumnAt(text, static_cast<size_t>(part.begin() - text.begin())));
}

DiagnosticCollector::DiagnosticCollector(mlir::MLIRContext &context, std::vector<Diagnostic> &out)
    : handler(&context, [&out](mlir::Diagnostic &reported) {
        ir::explain(reported);
        out.push_back({placeOf(reported.getLocation()), reported.str()});
        for (mlir::Diagnostic &note : reported.getNotes())
          out.push_back({placeOf(note.getLocation()), note.str(), Severity::Note});
      }) {}

} // namespace pto::frontend
