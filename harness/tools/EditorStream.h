// What an editor and a language server tell one another, for kernels that MLIR's server cannot show as they are: the
// placeholders of a kernel are replaced on the way there, and what is wrong with a text that the server must not see is
// put into its answer, as is what a run of the kernel has found.
#pragma once

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace pto::harness {

/// Keeps each document as the editor has it, since the editor sends edits of that text, and sends on whole texts.
class EditorStream {
public:
  /// `check` is told of each text that the server may see, as KernelChecker asks for it.
  explicit EditorStream(std::function<void(llvm::json::Object question)> check = nullptr) : check(std::move(check)) {}

  /// The message that the server is to get.
  llvm::json::Value toServer(llvm::json::Value message);
  /// The message that the editor is to get.
  llvm::json::Value toEditor(llvm::json::Value message);
  /// The message that an answer of the KernelChecker makes; nothing where the text has changed since.
  std::optional<llvm::json::Value> checked(const llvm::json::Object &answer);

private:
  struct Document {
    std::string text;
    int64_t version = 0;
    bool isRefused = false;         ///< the server sees nothing of it; `told` is what is wrong with it
    llvm::json::Array told = {};    ///< the diagnostics of the server
    llvm::json::Array remarks = {}; ///< of a run of this text: see remarksOf
  };

  void open(llvm::json::Object &parameters);
  void change(llvm::json::Object &parameters);
  /// As the server is to see it: nothing of a text that is refused.
  std::string shown(const std::string &uri, llvm::StringRef file, Document &document);
  static llvm::json::Array diagnosticsOf(const Document &document);
  /// What mends what is found on these lines.
  llvm::json::Array fixes(const std::string &uri, int64_t first, int64_t last) const;

  const std::function<void(llvm::json::Object)> check;
  std::mutex mutex;                          ///< the two directions are two threads, and answers come on a third
  std::map<std::string, Document> documents; ///< by URI
  struct Asked {
    std::string uri;
    int64_t first, last;
  };
  std::map<std::string, Asked> actions; ///< code actions that the server was asked for, by the message's id
};

/// Where messages go, from several threads. What the other end no longer takes is dropped.
class MessageWriter {
public:
  explicit MessageWriter(int descriptor) : file(descriptor, /*shouldClose=*/true) {}
  ~MessageWriter() { file.clear_error(); }
  void write(llvm::StringRef message);

private:
  std::mutex mutex;
  llvm::raw_fd_ostream file;
};

/// Reads messages from a descriptor and writes them as `translate` makes them, until there are no more.
void forwardMessages(int from, MessageWriter &to, llvm::function_ref<llvm::json::Value(llvm::json::Value)> translate);

} // namespace pto::harness
