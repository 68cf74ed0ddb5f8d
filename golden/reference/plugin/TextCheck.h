// What a golden may not say, found in its text. LibTorch removes what nothing uses before there is a graph to check,
// and its parser calls the words of Python that it does not know names.
#pragma once

#include <string_view>
#include <torch/csrc/jit/frontend/tree_views.h>

namespace pto::golden {

/// Throws a ScriptError for the first statement or expression of Python that goldens do not have.
void checkWords(std::string_view text);

/// Throws a ScriptError for the first function or method that is not allowed.
void checkNames(const torch::jit::Def &definition);

std::shared_ptr<torch::jit::Source> sourceOf(std::string_view text);

} // namespace pto::golden
