// What results.jsonl says of a run as a whole: its first line, and its last. A file without the last one is what a run
// that died has left.
#pragma once

#include "reports/Result.h"
#include <chrono>

namespace pto::reports {

/// {"run": {…}}, written before the first case starts.
struct RunHeader {
  std::string version;     ///< of the tool
  std::string commit;      ///< of the checkout that the tool was built in; empty: it lies in none
  std::string casesRoot;   ///< absolute
  std::string casesCommit; ///< of the checkout that the cases lie in; empty: they lie in none
  std::string host;
  std::string started; ///< "2026-05-01T12:00:00Z"
  std::vector<std::string> command;
  llvm::json::Object options; ///< those that a verdict can depend on, by their long names
  uint64_t cases = 0;         ///< how many were selected
};

/// Why a run ended before every case had its turn.
enum class Stop { Never, FirstFailure, Interrupted };
/// "", "stopped at the first failure", "interrupted"
llvm::StringRef describe(Stop stop);

/// {"end": {…}}, written when nothing more will come.
struct RunEnd {
  std::string ended;
  double durationMs = 0;
  int exitCode = 0;
  std::vector<StateCount> counts;
  Stop stopped = Stop::Never;
  std::vector<std::string> notRun; ///< the cases without a result

  bool isComplete() const { return notRun.empty(); }
};

llvm::json::Value toJson(const RunHeader &header);
llvm::json::Value toJson(const RunEnd &end);
bool fromJSON(const llvm::json::Value &value, RunHeader &header, llvm::json::Path path);
bool fromJSON(const llvm::json::Value &value, RunEnd &end, llvm::json::Path path);

/// A moment as these records write it.
std::string formatTime(std::chrono::system_clock::time_point time);

} // namespace pto::reports
