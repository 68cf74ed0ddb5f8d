// One function a generator: fills a tensor of zeros, or says why it cannot.
#pragma once

#include "golden/generate/Generator.h"
#include "golden/generate/Random.h"

namespace pto::golden {

llvm::Error fill(const Uniform &, Tensor &tensor, Random &random);
llvm::Error fill(const Normal &, Tensor &tensor, Random &random);
llvm::Error fill(const Integers &, Tensor &tensor, Random &random);
llvm::Error fill(const Ramp &, Tensor &tensor, Random &random);
llvm::Error fill(const Constant &, Tensor &tensor, Random &random);
llvm::Error fill(const Specials &, Tensor &tensor, Random &random);
llvm::Error fill(const Boundaries &, Tensor &tensor, Random &random);
llvm::Error fill(const Permutation &, Tensor &tensor, Random &random);
llvm::Error fill(const FromFile &, Tensor &tensor, Random &random);
llvm::Error fill(const Bytes &, Tensor &tensor, Random &random);
llvm::Error fill(const AllPatterns &, Tensor &tensor, Random &random);
llvm::Error fill(const Values &, Tensor &tensor, Random &random);

/// An error of one sentence.
llvm::Error generatorError(const llvm::Twine &message);

} // namespace pto::golden
