// Parsing and running the tests' kernels.
#include "sim/tests/Kernel.h"
#include "compiler/dialect/Registry.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include <gtest/gtest.h>

namespace pto::sim::testing {

std::string kernelText(llvm::StringRef parameters, llvm::StringRef body) {
  return ("module attributes {pto.target_arch = \"a5\", pto.kernel_kind = #pto.kernel_kind<vector>} {\n"
          // Private, so that a test may set an instruction without a scope around it.
          "func.func private @kernel(" +
          parameters + ") attributes {pto.kernel} {\n" + body + "\nreturn\n}\n}\n")
      .str();
}

Kernel::Kernel(llvm::StringRef moduleText) {
  mlir::DialectRegistry registry;
  ir::registerDialects(registry);
  context.appendDialectRegistry(registry);
  module = mlir::parseSourceString<mlir::ModuleOp>(moduleText, &context, "kernel.pto");
  if (!module || mlir::failed(mlir::verify(*module)))
    ADD_FAILURE() << "the kernel is not valid:\n" << moduleText.str();
}

llvm::Expected<ProgramPtr> Kernel::decode() {
  if (!module)
    return llvm::createStringError("no module");
  mlir::func::FuncOp kernel = module->lookupSymbol<mlir::func::FuncOp>("kernel");
  return sim::decode(kernel);
}

std::string Kernel::refusals() {
  llvm::Expected<ProgramPtr> program = decode();
  return program ? std::string() : llvm::toString(program.takeError());
}

RunReport Kernel::run(llvm::ArrayRef<Argument> arguments, LaunchOptions options) {
  llvm::Expected<ProgramPtr> program = decode();
  if (!program) {
    ADD_FAILURE() << llvm::toString(program.takeError());
    return {};
  }
  return sim::run(**program, arguments, options);
}

} // namespace pto::sim::testing
