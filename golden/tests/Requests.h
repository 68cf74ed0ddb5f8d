// Short ways to say what a test asks of the evaluator.
#pragma once

#include "golden/reference/Evaluator.h"
#include "golden/tensor/Convert.h"
#include <gtest/gtest.h>

namespace pto::golden {

inline Tensor tensorOf(DType type, std::vector<double> values) {
  return fromDoubles(type, {static_cast<int64_t>(values.size())}, values);
}

/// A golden that stands at line 40, column 5 of "case.yaml", with one output "out" unless a test adds others.
inline ReferenceRequest requestOf(std::string text, std::vector<ReferenceRequest::Input> inputs, DType type,
                                  std::vector<int64_t> shape, CompareMode mode = Ulp{0}) {
  ReferenceRequest request;
  request.text = std::move(text);
  request.place = {"case.yaml", 40, 5};
  request.inputs = std::move(inputs);
  request.outputs = {{"out", type, std::move(shape), std::move(mode)}};
  return request;
}

/// "case.yaml:41:5: message", or "" for success.
inline std::string errorOf(llvm::Expected<std::vector<Reference>> result) {
  return result ? "" : llvm::toString(result.takeError());
}

/// The first output's values, or none after a recorded failure.
inline std::vector<double> valuesOf(llvm::Expected<std::vector<Reference>> result) {
  if (!result) {
    ADD_FAILURE() << llvm::toString(result.takeError());
    return {};
  }
  return toDoubles(result->front().value);
}

} // namespace pto::golden
