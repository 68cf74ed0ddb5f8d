// Where sources differ on what an operation of tiles does, and both have kernels: which of them a kernel is written
// for.
#pragma once

#include "llvm/ADT/StringRef.h"
#include <array>
#include <optional>
#include <string>
#include <vector>

namespace pto {

class Conventions {
public:
  enum Name : uint8_t { Pads, Masks, RowOperands, Saturation };
  struct Choice {
    llvm::StringLiteral name, usual, other;
  };
  static constexpr Choice all[] = {
      {"pads", "infinite", "finite"},
      {"masks", "rows", "packed"},
      {"row-operands", "block", "first"},
      {"saturation", "off", "by-type"},
  };
  static constexpr llvm::StringLiteral choices =
      "pads=infinite or finite, masks=rows or packed, row-operands=block or first, saturation=off or by-type";

  /// Whether the other one than the maker's headers have is taken.
  bool isOther(Name name) const { return taken[name].value_or(false); }

  /// False where there is no such name, or no such value of it.
  bool set(llvm::StringRef name, llvm::StringRef value) {
    for (size_t i = 0; i < std::size(all); ++i)
      if (all[i].name == name && (value == all[i].usual || value == all[i].other)) {
        taken[i] = value == all[i].other;
        return true;
      }
    return false;
  }
  /// "pads=finite"
  bool set(llvm::StringRef text) {
    auto [name, value] = text.split('=');
    return set(name, value);
  }
  /// With those of `stronger` in place of its own.
  Conventions with(const Conventions &stronger) const {
    Conventions both = *this;
    for (size_t i = 0; i < taken.size(); ++i)
      if (stronger.taken[i])
        both.taken[i] = stronger.taken[i];
    return both;
  }
  /// Those that were set.
  std::vector<std::string> texts() const {
    std::vector<std::string> made;
    for (size_t i = 0; i < taken.size(); ++i)
      if (taken[i])
        made.push_back(all[i].name.str() + "=" + (*taken[i] ? all[i].other : all[i].usual).str());
    return made;
  }

private:
  std::array<std::optional<bool>, std::size(all)> taken;
};

} // namespace pto
