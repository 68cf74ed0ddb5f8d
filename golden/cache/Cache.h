// Computed references, kept in files named after everything that determines them.
#pragma once

#include "golden/reference/Evaluator.h"
#include <atomic>
#include <functional>
#include <optional>

namespace pto::golden {

inline constexpr size_t keyDigits = 32;

/// 128 bits of hash, as hex digits.
struct CacheKey {
  std::string digits;
};

/// Of the golden's text, inputs, scalars, outputs and their modes, the version of LibTorch, and the sources that
/// compute and keep a reference: whoever changes a helper or a conversion need not remember to. Where the text stands
/// in its file is no part of it.
CacheKey keyOf(const ReferenceRequest &request);

/// Safe against other processes with the same folder: entries appear whole, by renaming, and never change. What
/// goes wrong costs a computation and a note, never a failure.
class Cache {
public:
  using Note = std::function<void(std::string)>;

  /// Keeps them in a folder of its own below `directory`; an empty one keeps nothing. What cannot be used is told once.
  explicit Cache(std::string directory, uint64_t capacity = uint64_t(256) << 20);

  std::optional<std::vector<Reference>> load(const CacheKey &key, const ReferenceRequest &request, const Note &note);
  void store(const CacheKey &key, const std::vector<Reference> &references, const Note &note);

private:
  std::string pathOf(const CacheKey &key) const;
  std::error_code makeFolders(llvm::StringRef entry);
  void noteUnusable(std::error_code failure, const Note &note);
  bool isMarked() const;
  void evict();

  std::string directory, folder;
  uint64_t capacity;
  std::atomic<bool> unusable = false;
};

} // namespace pto::golden
