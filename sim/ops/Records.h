// Sorting records. One has 8 bytes: a score in the low four (an f16 in the low two), and an index in the high four.
// Scores descend; of equal ones the earlier stays the earlier.
#pragma once

#include "sim/machine/Choices.h"
#include "sim/ops/ScalarFloat.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>
#include <cstring>
#include <optional>
#include <vector>

namespace pto::sim {

inline constexpr int64_t recordBytes = 8, recordsAtOnce = 32;
inline constexpr unsigned listCount = 4;

inline int64_t scoreBytes(ScalarFloat type) {
  return type == ScalarFloat::F32 ? 4 : 2;
}

inline double scoreAt(const uint8_t *from, ScalarFloat type) {
  uint64_t bits = 0;
  std::memcpy(&bits, from, size_t(scoreBytes(type)));
  return toDouble(bits, type);
}

/// NaN comes before every number, whatever its sign, or after all.
inline bool comesBefore(double a, double b) {
  bool isNan = std::isnan(a);
  return isNan || std::isnan(b) ? (isNan == choices::nanSortsFirst) && std::isnan(a) != std::isnan(b) : a > b;
}

/// Makes records of scores and their indices, at most 32, in order.
inline void sortRecords(ScalarFloat type, const uint8_t *scores, const uint8_t *indices, size_t count, uint8_t *to) {
  struct Record {
    double order;
    uint8_t bytes[recordBytes];
  };
  std::array<Record, recordsAtOnce> all{};
  llvm::MutableArrayRef<Record> records(all.data(), count);
  size_t bytes = size_t(scoreBytes(type));
  for (auto [i, record] : llvm::enumerate(records)) {
    record.order = scoreAt(scores + i * bytes, type);
    std::memcpy(record.bytes, scores + i * bytes, bytes);
    std::memcpy(record.bytes + 4, indices + i * 4, 4);
  }
  llvm::stable_sort(records, [](const Record &a, const Record &b) { return comesBefore(a.order, b.order); });
  for (auto [i, record] : llvm::enumerate(records))
    std::memcpy(to + i * recordBytes, record.bytes, recordBytes);
}

/// Sorted lists of records in one; of equal scores the list with the lower number is first. `taken` becomes how many
/// each gave. With `stopsAtEnd` it is over as soon as one of the lists that are there has ended.
inline std::vector<uint8_t> mergeRecords(ScalarFloat type, std::array<const uint8_t *, listCount> next,
                                         const std::array<int64_t, listCount> &lengths, unsigned lists, bool stopsAtEnd,
                                         std::array<int64_t, listCount> &taken) {
  std::vector<uint8_t> merged;
  taken = {};
  auto hasEnded = [&](unsigned list) { return taken[list] == lengths[list]; };
  auto isOver = [&] {
    for (unsigned list = 0; list < lists; ++list)
      if (stopsAtEnd ? hasEnded(list) : !hasEnded(list))
        return stopsAtEnd;
    return !stopsAtEnd;
  };
  while (!isOver()) {
    std::optional<unsigned> best;
    for (unsigned list = 0; list < lists; ++list)
      if (!hasEnded(list) && (!best || comesBefore(scoreAt(next[list], type), scoreAt(next[*best], type))))
        best = list;
    merged.insert(merged.end(), next[*best], next[*best] + recordBytes);
    next[*best] += recordBytes;
    ++taken[*best];
  }
  return merged;
}

} // namespace pto::sim
