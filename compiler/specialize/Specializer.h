// A generic program and a request in, a concrete program out: as IR, and as text.
// The importer makes it; what is wrong with it is said at the user's lines.
#pragma once

#include "compiler/specialize/EntryPoint.h"
#include "compiler/specialize/SourceMap.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace pto::specialize {

/// A concrete program as text, fully spelled.
struct Specialized {
  std::string text;
  /// The class, and the function in it that is to be called; empty if several could be meant.
  std::string program, entry;
  /// From the text to the user's files.
  SourceMap map;
};

/// The IR of a program. Null after an error.
mlir::OwningOpRef<mlir::ModuleOp> specialize(const EntryPoint &entry, const Request &request,
                                             mlir::MLIRContext &context, std::vector<Diagnostic> &diagnostics);

/// Deterministic: the same entry and request give the same text.
std::shared_ptr<const Specialized> print(mlir::ModuleOp module, const EntryPoint &entry);

class Cache;

/// The whole way from a file's text. With a cache, a file that was read before is not read again.
mlir::OwningOpRef<mlir::ModuleOp> specializeToModule(const Request &request, llvm::StringRef text,
                                                     mlir::MLIRContext &context, std::vector<Diagnostic> &diagnostics,
                                                     Cache *cache = nullptr);

} // namespace pto::specialize
