// The text of a program file, of the files that it imports, and positions in them.
// Line starts are kept, so that a position is found by a binary search.
#include "compiler/frontend/program/Source.h"
#include <algorithm>

namespace pto::frontend {

namespace {

llvm::StringRef lineFrom(llvm::StringRef text, size_t start) {
  return text.substr(start).take_until([](char c) { return c == '\n' || c == '\r'; });
}

} // namespace

Source::Source(std::string name, std::string text) {
  append(std::move(name), std::move(text), 0);
}

void Source::append(std::string name, std::string text, uint32_t begin) {
  File &file = files.emplace_back(File{std::move(name), std::move(text), begin, {0}});
  for (size_t i = 0; i < file.text.size() && i < maximumSize; ++i)
    if (file.text[i] == '\n')
      file.lineStarts.push_back(static_cast<uint32_t>(i + 1));
}

const Source::File *Source::add(std::string name, std::string text) {
  // One position more, because a file ends behind its last byte.
  uint32_t begin = end() + 1;
  if (text.size() > maximumSize - std::min<size_t>(maximumSize, begin))
    return nullptr;
  append(std::move(name), std::move(text), begin);
  return &files.back();
}

llvm::StringRef Source::line(unsigned number) const {
  if (number == 0 || number > file().lineStarts.size())
    return {};
  return lineFrom(file().text, file().lineStarts[number - 1]);
}

const Source::File &Source::fileAt(uint32_t offset) const {
  auto isBefore = [](uint32_t position, const File &file) { return position < file.begin; };
  return *std::prev(std::upper_bound(std::next(files.begin()), files.end(), offset, isBefore));
}

llvm::StringRef Source::text(SourceRange range) const {
  const File &file = fileAt(range.begin);
  return llvm::StringRef(file.text).slice(range.begin - file.begin, range.end - file.begin);
}

llvm::StringRef Source::lineAt(uint32_t offset) const {
  const File &file = fileAt(offset);
  return lineFrom(file.text, file.lineStarts[place(offset).line - 1]);
}

Place Source::place(uint32_t offset) const {
  const File &file = fileAt(offset);
  uint32_t within = offset - file.begin;
  auto next = std::upper_bound(file.lineStarts.begin(), file.lineStarts.end(), within);
  auto line = static_cast<unsigned>(next - file.lineStarts.begin());
  return {file.name, line, within - file.lineStarts[line - 1] + 1};
}

uint32_t Source::end() const {
  return files.back().begin + static_cast<uint32_t>(files.back().text.size());
}

} // namespace pto::frontend
