// What MLIR's own diagnostics leave unsaid.
#pragma once

namespace mlir {
class Diagnostic;
class DialectRegistry;
} // namespace mlir

namespace pto::ir {

// Adds a note to an error that says too little: which operation was meant by one that nobody knows.
void explain(mlir::Diagnostic &diagnostic);

// Explains what is reported in every context made from the registry, before any handler of a tool sees it.
void registerExplanations(mlir::DialectRegistry &registry);

} // namespace pto::ir
