// results.jsonl: a line that says what the run is, one for each Result, written as soon as it is known, and one that
// says how it ended. A run that dies leaves what it had, and no last line.
#pragma once

#include "reports/RunRecord.h"
#include "llvm/Support/raw_ostream.h"
#include <memory>

namespace pto::reports {

class JsonLinesWriter {
public:
  /// Starts the file anew.
  static llvm::Expected<std::unique_ptr<JsonLinesWriter>> open(const std::string &path);
  ~JsonLinesWriter();

  /// On disk when these return. A full disk is an error here, not a crash at the end.
  llvm::Error write(const RunHeader &header) { return writeLine(toJson(header)); }
  llvm::Error write(const Result &result) { return writeLine(toJson(result)); }
  llvm::Error write(const RunEnd &end) { return writeLine(toJson(end)); }

private:
  llvm::Error writeLine(const llvm::json::Value &value);
  JsonLinesWriter(std::string path, int descriptor);
  std::string path;
  llvm::raw_fd_ostream stream;
};

struct JsonLines {
  std::optional<RunHeader> run;
  std::vector<Result> results;
  std::optional<RunEnd> end; ///< nothing where the run died
  struct BadLine {
    size_t line; ///< 1-based
    std::string message;
  };
  std::vector<BadLine> badLines;
};

/// Every line that says something, and what is wrong with the others. Empty lines are neither.
JsonLines parseJsonLines(llvm::StringRef text);
/// The same of a file; an error only where it cannot be read.
llvm::Expected<JsonLines> readJsonLines(const std::string &path);

} // namespace pto::reports
