// The names that a point of the matrix gives a value to.
#pragma once

#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pto::harness {

/// What a name or an expression stands for: always text, and an integer where the text is one.
struct BoundValue {
  std::string text;
  std::optional<int64_t> integer;
  /// An error has been reported where this value comes from; whoever uses it stays silent.
  bool isPoisoned = false;

  static BoundValue fromText(llvm::StringRef text);
  static BoundValue fromInteger(int64_t value) { return {std::to_string(value), value}; }
  static BoundValue poisoned() { return {"", std::nullopt, true}; }
};

/// Names in the order of binding. A case binds a handful, so a list is the fastest map.
class Bindings {
public:
  /// Every name is bound to a poisoned value: what can be checked without a point is checked.
  static Bindings unknown();

  void bind(std::string name, BoundValue value);
  const BoundValue *find(llvm::StringRef name) const;
  /// The same for an expression, which makes it one of the names that are read.
  const BoundValue *read(llvm::StringRef name) const;
  std::vector<llvm::StringRef> names() const;
  bool isUnknown() const { return everythingPoisoned; }
  bool wasRead(llvm::StringRef name) const;

private:
  struct Entry {
    std::string name;
    BoundValue value;
    mutable bool wasRead = false;
  };
  const Entry *entryOf(llvm::StringRef name) const;

  std::vector<Entry> entries;
  bool everythingPoisoned = false;
};

/// Letters, digits and '_', not starting with a digit.
bool isIdentifier(llvm::StringRef text);

} // namespace pto::harness
