// A reason, as xfail, skip and allow have.
#pragma once

#include "harness/case/Reader.h"

namespace pto::harness {

/// Nothing where it is wrong, or where a placeholder leaves it empty: some points then have none.
std::optional<std::string> readReason(Reader &reader, const YamlNode &node, llvm::StringRef key);

} // namespace pto::harness
