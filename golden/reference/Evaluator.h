// Computes references. LibTorch takes half a second to load, so it sits in a plugin that is opened on first use,
// and what was computed once is kept in a cache.
#pragma once

#include "base/Diagnostic.h"
#include "golden/compare/Compare.h"
#include "golden/reference/Reference.h"
#include "llvm/Support/Error.h"
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pto::golden {

struct ReferenceRequest {
  /// The TorchScript text of `golden:` and where it stands, so that errors point into the case file: they are
  /// PlacedErrors.
  std::string text;
  Place place = {"", 1, 1}; ///< of its first character

  struct Input {
    std::string name;
    Tensor value;
  };
  struct Scalar {
    std::string name;
    DType dtype;
    double value;
    int64_t integer;
  }; ///< float() or int() in the golden
  struct Output {
    std::string name;
    DType dtype;
    std::vector<int64_t> shape;
    CompareMode mode;
  };
  std::vector<Input> inputs;
  std::vector<Scalar> scalars;
  std::vector<Output> outputs;
  /// When a loop of the golden's that still runs is an error.
  std::optional<std::chrono::steady_clock::time_point> deadline;
};

/// Where the plugin is looked for: $PTO_REFERENCE_PLUGIN, beside the executable, in ../lib of it.
class Evaluator {
public:
  /// `cacheDirectory` empty: nothing is kept.
  explicit Evaluator(std::string cacheDirectory);
  ~Evaluator();

  /// From the cache if it is there and whole, else computed and kept. A corrupted entry is recomputed; `takeNotes()`
  /// tells of it.
  llvm::Expected<std::vector<Reference>> evaluate(const ReferenceRequest &request);

  /// Those of an earlier run; nothing where they would have to be computed.
  std::optional<std::vector<Reference>> findKept(const ReferenceRequest &request);

  std::vector<std::string> takeNotes();

private:
  struct Impl;
  std::unique_ptr<Impl> impl;
};

} // namespace pto::golden
