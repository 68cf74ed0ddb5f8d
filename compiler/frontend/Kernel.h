// From a kernel's text to a verified module, and to the function that a host launches.
#pragma once

#include "compiler/frontend/Abi.h"
#include "compiler/frontend/Diagnostics.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/Support/Error.h"

namespace pto::frontend {

// Parses, and does no more: verifyKernel is the next step. Null where the text is no MLIR, with at least one
// diagnostic. The context must know the dialects of compiler/dialect/Registry.h; operations of dialects that it
// does not know are let through, so that one odd function in a file does not hide the others.
mlir::OwningOpRef<mlir::ModuleOp> parseKernel(llvm::StringRef text, llvm::StringRef file, mlir::MLIRContext &context,
                                              std::vector<Diagnostic> &diagnostics);

// The same for what the printer wrote of a verified module, which needs no look for what MLIR's parser cannot bear.
mlir::OwningOpRef<mlir::ModuleOp> parsePrinted(llvm::StringRef text, mlir::MLIRContext &context,
                                               std::vector<Diagnostic> &diagnostics);

bool verifyKernel(mlir::ModuleOp module, std::vector<Diagnostic> &diagnostics);

// The function of that name that has a body, in whatever module it stands; among several that are not private it has to
// be marked as a kernel. With no name: the only one that has a body, or the only one of these that is marked as a
// kernel. The error lists the candidates.
llvm::Expected<mlir::func::FuncOp> selectEntry(mlir::ModuleOp module, llvm::StringRef name);

} // namespace pto::frontend
