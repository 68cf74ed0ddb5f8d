// The text of one program file and positions in it.
// Line starts are kept, so that a position is found by a binary search.
#include "compiler/frontend/program/Source.h"
#include <algorithm>

namespace pto::program {

Source::Source(std::string name, std::string text) : fileName(std::move(name)), content(std::move(text)) {
  lineStarts.push_back(0);
  for (size_t i = 0; i < content.size() && i < maximumSize; ++i)
    if (content[i] == '\n')
      lineStarts.push_back(static_cast<uint32_t>(i + 1));
}

LineColumn Source::locate(uint32_t offset) const {
  auto next = std::upper_bound(lineStarts.begin(), lineStarts.end(), offset);
  auto line = static_cast<unsigned>(next - lineStarts.begin());
  return {line, offset - lineStarts[line - 1] + 1};
}

llvm::StringRef Source::line(unsigned number) const {
  if (number == 0 || number > lineStarts.size())
    return {};
  return text().substr(lineStarts[number - 1]).take_until([](char c) { return c == '\n' || c == '\r'; });
}

} // namespace pto::program
