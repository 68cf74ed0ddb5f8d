// What a terminal can show, decided by whoever knows the terminal, and lines made for it.
#pragma once

#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/raw_ostream.h"
#include <optional>
#include <string>
#include <vector>

namespace pto::reports {

struct Style {
  bool colour = false;  ///< a terminal, and no NO_COLOR
  unsigned width = 100; ///< 0: as wide as it takes, for a pipe or a file

  bool fits(unsigned columns) const { return width == 0 || columns <= width; }
  /// What is left of a row after `taken` columns.
  unsigned left(unsigned taken) const;
};

enum class Colour { Plain, Dim, Bold, Red, Green, Yellow };

/// One line, part by part. What is shown is clean: no control characters, valid UTF-8.
class Line {
public:
  explicit Line(unsigned indentation = 0);
  Line &add(const llvm::Twine &text, Colour colour = Colour::Plain);
  /// Text, then blanks up to a width; more than the width is kept.
  Line &column(const llvm::Twine &text, unsigned width, Colour colour = Colour::Plain);
  unsigned width() const { return columns; }
  /// Folded at the style's width; what follows is indented deeper than the beginning.
  void print(llvm::raw_ostream &os, const Style &style) const;
  /// Cut to the style's width, for a line that is drawn over again.
  void printCut(llvm::raw_ostream &os, const Style &style) const;
  /// However long it is: a command must stay whole to be copied.
  void printWhole(llvm::raw_ostream &os, const Style &style) const;

private:
  struct Part {
    std::string text;
    Colour colour;
  };
  std::vector<Part> parts;
  unsigned columns = 0;
};

/// How many columns a text takes.
unsigned columnsOf(llvm::StringRef text);

/// Without control characters and broken UTF-8, which would garble a terminal.
std::string clean(llvm::StringRef text);

/// Cut into lines of at most `width` columns, at blanks where there are any.
std::vector<std::string> wrap(llvm::StringRef text, unsigned width);

/// A line of a file with a caret below its 1-based column of bytes, on rows of at most `width` columns. Its indentation
/// goes, so that short rows are enough. A column that is none gives no caret.
struct MarkedRows {
  std::vector<std::string> rows;
  std::optional<size_t> caretRow; ///< the row that it stands below …
  unsigned caretColumn = 0;       ///< … and how many columns come before it
};
MarkedRows markColumn(llvm::StringRef line, unsigned column, unsigned width);

} // namespace pto::reports
