// Diagnostics as values: what MLIR would print to stderr, with its place.
#pragma once

#include "mlir/IR/Diagnostics.h"
#include <string>
#include <vector>

namespace pto::compiler {

struct Diagnostic {
  std::string file;    // empty where the place is unknown, then line and column are 0
  unsigned line = 0;   // from 1
  unsigned column = 0; // from 1
  std::string message;
  bool isNote = false; // belongs to the diagnostic before it
};

// FILE:LINE:COLUMN: MESSAGE, without the parts that are not known.
std::string toString(const Diagnostic &diagnostic);

// At a part of the file's text.
Diagnostic at(llvm::StringRef text, llvm::StringRef file, llvm::StringRef part, std::string message);

// The file, line and column of a location, through names, fusions and call sites.
Diagnostic at(mlir::Location location, std::string message);

// Collects what MLIR reports while it lives; nothing reaches stderr.
class DiagnosticCollector {
public:
  DiagnosticCollector(mlir::MLIRContext &context, std::vector<Diagnostic> &out);

private:
  mlir::ScopedDiagnosticHandler handler;
};

} // namespace pto::compiler
