// Translating JSON-RPC: "Content-Length: N\r\n\r\n" and N bytes of JSON.
#include "harness/tools/EditorStream.h"
#include "compiler/frontend/ParserGuard.h"
#include "harness/tools/PlaceholderText.h"
#include "harness/tools/Remarks.h"
#include "mlir/Tools/lsp-server-support/Protocol.h"
#include "llvm/Support/FormatVariadic.h"
#include <cstdio>
#include <unistd.h>

using namespace pto;
using namespace pto::harness;
namespace lsp = mlir::lsp;
namespace json = llvm::json;

static json::Array faultsOf(llvm::ArrayRef<Diagnostic> refused) {
  json::Array faults;
  for (const Diagnostic &diagnostic : refused)
    if (diagnostic.severity == Severity::Error)
      faults.push_back(remarkAt(diagnostic.place, diagnostic.message));
  return faults;
}

std::string EditorStream::shown(const std::string &uri, llvm::StringRef file, Document &document) {
  llvm::Expected<PlaceholderText> replaced = withoutPlaceholders(file, document.text);
  json::Array faults;
  if (replaced)
    faults = faultsOf(frontend::refusedByGuard(replaced->text, file));
  else
    faults.push_back(remarkAt({}, llvm::toString(replaced.takeError())));
  document.isRefused = !faults.empty();
  document.told = std::move(faults);
  document.remarks.clear();
  if (document.isRefused)
    return "";
  if (check && file.ends_with(".pto"))
    check(json::Object{{"uri", uri}, {"file", file}, {"version", document.version}, {"text", document.text}});
  return std::move(replaced->text);
}

void EditorStream::open(json::Object &parameters) {
  lsp::DidOpenTextDocumentParams opened;
  json::Path::Root root;
  if (!lsp::fromJSON(json::Value(json::Object(parameters)), opened, root))
    return;
  std::string uri = opened.textDocument.uri.uri().str();
  std::lock_guard<std::mutex> lock(mutex);
  Document &document = documents[uri] = {opened.textDocument.text, opened.textDocument.version};
  (*parameters.getObject("textDocument"))["text"] = shown(uri, opened.textDocument.uri.file(), document);
}

void EditorStream::change(json::Object &parameters) {
  lsp::DidChangeTextDocumentParams changed;
  json::Path::Root root;
  if (!lsp::fromJSON(json::Value(json::Object(parameters)), changed, root))
    return;
  std::string uri = changed.textDocument.uri.uri().str();
  std::lock_guard<std::mutex> lock(mutex);
  auto document = documents.find(uri);
  if (document == documents.end() ||
      mlir::failed(lsp::TextDocumentContentChangeEvent::applyTo(changed.contentChanges, document->second.text)))
    return;
  document->second.version = changed.textDocument.version;
  parameters["contentChanges"] =
      json::Array{json::Object{{"text", shown(uri, changed.textDocument.uri.file(), document->second)}}};
}

/// The parameters of a message with this method.
static json::Object *parametersOf(json::Value &message, llvm::StringRef method) {
  json::Object *object = message.getAsObject();
  return object && object->getString("method") == method ? object->getObject("params") : nullptr;
}

static std::string idOf(const json::Value &message) {
  const json::Value *id = message.getAsObject() ? message.getAsObject()->get("id") : nullptr;
  return id ? llvm::formatv("{0}", *id).str() : "";
}

json::Value EditorStream::toServer(json::Value message) {
  if (json::Object *opened = parametersOf(message, "textDocument/didOpen"))
    open(*opened);
  else if (json::Object *changed = parametersOf(message, "textDocument/didChange"))
    change(*changed);
  else if (json::Object *asked = parametersOf(message, "textDocument/codeAction")) {
    lsp::CodeActionParams action;
    json::Path::Root root;
    std::lock_guard<std::mutex> lock(mutex);
    if (lsp::fromJSON(json::Value(json::Object(*asked)), action, root))
      actions[idOf(message)] = {action.textDocument.uri.uri().str(), action.range.start.line, action.range.end.line};
  }
  return message;
}

json::Value EditorStream::toEditor(json::Value message) {
  std::lock_guard<std::mutex> lock(mutex);
  if (auto asked = actions.find(idOf(message)); asked != actions.end()) {
    json::Object &answer = *message.getAsObject();
    json::Array found = fixes(asked->second.uri, asked->second.first, asked->second.last);
    actions.erase(asked);
    if (const json::Array *others = answer.getArray("result"))
      found.insert(found.end(), others->begin(), others->end());
    if (!answer.get("error"))
      answer["result"] = std::move(found);
    return message;
  }
  json::Object *parameters = parametersOf(message, "textDocument/publishDiagnostics");
  auto document = documents.find(parameters ? parameters->getString("uri").value_or("").str() : "");
  if (document == documents.end())
    return message;
  if (const json::Array *told = parameters->getArray("diagnostics"); told && !document->second.isRefused)
    document->second.told = *told;
  (*parameters)["diagnostics"] = diagnosticsOf(document->second);
  return message;
}

json::Array EditorStream::diagnosticsOf(const Document &document) {
  json::Array diagnostics = document.told;
  for (const json::Value &remark : document.remarks)
    diagnostics.push_back(*remark.getAsObject()->get("diagnostic"));
  return diagnostics;
}

std::optional<json::Value> EditorStream::checked(const json::Object &answer) {
  std::lock_guard<std::mutex> lock(mutex);
  auto document = documents.find(answer.getString("uri").value_or("").str());
  if (document == documents.end() || document->second.version != answer.getInteger("version"))
    return std::nullopt;
  document->second.remarks = *answer.getArray("remarks");
  return json::Object{{"jsonrpc", "2.0"},
                      {"method", "textDocument/publishDiagnostics"},
                      {"params", json::Object{{"uri", document->first},
                                              {"version", document->second.version},
                                              {"diagnostics", diagnosticsOf(document->second)}}}};
}

json::Array EditorStream::fixes(const std::string &uri, int64_t first, int64_t last) const {
  json::Array actions;
  auto document = documents.find(uri);
  if (document == documents.end())
    return actions;
  for (const json::Value &value : document->second.remarks) {
    const json::Object &remark = *value.getAsObject(), &diagnostic = *remark.getObject("diagnostic");
    std::optional<int64_t> line = diagnostic.getObject("range")->getObject("start")->getInteger("line");
    const json::Object *fix = remark.getObject("fix");
    if (fix && line >= first && line <= last)
      actions.push_back(
          json::Object{{"title", *fix->getString("title")},
                       {"kind", "quickfix"},
                       {"diagnostics", json::Array{json::Object(diagnostic)}},
                       {"edit", json::Object{{"changes", json::Object{{uri, json::Array(*fix->getArray("edits"))}}}}}});
  }
  return actions;
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

void MessageWriter::write(llvm::StringRef message) {
  std::lock_guard<std::mutex> lock(mutex);
  if (file.has_error())
    return;
  file << "Content-Length: " << message.size() << "\r\n\r\n" << message;
  file.flush();
}

void pto::harness::forwardMessages(int from, MessageWriter &to,
                                   llvm::function_ref<json::Value(json::Value)> translate) {
  MessageReader reader(from);
  for (std::string message; reader.next(message);) {
    if (llvm::Expected<json::Value> value = json::parse(message))
      message = llvm::formatv("{0}", translate(std::move(*value))).str();
    else
      llvm::consumeError(value.takeError());
    to.write(message);
  }
}
