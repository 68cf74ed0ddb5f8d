// The keys of a case, and what their values are before they are put together.
#pragma once

#include "harness/case/Case.h"
#include "harness/case/Reader.h"

namespace pto::harness {

struct CaseDraft {
  Case result;
  std::optional<std::string> kernelPath = "kernel.pto"; ///< nothing: not known at this point
  Place kernelPathPlace;
  /// These depend on one another, and are read when all keys have been seen.
  const YamlNode *args = nullptr, *golden = nullptr, *compare = nullptr, *allow = nullptr, *equals = nullptr;
  std::optional<Place> allowsZero; ///< by `allow-zero`
  /// The first key that only programs have.
  struct ProgramKey {
    llvm::StringLiteral name;
    const YamlNode *node;
  };
  std::optional<ProgramKey> programKey;
};

inline constexpr llvm::StringLiteral goldenMeaning = "the TorchScript text of 'def golden(inputs…)'";

/// Fills the draft from the keys of the case's map.
void readCaseKeys(Reader &reader, const YamlNode &map, CaseDraft &draft);

} // namespace pto::harness
