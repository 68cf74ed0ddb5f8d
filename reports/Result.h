// What became of one case. A Result is written as one line of results.jsonl; every other report derives from it.
#pragma once

#include "base/Addition.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pto::reports {

enum class State {
  Pass,
  FailNumeric,
  FailIr,
  FailCheck,
  CompileFail,
  Crash,
  Timeout,
  Xfail,
  Xpass,
  Skip,
  Flaky,
  InfraError
};
/// "pass", "fail-numeric", …
llvm::StringRef nameOf(State state);
std::optional<State> parseState(llvm::StringRef name);

/// Whose fault it is, if it is one: decides the exit code and where a reader looks.
enum class Blame { None, Kernel, Case, Infrastructure };

struct Location : Place {
  std::string snippet; ///< the text of that line
};

/// One of the worst elements of an output that differs, ready to be shown.
struct Element {
  int64_t index = 0;
  std::vector<int64_t> position;        ///< the index in the shape
  std::string expected, actual;         ///< decimal, shortest that reads back
  std::string expectedBits, actualBits; ///< "0x3f800000"
  std::string expectedHex, actualHex;   ///< as %a; empty for integers
  std::string distance;                 ///< "3 ulp", "inf"
};

struct Output {
  std::string name, dtype;
  std::vector<int64_t> shape;
  int64_t elements = 0;
  int64_t unwritten = 0; ///< that hold what they held before
  int64_t differing = 0; ///< of the others
  std::string mode, bound, tightest, statistic;
  std::vector<Element> worst;
  struct Bucket {
    std::string label;
    int64_t count = 0;
  };
  std::vector<Bucket> histogram;
  /// How many elements of each lane of a 256-byte register are not as expected; empty where all are.
  std::vector<int64_t> lanes;
  /// The source line that wrote the worst element, where it can be told.
  std::optional<Location> writer;
};

/// What a check found, whether it is allowed or not.
struct Finding {
  std::string check;   ///< "read-after-write"
  std::string message; ///< one line
  Location location;
  std::vector<std::string> details; ///< what to add, and at which turn of its loops it happened
  bool isAllowed = false;
  std::vector<AddedLine> edit = {};    ///< the first of the details, where it says lines to add
  std::vector<Addition> remedies = {}; ///< each of them may mend it; not in reports
};

struct Result {
  std::string name; ///< "micro-op/vadd@dtype=f16,tail=13"
  State state = State::Pass;
  Blame blame = Blame::None;
  std::string stage;                 ///< the stage that decided: "parse", "verify", "run", "compare" …
  std::string message;               ///< one line; empty for a pass
  std::vector<std::string> details;  ///< further lines: both sides of a mismatch, notes of a diagnostic
  std::vector<std::string> warnings; ///< of the kernel: what it does that it should not rely on
  std::vector<std::string> notes;    ///< of the run: a cache that cannot be written, what a golden prints
  std::vector<Finding> findings;     ///< of the checks
  std::vector<std::string> allowed;  ///< what a comparison left unchecked because the case allows it: "out: zero"
  std::optional<Location> location;
  std::vector<Output> outputs;
  std::string target;
  uint64_t seed = 0;
  uint64_t instructions = 0; ///< that the launch executed; 0 where nothing counts them
  std::string digest;        ///< of the bits of all outputs; empty where there are none
  double durationMs = 0;
  struct StageTime {
    std::string stage;
    double ms = 0;
  };
  std::vector<StageTime> stages;
  std::string replay;
  std::string summary; ///< the case's own one-line summary
};

bool isFailure(State state);

struct StateCount {
  State state;
  uint64_t count = 0;
};
/// The states that occur, in the order of the enumeration.
std::vector<StateCount> countStates(llvm::ArrayRef<Result> results);

llvm::json::Value toJson(const Result &result);
llvm::Expected<Result> fromJson(const llvm::json::Value &value);

} // namespace pto::reports
