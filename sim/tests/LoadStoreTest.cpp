// Distributions of loads and stores, byte by byte.
#include "sim/ops/OpTable.h"
#include "sim/ops/Pointers.h"
#include "sim/tests/SingleInstruction.h"
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace pto::sim::testing {
namespace {

using Bytes = std::vector<uint8_t>;

// Which byte of memory, counted from the address, each byte of the register comes from; -1 is a zero.
struct LoadCase {
  const char *dist;
  int footprint;
  int (*source)(int byte);
};
constexpr LoadCase loads[] = {
    {"NORM", 256, [](int b) { return b; }},
    {"BRC_B8", 1, [](int) { return 0; }},
    {"BRC_B16", 2, [](int b) { return b % 2; }},
    {"BRC_B32", 4, [](int b) { return b % 4; }},
    {"US_B8", 128, [](int b) { return b / 2; }},
    {"US_B16", 128, [](int b) { return b / 4 * 2 + b % 2; }},
    {"DS_B8", 512, [](int b) { return 2 * b; }},
    {"DS_B16", 512, [](int b) { return b / 2 * 4 + b % 2; }},
    {"UNPK_B8", 128, [](int b) { return b % 2 == 0 ? b / 2 : -1; }},
    {"UNPK_B16", 128, [](int b) { return b % 4 < 2 ? b / 4 * 2 + b % 2 : -1; }},
    {"UNPK_B32", 128, [](int b) { return b % 8 < 4 ? b / 8 * 4 + b % 4 : -1; }},
    {"UNPK4", 64, [](int b) { return b % 4 == 0 ? b / 4 : -1; }},
    {"BRC_BLK", 32, [](int b) { return b % 32; }},
    {"E2B_B16", 16, [](int b) { return b / 2 / 16 * 2 + b % 2; }},
    {"E2B_B32", 32, [](int b) { return b / 4 / 8 * 4 + b % 4; }},
};

// Which byte of the register goes to each stored byte, and how wide the lane is whose predicate decides.
struct StoreCase {
  const char *dist;
  int stored;
  int laneBytes;
  int (*source)(int byte);
};
constexpr StoreCase stores[] = {
    {"NORM_B8", 256, 1, [](int b) { return b; }},
    {"NORM_B16", 256, 2, [](int b) { return b; }},
    {"NORM_B32", 256, 4, [](int b) { return b; }},
    {"PK_B16", 128, 2, [](int b) { return 2 * b; }},
    {"PK_B32", 128, 4, [](int b) { return b / 2 * 4 + b % 2; }},
    {"PK_B64", 128, 8, [](int b) { return b / 4 * 8 + b % 4; }},
    {"PK4_B32", 64, 4, [](int b) { return 4 * b; }},
};

Bytes drawBytes(size_t count) {
  return *rc::gen::container<Bytes>(count, rc::gen::arbitrary<uint8_t>());
}

// vlds: base, offset -> register, advanced base. Offsets count elements of four bytes.
Instruction loadInstruction(bool postUpdate, llvm::StringRef dist) {
  Instruction made(*opTable().find("pto.vlds", dist, LaneType::None));
  made.operand = {0, 1, 0, 0};
  made.result = {4, 2};
  made.carry(PointerStep{4, postUpdate});
  return made;
}

// vsts: value, base, offset, mask -> advanced base.
Instruction storeInstruction(bool postUpdate, llvm::StringRef dist) {
  Instruction made(*opTable().find("pto.vsts", dist, LaneType::None));
  made.operand = {0, 0, 1, 1};
  made.result = {2, 0};
  made.carry(PointerStep{4, postUpdate});
  return made;
}

RC_GTEST_PROP(Vlds, TakesEveryByteFromItsPlace, ()) {
  Bytes memory = drawBytes(512);
  SingleInstruction single;
  single.poke(4096, memory);
  for (const LoadCase &load : loads)
    for (bool postUpdate : {false, true})
      for (unsigned policy : {Policies::index<Fast>, Policies::index<Checked>}) {
        single.ub.markWritten(4096, 512);
        single.core.scalar(0) = postUpdate ? 4096 : 4096 - 64;
        single.core.scalar(1) = 16;
        RC_ASSERT(single.run(loadInstruction(postUpdate, load.dist), policy));
        for (int byte = 0; byte < int(registerBytes); ++byte) {
          int source = load.source(byte);
          RC_ASSERT(single.core.wide(4)[byte] == (source < 0 ? 0 : memory[source]));
        }
        if (postUpdate)
          RC_ASSERT(single.core.scalar(2) == 4096u + 64);
      }
}

TEST(Vlds, ReachesToTheLastByteAndNoFurther) {
  SingleInstruction single;
  single.ub.markWritten(0, single.ub.capacity());
  for (const LoadCase &load : loads) {
    single.core.scalar(1) = 0;
    single.core.scalar(0) = uint64_t(single.ub.capacity() - load.footprint);
    EXPECT_TRUE(single.run(loadInstruction(false, load.dist))) << load.dist;
  }
}

RC_GTEST_PROP(Vsts, PutsActiveLanesInTheirPlacesAndLeavesTheRest, ()) {
  Bytes value = drawBytes(registerBytes), memory = drawBytes(512);
  Bytes mask = *rc::gen::container<Bytes>(registerBytes, rc::gen::inRange<uint8_t>(0, 2));
  for (const StoreCase &store : stores)
    for (bool postUpdate : {false, true})
      for (unsigned policy : {Policies::index<Fast>, Policies::index<Checked>}) {
        SingleInstruction single;
        std::memcpy(single.core.wide(0), value.data(), registerBytes);
        std::memcpy(single.core.wide(1), mask.data(), registerBytes);
        single.poke(4096, memory);
        single.core.scalar(0) = postUpdate ? 4096 : 4096 - 64;
        single.core.scalar(1) = 16;
        RC_ASSERT(single.run(storeInstruction(postUpdate, store.dist), policy));
        int storedLane = store.laneBytes * store.stored / int(registerBytes);
        for (int byte = 0; byte < 512; ++byte) {
          bool active = byte < store.stored && mask[byte / storedLane * store.laneBytes];
          RC_ASSERT(single.peek(4096 + byte) == (active ? value[store.source(byte)] : memory[byte]));
          if (policy == Policies::index<Checked>)
            RC_ASSERT(single.ub.isWritten(4096 + byte, 1) == active);
        }
        if (postUpdate)
          RC_ASSERT(single.core.scalar(2) == 4096u + 64);
      }
}

TEST(Vsts, WritesOnlyLaneZeroForAPointWhateverTheMask) {
  for (auto [dist, bytes] : {std::pair("1PT_B8", 1), std::pair("1PT_B16", 2), std::pair("1PT_B32", 4)}) {
    SingleInstruction single;
    std::memset(single.core.wide(0), 0xab, registerBytes);
    single.core.scalar(0) = 4096;
    ASSERT_TRUE(single.run(storeInstruction(false, dist)));
    EXPECT_TRUE(single.ub.isWritten(4096, bytes));
    EXPECT_EQ(single.peek(4096 + bytes - 1), 0xab);
    EXPECT_EQ(single.peek(4096 + bytes), 0);
  }
}

TEST(Vsts, OnlyActiveLanesHaveToBeInside) {
  SingleInstruction single;
  std::memset(single.core.wide(0), 0xab, registerBytes);
  int64_t size = single.ub.capacity();
  single.core.scalar(0) = uint64_t(size - 32);
  std::memset(single.core.wide(1), 1, 32);
  EXPECT_TRUE(single.run(storeInstruction(false, "NORM_B32")));
  EXPECT_EQ(single.peek(size - 1), 0xab);
  std::memset(single.core.wide(1), 0, registerBytes);
  single.core.scalar(0) = 0x7fffffffffffff00;
  EXPECT_TRUE(single.run(storeInstruction(false, "NORM_B32")));
}

// Which bit in memory each bit of a predicate comes from, or the other way round.
struct PredicateCase {
  const char *dist;
  int bytes, unit;
  int (*bit)(int bit);
};

// plds, pldi: base, offset -> predicate. psts, psti: predicate, base, offset.
Instruction predicateAccess(llvm::StringRef op, llvm::StringRef dist) {
  Instruction made(*opTable().find(op, dist, LaneType::None));
  made.operand = op.starts_with("pto.pl") ? std::array<uint32_t, 4>{0, 1} : std::array<uint32_t, 4>{0, 0, 1};
  made.result = {4, 0};
  return made;
}

RC_GTEST_PROP(PredicateLoad, TakesEveryBitFromItsPlace, ()) {
  constexpr PredicateCase cases[] = {{"NORM", 32, 32, [](int b) { return b; }},
                                     {"US", 16, 16, [](int b) { return b / 2; }},
                                     {"DS", 64, 32, [](int b) { return 2 * b; }}};
  Bytes memory = drawBytes(64);
  for (const PredicateCase &load : cases)
    for (bool immediate : {false, true}) {
      SingleInstruction single;
      single.poke(4096, memory);
      single.ub.markWritten(0, single.ub.capacity());
      single.core.scalar(0) = uint64_t(4096 - 3 * load.unit);
      single.core.scalar(1) = uint64_t(immediate ? 3 : 3 * load.unit); // units or bytes
      RC_ASSERT(single.run(predicateAccess(immediate ? "pto.pldi" : "pto.plds", load.dist)));
      for (int bit = 0; bit < int(registerBytes); ++bit) {
        int from = load.bit(bit);
        RC_ASSERT(single.core.wide(4)[bit] == (memory[size_t(from / 8)] >> from % 8 & 1));
      }
      single.core.scalar(0) = uint64_t(single.ub.capacity() - load.bytes);
      single.core.scalar(1) = 0;
      RC_ASSERT(single.run(predicateAccess(immediate ? "pto.pldi" : "pto.plds", load.dist)));
    }
}

RC_GTEST_PROP(PredicateStore, PutsEveryBitInItsPlaceAndNoMore, ()) {
  constexpr PredicateCase cases[] = {{"NORM", 32, 32, [](int b) { return b; }},
                                     {"PK", 16, 16, [](int b) { return 2 * b; }}};
  Bytes predicate = *rc::gen::container<Bytes>(registerBytes, rc::gen::inRange<uint8_t>(0, 2));
  for (const PredicateCase &store : cases)
    for (bool immediate : {false, true}) {
      SingleInstruction single;
      std::memcpy(single.core.wide(0), predicate.data(), registerBytes);
      single.poke(4096, Bytes(64, 0xa5));
      single.core.scalar(0) = uint64_t(4096 - 5 * store.unit);
      single.core.scalar(1) = uint64_t(immediate ? 5 : 5 * store.unit);
      RC_ASSERT(single.run(predicateAccess(immediate ? "pto.psti" : "pto.psts", store.dist)));
      for (int bit = 0; bit < 8 * store.bytes; ++bit)
        RC_ASSERT((single.peek(4096 + bit / 8) >> bit % 8 & 1) == predicate[size_t(store.bit(bit))]);
      RC_ASSERT(single.peek(4096 + store.bytes) == 0xa5);
      RC_ASSERT(single.ub.isWritten(4096, store.bytes) && !single.ub.isWritten(4096 + store.bytes, 1));
    }
}

} // namespace
} // namespace pto::sim::testing
