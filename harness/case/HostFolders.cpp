// Recognized by their files.
#include "harness/case/HostFolders.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

namespace pto::harness {

std::optional<llvm::Expected<Case>> readHostFolder(const std::string &name, const std::string &folder) {
  auto path = [&](llvm::StringRef file) { return folder + "/" + file.str(); };
  auto exists = [&](llvm::StringRef file) { return llvm::sys::fs::exists(path(file)); };
  if (!exists("kernel.pto") || !exists("golden.py"))
    return std::nullopt;
  std::string missing;
  for (llvm::StringRef file : {"compare.py", "main.cpp"})
    if (!exists(file))
      missing += (missing.empty() ? "" : " and ") + file.str();
  if (!missing.empty())
    return llvm::make_error<PlacedError>(Place{path("golden.py")},
                                         "this folder has a kernel.pto and a golden.py, but no " + missing +
                                             "; a folder without a case.yaml needs them all");
  auto kernel = llvm::MemoryBuffer::getFile(path("kernel.pto"));
  if (!kernel)
    return llvm::make_error<PlacedError>(Place{path("kernel.pto")}, "cannot be read: " + kernel.getError().message());

  Case spec;
  spec.name = name;
  spec.folder = folder;
  spec.summary = "kernel of the public layout, judged by its own compare.py";
  spec.kernelFile = path("kernel.pto");
  spec.kernelText = (*kernel)->getBuffer().str();
  spec.host = HostFolder{{path("main.cpp")}, path("golden.py"), path("compare.py")};
  if (exists("launch.cpp"))
    spec.host->sources.push_back(path("launch.cpp"));
  spec.place = Place{path("main.cpp")};
  return spec;
}

} // namespace pto::harness
