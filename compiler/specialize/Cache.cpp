// Specialized programs that were made before.
// A lookup outlines the file once for each of its texts; after that it is a key and a table.
#include "compiler/specialize/Cache.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/xxhash.h"

namespace pto::specialize {

namespace {

/// The sections of a record.
enum Section : size_t { Text, ProgramName, EntryName, Origins, SectionCount };

/// Entries are small beside their files' trees, which they share.
constexpr size_t mostEntries = 256;

std::string write(llvm::ArrayRef<SourceMap::Origin> origins) {
  std::string text;
  for (const auto &[printed, place] : origins)
    text += llvm::formatv("{0} {1} {2} {3}\n", printed, place.line, place.column, place.file);
  return text;
}

/// Empty if one is malformed.
std::optional<std::vector<SourceMap::Origin>> readOrigins(llvm::StringRef text) {
  std::vector<SourceMap::Origin> origins;
  while (!text.empty()) {
    auto &[printed, place] = origins.emplace_back();
    auto number = [&](auto &into) { return !text.consumeInteger(10, into) && text.consume_front(" "); };
    if (!number(printed) || !number(place.line) || !number(place.column))
      return std::nullopt;
    auto [file, rest] = text.split('\n');
    place.file = file.str();
    text = rest;
  }
  return origins;
}

std::string printed(const Argument &argument) {
  return argument.name + "=" + describe(argument.value->kind).str() + print(*argument.value) + ";";
}

} // namespace

Cache::Cache(std::string folder, size_t capacity) : capacity(std::max<size_t>(capacity, 1)) {
  if (!folder.empty())
    disk.emplace(std::move(folder));
}

std::shared_ptr<const EntryPoint> Cache::entryPoint(const Request &request, llvm::StringRef text,
                                                    std::vector<Diagnostic> &diagnostics) {
  llvm::XXH128_hash_t hash = llvm::xxh3_128bits(llvm::arrayRefFromStringRef(text));
  std::string name =
      request.file + '\0' + llvm::utohexstr(hash.high64) + "," + llvm::utohexstr(hash.low64) + '\0' + request.entry;
  auto nameWith = [&](const EntryPoint &entry) {
    std::string whole = name;
    for (const Argument &argument : request.arguments)
      if (argument.value && entry.builderParameters().count(argument.name))
        whole += '\0' + printed(argument);
    return whole;
  };
  {
    std::lock_guard lock(mutex);
    auto it = entries.find(name);
    if (it != entries.end() && !it->second->builderParameters().empty())
      it = entries.find(nameWith(*it->second));
    if (it != entries.end() && it->second->module().imports.areCurrent(*it->second->module().source))
      return it->second;
  }
  std::shared_ptr<const EntryPoint> entry = EntryPoint::find(request, text, diagnostics);
  if (!entry)
    return nullptr;
  std::lock_guard lock(mutex);
  if (entries.size() >= mostEntries)
    entries.clear();
  entries[name] = entry;
  if (!entry->builderParameters().empty())
    entries[nameWith(*entry)] = entry;
  return entry;
}

std::optional<Cache::Lookup> Cache::look(const Request &request, llvm::StringRef text,
                                         std::vector<Diagnostic> &diagnostics) {
  Lookup lookup;
  lookup.entry = entryPoint(request, text, diagnostics);
  if (!lookup.entry)
    return std::nullopt;
  Diagnostics found(*lookup.entry->module().source);
  std::optional<std::vector<BoundParameter>> bound = bindRequest(*lookup.entry, request, found);
  diagnostics.insert(diagnostics.end(), found.all().begin(), found.all().end());
  if (!bound)
    return std::nullopt;
  lookup.key = cacheKey(*lookup.entry, request, *bound);
  return lookup;
}

std::optional<CacheKey> Cache::key(const Request &request, llvm::StringRef text, std::vector<Diagnostic> &diagnostics) {
  std::optional<Lookup> lookup = look(request, text, diagnostics);
  if (!lookup)
    return std::nullopt;
  return std::move(lookup->key);
}

Cache::Program Cache::recall(const std::string &key) {
  std::lock_guard lock(mutex);
  auto it = programs.find(key);
  if (it == programs.end())
    return nullptr;
  order.splice(order.begin(), order, it->second);
  ++counts.memoryHits;
  return it->second->second;
}

void Cache::remember(const std::string &key, Program program) {
  std::lock_guard lock(mutex);
  if (programs.count(key))
    return;
  order.emplace_front(key, std::move(program));
  programs[key] = order.begin();
  if (programs.size() <= capacity)
    return;
  programs.erase(order.back().first);
  order.pop_back();
}

Cache::Program Cache::load(const Lookup &lookup) const {
  auto sections = disk->load(lookup.key.digest(), lookup.key.text);
  auto origins = sections && sections->size() == SectionCount ? readOrigins((*sections)[Origins]) : std::nullopt;
  if (!origins)
    return nullptr;
  return std::make_shared<Specialized>(Specialized{std::move((*sections)[Text]), std::move((*sections)[ProgramName]),
                                                   std::move((*sections)[EntryName]), SourceMap(std::move(*origins))});
}

void Cache::store(const Lookup &lookup, const Specialized &program) const {
  disk->store(lookup.key.digest(), lookup.key.text,
              {program.text, program.program, program.entry, write(program.map.origins())});
}

std::shared_ptr<const Specialized> Cache::specialize(const Request &request, llvm::StringRef text,
                                                     mlir::MLIRContext &context, std::vector<Diagnostic> &diagnostics) {
  std::optional<Lookup> lookup = look(request, text, diagnostics);
  if (!lookup)
    return nullptr;
  if (Program program = recall(lookup->key.text))
    return program;
  Program program = disk ? load(*lookup) : nullptr;
  bool isFromDisk = program != nullptr;
  size_t before = diagnostics.size();
  if (!program)
    if (auto module = specialize::specialize(*lookup->entry, request, context, diagnostics))
      program = print(*module, *lookup->entry);
  {
    std::lock_guard lock(mutex);
    ++(isFromDisk ? counts.diskHits : counts.misses);
  }
  if (!program || diagnostics.size() != before)
    return program;
  if (disk && !isFromDisk)
    store(*lookup, *program);
  remember(lookup->key.text, program);
  return program;
}

Cache::Counters Cache::counters() const {
  std::lock_guard lock(mutex);
  return counts;
}

} // namespace pto::specialize
