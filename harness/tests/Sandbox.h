// A folder with one small case in it, and the real run_validation to run over it.
#pragma once

#include "reports/JsonLines.h"
#include <string>
#include <vector>

namespace pto::harness::testing {

/// Replaces the one occurrence of `find` in a file of the case; an empty `find` replaces the whole file.
struct Edit {
  std::string file, find, replace;
};

struct Outcome {
  int exitCode = -1; ///< 128 + n where a signal ended the command
  std::string text;  ///< stdout and stderr as they came
  /// results.jsonl
  std::optional<reports::RunHeader> header;
  std::vector<reports::Result> results;
  std::optional<reports::RunEnd> end;
};

/// The names of the stages that a case went through.
std::vector<std::string> stagesOf(const reports::Result &result);

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
  /// A file of the sandbox's folder; empty if there is none.
  std::string read(const std::string &file) const;

  /// Runs `run_validation ARGUMENTS` in the sandbox's folder.
  Outcome run(const std::string &arguments = "");
  /// The same, and sends a signal ("TERM") to it when the case `awaited` has its result.
  Outcome runUntil(const std::string &awaited, const std::string &signal, const std::string &arguments = "");

private:
  Outcome type(const std::string &line);

  std::string root;
};

} // namespace pto::harness::testing
