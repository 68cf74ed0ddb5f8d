// The folder that a run writes to: results.jsonl line by line as it goes, sorted when it ends, and what derives from
// it.
#pragma once

#include "reports/JUnit.h"
#include "reports/JsonLines.h"

namespace pto::harness {

class RunFolder {
public:
  /// Makes the folder if there is none, and holds it until it is destroyed. Where another run holds it, OUT-2 is taken,
  /// or the first one after it that is free.
  static llvm::Expected<std::unique_ptr<RunFolder>> open(const std::string &path);
  ~RunFolder();

  const std::string &path() const { return folder; }
  /// Whether the folder that was asked for was held by another run.
  bool isAnother() const { return another; }

  /// Begins results.jsonl. What an earlier run derived from its own goes: it would pass for this run's.
  llvm::Error begin(const reports::RunHeader &header);
  llvm::Error add(const reports::Result &result) { return lines->write(result); }
  /// The file anew, in the order of `run`.
  llvm::Error finish(const reports::FinishedRun &run);
  llvm::Error writeJUnit(const reports::FinishedRun &run);

private:
  RunFolder(std::string path, int lock, bool another) : folder(std::move(path)), lock(lock), another(another) {}
  std::string pathOf(const char *file) const { return folder + "/" + file; }

  std::string folder;
  int lock; ///< the folder, opened; the system lets go of it when the process dies
  bool another;
  std::unique_ptr<reports::JsonLinesWriter> lines;
};

} // namespace pto::harness
