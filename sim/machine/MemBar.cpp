#include "sim/machine/MemBar.h"
#include "llvm/ADT/StringExtras.h"

namespace pto::sim {

static constexpr llvm::StringLiteral accessNames[scopeAccessCount] = {"VLD", "VST", "LD", "ST"};
static constexpr uint8_t vectorKinds = 0b0011, scalarKinds = 0b1100;

// "V" and "S" of the spellings that end in ALL, or the name of one kind.
static std::optional<uint8_t> parseKinds(llvm::StringRef word) {
  if (word == "V")
    return vectorKinds;
  if (word == "S")
    return scalarKinds;
  const auto *found = llvm::find(accessNames, word);
  return found == std::end(accessNames) ? std::nullopt : std::optional(uint8_t(1 << (found - accessNames)));
}

std::optional<MemBar> parseMemBar(llvm::StringRef spelling) {
  auto [first, second] = spelling.split('_');
  if (second == "ALL" && first.size() == 2)
    std::tie(first, second) = std::pair(first.take_front(), first.drop_front());
  std::optional<uint8_t> before = parseKinds(first), after = parseKinds(second);
  if (!before || !after)
    return std::nullopt;
  return MemBar{*before, *after};
}

std::optional<std::string> memBarBetween(ScopeAccess before, ScopeAccess after) {
  auto isLoad = [](ScopeAccess access) {
    return access == ScopeAccess::VectorLoad || access == ScopeAccess::ScalarLoad;
  };
  if (isLoad(before) && isLoad(after))
    return std::nullopt;
  return (accessNames[unsigned(before)] + "_" + accessNames[unsigned(after)]).str();
}

} // namespace pto::sim
