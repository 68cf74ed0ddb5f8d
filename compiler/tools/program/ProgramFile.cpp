// A file with programs, as the subcommands read it.
#include "compiler/tools/program/ProgramFile.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

namespace pto {

std::optional<std::string> readText(const std::string &file) {
  auto buffer = llvm::MemoryBuffer::getFileOrSTDIN(file);
  if (buffer)
    return (*buffer)->getBuffer().str();
  llvm::errs() << "cannot read " << file << ": " << buffer.getError().message() << '\n';
  return std::nullopt;
}

void print(const std::vector<Diagnostic> &diagnostics) {
  for (const Diagnostic &diagnostic : diagnostics)
    llvm::errs() << render(diagnostic);
}

std::unique_ptr<ProgramFile> ProgramFile::read(const std::string &file, const frontend::FactoryArguments &arguments) {
  std::optional<std::string> text = readText(file);
  if (!text)
    return nullptr;
  std::vector<Diagnostic> diagnostics;
  auto read = std::make_unique<ProgramFile>();
  read->module = frontend::parse(file, std::move(*text), diagnostics);
  print(diagnostics);
  if (llvm::any_of(diagnostics, [](const auto &each) { return each.severity == Severity::Error; }))
    return nullptr;
  read->scope = std::make_unique<frontend::ModuleScope>(read->module, arguments);
  return read;
}

std::vector<const frontend::Definition *> ProgramFile::entries(llvm::StringRef name) const {
  std::vector<const frontend::Definition *> programs, functions;
  for (const frontend::Definition &definition : definitions()) {
    if (!name.empty() && definition.name != name && definition.path != name)
      continue;
    if (definition.kind == frontend::Definition::Kind::Program)
      programs.push_back(&definition);
    else if (definition.kind == frontend::Definition::Kind::Function)
      functions.push_back(&definition);
  }
  return programs.empty() ? functions : programs;
}

std::vector<const frontend::Definition *> ProgramFile::generic(llvm::StringRef name) const {
  std::vector<const frontend::Definition *> roots, all;
  for (const frontend::Definition &definition : definitions()) {
    bool isGeneric = definition.kind == frontend::Definition::Kind::Jit;
    if (!isGeneric || (!name.empty() && definition.name != name && definition.path != name))
      continue;
    all.push_back(&definition);
    if (definition.decorator == "pl.jit")
      roots.push_back(&definition);
  }
  return roots.empty() ? all : roots;
}

std::string ProgramFile::strangers(llvm::StringRef name) const {
  frontend::Diagnostics diagnostics(*module.source);
  for (const frontend::Stranger &stranger : scope->strangers())
    if (name.empty() ? stranger.isOfLanguage : (stranger.name == name || stranger.path == name) && !scope->find(name))
      diagnostics.error(stranger.range, stranger.problem);
  return diagnostics.render();
}

} // namespace pto
