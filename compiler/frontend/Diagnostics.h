// Diagnostics as values: what MLIR would print to stderr, with its place.
#pragma once

#include "base/Diagnostic.h"
#include "mlir/IR/Diagnostics.h"

namespace pto::frontend {

// The place of a part of the file's text.
Place placeIn(llvm::StringRef text, llvm::StringRef file, llvm::StringRef part);

// Collects what MLIR reports while it lives; nothing reaches stderr.
class DiagnosticCollector {
public:
  DiagnosticCollector(mlir::MLIRContext &context, std::vector<Diagnostic> &out);

private:
  mlir::ScopedDiagnosticHandler handler;
};

} // namespace pto::frontend
