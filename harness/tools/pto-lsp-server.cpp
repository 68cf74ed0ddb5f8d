// The language server for .pto files: diagnostics, hover and go-to-definition in an editor. Kernels with placeholders
// are shown as the first point of their case.
#include "compiler/dialect/Registry.h"
#include "harness/tools/EditorStream.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/Tools/mlir-lsp-server/MlirLspServerMain.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"
#include <csignal>
#include <thread>
#include <unistd.h>

/// MLIR's server reads its standard input. What the editor writes there comes to it through a pipe.
static bool interpose() {
  int ends[2], editor = dup(STDIN_FILENO);
  if (editor < 0 || pipe(ends) || dup2(ends[0], STDIN_FILENO) < 0)
    return false;
  close(ends[0]);
  std::signal(SIGPIPE, SIG_IGN);
  std::thread([editor, to = ends[1]] { pto::harness::translateStream(editor, to); }).detach();
  return true;
}

int main(int argc, char **argv) {
  // Its own tests write messages in another form.
  bool isTest = llvm::any_of(llvm::ArrayRef(argv, argc),
                             [](llvm::StringRef argument) { return argument.ltrim('-').starts_with("lit-test"); });
  if (!isTest && !interpose())
    perror("pto-lsp-server");
  mlir::DialectRegistry registry;
  pto::ir::registerDialects(registry);
  return mlir::failed(mlir::MlirLspServerMain(argc, argv, registry));
}
