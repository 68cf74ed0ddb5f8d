// What an editor and a language server tell one another, for kernels that MLIR's server cannot show as they are: the
// placeholders of a kernel are replaced on the way there, and what is wrong with a text that the server must not see is
// put into its answer.
#pragma once

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/JSON.h"
#include <mutex>
#include <string>

namespace pto::harness {

/// Keeps each document as the editor has it, since the editor sends edits of that text, and sends on whole texts.
class EditorStream {
public:
  /// The message that the server is to get.
  llvm::json::Value toServer(llvm::json::Value message);
  /// The message that the editor is to get.
  llvm::json::Value toEditor(llvm::json::Value message);

private:
  void open(llvm::json::Object &parameters);
  void change(llvm::json::Object &parameters);
  /// As the server is to see it: nothing of a text that is refused, whose faults are kept in `faults`.
  std::string shown(llvm::StringRef uri, llvm::StringRef file, llvm::StringRef text);

  llvm::StringMap<std::string> documents;    ///< by URI
  std::mutex mutex;                          ///< the two directions are two threads
  llvm::StringMap<llvm::json::Array> faults; ///< diagnostics of refused documents, by URI
};

/// Reads messages from one descriptor and writes them to another, as `translate` makes them, until the first ends.
/// What the other end no longer takes is dropped.
void forwardMessages(int from, int to, llvm::function_ref<llvm::json::Value(llvm::json::Value)> translate);

} // namespace pto::harness
