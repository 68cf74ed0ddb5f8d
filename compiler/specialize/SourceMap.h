// From the printed program back to the user's file.
// The printed text is parsed again; node by node it says what each place in it came from.
#pragma once

#include "compiler/frontend/program/Parser.h"

namespace pto::specialize {

using namespace program;

class SourceMap {
public:
  struct Entry {
    SourceRange printed, user;
  };

  SourceMap() = default;
  /// Of trees of the same form, the first with ranges in the printed text, the second in the user's.
  SourceMap(Block printed, Block user);

  const std::vector<Entry> &entries() const { return list; }
  /// What the smallest node at an offset of the printed text came from; empty if it came from nowhere.
  SourceRange userRange(uint32_t printedOffset) const;
  /// The line of the user's file for each line of the printed text, from 1; 0 where there is none, and where it is
  /// one of a file that is imported.
  std::vector<unsigned> lines(const Source &printed, const Source &user) const;

private:
  std::vector<Entry> list;
};

/// All ranges of a tree, in a fixed order.
std::vector<SourceRange> collectRanges(Block block);
/// Gives a tree that nobody else holds the ranges that `collectRanges` listed; false if they are not as many.
bool applyRanges(Block block, llvm::ArrayRef<SourceRange> ranges);

} // namespace pto::specialize
