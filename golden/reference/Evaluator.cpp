// The way of a request: cache, plugin, cache.
#include "golden/reference/Evaluator.h"
#include "golden/cache/Cache.h"
#include "golden/reference/Computation.h"
#include "golden/reference/Plugin.h"
#include <mutex>

namespace pto::golden {

struct Evaluator::Impl {
  explicit Impl(std::string directory) : cache(std::move(directory)) {}

  void addNote(std::string note) {
    std::lock_guard<std::mutex> lock(mutex);
    notes.push_back(std::move(note));
  }

  Cache cache;
  std::mutex mutex;
  std::vector<std::string> notes;
};

Evaluator::Evaluator(std::string cacheDirectory) : impl(std::make_unique<Impl>(std::move(cacheDirectory))) {}
Evaluator::~Evaluator() = default;

std::optional<std::vector<Reference>> Evaluator::findKept(const ReferenceRequest &request) {
  return impl->cache.load(keyOf(request), request, [&](std::string text) { impl->addNote(std::move(text)); });
}

llvm::Expected<std::vector<Reference>> Evaluator::evaluate(const ReferenceRequest &request) {
  auto note = [&](std::string text) { impl->addNote(std::move(text)); };
  CacheKey key = keyOf(request);
  if (std::optional<std::vector<Reference>> kept = impl->cache.load(key, request, note))
    return std::move(*kept);
  llvm::Expected<const PluginApi *> plugin = loadPlugin();
  if (!plugin)
    return plugin.takeError();
  Prints prints;
  llvm::Expected<std::vector<Reference>> references = computeReferences(**plugin, request, prints);
  for (std::string &line : prints.take())
    note(std::move(line));
  if (references)
    impl->cache.store(key, *references, note);
  return references;
}

std::vector<std::string> Evaluator::takeNotes() {
  std::lock_guard<std::mutex> lock(impl->mutex);
  return std::exchange(impl->notes, {});
}

} // namespace pto::golden
