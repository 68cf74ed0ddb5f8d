// From the printed program back to the user's files.
// What no operation stands for, such as the import, came from nowhere.
#include "compiler/specialize/SourceMap.h"
#include "compiler/dialect/Places.h"

namespace pto::specialize {

SourceMap::SourceMap(llvm::StringRef text, llvm::ArrayRef<TextMark> marks, const Outline &outline) {
  llvm::StringMap<SourceRange> decorators;
  const Source *source = nullptr;
  for (const auto *functions : {&outline.functions(), &outline.methods()})
    for (const auto &each : *functions)
      if (!each->function->decorators.empty()) {
        source = &each->scope->source();
        decorators[source->where(each->function->nameRange)] = each->function->decorators.front()->range;
      }
  for (const TextMark &mark : marks) {
    Origin origin{static_cast<uint32_t>(mark.offset), placeOf(mark.location)};
    if (!origin.place.line)
      continue;
    if (text.substr(mark.offset).ltrim(' ').starts_with("@"))
      if (auto decorator = decorators.find(toString(origin.place)); decorator != decorators.end())
        origin.place = source->place(decorator->second.begin);
    list.push_back(std::move(origin));
  }
}

const SourceMap::Origin *SourceMap::find(size_t printedOffset) const {
  auto after = llvm::partition_point(list, [&](const Origin &origin) { return origin.printed <= printedOffset; });
  return after == list.begin() ? nullptr : &*std::prev(after);
}

std::vector<unsigned> SourceMap::lines(llvm::StringRef text, llvm::StringRef file) const {
  std::vector<unsigned> table{0};
  for (size_t at = 0; at <= text.size();) {
    size_t end = std::min(text.find('\n', at), text.size());
    const Origin *origin = find(at);
    // Between functions there is nothing.
    bool isFrom = origin && end > at && origin->place.file == file;
    table.push_back(isFrom ? origin->place.line : 0);
    at = end + 1;
  }
  return table;
}

} // namespace pto::specialize
