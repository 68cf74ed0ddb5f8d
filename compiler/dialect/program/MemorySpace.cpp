// Where a tensor or tile lies.
// The names are in the order of the enumeration.
#include "compiler/dialect/program/MemorySpace.h"

namespace pto::prog {

namespace {

constexpr llvm::StringLiteral names[] = {"", "DDR", "Vec", "Mat", "Left", "Right", "Acc", "Bias"};

} // namespace

llvm::StringRef nameOf(MemorySpace memory) {
  return names[static_cast<size_t>(memory)];
}

std::optional<MemorySpace> memoryNamed(llvm::StringRef name) {
  for (size_t i = 1; i < std::size(names); ++i)
    if (names[i] == name)
      return static_cast<MemorySpace>(i);
  return std::nullopt;
}

std::vector<llvm::StringRef> memoryNames() {
  return {std::begin(names) + 1, std::end(names)};
}

} // namespace pto::prog
