// What MLIR's parser must not see: it has no limits of its own, and crashes on some texts that are no kernels.
#pragma once

#include "compiler/frontend/Diagnostics.h"
#include "llvm/ADT/StringRef.h"

namespace pto::frontend {

// The levels of brackets, and of attributes and types inside of others, that fit any stack: MLIR's parser, verifier
// and printer recurse once for each.
constexpr unsigned maxNesting = 200;

// The error, with its notes, for a text that would take the parser's stack, memory or time without bound, or make it
// use memory that it has freed; empty for every other text, right or wrong.
std::vector<Diagnostic> refusedByGuard(llvm::StringRef text, llvm::StringRef file);

} // namespace pto::frontend
