// Computed references, kept in files named after everything that determines them.
#pragma once

#include "golden/reference/Evaluator.h"
#include <functional>
#include <optional>

namespace pto::golden {

/// 128 bits of hash, as 32 hex digits.
struct CacheKey {
  std::string digits;
};

/// Of the golden's text, inputs, scalars, outputs and their modes, and the versions of LibTorch, the plugin and
/// the file format. Where the text stands in its file is no part of it.
CacheKey keyOf(const ReferenceRequest &request);

/// Safe against other processes with the same folder: entries appear whole, by renaming, and never change. What
/// goes wrong costs a computation and a note, never a failure.
class Cache {
public:
  using Note = std::function<void(std::string)>;

  /// An empty directory keeps nothing.
  explicit Cache(std::string directory, uint64_t capacity = uint64_t(256) << 20);

  std::optional<std::vector<Reference>> load(const CacheKey &key, const ReferenceRequest &request, const Note &note);
  void store(const CacheKey &key, const std::vector<Reference> &references, const Note &note);

private:
  std::string pathOf(const CacheKey &key) const;
  void evict();

  std::string directory;
  uint64_t capacity;
};

} // namespace pto::golden
