// One callable out of several lambdas, for std::visit over the modes.
#pragma once

namespace pto::golden {

template <typename... Callables>
struct Overloaded : Callables... {
  using Callables::operator()...;
};

} // namespace pto::golden
