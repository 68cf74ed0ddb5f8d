// Computes references. LibTorch takes half a second to load, so it sits in a plugin that is opened on first use,
// and what was computed once is kept in a cache.
#pragma once

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
  /// The TorchScript text of `golden:` and where it stands, so that errors point into the case file.
  std::string text;
  std::string file;
  unsigned line = 1;   ///< 1-based line of the first line of `text`
  unsigned column = 1; ///< 1-based column of its first character

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

/// An error at a place in a case file.
class GoldenError : public llvm::ErrorInfo<GoldenError> {
public:
  static char ID;
  GoldenError(std::string message, std::string file, unsigned line, unsigned column)
      : message(std::move(message)), file(std::move(file)), line(line), column(column) {}
  void log(llvm::raw_ostream &os) const override;
  std::error_code convertToErrorCode() const override { return llvm::inconvertibleErrorCode(); }

  std::string message, file;
  unsigned line, column;
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
  bool pluginLoaded() const;

private:
  struct Impl;
  std::unique_ptr<Impl> impl;
};

} // namespace pto::golden
