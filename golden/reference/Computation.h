// One reference computed by the plugin: the golden called, its results checked and turned into what a comparison
// needs.
#pragma once

#include "golden/reference/Evaluator.h"
#include "golden/reference/PluginApi.h"

namespace pto::golden {

/// What the golden printed is appended to `printed`.
llvm::Expected<std::vector<Reference>> computeReferences(const PluginApi &plugin, const ReferenceRequest &request,
                                                         std::vector<std::string> &printed);

} // namespace pto::golden
