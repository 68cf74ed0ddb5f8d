// Reads the sources with Clang and follows their `main`.
#include "harness/host/plugin/Interpreter.h"
#include "harness/host/plugin/Prelude.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/DiagnosticOptions.h"
#include "clang/Frontend/ASTUnit.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/CompilerInvocation.h"
#include "clang/Frontend/TextDiagnosticPrinter.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/VirtualFileSystem.h"

using namespace clang;

namespace pto::harness::host {
namespace {

/// Keeps the first error.
class FirstError : public DiagnosticConsumer {
public:
  explicit FirstError(HostFailure &failure) : failure(failure) {}

  void HandleDiagnostic(DiagnosticsEngine::Level level, const Diagnostic &diagnostic) override {
    DiagnosticConsumer::HandleDiagnostic(level, diagnostic);
    if (level < DiagnosticsEngine::Error || !failure.message.empty())
      return;
    llvm::SmallString<128> text;
    diagnostic.FormatDiagnostic(text);
    failure.message = text.str().str();
    if (!diagnostic.hasSourceManager() || diagnostic.getLocation().isInvalid())
      return;
    const SourceManager &sources = diagnostic.getSourceManager();
    PresumedLoc where = sources.getPresumedLoc(sources.getExpansionLoc(diagnostic.getLocation()));
    failure.file = where.getFilename();
    failure.place = {where.getLine(), where.getColumn()};
  }

private:
  HostFailure &failure;
};

/// `[aicore]` is no C++; nothing else of the language is.
std::string asCpp(llvm::StringRef text) {
  std::string changed = text.str();
  for (size_t at; (at = changed.find("[aicore]")) != std::string::npos;)
    changed.replace(at, 8, 8, ' ');
  return changed;
}

/// The headers that a source names, but for those beside it: the prelude declares what is known of them.
void addHeaders(llvm::StringRef text, llvm::StringRef folder, llvm::vfs::InMemoryFileSystem &files) {
  llvm::SmallVector<llvm::StringRef> lines;
  text.split(lines, '\n');
  for (llvm::StringRef line : lines) {
    line = line.trim();
    if (!line.consume_front("#") || !(line = line.ltrim()).consume_front("include"))
      continue;
    line = line.ltrim();
    char open = line.empty() ? 0 : line.front();
    llvm::StringRef name =
        line.drop_front(open ? 1 : 0).take_until([&](char c) { return c == (open == '<' ? '>' : '"'); });
    llvm::SmallString<256> own(folder);
    llvm::sys::path::append(own, name);
    if (open == '"' && name != "test_common.h" && llvm::sys::fs::exists(own))
      continue;
    files.addFile(llvm::Twine(preludeFolder) + "/" + name, 0, llvm::MemoryBuffer::getMemBuffer(""));
  }
}

std::unique_ptr<ASTUnit> parse(const std::string &source, const std::string &text, HostFailure &failure) {
  auto own = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  own->addFile(llvm::Twine(preludeFolder) + "/prelude.h", 0, llvm::MemoryBuffer::getMemBuffer(prelude));
  addHeaders(text, llvm::sys::path::parent_path(source), *own);
  own->addFile(source, 0, llvm::MemoryBuffer::getMemBufferCopy(text, source));
  auto files = llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(llvm::vfs::getRealFileSystem());
  files->pushOverlay(own);

  auto options = llvm::makeIntrusiveRefCnt<DiagnosticOptions>();
  auto diagnostics = CompilerInstance::createDiagnostics(options.get(), new FirstError(failure));
  std::string include = (llvm::Twine(preludeFolder) + "/prelude.h").str();
  const char *arguments[] = {"-x",
                             "cuda",
                             "-triple",
                             "x86_64-unknown-linux-gnu",
                             "-std=c++17",
                             "-fsyntax-only",
                             "-w",
                             "-I",
                             preludeFolder,
                             "-include",
                             include.c_str(),
                             "-nobuiltininc",
                             "-nostdsysteminc",
                             source.c_str()};
  auto invocation = std::make_shared<CompilerInvocation>();
  CompilerInvocation::CreateFromArgs(*invocation, arguments, *diagnostics);
  invocation->getFrontendOpts().DisableFree = false;
  auto unit = ASTUnit::LoadFromCompilerInvocation(invocation, std::make_shared<PCHContainerOperations>(), diagnostics,
                                                  new FileManager(FileSystemOptions(), files));
  if (!unit && failure.message.empty())
    failure = {"cannot be read", source, {}};
  return failure.message.empty() ? std::move(unit) : nullptr;
}

struct ParsedSource {
  std::string file, text;
  std::unique_ptr<ASTUnit> unit;
};

/// One of those kept, or it becomes one: a folder with many cases has the same sources for each.
ASTUnit *keep(llvm::StringRef file, std::vector<ParsedSource> &kept, HostFailure &failure) {
  llvm::SmallString<256> absolute(file);
  llvm::sys::fs::make_absolute(absolute);
  std::string source = absolute.str().str();
  auto content = llvm::MemoryBuffer::getFile(source);
  if (!content) {
    failure = {"cannot be read: " + content.getError().message(), source, {}};
    return nullptr;
  }
  std::string text = asCpp((*content)->getBuffer());
  for (const ParsedSource &one : kept)
    if (one.file == source && one.text == text)
      return one.unit.get();
  if (std::unique_ptr<ASTUnit> unit = parse(source, text, failure))
    return kept.emplace_back(source, std::move(text), std::move(unit)).unit.get();
  return nullptr;
}

bool follow(const std::vector<std::string> &sources, const std::vector<std::string> &arguments, const std::string &data,
            HostProgram &program, HostFailure &failure) {
  static std::vector<ParsedSource> kept;
  auto isOther = [&](const ParsedSource &one) { return !llvm::is_contained(sources, one.file); };
  llvm::erase_if(kept, isOther);
  Interpreter host(data);
  for (const std::string &source : sources) {
    ASTUnit *unit = keep(source, kept, failure);
    if (!unit)
      return false;
    host.declare(unit->getASTContext());
  }
  if (!host.hasMain()) {
    failure = {"none of the host's sources has a function main", sources.empty() ? "" : sources.front(), {}};
    return false;
  }
  try {
    host.runMain(arguments);
  } catch (const HostFailure &found) {
    failure = found;
    return false;
  }
  program = host.take();
  return true;
}

} // namespace
} // namespace pto::harness::host

extern "C" __attribute__((visibility("default"))) const pto::harness::HostReaderApi *ptoHostReaderPlugin() {
  static constexpr pto::harness::HostReaderApi api = {pto::harness::hostReaderAbi, pto::harness::host::follow};
  return &api;
}
