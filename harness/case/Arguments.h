// `args:` of a case: the buffers and scalars that the host hands to the kernel.
#pragma once

#include "harness/case/Case.h"
#include "harness/case/Reader.h"

namespace pto::harness {

struct Arguments {
  std::vector<CaseArgument> list; ///< in order, less those that are wrong or not known at this point
  bool isComplete = true;
};

/// Programs have types of scalars that kernels do not.
Arguments readArguments(Reader &reader, const YamlNode &list, const std::string &folder, bool isProgram);

} // namespace pto::harness
