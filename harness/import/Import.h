// `import`: folders of the public layout, made into cases of our own.
#pragma once

#include "harness/cli/Options.h"

namespace pto::harness {

/// Its exit code.
int importFolders(const Options &options);

} // namespace pto::harness
