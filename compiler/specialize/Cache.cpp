// Specialized programs that were made before.
// A lookup outlines the file once for each of its texts; after that it is a key and a table.
#include "compiler/specialize/Cache.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"

namespace pto::specialize {

namespace {

/// The sections of a record.
enum Section : size_t { Text, ProgramName, EntryName, Ranges, SectionCount };

/// Entries are small beside their files' trees, which they share.
constexpr size_t mostEntries = 256;

std::string writeRanges(llvm::ArrayRef<SourceRange> ranges) {
  std::string text;
  for (SourceRange range : ranges)
    ((text += std::to_string(range.begin) + " ") += std::to_string(range.end)) += ' ';
  return text;
}

/// Empty if one is malformed or lies outside of the text.
std::optional<std::vector<SourceRange>> readRanges(llvm::StringRef text, size_t limit) {
  std::vector<SourceRange> ranges;
  while (!text.empty()) {
    SourceRange range;
    if (text.consumeInteger(10, range.begin) || !text.consume_front(" ") || text.consumeInteger(10, range.end) ||
        !text.consume_front(" ") || range.end < range.begin || range.end > limit)
      return std::nullopt;
    ranges.push_back(range);
  }
  return ranges;
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
  auto module = std::make_shared<Module>(parse(request.file, text.str(), diagnostics));
  if (llvm::any_of(diagnostics, [](const Diagnostic &each) { return each.severity == Severity::Error; }))
    return nullptr;
  std::shared_ptr<const EntryPoint> entry = EntryPoint::find(std::move(module), request, diagnostics);
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

Cache::Program Cache::load(const Lookup &lookup) {
  auto sections = disk->load(lookup.key.digest(), lookup.key.text);
  if (!sections || sections->size() != SectionCount)
    return nullptr;
  const Source &source = *lookup.entry->module().source;
  auto program = std::make_shared<Specialized>();
  std::vector<Diagnostic> errors;
  Module printedModule = parse(source.name().str(), (*sections)[Text], errors);
  Module userModule = parse(source.name().str(), (*sections)[Text], errors);
  auto ranges = readRanges((*sections)[Ranges], source.end());
  if (!errors.empty() || !ranges || !applyRanges(userModule.body, *ranges))
    return nullptr;
  program->map = SourceMap(printedModule.body, userModule.body);
  program->text = std::move((*sections)[Text]);
  program->program = std::move((*sections)[ProgramName]);
  program->entry = std::move((*sections)[EntryName]);
  // The nodes' names lie in the text that was parsed; their places are in the user's file.
  program->kept.push_back(std::shared_ptr<const Source>(std::move(userModule.source)));
  program->module = std::move(userModule);
  program->module.source = std::make_unique<Source>(source);
  return program;
}

void Cache::store(const Lookup &lookup, const Specialized &program) const {
  std::vector<std::string> sections(SectionCount);
  sections[Text] = program.text;
  sections[ProgramName] = program.program;
  sections[EntryName] = program.entry;
  sections[Ranges] = writeRanges(collectRanges(program.module.body));
  disk->store(lookup.key.digest(), lookup.key.text, sections);
}

std::shared_ptr<const Specialized> Cache::specialize(const Request &request, llvm::StringRef text,
                                                     std::vector<Diagnostic> &diagnostics) {
  std::optional<Lookup> lookup = look(request, text, diagnostics);
  if (!lookup)
    return nullptr;
  if (Program program = recall(lookup->key.text))
    return program;
  Program program = disk ? load(*lookup) : nullptr;
  bool isFromDisk = program != nullptr;
  if (!program)
    program = specialize::specialize(*lookup->entry, request, diagnostics);
  {
    std::lock_guard lock(mutex);
    ++(isFromDisk ? counts.diskHits : counts.misses);
  }
  if (!program)
    return nullptr;
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
