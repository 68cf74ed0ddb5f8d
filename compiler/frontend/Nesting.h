// What would take MLIR's recursive parser, verifier and printer too deep, told before they find out.
#pragma once

#include "mlir/IR/Operation.h"
#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>

namespace pto::compiler {

struct TooDeep {
  unsigned line, column; // from 1
  std::string what;
};

// The first place of a text that goes deeper than `limit` levels of brackets, or that holds an affine
// expression (the one thing that nests without brackets) longer than kernels have any use for.
std::optional<TooDeep> findTooDeep(llvm::StringRef text, unsigned limit);

// The first operation with a location, an attribute or a type that holds others more than `limit` levels deep:
// aliases can stack them higher than the brackets of the text tell.
mlir::Operation *findTooDeepIn(mlir::Operation *op, unsigned limit);

} // namespace pto::compiler
