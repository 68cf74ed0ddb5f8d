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

using pto::harness::EditorStream;

namespace {

/// MLIR's server reads standard input and writes standard output. While this lives, both come and go through a pipe.
class Interposed {
public:
  explicit Interposed(EditorStream &stream) {
    int input[2], output[2], fromEditor = dup(STDIN_FILENO), toEditor = dup(STDOUT_FILENO);
    if (fromEditor < 0 || toEditor < 0 || pipe(input) || pipe(output) || dup2(input[0], STDIN_FILENO) < 0 ||
        dup2(output[1], STDOUT_FILENO) < 0) {
      perror("pto-lsp-server");
      exit(EXIT_FAILURE);
    }
    close(input[0]);
    close(output[1]);
    std::signal(SIGPIPE, SIG_IGN);
    std::thread([&stream, fromEditor, to = input[1]] {
      pto::harness::forwardMessages(fromEditor, to, [&](auto message) { return stream.toServer(std::move(message)); });
    }).detach();
    answers = std::thread([&stream, toEditor, from = output[0]] {
      pto::harness::forwardMessages(from, toEditor, [&](auto message) { return stream.toEditor(std::move(message)); });
    });
  }
  ~Interposed() {
    close(STDOUT_FILENO);
    answers.join();
  }

private:
  std::thread answers;
};

} // namespace

int main(int argc, char **argv) {
  // MLIR's own tests of its server write messages in another form; help is no message.
  bool isSession = llvm::none_of(llvm::ArrayRef(argv, argc), [](llvm::StringRef argument) {
    llvm::StringRef option = argument.starts_with("-") ? argument.ltrim('-') : "";
    return option.starts_with("lit-test") || option.starts_with("help") || option == "version";
  });
  static EditorStream stream; // the thread that reads from the editor may outlive main
  std::optional<Interposed> interposed;
  if (isSession)
    interposed.emplace(stream);
  mlir::DialectRegistry registry;
  pto::ir::registerDialects(registry);
  return mlir::failed(mlir::MlirLspServerMain(argc, argv, registry));
}
