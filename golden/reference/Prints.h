// What a golden prints, as notes of its case. A print in a loop, or of a large tensor, must not fill the memory.
#pragma once

#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace pto::golden {

class Prints {
public:
  void add(llvm::StringRef text);
  /// The notes; the last one tells of what was left out.
  std::vector<std::string> take();

private:
  std::vector<std::string> notes;
  size_t characters = 0, leftOut = 0;
};

} // namespace pto::golden
