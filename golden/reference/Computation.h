// One reference computed by the plugin: the golden called, its results checked and turned into what a comparison
// needs.
#pragma once

#include "golden/reference/Evaluator.h"
#include "golden/reference/PluginApi.h"
#include "golden/reference/Prints.h"

namespace pto::golden {

llvm::Expected<std::vector<Reference>> computeReferences(const PluginApi &plugin, const ReferenceRequest &request,
                                                         Prints &prints);

} // namespace pto::golden
