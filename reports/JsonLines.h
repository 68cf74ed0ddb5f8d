// results.jsonl: one Result a line, written as soon as it is known, so that a run that dies leaves what it had.
#pragma once

#include "reports/Result.h"
#include "llvm/Support/raw_ostream.h"
#include <memory>

namespace pto::report {

class JsonLinesWriter {
public:
  /// Starts the file anew, or goes on at its end. An unfinished last line, as a killed run leaves it, is ended first.
  enum class Mode { Truncate, Append };
  static llvm::Expected<std::unique_ptr<JsonLinesWriter>> open(const std::string &path, Mode mode = Mode::Truncate);
  ~JsonLinesWriter();

  /// On disk when this returns. A full disk is an error here, not a crash at the end.
  llvm::Error write(const Result &result);

private:
  JsonLinesWriter(std::string path, int descriptor);
  std::string path;
  llvm::raw_fd_ostream stream;
};

struct JsonLines {
  std::vector<Result> results;
  struct BadLine {
    size_t line; ///< 1-based
    std::string message;
  };
  std::vector<BadLine> badLines;
};

/// Every line that is a Result, and what is wrong with the others. Empty lines are neither.
JsonLines parseJsonLines(llvm::StringRef text);
/// The same of a file; an error only where it cannot be read.
llvm::Expected<JsonLines> readJsonLines(const std::string &path);

} // namespace pto::report
