// Sorting: a permutation in the right order, ties as they came, and what a merge counts.
#include "sim/ops/Sort.h"
#include "sim/ops/OpTable.h"
#include "sim/tests/LaneOperands.h"
#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/STLExtras.h"
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace pto::sim::testing {
namespace {

struct Record {
  float score;
  uint32_t index;
  bool operator==(const Record &other) const = default;
};

class Sorter : public SingleInstruction {
public:
  template <class T>
  void put(int64_t address, const std::vector<T> &values) {
    poke(address, {reinterpret_cast<const uint8_t *>(values.data()), values.size() * sizeof(T)});
    ub.markWritten(address, int64_t(values.size() * sizeof(T)));
  }
  std::vector<Record> records(int64_t address, size_t count) {
    std::vector<Record> found(count);
    for (size_t byte = 0; byte < count * sizeof(Record); ++byte)
      reinterpret_cast<uint8_t *>(found.data())[byte] = peek(address + int64_t(byte));
    return found;
  }
  bool sort(const char *type, uint64_t repeats) {
    core.scalar(0) = 8192, core.scalar(1) = 0, core.scalar(2) = 4096, core.scalar(3) = repeats;
    Instruction instruction(*opTable().find("pto.vbitsort", type, LaneType::None));
    instruction.operand = {0, 1, 2, 3};
    return run(instruction);
  }
  // Lists lie at 4096 · (k + 1), or behind each other; the result at 0.
  bool merge(std::array<uint64_t, 4> lengths, uint64_t config, bool isDense = false) {
    Instruction instruction(*opTable().find("pto.vmrgsort4", "f32", LaneType::None));
    for (uint32_t k = 0; k < 4; ++k)
      core.scalar(k) = isDense ? 4096 + k * lengths[0] * 8 : 4096 * (k + 1);
    core.scalar(4) = lengths[0] | lengths[1] << 16 | lengths[2] << 32 | lengths[3] << 48;
    core.scalar(5) = config;
    core.scalarFile().resize(7);
    core.scalar(6) = 0;
    instruction.carry<const MergeOperands *>(&operands);
    return run(instruction);
  }

private:
  MergeOperands operands{6, {0, 1, 2, 3}, 4, 5};
};

std::vector<Record> drawRecords(Random &random, size_t count) {
  std::vector<Record> records(count);
  for (auto [i, record] : llvm::enumerate(records))
    record = {float(int(random.below(20))) - 10, uint32_t(random())};
  return records;
}

bool descends(const Record &a, const Record &b) {
  return a.score > b.score;
}

RC_GTEST_PROP(Sort, ScoresDescendAndTiesKeepTheirOrder, ()) {
  Random random(*rc::gen::arbitrary<uint64_t>());
  for (bool isHalf : {false, true}) {
    Sorter sorter;
    std::vector<Record> records = drawRecords(random, 64);
    std::vector<float> scores;
    std::vector<uint16_t> halves;
    std::vector<uint32_t> indices;
    for (const Record &record : records) {
      scores.push_back(record.score);
      llvm::APFloat half(record.score);
      bool losesInfo;
      half.convert(llvm::APFloat::IEEEhalf(), llvm::APFloat::rmNearestTiesToEven, &losesInfo);
      halves.push_back(uint16_t(half.bitcastToAPInt().getZExtValue()));
      indices.push_back(record.index);
    }
    if (isHalf)
      sorter.put(0, halves);
    else
      sorter.put(0, scores);
    sorter.put(4096, indices);
    RC_ASSERT(sorter.sort(isHalf ? "f16" : "f32", 2));
    for (auto half = records.begin(); half != records.end(); half += 32)
      std::stable_sort(half, half + 32, descends);
    std::vector<Record> found = sorter.records(8192, 64);
    for (auto [record, expected] : llvm::zip_equal(found, records)) {
      RC_ASSERT(record.index == expected.index);
      if (!isHalf)
        RC_ASSERT(record.score == expected.score);
    }
  }
}

RC_GTEST_PROP(Sort, MergesSortedLists, ()) {
  Random random(*rc::gen::arbitrary<uint64_t>());
  Sorter sorter;
  unsigned used = 2 + unsigned(random.below(3));
  std::array<uint64_t, 4> lengths{};
  std::vector<Record> all;
  for (unsigned list = 0; list < used; ++list) {
    std::vector<Record> records = drawRecords(random, lengths[list] = 1 + random.below(40));
    std::stable_sort(records.begin(), records.end(), descends);
    sorter.put(4096 * (list + 1), records);
    all.insert(all.end(), records.begin(), records.end());
  }
  uint64_t mask = (1u << used) - 1;
  // Lists that the mask leaves out do not count, whatever their length says.
  std::array<uint64_t, 4> given = lengths;
  for (unsigned list = used; list < 4; ++list)
    given[list] = 7;
  RC_ASSERT(sorter.merge(given, 1 | mask << 8));
  std::stable_sort(all.begin(), all.end(), descends);
  RC_ASSERT(sorter.records(0, all.size()) == all);
  for (unsigned list = 0; list < 4; ++list)
    RC_ASSERT(sorter.core.vector.mergedRecords[list] == lengths[list]);
}

TEST(Sort, AMergeCanStopAtTheEndOfTheFirstList) {
  Sorter sorter;
  sorter.put<Record>(4096, {{9, 1}, {8, 2}});
  sorter.put<Record>(8192, {{7, 3}, {1, 4}});
  ASSERT_TRUE(sorter.merge({2, 2, 0, 0}, 1 | 3 << 8 | 1 << 12));
  EXPECT_EQ(sorter.core.vector.mergedRecords, (std::array<uint16_t, 4>{2, 0, 0, 0}));
  EXPECT_EQ(sorter.records(0, 3), (std::vector<Record>{{9, 1}, {8, 2}, {0, 0}}));
}

TEST(Sort, AMergeRepeatsOverListsThatFollowEachOther) {
  Sorter sorter;
  sorter.put<Record>(4096, {{1, 1}, {4, 2}, {3, 3}, {2, 4}, {5, 5}, {6, 6}, {8, 7}, {7, 8}});
  ASSERT_TRUE(sorter.merge({1, 1, 1, 1}, 2 | 15 << 8, true));
  std::vector<uint32_t> order;
  for (const Record &record : sorter.records(0, 8))
    order.push_back(record.index);
  EXPECT_EQ(order, (std::vector<uint32_t>{2, 3, 4, 1, 7, 8, 6, 5}));
}

TEST(Sort, WhatTheMachineCannotMergeIsAFault) {
  struct Wrong {
    std::array<uint64_t, 4> lengths;
    uint64_t config;
    const char *message;
  };
  const Wrong wrongs[] = {
      {{1, 1, 1, 1}, 1 | 5 << 8, "has the lists 0x5 in bits 11 to 8 of its config; there are 0x3, 0x7 and 0xf"},
      {{1, 4096, 1, 1}, 1 | 15 << 8, "has 4096 records in list 1; a list has at most 4095"},
      {{1, 2, 1, 1},
       2 | 15 << 8,
       "repeats 2 times; that takes four lists of one length, and no stop at the end of one"},
      {{1, 1, 1, 1}, 2 | 15 << 8, "repeats 2 times; that takes lists that follow each other in memory"},
  };
  for (const Wrong &wrong : wrongs) {
    Sorter sorter;
    EXPECT_FALSE(sorter.merge(wrong.lengths, wrong.config));
    EXPECT_EQ(sorter.why(), wrong.message);
  }
  Sorter sorter;
  EXPECT_FALSE(sorter.sort("f32", 256));
}

} // namespace
} // namespace pto::sim::testing
