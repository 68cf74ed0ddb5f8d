// How operations are written.
#pragma once

#include "llvm/ADT/StringRef.h"

namespace pto::ir {

// The form of an operation of any dialect that kernels use: what is in [ ] may be left out, capitals stand for a word.
// Empty where the operation is not known.
llvm::StringRef formOf(llvm::StringRef operation);

} // namespace pto::ir
