// A place in a file.
#pragma once

#include "base/LineColumn.h"
#include "llvm/ADT/StringRef.h"
#include <compare>
#include <string>

namespace pto {

/// From 1, columns in bytes; line 0 is the file as a whole, and without a file it is nowhere.
struct Place {
  std::string file;
  unsigned line = 0, column = 0;

  auto operator<=>(const Place &) const = default;
};

inline Place placeAt(llvm::StringRef file, LineColumn at) {
  return {file.str(), at.line, at.column};
}

/// `file:3:7`, without the parts that are not known.
inline std::string toString(const Place &place) {
  std::string text = place.file;
  if (place.line)
    text += (text.empty() ? "line " : ":") + std::to_string(place.line);
  if (place.line && place.column)
    text += ":" + std::to_string(place.column);
  return text;
}

/// The text of a line without its end; empty if there is none.
inline llvm::StringRef lineOf(llvm::StringRef text, unsigned line) {
  for (unsigned i = 1; i < line && !text.empty(); ++i)
    text = text.split('\n').second;
  return line ? text.take_until([](char c) { return c == '\n' || c == '\r'; }) : llvm::StringRef();
}

} // namespace pto
