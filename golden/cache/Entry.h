// The bytes of one kept golden: a header with a checksum over the rest, then each output.
#pragma once

#include "golden/reference/Evaluator.h"
#include <optional>

namespace pto::golden {

std::string writeEntry(llvm::StringRef key, const std::vector<Reference> &references);

/// Nothing where a single byte is not as it was written, or the entry is not that of the key and the outputs.
std::optional<std::vector<Reference>> readEntry(llvm::StringRef bytes, llvm::StringRef key,
                                                const std::vector<ReferenceRequest::Output> &outputs);

} // namespace pto::golden
