// What the declarations of operations say, of any dialect that kernels use.
#pragma once

#include "compiler/dialect/Tokens.h"
#include <array>

namespace pto::ir {

struct Form {
  llvm::StringLiteral operation;
  llvm::StringLiteral form;              // how it is written: what is in [ ] may be left out, capitals stand for a word
  llvm::StringLiteral summary;           // of pto: what it computes, by the names in its form
  llvm::StringLiteral types;             // of operands and results that may have several, but are no vector registers
  unsigned lanes;                        // the LaneSet of its first vector register; 0 where it has none
  std::array<const TokenSet *, 8> words; // of its text attributes; null behind the last
};

// Null where the operation is not known.
const Form *findForm(llvm::StringRef operation);

// Empty where the operation is not known.
inline llvm::StringRef formOf(llvm::StringRef operation) {
  const Form *found = findForm(operation);
  return found ? llvm::StringRef(found->form) : "";
}

} // namespace pto::ir
