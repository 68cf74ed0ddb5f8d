// An output that differs, as a reader sees it.
#pragma once

#include "golden/compare/Compare.h"
#include "harness/case/Case.h"
#include "reports/Result.h"

namespace pto::harness {

reports::Output outputReport(const CaseArgument &argument, const golden::Reference &reference,
                             const golden::Tensor &actual, const golden::Comparison &comparison);

/// One line: "out: 13 of 1024 elements differ (1.3 %), worst 3 ulp at [12]".
std::string describeFailure(const CaseArgument &argument, const golden::Comparison &comparison,
                            const std::vector<int64_t> &unwritten);

/// "[3, 17]": an index in a shape.
std::string formatPosition(int64_t index, const std::vector<int64_t> &shape);

} // namespace pto::harness
