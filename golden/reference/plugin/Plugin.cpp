// The plugin's entry.
#include "golden/reference/PluginApi.h"
#include "golden/reference/plugin/Script.h"

using namespace pto::golden;

extern "C" __attribute__((visibility("default"))) const PluginApi *ptoReferencePlugin() {
  static const PluginApi api = [] {
    prepareTorch();
    return PluginApi{pluginAbi, PTO_TORCH_VERSION, evaluateScript};
  }();
  return &api;
}
