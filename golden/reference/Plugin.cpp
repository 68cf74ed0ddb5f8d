// Looks for libpto-reference.so and opens it with its symbols kept to itself.
#include "golden/reference/Plugin.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <atomic>
#include <cstdlib>
#include <dlfcn.h>
#include <mutex>
#include <string>
#include <vector>

namespace pto::golden {
namespace {

constexpr char fileName[] = "libpto-reference.so";
constexpr char variable[] = "PTO_REFERENCE_PLUGIN";

struct Loaded {
  std::atomic<const PluginApi *> api = nullptr;
  std::string error;
  std::once_flag once;
};

Loaded &state() {
  static Loaded loaded;
  return loaded;
}

std::vector<std::string> candidates() {
  if (const char *named = std::getenv(variable); named && *named)
    return {named};
  std::string executable = llvm::sys::fs::getMainExecutable(nullptr, reinterpret_cast<void *>(&candidates));
  llvm::StringRef folder = llvm::sys::path::parent_path(executable);
  std::vector<std::string> paths;
  for (const char *below : {"../lib", "."}) {
    llvm::SmallString<256> path(folder);
    llvm::sys::path::append(path, below, fileName);
    llvm::sys::path::remove_dots(path, /*remove_dot_dot=*/true);
    paths.push_back(path.str().str());
  }
  return paths;
}

void open(Loaded &loaded) {
  std::string tried;
  for (const std::string &path : candidates()) {
    if (!llvm::sys::fs::exists(path)) {
      tried += (tried.empty() ? "" : ", ") + path;
      continue;
    }
    void *library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!library) {
      const char *reason = dlerror();
      loaded.error = "the reference plugin " + path + " cannot be loaded: " + (reason ? reason : "unknown reason") +
                     "; is LibTorch (libtorch1.13) installed?";
      return;
    }
    auto entry = reinterpret_cast<PluginEntry>(dlsym(library, pluginEntry));
    const PluginApi *api = entry ? entry() : nullptr;
    if (!api || api->abi != pluginAbi) {
      loaded.error = path + (api ? " is another version of the reference plugin (interface " +
                                       std::to_string(api->abi) + ", expected " + std::to_string(pluginAbi) + ")"
                                 : std::string(" is not the reference plugin"));
      loaded.error += "; build or install the project again";
      return;
    }
    loaded.api = api;
    return;
  }
  loaded.error = "the reference plugin is missing, and without it no golden can be computed; looked for " + tried +
                 "; build the target pto-reference, or name the file in $" + variable;
}

} // namespace

llvm::Expected<const PluginApi *> loadPlugin() {
  Loaded &loaded = state();
  std::call_once(loaded.once, [&] { open(loaded); });
  if (const PluginApi *api = loaded.api)
    return api;
  return llvm::createStringError(llvm::inconvertibleErrorCode(), "%s", loaded.error.c_str());
}

bool isPluginLoaded() {
  return state().api != nullptr;
}

} // namespace pto::golden
