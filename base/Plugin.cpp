// Looks for a plugin and opens it with its symbols kept to itself.
#include "base/Plugin.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <cstdlib>
#include <dlfcn.h>
#include <string>
#include <vector>

namespace pto {

static std::vector<std::string> candidates(const PluginFile &plugin) {
  if (const char *named = std::getenv(plugin.variable); named && *named)
    return {named};
  std::string executable = llvm::sys::fs::getMainExecutable(nullptr, reinterpret_cast<void *>(&candidates));
  llvm::StringRef folder = llvm::sys::path::parent_path(executable);
  std::vector<std::string> paths;
  for (const char *below : {"../lib", "."}) {
    llvm::SmallString<256> path(folder);
    llvm::sys::path::append(path, below, plugin.name);
    llvm::sys::path::remove_dots(path, /*remove_dot_dot=*/true);
    paths.push_back(path.str().str());
  }
  return paths;
}

static llvm::Error fail(const std::string &message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), "%s", message.c_str());
}

llvm::Expected<void *> openPlugin(const PluginFile &plugin) {
  std::string tried;
  for (const std::string &path : candidates(plugin)) {
    if (!llvm::sys::fs::exists(path)) {
      tried += (tried.empty() ? "" : ", ") + path;
      continue;
    }
    void *library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!library) {
      const char *reason = dlerror();
      return fail(std::string(plugin.what) + " " + path + " cannot be loaded: " + (reason ? reason : "unknown reason") +
                  "; is " + plugin.needs + " installed?");
    }
    if (void *entry = dlsym(library, plugin.entry))
      return entry;
    return fail(path + " is not " + plugin.what + "; build or install the project again");
  }
  return fail(std::string(plugin.what) + " is missing, and without it " + plugin.without + "; looked for " + tried +
              "; build the target " + plugin.target + ", or name the file in $" + plugin.variable);
}

llvm::Error refusePlugin(const PluginFile &plugin, uint32_t found, uint32_t expected) {
  return fail(std::string(plugin.name) + " is another version of " + plugin.what + " (interface " +
              std::to_string(found) + ", expected " + std::to_string(expected) +
              "); build or install the project again");
}

} // namespace pto
