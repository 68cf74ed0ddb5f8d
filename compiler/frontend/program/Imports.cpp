// The files that a program file imports.
// Looked for as Python does: beside the importing file, above its package, and beside the first file.
#include "compiler/frontend/program/Imports.h"
#include "compiler/frontend/program/LanguageNames.h"
#include "compiler/frontend/program/Parser.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

namespace pto::frontend {

namespace {

namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

constexpr size_t mostFiles = 256;

std::string keyOf(uint32_t fileBegin, llvm::StringRef module) {
  return std::to_string(fileBegin) + " " + module.str();
}

void forEachImport(Block block, llvm::function_ref<void(const Import *)> visit) {
  for (const Stmt *stmt : block) {
    if (const auto *import = llvm::dyn_cast<Import>(stmt)) {
      visit(import);
    } else if (const auto *branch = llvm::dyn_cast<If>(stmt)) {
      forEachImport(branch->then, visit);
      forEachImport(branch->otherwise, visit);
    } else if (const auto *loop = llvm::dyn_cast<For>(stmt)) {
      forEachImport(loop->body, visit);
    } else if (const auto *whileLoop = llvm::dyn_cast<While>(stmt)) {
      forEachImport(whileLoop->body, visit);
    } else if (const auto *with = llvm::dyn_cast<With>(stmt)) {
      forEachImport(with->body, visit);
    } else if (const auto *function = llvm::dyn_cast<Function>(stmt)) {
      forEachImport(function->body, visit);
    } else if (const auto *definition = llvm::dyn_cast<Class>(stmt)) {
      forEachImport(definition->body, visit);
    } else if (const auto *opaque = llvm::dyn_cast<OpaqueStmt>(stmt)) {
      for (const OpaqueClause &clause : opaque->clauses)
        forEachImport(clause.body, visit);
    }
  }
}

std::string folderOf(llvm::StringRef file) {
  llvm::StringRef folder = path::parent_path(file);
  return folder.empty() ? "." : folder.str();
}

bool isFile(llvm::StringRef name) {
  return fs::is_regular_file(name);
}

std::string in(llvm::StringRef folder, llvm::StringRef name) {
  llvm::SmallString<128> whole(folder == "." ? "" : folder);
  path::append(whole, name);
  return whole.str().str();
}

} // namespace

llvm::StringRef moduleOf(llvm::StringRef name) {
  size_t dot = name.rfind('.');
  if (dot == llvm::StringRef::npos)
    return {};
  bool isLeading = name.take_front(dot).find_first_not_of('.') == llvm::StringRef::npos;
  return name.take_front(isLeading ? dot + 1 : dot);
}

std::string expectedFile(llvm::StringRef module) {
  std::string file = module.ltrim('.').str();
  std::replace(file.begin(), file.end(), '.', '/');
  return file.empty() ? "__init__.py" : file + ".py";
}

const ImportedFile *Imports::find(const Source &source, uint32_t from, llvm::StringRef module) const {
  return known.lookup(keyOf(source.fileAt(from).begin, module));
}

std::string Imports::lookedFor(const Source &source, uint32_t from, llvm::StringRef module) const {
  return folders.lookup(keyOf(source.fileAt(from).begin, module));
}

bool Imports::areCurrent(const Source &source) const {
  return llvm::all_of(files, [&](const ImportedFile &file) {
    if (file.begin == 0)
      return true;
    auto buffer = llvm::MemoryBuffer::getFile(file.path);
    return buffer && (*buffer)->getBuffer() == source.fileAt(file.begin).text;
  });
}

class ImportLoader {
public:
  explicit ImportLoader(Module &module) : module(module), imports(module.imports) {}

  void run() {
    waiting.push_back({module.source->name().str(), module.body, 0, ""});
    while (!waiting.empty()) {
      ImportedFile file = waiting.front();
      waiting.pop_front();
      forEachImport(file.body, [&](const Import *import) {
        for (const ImportedName &name : import->names) {
          if (isOfLanguage(name.path))
            continue;
          load(file, name.path);
          load(file, moduleOf(name.path));
        }
      });
    }
  }

private:
  void load(const ImportedFile &from, llvm::StringRef name) {
    std::string key = keyOf(from.begin, name);
    if (name.empty() || imports.known.count(key))
      return;
    for (const std::string &folder : foldersFor(from, name))
      for (const std::string &file : {in(folder, expectedFile(name)), in(folder, packageFile(name))})
        if (isFile(file)) {
          imports.known[key] = read(file);
          return;
        }
    imports.known[key] = nullptr;
    std::vector<std::string> folders = foldersFor(from, name);
    folders.erase(std::unique(folders.begin(), folders.end()), folders.end());
    imports.folders[key] = llvm::join(folders, ", ");
  }

  static std::string packageFile(llvm::StringRef name) {
    std::string file = expectedFile(name);
    return llvm::StringRef(file).drop_back(3).str() + "/__init__.py";
  }

  std::vector<std::string> foldersFor(const ImportedFile &from, llvm::StringRef name) const {
    std::string folder = folderOf(from.path);
    if (size_t dots = name.find_first_not_of('.'); dots == llvm::StringRef::npos || dots > 0) {
      for (size_t i = 1; i < std::min(dots, name.size()); ++i)
        folder = in(folder, "..");
      return {folder};
    }
    std::vector<std::string> folders = {folder};
    constexpr unsigned deepestPackage = 32;
    for (unsigned i = 0; i < deepestPackage && isFile(in(folder, "__init__.py")); ++i)
      folders.push_back(folder = path::filename(folder) == ".." || folder == "." ? in(folder, "..") : folderOf(folder));
    folders.push_back(folderOf(module.source->name()));
    return folders;
  }

  /// A file is read once, whatever it is called where it is imported.
  const ImportedFile *read(const std::string &file) {
    if (byRealPath.empty())
      byRealPath[realPath(module.source->name())] =
          &imports.files.emplace_back(ImportedFile{module.source->name().str(), module.body, 0, ""});
    auto [it, isNew] = byRealPath.try_emplace(realPath(file), nullptr);
    if (!isNew)
      return it->second;
    ImportedFile &added = imports.files.emplace_back(ImportedFile{file, {}, 0, ""});
    it->second = &added;
    auto buffer = llvm::MemoryBuffer::getFile(file);
    const Source::File *text = nullptr;
    if (buffer && imports.files.size() <= mostFiles)
      text = module.source->add(file, (*buffer)->getBuffer().str());
    if (!text) {
      added.problem = buffer ? "it is more than can be imported" : "it cannot be read";
      return &added;
    }
    added.begin = text->begin;
    Diagnostics found(*module.source);
    added.body = parseFile(*text, *module.arena, found);
    if (found.hasErrors()) {
      const Diagnostic &first = found.all().front();
      added.problem = toString(first.place) + ": " + first.message;
    }
    waiting.push_back(added);
    return &added;
  }

  static std::string realPath(llvm::StringRef file) {
    llvm::SmallString<128> real;
    return fs::real_path(file, real) ? file.str() : real.str().str();
  }

  Module &module;
  Imports &imports;
  std::deque<ImportedFile> waiting;
  llvm::StringMap<const ImportedFile *> byRealPath;
};

void loadImports(Module &module) {
  ImportLoader(module).run();
}

} // namespace pto::frontend
