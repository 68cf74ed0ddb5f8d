// The plugin with LibTorch: found, opened on first use, and kept for the life of the process.
#pragma once

#include "golden/reference/PluginApi.h"
#include "llvm/Support/Error.h"

namespace pto::golden {

/// Opens it on the first call; safe from several threads. A failure is remembered and told again.
llvm::Expected<const PluginApi *> loadPlugin();

bool isPluginLoaded();

} // namespace pto::golden
