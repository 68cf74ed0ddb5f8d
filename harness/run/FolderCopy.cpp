// Copying it, and where things are in it.
#include "harness/run/FolderCopy.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace pto::harness;
namespace fs = llvm::sys::fs;

/// Files of a folder, not of those below it; of `suffix`, or all.
static std::error_code copyFiles(const std::string &from, const std::string &to, llvm::StringRef suffix) {
  if (std::error_code error = fs::create_directories(to))
    return error;
  std::error_code error;
  for (fs::directory_iterator it(from, error), end; it != end && !error; it.increment(error)) {
    if (it->type() != fs::file_type::regular_file || !llvm::StringRef(it->path()).ends_with(suffix))
      continue;
    if ((error = fs::copy_file(it->path(), to + "/" + llvm::sys::path::filename(it->path()).str())))
      return error;
  }
  return error;
}

/// "a/b/c": "a/b", "a" and "", the root.
static std::vector<std::string> foldersAbove(llvm::StringRef name) {
  std::vector<std::string> above;
  for (size_t slash = name.rfind('/'); slash != llvm::StringRef::npos; slash = name.take_front(slash).rfind('/'))
    above.push_back(name.take_front(slash).str());
  above.emplace_back();
  return above;
}

static std::error_code fill(const std::string &copy, const Case &spec) {
  llvm::StringRef root = spec.folder;
  root.consume_back(spec.folderName());
  for (const std::string &above : foldersAbove(spec.folderName()))
    if (std::error_code error = copyFiles(root.str() + above, copy + "/" + above, ".py"))
      return error;
  return copyFiles(spec.folder, (copy + "/" + spec.folderName()).str(), "");
}

llvm::Expected<ScratchFolder> pto::harness::copyFolder(const Case &spec) {
  llvm::Expected<ScratchFolder> copy = ScratchFolder::make();
  if (!copy)
    return copy;
  if (std::error_code error = fill(copy->path(), spec))
    return llvm::createStringError(error, "the folder cannot be copied: %s", error.message().c_str());
  return copy;
}

std::string pto::harness::pathIn(const ScratchFolder &copy, const Case &spec) {
  return (copy.path() + "/" + spec.folderName()).str();
}

std::string pto::harness::pathIn(const ScratchFolder &copy, const Case &spec, llvm::StringRef file) {
  return (pathIn(copy, spec) + "/" + file).str();
}

Script pto::harness::scriptIn(const ScratchFolder &copy, const Case &spec, llvm::StringRef file,
                              std::vector<std::string> arguments) {
  Script script{pathIn(copy, spec, file), std::move(arguments), {}};
  for (const std::string &above : foldersAbove(spec.folderName()))
    script.modules.push_back(copy.path() + "/" + above);
  return script;
}
