#include "compiler/sync/TextEdit.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

namespace pto::sync {

/// The lines of a text without their ends; one more, which is empty, where the last one has an end.
static llvm::SmallVector<llvm::StringRef, 0> linesOf(llvm::StringRef text) {
  llvm::SmallVector<llvm::StringRef, 0> lines;
  text.split(lines, '\n');
  return lines;
}

namespace {

/// Lines [begin, end), from 0, and what happens in them.
struct Region {
  size_t begin, end;
  bool keepsSome;
  llvm::SmallVector<ByteEdit, 2> edits;
};

} // namespace

/// Touching edits are one.
static std::vector<Region> regionsOf(llvm::StringRef text, std::vector<ByteEdit> edits) {
  auto lineAt = [&](size_t offset) { return size_t(text.take_front(offset).count('\n')); };
  auto isLineStart = [&](size_t offset) { return offset == 0 || text[offset - 1] == '\n'; };
  // What comes in comes before what goes.
  llvm::stable_sort(edits, [](const ByteEdit &a, const ByteEdit &b) {
    return std::pair(a.offset, a.count > 0) < std::pair(b.offset, b.count > 0);
  });
  std::vector<Region> regions;
  for (ByteEdit &edit : edits) {
    bool isWhole = isLineStart(edit.offset) && isLineStart(edit.offset + edit.count);
    size_t begin = lineAt(edit.offset), end = lineAt(edit.offset + edit.count) + !isWhole;
    if (regions.empty() || regions.back().end < begin)
      regions.push_back({begin, begin, false, {}});
    Region &region = regions.back();
    region.end = std::max(region.end, end);
    region.keepsSome |= !isWhole;
    region.edits.push_back(std::move(edit));
  }
  return regions;
}

std::vector<LineEdit> lineEdits(llvm::StringRef text, std::vector<ByteEdit> edits) {
  llvm::SmallVector<llvm::StringRef, 0> lines = linesOf(text);
  std::vector<LineEdit> result;
  for (const Region &region : regionsOf(text, std::move(edits))) {
    std::string changed;
    auto offsetOf = [&](size_t line) {
      return line < lines.size() ? size_t(lines[line].data() - text.data()) : text.size();
    };
    size_t at = offsetOf(region.begin);
    for (const ByteEdit &edit : region.edits) {
      changed += text.slice(at, edit.offset);
      changed += edit.text;
      at = edit.offset + edit.count;
    }
    changed += text.slice(at, offsetOf(region.end));
    llvm::StringRef rest = changed;
    rest.consume_back("\n");
    LineEdit edit{unsigned(region.begin) + 1, unsigned(region.end - region.begin), region.keepsSome, {}};
    if (!changed.empty())
      for (llvm::StringRef line : linesOf(rest))
        edit.lines.push_back(line.str());
    result.push_back(std::move(edit));
  }
  return result;
}

std::vector<LineEdit> withoutNoise(llvm::StringRef text, std::vector<LineEdit> edits) {
  llvm::SmallVector<llvm::StringRef, 0> lines = linesOf(text);
  for (LineEdit &edit : edits) {
    while (edit.count && !edit.lines.empty() && lines[edit.line - 1] == edit.lines.front()) {
      edit.lines.erase(edit.lines.begin());
      ++edit.line, --edit.count;
    }
    while (edit.count && !edit.lines.empty() && lines[edit.line + edit.count - 2] == edit.lines.back()) {
      edit.lines.pop_back();
      --edit.count;
    }
  }
  llvm::erase_if(edits, [](const LineEdit &edit) { return !edit.count && edit.lines.empty(); });
  return edits;
}

std::string applyEdits(llvm::StringRef text, llvm::ArrayRef<LineEdit> edits) {
  llvm::SmallVector<llvm::StringRef, 0> lines = linesOf(text), changed;
  size_t next = 0;
  for (const LineEdit &edit : edits) {
    for (; next + 1 < edit.line; ++next)
      changed.push_back(lines[next]);
    changed.append(edit.lines.begin(), edit.lines.end());
    next += edit.count;
  }
  changed.append(lines.begin() + long(next), lines.end());
  return llvm::join(changed, "\n");
}

std::string unifiedDiff(llvm::StringRef file, llvm::StringRef text, llvm::ArrayRef<LineEdit> edits) {
  constexpr size_t context = 3;
  if (edits.empty())
    return "";
  llvm::SmallVector<llvm::StringRef, 0> lines = linesOf(text);
  bool endsInLine = lines.back().empty();
  if (endsInLine)
    lines.pop_back();
  std::string diff = ("--- " + file + "\n+++ " + file + "\n").str();
  long moved = 0; // lines of the text stand that much further down in the new one
  for (size_t first = 0; first < edits.size();) {
    size_t last = first;
    auto endOf = [&](size_t edit) { return size_t(edits[edit].line) - 1 + edits[edit].count; };
    while (last + 1 < edits.size() && edits[last + 1].line - 1 <= endOf(last) + 2 * context)
      ++last;
    size_t begin = std::max<size_t>(edits[first].line - 1, context) - context;
    size_t end = std::min(endOf(last) + context, lines.size()), at = begin;
    std::string hunk;
    auto show = [&](char mark, llvm::StringRef line, bool isLast) {
      hunk += (llvm::Twine(mark) + line + "\n").str();
      if (isLast && !endsInLine)
        hunk += "\\ No newline at end of file\n";
    };
    auto keepUntil = [&](size_t until) {
      for (; at < until; ++at)
        show(' ', lines[at], at + 1 == lines.size());
    };
    long added = 0;
    for (const LineEdit &edit : edits.slice(first, last - first + 1)) {
      keepUntil(edit.line - 1);
      for (unsigned i = 0; i < edit.count; ++i, ++at)
        show('-', lines[at], at + 1 == lines.size());
      for (const std::string &line : edit.lines)
        show('+', line, at == lines.size() && &line == &edit.lines.back());
      added += long(edit.lines.size()) - long(edit.count);
    }
    keepUntil(end);
    // An empty side is told to be after the line before it.
    auto side = [](long begin, long count) { return llvm::formatv("{0},{1}", count ? begin + 1 : begin, count).str(); };
    long count = long(end - begin);
    diff += "@@ -" + side(long(begin), count) + " +" + side(long(begin) + moved, count + added) + " @@\n" + hunk;
    moved += added;
    first = last + 1;
  }
  return diff;
}

} // namespace pto::sync
