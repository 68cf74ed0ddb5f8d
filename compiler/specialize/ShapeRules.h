// What the operations give: kind, element type and shape of the result from those of the operands.
// Only what decides shapes of arguments; the operations' full signatures belong to the dialect.
#pragma once

#include "compiler/specialize/Term.h"

namespace pto::specialize {

struct NamedTerm {
  llvm::StringRef name;
  Term term;
};

/// The operands of a call, by position or by name.
struct Operands {
  std::vector<Term> positional;
  std::vector<NamedTerm> keywords;

  /// Null if the call has no such operand.
  const Term *find(size_t index, llvm::StringRef name) const;
};

/// Unknown for an operation without a rule.
Type resultType(llvm::StringRef path, const Operands &operands);

} // namespace pto::specialize
