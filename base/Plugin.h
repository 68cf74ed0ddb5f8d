// A shared library of ours that is opened on first use, because what it links takes long to load.
#pragma once

#include "llvm/Support/Error.h"

namespace pto {

struct PluginFile {
  const char *name;     ///< "libpto-reference.so": beside the program, or in ../lib
  const char *variable; ///< of the environment, which may name another file
  const char *what;     ///< "the reference plugin"
  const char *without;  ///< what cannot be done without it
  const char *needs;    ///< what it links: "LibTorch (libtorch1.13)"
  const char *target;   ///< of the build
  const char *entry;    ///< the function that it is recognized by
};

/// Its entry's address.
llvm::Expected<void *> openPlugin(const PluginFile &plugin);

/// Why a plugin with that interface is not the one that is wanted.
llvm::Error refusePlugin(const PluginFile &plugin, uint32_t found, uint32_t expected);

} // namespace pto
