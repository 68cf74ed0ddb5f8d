// -k: words that a name has to hold, joined by and, or, not and parentheses.
#pragma once

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <memory>

namespace pto::harness {

class Keyword {
public:
  /// An error shows the column it is at.
  static llvm::Expected<Keyword> parse(llvm::StringRef text);
  /// Words are looked for without regard to case, anywhere in the name.
  bool matches(llvm::StringRef name) const;

  struct Node;

private:
  std::shared_ptr<const Node> root;
};

} // namespace pto::harness
