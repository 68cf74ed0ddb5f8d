// A folder with one small case in it, and the real run_validation to run over it.
#pragma once

#include "reports/Result.h"
#include <string>
#include <vector>

namespace pto::harness::testing {

/// Replaces the one occurrence of `find` in a file of the case; an empty `find` replaces the whole file.
struct Edit {
  std::string file, find, replace;
};

struct Outcome {
  int exitCode = -1;                   ///< 128 + n where a signal ended the command
  std::string text;                    ///< stdout and stderr as they came
  std::vector<report::Result> results; ///< results.jsonl
};

class Sandbox {
public:
  Sandbox();
  ~Sandbox();
  Sandbox(const Sandbox &) = delete;

  const std::string &folder() const { return root; }
  /// The case's own folder.
  std::string caseFolder() const { return root + "/cases/sample"; }
  void apply(const Edit &edit);
  void write(const std::string &file, const std::string &content);

  /// Runs `run_validation ARGUMENTS` in the sandbox's folder.
  Outcome run(const std::string &arguments = "");

private:
  std::string root;
};

} // namespace pto::harness::testing
