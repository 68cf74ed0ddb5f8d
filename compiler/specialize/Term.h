// A rewritten expression and what is known of it.
// A value may be known without being written: `n` stays `n` where the user assigned it, and still gives a shape.
#pragma once

#include "compiler/specialize/Type.h"

namespace pto::specialize {

struct Term {
  const Expr *expr = nullptr;
  /// Of what it computes; of an annotation, the type it denotes.
  Type type;
  std::optional<Value> value;
  /// The value came from the arguments or from outside the function, not from a constant in its text.
  bool derived = false;
  /// To be written as its value.
  bool literal = false;
  /// The same in constants and symbols alone, if that can be.
  const Expr *symbolic = nullptr;
  /// Of a list or tuple: its elements as dimensions.
  std::vector<Dimension> dimensions;
};

} // namespace pto::specialize
