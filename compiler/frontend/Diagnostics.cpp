// From MLIR's diagnostics to ours.
#include "compiler/frontend/Diagnostics.h"
#include "compiler/dialect/Explanation.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Location.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;

namespace pto::compiler {

std::string toString(const Diagnostic &diagnostic) {
  std::string text;
  llvm::raw_string_ostream out(text);
  out << diagnostic.file;
  if (diagnostic.line != 0)
    out << (diagnostic.file.empty() ? "line " : ":") << diagnostic.line;
  if (diagnostic.column != 0)
    out << ':' << diagnostic.column;
  if (!text.empty())
    out << ": ";
  out << diagnostic.message;
  return text;
}

Diagnostic at(StringRef text, StringRef file, StringRef part, std::string message) {
  StringRef start = text.take_front(static_cast<size_t>(part.begin() - text.begin()));
  unsigned line = start.count('\n') + 1, column = start.size() - (start.rfind('\n') + 1) + 1;
  return {file.str(), line, column, std::move(message), false};
}

Diagnostic at(Location location, std::string message) {
  Diagnostic diagnostic;
  diagnostic.message = std::move(message);
  if (auto place = location->findInstanceOf<FileLineColLoc>()) {
    diagnostic.file = place.getFilename().str();
    diagnostic.line = place.getLine();
    diagnostic.column = place.getColumn();
  }
  return diagnostic;
}

DiagnosticCollector::DiagnosticCollector(MLIRContext &context, std::vector<Diagnostic> &out)
    : handler(&context, [&out](mlir::Diagnostic &reported) {
        ir::explain(reported);
        out.push_back(at(reported.getLocation(), reported.str()));
        for (mlir::Diagnostic &note : reported.getNotes()) {
          out.push_back(at(note.getLocation(), note.str()));
          out.back().isNote = true;
        }
      }) {}

} // namespace pto::compiler
