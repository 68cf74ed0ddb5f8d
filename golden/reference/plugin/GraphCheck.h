// What is known of a golden before it runs: that it uses allowed operators only, and where its loops are.
#pragma once

#include "golden/reference/plugin/TorchError.h"
#include <torch/csrc/jit/ir/ir.h>

namespace pto::golden {

LineColumn placeOf(const torch::jit::SourceRange &range);

/// Throws a ScriptError for the first operator that is not allowed.
void checkOperators(torch::jit::Graph &graph, const torch::jit::SourceRange &definition);

/// Makes every loop ask, at each turn, whether time is left: see LoopGuard.
void guardLoops(torch::jit::Graph &graph);

} // namespace pto::golden
