// `args:` of a case: the buffers and scalars that the host hands to the kernel.
#pragma once

#include "harness/case/Case.h"
#include "harness/case/Reader.h"

namespace pto::harness {

/// The arguments in order. Nothing where one of them is wrong, or not known at this point.
std::optional<std::vector<CaseArgument>> readArguments(Reader &reader, const YamlNode &list, const std::string &folder);

} // namespace pto::harness
