// mlir-opt for kernels: parse, verify, print, and MLIR's own clean-up passes. A kernel with placeholders is read as the
// first point of its case.
#include "compiler/dialect/Registry.h"
#include "compiler/frontend/ParserGuard.h"
#include "harness/tools/PlaceholderText.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/Support/FileUtilities.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "mlir/Transforms/Passes.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/ToolOutputFile.h"

static int fail(const llvm::Twine &message) {
  llvm::errs() << "error: " << message << '\n';
  return EXIT_FAILURE;
}

// Whether MLIR's parser may see the text. One of several kernels (-split-input-file) is its own affair: names of one
// mean nothing in the next.
static bool passesGuard(llvm::StringRef text, llvm::StringRef file) {
  if (text.contains("// -----"))
    return true;
  std::vector<pto::compiler::Diagnostic> refused = pto::compiler::refusedByGuard(text, file);
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
  auto buffer = input == "-" ? nullptr : mlir::openInputFile(input);
  if (!buffer)
    return mlir::asMainReturnCode(mlir::MlirOptMain(argc, argv, input, output, registry));
  llvm::Expected<pto::harness::PlaceholderText> kernel = pto::harness::withoutPlaceholders(input, buffer->getBuffer());
  if (!kernel)
    return fail(llvm::toString(kernel.takeError()));
  if (!passesGuard(kernel->text, input))
    return EXIT_FAILURE;
  if (kernel->caseName.empty())
    return mlir::asMainReturnCode(mlir::MlirOptMain(argc, argv, input, output, registry));

  llvm::errs() << input << ": placeholders are those of " << kernel->caseName << '\n';
  std::string why;
  auto file = mlir::openOutputFile(output, &why);
  if (!file)
    return fail(why);
  auto text = llvm::MemoryBuffer::getMemBufferCopy(kernel->text, input);
  if (mlir::failed(
          mlir::MlirOptMain(file->os(), std::move(text), registry, mlir::MlirOptMainConfig::createFromCLOptions())))
    return EXIT_FAILURE;
  file->keep();
  return EXIT_SUCCESS;
}
