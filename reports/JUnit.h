// JUnit XML as Jenkins reads it: a testsuite for each top folder of the cases, a testcase for each case that was
// selected, whether it ran or not.
#pragma once

#include "reports/RunRecord.h"
#include "llvm/Support/raw_ostream.h"

namespace pto::reports {

/// A run that has ended.
struct FinishedRun {
  RunHeader header;
  std::vector<Result> results;
  RunEnd end;
};

void writeJUnit(llvm::raw_ostream &os, const FinishedRun &run);
/// The same into a file, which is replaced at once when it is whole.
llvm::Error writeJUnitFile(const std::string &path, const FinishedRun &run);

} // namespace pto::reports
