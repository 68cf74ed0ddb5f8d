// Which known name was meant by an unknown one.
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace pto {

/// The candidate that looks most like `name`, if any is near enough to be what was meant; else empty.
inline llvm::StringRef nearest(llvm::StringRef name, llvm::ArrayRef<llvm::StringRef> candidates) {
  constexpr size_t longest = 64; // of the names that can be a slip: telling two apart takes quadratic time
  if (name.size() > longest)
    return {};
  llvm::StringRef best;
  unsigned allowed = static_cast<unsigned>(name.size() / 3 + 1);
  // Letters in the wrong order are the commonest slip, and cost two edits.
  auto letters = [](llvm::StringRef text) {
    std::string sorted = text.str();
    llvm::sort(sorted);
    return sorted;
  };
  std::string ownLetters = letters(name);
  for (llvm::StringRef candidate : candidates) {
    unsigned distance = name.edit_distance_insensitive(candidate, true, allowed);
    if (distance > 1 && candidate.size() == name.size() && letters(candidate) == ownLetters)
      distance = 1;
    if (candidate == name || distance > allowed || distance >= std::max(name.size(), candidate.size()))
      continue;
    if (best.empty() || distance < allowed)
      best = candidate;
    allowed = distance;
  }
  return best;
}

/// `; did you mean 'x'?`, or nothing.
inline std::string didYouMean(llvm::StringRef name, llvm::ArrayRef<llvm::StringRef> candidates) {
  llvm::StringRef best = nearest(name, candidates);
  return best.empty() ? std::string() : "; did you mean '" + best.str() + "'?";
}

} // namespace pto
