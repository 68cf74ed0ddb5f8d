// From the printed program back to the user's files.
// Statement by statement: each line of the text is from where its operation is.
#pragma once

#include "compiler/frontend/program/Export.h"
#include "compiler/specialize/Outline.h"

namespace pto::specialize {

class SourceMap {
public:
  struct Origin {
    uint32_t printed;
    Place place;
  };

  SourceMap() = default;
  explicit SourceMap(std::vector<Origin> origins) : list(std::move(origins)) {}
  /// Of a program that was printed with `marks`; a decorator's line is from the function's own decorator.
  SourceMap(llvm::StringRef text, llvm::ArrayRef<TextMark> marks, const Outline &outline);

  const std::vector<Origin> &origins() const { return list; }
  /// What the text at an offset came from; null if it came from nowhere.
  const Origin *find(size_t printedOffset) const;
  /// The line of `file` for each line of the text, from 1; 0 where there is none, and where it is one of another file.
  std::vector<unsigned> lines(llvm::StringRef text, llvm::StringRef file) const;

private:
  /// In the order of the text.
  std::vector<Origin> list;
};

} // namespace pto::specialize
