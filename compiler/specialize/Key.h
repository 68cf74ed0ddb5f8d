// Everything that decides what a specialization gives, as one text.
// Two requests with the same key give the same program; a change of any part changes the key.
#pragma once

#include "compiler/specialize/EntryPoint.h"

namespace pto::specialize {

struct CacheKey {
  /// Whole: two keys are the same if their texts are.
  std::string text;

  /// Of the text; names a file.
  std::string digest() const;
};

/// `bound` is what `bindRequest` gave.
CacheKey cacheKey(const EntryPoint &entry, const Request &request, llvm::ArrayRef<BoundParameter> bound);

} // namespace pto::specialize
