// The language server for .pto files: diagnostics, hover and go-to-definition in an editor. Kernels with placeholders
// are shown as the first point of their case. A kernel is run as it is typed, by its case where it has one.
#include "compiler/dialect/Registry.h"
#include "harness/tools/EditorStream.h"
#include "harness/tools/KernelChecker.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/Tools/mlir-lsp-server/MlirLspServerMain.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FormatVariadic.h"
#include <csignal>
#include <thread>
#include <unistd.h>

using pto::harness::EditorStream;
using pto::harness::KernelChecker;
using pto::harness::MessageWriter;

namespace {

/// MLIR's server reads standard input and writes standard output. While this lives, both come and go through a pipe.
/// None of the threads but the one that ends with the server is waited for: what they use outlives it.
class Interposed {
public:
  Interposed(EditorStream &stream, KernelChecker &checker) {
    int input[2], output[2], fromEditor = dup(STDIN_FILENO), toEditor = dup(STDOUT_FILENO);
    if (fromEditor < 0 || toEditor < 0 || pipe(input) || pipe(output) || dup2(input[0], STDIN_FILENO) < 0 ||
        dup2(output[1], STDOUT_FILENO) < 0) {
      perror("pto-lsp-server");
      exit(EXIT_FAILURE);
    }
    close(input[0]);
    close(output[1]);
    std::signal(SIGPIPE, SIG_IGN);
    static auto &editor = *new MessageWriter(toEditor);
    std::thread([&stream, fromEditor, to = input[1]] {
      MessageWriter server(to);
      pto::harness::forwardMessages(fromEditor, server,
                                    [&](auto message) { return stream.toServer(std::move(message)); });
    }).detach();
    std::thread([&stream, &checker] {
      for (llvm::json::Value answer = checker.next(); answer.getAsObject(); answer = checker.next())
        if (std::optional<llvm::json::Value> message = stream.checked(*answer.getAsObject()))
          editor.write(llvm::formatv("{0}", *message).str());
    }).detach();
    answers = std::thread([&stream, from = output[0]] {
      pto::harness::forwardMessages(from, editor, [&](auto message) { return stream.toEditor(std::move(message)); });
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
  std::optional<Interposed> interposed;
  if (isSession) {
    // The threads that use them may outlive main.
    static auto &checker = *new KernelChecker;
    static auto &stream = *new EditorStream([](llvm::json::Object question) { checker.ask(std::move(question)); });
    interposed.emplace(stream, checker);
  }
  mlir::DialectRegistry registry;
  pto::ir::registerDialects(registry);
  return mlir::failed(mlir::MlirLspServerMain(argc, argv, registry));
}
