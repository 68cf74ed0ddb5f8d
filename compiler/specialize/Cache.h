// Specialized programs that were made before, in memory and in a folder.
// Safe to use from several threads, and the folder from several processes.
#pragma once

#include "compiler/specialize/DiskStore.h"
#include "compiler/specialize/Key.h"
#include "compiler/specialize/Specializer.h"
#include <list>
#include <mutex>
#include <unordered_map>

namespace pto::specialize {

class Cache {
public:
  struct Counters {
    uint64_t memoryHits = 0, diskHits = 0, misses = 0;
  };

  /// Without a folder, in memory only. The programs used least recently go first.
  explicit Cache(std::string folder = {}, size_t capacity = 1024);

  /// The text of a request's program. One with an error or a warning is never kept.
  std::shared_ptr<const Specialized> specialize(const Request &request, llvm::StringRef text,
                                                mlir::MLIRContext &context, std::vector<Diagnostic> &diagnostics);

  /// A file's text is parsed and outlined once.
  std::shared_ptr<const EntryPoint> entryPoint(const Request &request, llvm::StringRef text,
                                               std::vector<Diagnostic> &diagnostics);

  /// The key of a request, for what is made from the program later; empty after an error.
  std::optional<CacheKey> key(const Request &request, llvm::StringRef text, std::vector<Diagnostic> &diagnostics);

  Counters counters() const;

private:
  using Program = std::shared_ptr<const Specialized>;
  struct Lookup {
    std::shared_ptr<const EntryPoint> entry;
    CacheKey key;
  };

  std::optional<Lookup> look(const Request &request, llvm::StringRef text, std::vector<Diagnostic> &diagnostics);
  Program recall(const std::string &key);
  void remember(const std::string &key, Program program);
  Program load(const Lookup &lookup) const;
  void store(const Lookup &lookup, const Specialized &program) const;

  std::optional<DiskStore> disk;
  size_t capacity;

  mutable std::mutex mutex;
  Counters counts;
  /// Most recent first.
  std::list<std::pair<std::string, Program>> order;
  std::unordered_map<std::string, decltype(order)::iterator> programs;
  std::unordered_map<std::string, std::shared_ptr<const EntryPoint>> entries;
};

} // namespace pto::specialize
