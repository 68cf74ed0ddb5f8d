// The parameters of a function as its text declares them, before it is specialized.
// A generic parameter says only `pl.Tensor`; a concrete one has its shape already.
#pragma once

#include "compiler/frontend/program/Generic.h"

namespace pto::specialize {

using namespace frontend;

/// Of all parameters but `self`.
std::vector<GenericParameter> readSignature(const Function &function, const Scope &scope);

} // namespace pto::specialize
