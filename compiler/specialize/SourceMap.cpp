// From the printed program back to the user's file.
// An empty range stands for what no text of the user's made, such as the import.
#include "compiler/specialize/SourceMap.h"
#include "compiler/specialize/Walk.h"
#include "llvm/ADT/STLExtras.h"

namespace pto::specialize {

SourceMap::SourceMap(Block printed, Block user) {
  std::vector<SourceRange> from = collectRanges(printed), to = collectRanges(user);
  if (from.size() != to.size())
    return;
  for (auto [here, there] : llvm::zip(from, to))
    if (here.begin != here.end)
      list.push_back({here, there});
}

SourceRange SourceMap::userRange(uint32_t printedOffset) const {
  const Entry *best = nullptr;
  for (const Entry &entry : list) {
    bool isInside = entry.printed.begin <= printedOffset && printedOffset < entry.printed.end;
    bool isSmaller = !best || entry.printed.end - entry.printed.begin <= best->printed.end - best->printed.begin;
    if (isInside && isSmaller && entry.user.begin != entry.user.end)
      best = &entry;
  }
  return best ? best->user : SourceRange();
}

std::vector<unsigned> SourceMap::lines(const Source &printed, const Source &user) const {
  std::vector<unsigned> table(printed.locate(static_cast<uint32_t>(printed.text().size())).line + 1, 0);
  std::vector<uint32_t> firstOffset(table.size(), UINT32_MAX);
  for (const Entry &entry : list) {
    if (entry.user.begin == entry.user.end)
      continue;
    unsigned line = printed.locate(entry.printed.begin).line;
    if (entry.printed.begin >= firstOffset[line])
      continue;
    firstOffset[line] = entry.printed.begin;
    bool isImported = user.fileAt(entry.user.begin).begin != 0;
    table[line] = isImported ? 0 : user.locate(entry.user.begin).line;
  }
  for (size_t line = 1; line < table.size(); ++line)
    if (firstOffset[line] == UINT32_MAX)
      table[line] = table[line - 1];
  return table;
}

std::vector<SourceRange> collectRanges(Block block) {
  std::vector<SourceRange> ranges;
  auto onRange = [&](const SourceRange &range) { ranges.push_back(range); };
  walk(block, {{}, {}, onRange});
  return ranges;
}

bool applyRanges(Block block, llvm::ArrayRef<SourceRange> ranges) {
  if (collectRanges(block).size() != ranges.size())
    return false;
  // The nodes are made as non-const objects; only the tree's users see them as const.
  auto onRange = [&](const SourceRange &range) {
    const_cast<SourceRange &>(range) = ranges.front();
    ranges = ranges.drop_front();
  };
  walk(block, {{}, {}, onRange});
  return true;
}

} // namespace pto::specialize
