// Lines for a terminal.
#include "reports/Style.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Unicode.h"
#include <algorithm>

namespace pto::reports {

static llvm::StringRef codeOf(Colour colour) {
  static constexpr llvm::StringLiteral codes[] = {"", "\x1b[2m", "\x1b[1m", "\x1b[31m", "\x1b[32m", "\x1b[33m"};
  return codes[static_cast<size_t>(colour)];
}

unsigned Style::left(unsigned taken) const {
  constexpr unsigned endless = 1u << 30;
  if (width == 0)
    return endless;
  return width > taken ? width - taken : 0;
}

std::string clean(llvm::StringRef text) {
  std::string valid = llvm::json::isUTF8(text) ? text.str() : llvm::json::fixUTF8(text);
  std::string result;
  for (size_t i = 0; i < valid.size(); ++i) {
    char c = valid[i];
    // U+0080 … U+009F are control characters too.
    bool isWideControl = c == '\xc2' && static_cast<unsigned char>(valid[i + 1]) < 0xa0;
    if (isWideControl)
      result += '?', ++i;
    else if (c == '\t')
      result += "  ";
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      result += c == '\n' ? ' ' : '?';
    else
      result += c;
  }
  return result;
}

/// The bytes of the first character of a text that is valid UTF-8.
static size_t firstCharacter(llvm::StringRef text) {
  return std::min<size_t>(llvm::getNumBytesForUTF8(static_cast<llvm::UTF8>(text[0])), text.size());
}

unsigned columnsOf(llvm::StringRef text) {
  unsigned columns = 0;
  while (!text.empty()) {
    size_t size = firstCharacter(text);
    // Of a character that it does not know, a terminal shows a box.
    int width = llvm::sys::unicode::columnWidthUTF8(text.take_front(size));
    columns += width < 0 ? 1 : static_cast<unsigned>(width);
    text = text.drop_front(size);
  }
  return columns;
}

/// The longest beginning that takes at most `width` columns.
static llvm::StringRef fitting(llvm::StringRef text, unsigned width) {
  size_t end = 0;
  for (unsigned columns = 0; end < text.size();) {
    llvm::StringRef character = text.substr(end, firstCharacter(text.drop_front(end)));
    columns += columnsOf(character);
    if (columns > width)
      break;
    end += character.size();
  }
  return text.take_front(end);
}

std::vector<std::string> wrap(llvm::StringRef text, unsigned width) {
  width = std::max(width, 8u);
  std::vector<std::string> lines;
  std::string shown = clean(text);
  llvm::StringRef rest = llvm::StringRef(shown).rtrim();
  while (!rest.empty()) {
    llvm::StringRef line = fitting(rest, width);
    if (line.size() < rest.size() && rest[line.size()] != ' ') {
      size_t blank = line.rfind(' ');
      if (blank != llvm::StringRef::npos && blank > 0)
        line = line.take_front(blank);
    }
    lines.push_back(line.rtrim().str());
    rest = rest.drop_front(line.size()).ltrim();
  }
  return lines;
}

Line::Line(unsigned indentation) {
  add(std::string(indentation, ' '));
}

Line &Line::add(const llvm::Twine &text, Colour colour) {
  parts.push_back({clean(text.str()), colour});
  columns += columnsOf(parts.back().text);
  return *this;
}

Line &Line::column(const llvm::Twine &text, unsigned width, Colour colour) {
  add(text, colour);
  unsigned taken = columnsOf(parts.back().text);
  return add(std::string(taken < width ? width - taken : 0, ' '));
}

static void printPart(llvm::raw_ostream &os, llvm::StringRef text, Colour colour, const Style &style) {
  if (style.colour && colour != Colour::Plain && !text.empty())
    os << codeOf(colour) << text << "\x1b[0m";
  else
    os << text;
}

void Line::print(llvm::raw_ostream &os, const Style &style) const {
  if (style.fits(columns))
    return printWhole(os, style);
  constexpr unsigned deeper = 4;
  llvm::StringRef first = parts.empty() ? "" : llvm::StringRef(parts.front().text);
  unsigned indentation = first.trim(' ').empty() ? static_cast<unsigned>(first.size()) + deeper : deeper;
  if (!style.fits(indentation + deeper))
    indentation = 0;
  unsigned taken = 0;
  for (const Part &part : parts) {
    llvm::StringRef rest = part.text;
    while (!rest.empty()) {
      llvm::StringRef row = fitting(rest, style.left(taken));
      bool isLast = row.size() == rest.size();
      // A row ends at a blank where there is one; a word that fits no row is cut.
      if (!isLast && rest[row.size()] != ' ') {
        if (size_t blank = row.rfind(' '); blank != llvm::StringRef::npos)
          row = row.take_front(blank);
        else if (taken > indentation &&
                 style.fits(indentation + columnsOf(rest.take_until([](char c) { return c == ' '; }))))
          row = "";
        else if (row.empty() && taken <= indentation)
          row = rest.take_front(firstCharacter(rest));
      }
      printPart(os, row, part.colour, style);
      taken += columnsOf(row);
      rest = rest.drop_front(row.size());
      if (isLast)
        break;
      rest = rest.ltrim(' ');
      if (rest.empty())
        break;
      os << '\n';
      os.indent(taken = indentation);
    }
  }
  os << '\n';
}

void Line::printCut(llvm::raw_ostream &os, const Style &style) const {
  if (style.fits(columns))
    return printWhole(os, style);
  unsigned left = style.left(1);
  for (const Part &part : parts) {
    llvm::StringRef shown = fitting(part.text, left);
    printPart(os, shown, part.colour, style);
    left -= columnsOf(shown);
    if (shown.size() < part.text.size())
      break;
  }
  os << "…\n";
}

MarkedRows markColumn(llvm::StringRef line, unsigned column, unsigned width) {
  // A tab takes one column, whatever the terminal makes of it elsewhere.
  std::string text = line.rtrim().str();
  std::replace(text.begin(), text.end(), '\t', ' ');
  llvm::StringRef shown = text;
  size_t blanks = shown.size() - shown.ltrim(' ').size();
  shown = shown.drop_front(blanks);
  MarkedRows marked;
  bool hasCaret = column > blanks && column <= line.size() + 1;
  std::string before = hasCaret ? clean(shown.take_front(column - 1 - blanks)) : "";
  std::string whole = clean(shown);
  size_t caretAt = std::min(before.size(), whole.size()), done = 0;
  llvm::StringRef rest = whole;
  do {
    llvm::StringRef row = width ? fitting(rest, std::max(width, 2u)) : rest;
    size_t end = done + row.size();
    bool isLast = end == whole.size();
    if (hasCaret && !marked.caretRow && (caretAt < end || isLast)) {
      marked.caretRow = marked.rows.size();
      marked.caretColumn = columnsOf(row.take_front(caretAt - done)) + (column - 1 - blanks > shown.size());
    }
    marked.rows.push_back(row.str());
    rest = rest.drop_front(row.size());
    done = end;
  } while (!rest.empty());
  return marked;
}

void Line::printWhole(llvm::raw_ostream &os, const Style &style) const {
  // Blanks at the end, which padded columns leave, are not printed.
  size_t last = parts.size();
  while (last > 0 && llvm::StringRef(parts[last - 1].text).trim(' ').empty())
    --last;
  for (size_t i = 0; i < last; ++i)
    printPart(os, parts[i].text, parts[i].colour, style);
  os << '\n';
}

} // namespace pto::reports
