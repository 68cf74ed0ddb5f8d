// From the printed program back to the user's files.
// Statement by statement: each line of the text is from where its operation is.
#pragma once

#include "compiler/frontend/program/Export.h"
#include "compiler/specialize/Outline.h"

namespace pto::specialize {

class SourceMap {
public:
  struct Place {
    uint32_t printed;
    std::string file;
    LineColumn start;
  };

  SourceMap() = default;
  explicit SourceMap(std::vector<Place> places) : list(std::move(places)) {}
  /// Of a program that was printed with `marks`; a decorator's line is from the function's own decorator.
  SourceMap(llvm::StringRef text, llvm::ArrayRef<TextMark> marks, const Outline &outline);

  const std::vector<Place> &places() const { return list; }
  /// What the text at an offset came from; null if it came from nowhere.
  const Place *find(size_t printedOffset) const;
  /// The line of `file` for each line of the text, from 1; 0 where there is none, and where it is one of another file.
  std::vector<unsigned> lines(llvm::StringRef text, llvm::StringRef file) const;

private:
  /// In the order of the text.
  std::vector<Place> list;
};

} // namespace pto::specialize
