// What an editor tells a language server, with the placeholders of kernels replaced on the way.
#pragma once

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/JSON.h"
#include <string>

namespace pto::harness {

/// Keeps each document as the editor has it, since the editor sends edits of that text, and sends on whole texts.
class EditorStream {
public:
  /// The message that the server is to get.
  llvm::json::Value translate(llvm::json::Value message);

private:
  void open(llvm::json::Object &parameters);
  void change(llvm::json::Object &parameters);
  /// As the server is to see it. A text whose case is wrong stays as it is: the editor shows where.
  static std::string shown(llvm::StringRef file, llvm::StringRef text);

  llvm::StringMap<std::string> documents; ///< by URI
};

/// Reads an editor's messages from one descriptor and writes them, translated, to another, until the first ends.
void translateStream(int from, int to);

} // namespace pto::harness
