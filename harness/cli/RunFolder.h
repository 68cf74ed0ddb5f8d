// The folder that a run writes to: results.jsonl line by line as it goes, sorted when it ends, and what derives from
// it.
#pragma once

#include "reports/JUnit.h"
#include "reports/JsonLines.h"

namespace pto::harness {

class RunFolder {
public:
  /// Makes the folder if there is none.
  static llvm::Expected<std::unique_ptr<RunFolder>> open(const std::string &path);

  const std::string &path() const { return folder; }

  /// Begins results.jsonl. What an earlier run derived from its own goes: it would pass for this run's.
  llvm::Error begin(const report::RunHeader &header);
  llvm::Error add(const report::Result &result) { return lines->write(result); }
  /// The file anew, in the order of `run`.
  llvm::Error finish(const report::FinishedRun &run);
  llvm::Error writeJUnit(const report::FinishedRun &run);

private:
  explicit RunFolder(std::string path) : folder(std::move(path)) {}
  std::string pathOf(const char *file) const { return folder + "/" + file; }

  std::string folder;
  std::unique_ptr<report::JsonLinesWriter> lines;
};

} // namespace pto::harness
