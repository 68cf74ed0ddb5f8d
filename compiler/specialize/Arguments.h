// Which argument of a call goes to which parameter.
// Positional, by keyword or left to its default: every one is accounted for.
#pragma once

#include "compiler/specialize/Outline.h"

namespace pto::specialize {

/// One expression for each parameter of the callee, its default where the call has none; null where neither has.
/// Says what is wrong if `diagnostics` is given.
std::vector<const Expr *> matchArguments(const Call &call, const FunctionOutline &callee,
                                         Diagnostics *diagnostics = nullptr);

/// "'add' takes a, b, c".
std::string describeParameters(const FunctionOutline &function);

} // namespace pto::specialize
