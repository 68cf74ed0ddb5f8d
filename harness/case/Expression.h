// The arithmetic of placeholders, `let` and shapes: integers, names, + - * / %, min, max, ceildiv, and the members
// of a name that holds a dtype.
#pragma once

#include "harness/case/Bindings.h"
#include "llvm/Support/Error.h"

namespace pto::harness {

/// What is wrong with an expression, and at which of its characters.
class ExpressionError : public llvm::ErrorInfo<ExpressionError> {
public:
  static char ID;
  ExpressionError(size_t offset, std::string message) : offset(offset), message(std::move(message)) {}
  void log(llvm::raw_ostream &os) const override { os << message; }
  std::error_code convertToErrorCode() const override { return llvm::inconvertibleErrorCode(); }

  size_t offset;
  std::string message;
};

/// A single name gives its text as it is; everything else is an integer, or a member's text.
llvm::Expected<BoundValue> evaluate(llvm::StringRef expression, const Bindings &bindings);

/// Whether a name is taken by the expressions themselves: "min", "max", "ceildiv".
bool isFunctionName(llvm::StringRef name);

} // namespace pto::harness
