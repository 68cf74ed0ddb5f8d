// mlir-opt for kernels: parse, verify, print, and MLIR's own clean-up passes.
#include "compiler/dialect/Registry.h"
#include "compiler/frontend/ParserGuard.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/Support/FileUtilities.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "mlir/Transforms/Passes.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"

// Whether MLIR's parser may see the file. A file of several kernels (-split-input-file) is its own affair: names of one
// mean nothing in the next.
static bool passesGuard(llvm::StringRef input) {
  auto file = input == "-" ? nullptr : mlir::openInputFile(input);
  if (!file || file->getBuffer().contains("// -----"))
    return true;
  std::vector<pto::compiler::Diagnostic> refused = pto::compiler::refusedByGuard(file->getBuffer(), input);
  for (const pto::compiler::Diagnostic &diagnostic : refused)
    llvm::errs() << diagnostic.file << ':' << diagnostic.line << ':' << diagnostic.column
                 << (diagnostic.isNote ? ": note: " : ": error: ") << diagnostic.message << '\n';
  return refused.empty();
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  mlir::registerTransformsPasses();
  mlir::DialectRegistry registry;
  pto::ir::registerDialects(registry);
  auto [input, output] = mlir::registerAndParseCLIOptions(argc, argv, "PTO kernel optimizer\n", registry);
  if (!passesGuard(input))
    return EXIT_FAILURE;
  return mlir::asMainReturnCode(mlir::MlirOptMain(argc, argv, input, output, registry));
}
