// Opens the plugin with Clang on first use.
#include "harness/host/HostReader.h"
#include "base/Diagnostic.h"
#include "base/Plugin.h"

namespace pto::harness {

static constexpr PluginFile file = {"libpto-host-reader.so",
                                    "PTO_HOST_READER_PLUGIN",
                                    "the plugin that reads host programs",
                                    "no folder with a main.cpp can be run",
                                    "Clang (libclang-cpp19)",
                                    "pto-host-reader",
                                    hostReaderEntry};

static llvm::Expected<const HostReaderApi *> openReader() {
  static const HostReaderApi *opened = nullptr;
  if (opened)
    return opened;
  llvm::Expected<void *> entry = openPlugin(file);
  if (!entry)
    return entry.takeError();
  const HostReaderApi *api = reinterpret_cast<HostReaderPluginEntry>(*entry)();
  if (api->abi != hostReaderAbi)
    return refusePlugin(file, api->abi, hostReaderAbi);
  return opened = api;
}

llvm::Expected<HostProgram> followHostProgram(const std::vector<std::string> &sources,
                                              const std::vector<std::string> &arguments, const std::string &data) {
  llvm::Expected<const HostReaderApi *> reader = openReader();
  if (!reader)
    return reader.takeError();
  HostProgram program;
  HostFailure failure;
  if (!(*reader)->follow(sources, arguments, data, program, failure))
    return llvm::make_error<PlacedError>(placeAt(failure.file, failure.place), failure.message);
  return program;
}

} // namespace pto::harness
