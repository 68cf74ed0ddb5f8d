// Translating JSON-RPC: "Content-Length: N\r\n\r\n" and N bytes of JSON.
#include "harness/tools/EditorStream.h"
#include "compiler/frontend/ParserGuard.h"
#include "harness/tools/PlaceholderText.h"
#include "mlir/Tools/lsp-server-support/Protocol.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdio>
#include <unistd.h>

using namespace pto;
using namespace pto::harness;
namespace lsp = mlir::lsp;
namespace json = llvm::json;

/// One fault as an editor shows it, from its place to the end of the line.
static json::Object faultAt(const Place &place, llvm::StringRef message) {
  auto position = [&](int64_t character) {
    return json::Object{{"line", place.line ? int64_t(place.line) - 1 : 0}, {"character", character}};
  };
  return json::Object{{"range", json::Object{{"start", position(place.column ? int64_t(place.column) - 1 : 0)},
                                             {"end", position(1 << 20)}}},
                      {"severity", 1},
                      {"source", "pto"},
                      {"message", message.str()}};
}

static json::Array faultsOf(llvm::ArrayRef<Diagnostic> refused) {
  json::Array faults;
  for (const Diagnostic &diagnostic : refused)
    if (diagnostic.severity == Severity::Error)
      faults.push_back(faultAt(diagnostic.place, diagnostic.message));
  return faults;
}

std::string EditorStream::shown(llvm::StringRef uri, llvm::StringRef file, llvm::StringRef text) {
  json::Array found;
  llvm::Expected<PlaceholderText> replaced = withoutPlaceholders(file, text);
  if (replaced)
    found = faultsOf(frontend::refusedByGuard(replaced->text, file));
  else
    found.push_back(faultAt({}, llvm::toString(replaced.takeError())));
  bool isRefused = !found.empty();
  std::lock_guard<std::mutex> lock(mutex);
  faults.erase(uri);
  if (isRefused)
    faults.try_emplace(uri, std::move(found));
  return isRefused ? "" : std::move(replaced->text);
}

void EditorStream::open(json::Object &parameters) {
  lsp::DidOpenTextDocumentParams opened;
  json::Path::Root root;
  if (!lsp::fromJSON(json::Value(json::Object(parameters)), opened, root))
    return;
  documents[opened.textDocument.uri.uri()] = opened.textDocument.text;
  (*parameters.getObject("textDocument"))["text"] =
      shown(opened.textDocument.uri.uri(), opened.textDocument.uri.file(), opened.textDocument.text);
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
      json::Array{json::Object{{"text", shown(document->first(), changed.textDocument.uri.file(), document->second)}}};
}

/// The parameters of a message with this method.
static json::Object *parametersOf(json::Value &message, llvm::StringRef method) {
  json::Object *object = message.getAsObject();
  return object && object->getString("method") == method ? object->getObject("params") : nullptr;
}

json::Value EditorStream::toServer(json::Value message) {
  if (json::Object *opened = parametersOf(message, "textDocument/didOpen"))
    open(*opened);
  else if (json::Object *changed = parametersOf(message, "textDocument/didChange"))
    change(*changed);
  return message;
}

json::Value EditorStream::toEditor(json::Value message) {
  json::Object *parameters = parametersOf(message, "textDocument/publishDiagnostics");
  if (!parameters)
    return message;
  std::lock_guard<std::mutex> lock(mutex);
  auto refused = faults.find(parameters->getString("uri").value_or(""));
  if (refused != faults.end())
    (*parameters)["diagnostics"] = json::Array(refused->second);
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

void pto::harness::forwardMessages(int from, int to, llvm::function_ref<json::Value(json::Value)> translate) {
  MessageReader reader(from);
  llvm::raw_fd_ostream writer(to, /*shouldClose=*/true);
  for (std::string message; reader.next(message);) {
    if (llvm::Expected<json::Value> value = json::parse(message))
      message = llvm::formatv("{0}", translate(std::move(*value))).str();
    else
      llvm::consumeError(value.takeError());
    if (writer.has_error())
      continue;
    writer << "Content-Length: " << message.size() << "\r\n\r\n" << message;
    writer.flush();
  }
  writer.clear_error();
}
