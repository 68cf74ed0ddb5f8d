// JUnit XML as Jenkins reads it: a testsuite for each top folder of the cases, a testcase for each result.
#pragma once

#include "reports/Result.h"
#include "llvm/Support/raw_ostream.h"

namespace pto::report {

struct JUnitOptions {
  std::string name = "run_validation";
  std::string timestamp; ///< "2026-05-01T12:00:00"; left out where empty
};

void writeJUnit(llvm::raw_ostream &os, llvm::ArrayRef<Result> results, const JUnitOptions &options = {});
/// The same into a file, which is replaced at once when it is whole.
llvm::Error writeJUnitFile(const std::string &path, llvm::ArrayRef<Result> results, const JUnitOptions &options = {});

} // namespace pto::report
