// Opens libpto-reference.so once.
#include "golden/reference/Plugin.h"
#include "base/Plugin.h"
#include <atomic>
#include <mutex>
#include <string>

namespace pto::golden {
namespace {

constexpr PluginFile file = {"libpto-reference.so",
                             "PTO_REFERENCE_PLUGIN",
                             "the reference plugin",
                             "no golden can be computed",
                             "LibTorch (libtorch1.13)",
                             "pto-reference",
                             pluginEntry};

struct Loaded {
  std::atomic<const PluginApi *> api = nullptr;
  std::string error;
  std::once_flag once;
};

Loaded &state() {
  static Loaded loaded;
  return loaded;
}

llvm::Expected<const PluginApi *> open() {
  llvm::Expected<void *> entry = openPlugin(file);
  if (!entry)
    return entry.takeError();
  const PluginApi *api = reinterpret_cast<PluginEntry>(*entry)();
  if (api->abi != pluginAbi)
    return refusePlugin(file, api->abi, pluginAbi);
  return api;
}

} // namespace

llvm::Expected<const PluginApi *> loadPlugin() {
  Loaded &loaded = state();
  std::call_once(loaded.once, [&] {
    if (llvm::Expected<const PluginApi *> api = open())
      loaded.api = *api;
    else
      loaded.error = llvm::toString(api.takeError());
  });
  if (const PluginApi *api = loaded.api)
    return api;
  return llvm::createStringError(llvm::inconvertibleErrorCode(), "%s", loaded.error.c_str());
}

bool isPluginLoaded() {
  return state().api != nullptr;
}

} // namespace pto::golden
