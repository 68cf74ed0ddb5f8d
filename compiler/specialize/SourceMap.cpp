// From the printed program back to the user's files.
// What no operation stands for, such as the import, came from nowhere.
#include "compiler/specialize/SourceMap.h"
#include "mlir/IR/Location.h"

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
    auto at = mark.location->findInstanceOf<mlir::FileLineColLoc>();
    if (!at)
      continue;
    Place place{static_cast<uint32_t>(mark.offset), at.getFilename().str(), {at.getLine(), at.getColumn()}};
    if (text.substr(mark.offset).ltrim(' ').starts_with("@")) {
      auto decorator =
          decorators.find(place.file + ":" + std::to_string(at.getLine()) + ":" + std::to_string(at.getColumn()));
      if (decorator != decorators.end())
        place.start = source->locate(decorator->second.begin);
    }
    list.push_back(std::move(place));
  }
}

const SourceMap::Place *SourceMap::find(size_t printedOffset) const {
  auto after = llvm::partition_point(list, [&](const Place &place) { return place.printed <= printedOffset; });
  return after == list.begin() ? nullptr : &*std::prev(after);
}

std::vector<unsigned> SourceMap::lines(llvm::StringRef text, llvm::StringRef file) const {
  std::vector<unsigned> table{0};
  for (size_t at = 0; at <= text.size();) {
    size_t end = std::min(text.find('\n', at), text.size());
    const Place *place = find(at);
    // Between functions there is nothing.
    bool isFrom = place && end > at && place->file == file;
    table.push_back(isFrom ? place->start.line : 0);
    at = end + 1;
  }
  return table;
}

} // namespace pto::specialize
