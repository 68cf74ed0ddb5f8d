// A generic program and a request in, the program's IR out.
// Apart from the specializer, which knows no MLIR.
#pragma once

#include "compiler/specialize/Cache.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace pto::specialize {

/// The IR of a specialized program; what is wrong with it is said at the user's lines. Null after an error.
mlir::OwningOpRef<mlir::ModuleOp> importSpecialized(const Specialized &specialized, mlir::MLIRContext &context,
                                                    std::vector<Diagnostic> &diagnostics);

/// The whole way from a file's text. Without arguments the entry may also be a plain `@pl.function`, which has its
/// types already. With
/// a cache, what was specialized before is taken from there.
mlir::OwningOpRef<mlir::ModuleOp> specializeToModule(const Request &request, std::string text,
                                                     mlir::MLIRContext &context, std::vector<Diagnostic> &diagnostics,
                                                     Cache *cache = nullptr);

} // namespace pto::specialize
