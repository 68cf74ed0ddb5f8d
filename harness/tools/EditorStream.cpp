// Translating JSON-RPC: "Content-Length: N\r\n\r\n" and N bytes of JSON.
#include "harness/tools/EditorStream.h"
#include "harness/tools/PlaceholderText.h"
#include "mlir/Tools/lsp-server-support/Protocol.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdio>
#include <unistd.h>

using namespace pto::harness;
namespace lsp = mlir::lsp;
namespace json = llvm::json;

std::string EditorStream::shown(llvm::StringRef file, llvm::StringRef text) {
  llvm::Expected<PlaceholderText> replaced = withoutPlaceholders(file, text);
  if (replaced)
    return std::move(replaced->text);
  llvm::errs() << llvm::toString(replaced.takeError()) << '\n';
  return text.str();
}

void EditorStream::open(json::Object &parameters) {
  lsp::DidOpenTextDocumentParams opened;
  json::Path::Root root;
  if (!lsp::fromJSON(json::Value(json::Object(parameters)), opened, root))
    return;
  documents[opened.textDocument.uri.uri()] = opened.textDocument.text;
  (*parameters.getObject("textDocument"))["text"] = shown(opened.textDocument.uri.file(), opened.textDocument.text);
}

void EditorStream::change(json::Object &parameters) {
  lsp::DidChangeTextDocumentParams changed;
  json::Path::Root root;
  if (!lsp::fromJSON(json::Value(json::Object(parameters)), changed, root))
    return;
  auto document = documents.find(changed.textDocument.uri.uri());
  if (document == documents.end() ||
      mlir::failed(lsp::TextDocumentContentChangeEvent::applyTo(changed.contentChanges, document->second)))
    return;
  parameters["contentChanges"] =
      json::Array{json::Object{{"text", shown(changed.textDocument.uri.file(), document->second)}}};
}

json::Value EditorStream::translate(json::Value message) {
  json::Object *object = message.getAsObject();
  json::Object *parameters = object ? object->getObject("params") : nullptr;
  llvm::StringRef method = object ? object->getString("method").value_or("") : "";
  if (parameters && method == "textDocument/didOpen")
    open(*parameters);
  else if (parameters && method == "textDocument/didChange")
    change(*parameters);
  return message;
}

namespace {

/// Reads what was sent, header by header.
class MessageReader {
public:
  explicit MessageReader(int descriptor) : file(fdopen(descriptor, "r")) {}

  /// False at the end, or where what comes is no message.
  bool next(std::string &message) {
    constexpr size_t longest = 64 << 20;
    size_t length = 0;
    char line[1024];
    while (fgets(line, sizeof line, file)) {
      llvm::StringRef header = llvm::StringRef(line).trim();
      if (header.empty() && length)
        break;
      if (header.consume_front("Content-Length:"))
        header.trim().getAsInteger(10, length);
    }
    if (length == 0 || length > longest)
      return false;
    message.resize(length);
    return fread(message.data(), 1, length, file) == length;
  }

private:
  FILE *file;
};

} // namespace

void pto::harness::translateStream(int from, int to) {
  MessageReader reader(from);
  llvm::raw_fd_ostream writer(to, /*shouldClose=*/true);
  EditorStream stream;
  for (std::string message; reader.next(message);) {
    if (llvm::Expected<json::Value> value = json::parse(message))
      message = llvm::formatv("{0}", stream.translate(std::move(*value))).str();
    else
      llvm::consumeError(value.takeError());
    writer << "Content-Length: " << message.size() << "\r\n\r\n" << message;
    writer.flush();
    if (writer.has_error())
      break;
  }
  writer.clear_error();
}
