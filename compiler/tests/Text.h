// Kernels as text, for the tests.
#pragma once

#include "compiler/dialect/Registry.h"
#include "compiler/frontend/Kernel.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/IR/MLIRContext.h"
#include <gtest/gtest.h>

namespace pto::tests {

// A context that knows the kernels' dialects, and what was reported in it.
struct Bench {
  Bench() : context(registry(), mlir::MLIRContext::Threading::DISABLED) {}

  mlir::OwningOpRef<mlir::ModuleOp> parse(llvm::StringRef text) {
    return frontend::parseKernel(text, "kernel.pto", context, diagnostics);
  }

  // For texts that a test relies on.
  mlir::OwningOpRef<mlir::ModuleOp> parseValid(llvm::StringRef text) {
    auto module = parse(text);
    EXPECT_TRUE(module && frontend::verifyKernel(*module, diagnostics)) << reported() << "\nin\n" << text.str();
    return module;
  }

  std::string reported() const {
    std::string all;
    for (const Diagnostic &diagnostic : diagnostics)
      all += toString(diagnostic) + "\n";
    return all;
  }

  mlir::MLIRContext context;
  std::vector<Diagnostic> diagnostics;

private:
  static mlir::DialectRegistry registry() {
    mlir::DialectRegistry registry;
    ir::registerDialects(registry);
    return registry;
  }
};

} // namespace pto::tests
