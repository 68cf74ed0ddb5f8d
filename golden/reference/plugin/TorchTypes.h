// The element types of LibTorch that a golden can name.
#pragma once

#include <algorithm>
#include <c10/core/ScalarType.h>
#include <iterator>

namespace pto::golden {

struct TorchType {
  const char *name; ///< after `torch.`
  c10::ScalarType type;
};

/// The names that messages use come first.
inline constexpr TorchType torchTypes[] = {
    {"float64", c10::kDouble}, {"float32", c10::kFloat}, {"float16", c10::kHalf},  {"bfloat16", c10::kBFloat16},
    {"int64", c10::kLong},     {"int32", c10::kInt},     {"int16", c10::kShort},   {"int8", c10::kChar},
    {"uint8", c10::kByte},     {"bool", c10::kBool},     {"double", c10::kDouble}, {"float", c10::kFloat},
    {"half", c10::kHalf},      {"long", c10::kLong},     {"int", c10::kInt},       {"short", c10::kShort}};

/// Null if a golden has no such type.
inline const TorchType *findTorchType(int64_t type) {
  const TorchType *found = std::find_if(std::begin(torchTypes), std::end(torchTypes),
                                        [&](const TorchType &each) { return static_cast<int64_t>(each.type) == type; });
  return found == std::end(torchTypes) ? nullptr : found;
}

} // namespace pto::golden
