// The order in which a launch executes what nothing orders.
#pragma once

#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <optional>
#include <string>

namespace pto {

struct Order {
  enum class Kind : uint8_t { Program, Late, Early, Random };
  Kind kind = Kind::Program;
  uint64_t seed = 0; ///< of Random

  static constexpr llvm::StringLiteral names[] = {"program", "late", "early", "random"};
  static constexpr llvm::StringLiteral choices = "program, late, early or random:SEED";

  /// "late", "random:7"
  static std::optional<Order> parse(llvm::StringRef text) {
    auto [name, seed] = text.split(':');
    for (unsigned kind = 0; kind < std::size(names); ++kind)
      if (Order order{Kind(kind)}; names[kind] == name) {
        bool hasSeed = text.contains(':'), takesSeed = order.kind == Kind::Random;
        if (hasSeed != takesSeed || (hasSeed && seed.getAsInteger(10, order.seed)))
          return std::nullopt;
        return order;
      }
    return std::nullopt;
  }
  std::string text() const {
    return names[unsigned(kind)].str() + (kind == Kind::Random ? ":" + std::to_string(seed) : "");
  }
};

} // namespace pto
