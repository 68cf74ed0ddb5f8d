// What a terminal can show, decided by whoever knows the terminal, and lines made for it.
#pragma once

#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/raw_ostream.h"
#include <string>
#include <vector>

namespace pto::report {

struct Style {
  bool colour = false; ///< a terminal, and no NO_COLOR
  unsigned width = 100;
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
  /// Cut to the style's width.
  void print(llvm::raw_ostream &os, const Style &style) const;
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

} // namespace pto::report
