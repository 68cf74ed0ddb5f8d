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

// Whether MLIR's parser may see the text. With -split-input-file it is several kernels, and the names of one mean
// nothing in the next.
static bool passesGuard(llvm::StringRef text, llvm::StringRef file, llvm::StringRef marker) {
  unsigned linesBefore = 0;
  bool passes = true;
  while (!text.empty()) {
    auto [kernel, rest] = marker.empty() ? std::pair(text, llvm::StringRef()) : text.split(marker);
    for (pto::Diagnostic &diagnostic : pto::frontend::refusedByGuard(kernel, file)) {
      passes = false;
      diagnostic.place.line += linesBefore;
      llvm::errs() << toString(diagnostic) << '\n';
    }
    linesBefore += kernel.count('\n');
    text = rest;
  }
  return passes;
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  mlir::registerTransformsPasses();
  mlir::DialectRegistry registry;
  pto::ir::registerDialects(registry);
  auto [input, output] = mlir::registerAndParseCLIOptions(argc, argv, "PTO kernel optimizer\n", registry);
  auto config = mlir::MlirOptMainConfig::createFromCLOptions();
  if (config.shouldShowDialects())
    return mlir::asMainReturnCode(mlir::MlirOptMain(argc, argv, input, output, registry));
  std::string why;
  auto buffer = mlir::openInputFile(input, &why);
  if (!buffer)
    return fail(why);
  std::string name = buffer->getBufferIdentifier().str();
  llvm::Expected<pto::harness::PlaceholderText> kernel = pto::harness::withoutPlaceholders(name, buffer->getBuffer());
  if (!kernel)
    return fail(llvm::toString(kernel.takeError()));
  if (!passesGuard(kernel->text, name, config.inputSplitMarker()))
    return EXIT_FAILURE;
  if (!kernel->caseName.empty())
    llvm::errs() << name << ": placeholders are those of " << kernel->caseName << '\n';
  auto file = mlir::openOutputFile(output, &why);
  if (!file)
    return fail(why);
  if (mlir::failed(
          mlir::MlirOptMain(file->os(), llvm::MemoryBuffer::getMemBufferCopy(kernel->text, name), registry, config)))
    return EXIT_FAILURE;
  file->keep();
  return EXIT_SUCCESS;
}
