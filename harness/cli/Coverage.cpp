// Kernels are decoded once for all points that have the same text.
#include "harness/cli/Coverage.h"
#include "compiler/frontend/Kernel.h"
#include "harness/case/Case.h"
#include "harness/case/SourceFile.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"
#include <filesystem>

using namespace pto;
using namespace pto::harness;
namespace fs = std::filesystem;

/// Whether placeholders may make the name out of what is written around them, as in pto.${op}_b16.
static bool mayBecome(llvm::StringRef text, llvm::StringRef name) {
  constexpr llvm::StringLiteral letters = "abcdefghijklmnopqrstuvwxyz0123456789_";
  for (size_t at = text.find("${"); at != llvm::StringRef::npos; at = text.find("${", at)) {
    llvm::StringRef before = text.take_front(at);
    std::string pattern = before.drop_front(before.find_last_not_of(letters) + 1).str();
    while (text.substr(at).starts_with("${")) {
      llvm::StringRef behind = text.substr(at).split('}').second;
      llvm::StringRef written = behind.take_while([&](char c) { return letters.contains(c); });
      pattern += "*" + written.str();
      at = text.size() - behind.size() + written.size();
    }
    if (pattern.find_first_not_of('*') != std::string::npos && matches(pattern, name))
      return true;
  }
  return false;
}

/// Whether a kernel may use the operation: its own name, or the beginning of it, is written out in the case's file or
/// in the kernel, which may lie in the folder of another case.
static bool mentions(const fs::path &file, llvm::StringRef name) {
  llvm::Expected<std::string> text = readText(file.string());
  if (!text) {
    llvm::consumeError(text.takeError());
    return false;
  }
  if (llvm::StringRef(*text).contains(name) || mayBecome(*text, name))
    return true;
  llvm::SmallVector<llvm::StringRef> words;
  if (file.extension() == ".yaml")
    llvm::SplitString(*text, words, " \t\n{},:'\"");
  return llvm::any_of(words, [&](llvm::StringRef word) {
    return word.ends_with(".pto") && mentions(file.parent_path() / word.str(), name);
  });
}

static std::vector<std::string> foldersThatMention(const std::string &root, llvm::StringRef name) {
  std::set<std::string> folders;
  std::error_code error;
  for (fs::recursive_directory_iterator it(root, fs::directory_options::follow_directory_symlink, error), end;
       it != end && !error; it.increment(error)) {
    const fs::path &file = it->path();
    bool isSource = file.filename() == "case.yaml" || file.extension() == ".pto";
    std::string folder = isSource ? file.parent_path().lexically_relative(root).generic_string() : "";
    if (isSource && !folders.count(folder) && mentions(file, name))
      folders.insert(folder);
  }
  return {folders.begin(), folders.end()};
}

static std::set<sim::OpForm> formsOf(const Case &spec, mlir::MLIRContext &context) {
  std::vector<Diagnostic> diagnostics;
  mlir::OwningOpRef<mlir::ModuleOp> module =
      frontend::parseKernel(spec.kernelText, spec.kernelFile, context, diagnostics);
  if (!module || !frontend::verifyKernel(*module, diagnostics))
    return {};
  if (llvm::Expected<mlir::func::FuncOp> entry = frontend::selectEntry(*module, spec.entry))
    return sim::usedForms(*entry);
  else
    llvm::consumeError(entry.takeError());
  return {};
}

Coverage pto::harness::findCoverage(const std::string &root, llvm::StringRef operation, mlir::MLIRContext &context) {
  std::vector<std::string> folders;
  if (!operation.empty() && (folders = foldersThatMention(root, operation.split('.').second)).empty())
    return {};
  Coverage coverage;
  std::map<std::pair<std::string, std::string>, std::set<sim::OpForm>> known;
  for (const Case &spec : discover(root, folders).cases) {
    if (spec.isProgram() || spec.xfail || spec.skip || !llvm::StringRef(spec.kernelText).contains(operation))
      continue;
    auto [forms, isNew] = known.try_emplace({spec.kernelText, spec.entry});
    if (isNew)
      forms->second = formsOf(spec, context);
    for (const sim::OpForm &form : forms->second)
      ++coverage[form][spec.folderName().str()];
  }
  return coverage;
}
