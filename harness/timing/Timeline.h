// `--timeline FILE`: a picture of the selected kernels in the trace format of Chrome, which Perfetto shows.
#pragma once

#include "harness/case/Case.h"
#include "harness/cli/Options.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"

namespace pto::harness {

class Timeline {
public:
  /// Opens the file, so that what is wrong with it is known before anything runs.
  static llvm::Expected<std::unique_ptr<Timeline>> open(const std::string &path, llvm::ArrayRef<Case> cases);

  /// Runs the kernels and writes what there is, also where a run is interrupted. The exit code of that.
  int write(const Options &options);

private:
  Timeline(const std::string &path, std::vector<Case> cases, std::error_code &error)
      : path(path), cases(std::move(cases)), file(path, error) {}

  std::string path;
  std::vector<Case> cases;
  llvm::raw_fd_ostream file;
};

} // namespace pto::harness
