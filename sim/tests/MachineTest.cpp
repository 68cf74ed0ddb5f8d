// Memories, pointers, flags, targets.
#include "sim/machine/Arch.h"
#include "sim/machine/Flags.h"
#include "sim/machine/GmPointer.h"
#include "sim/memory/LocalMemory.h"
#include <gtest/gtest.h>
#include <limits>

namespace pto::sim {
namespace {

constexpr int64_t lowest = std::numeric_limits<int64_t>::min(), highest = std::numeric_limits<int64_t>::max();

TEST(Arch, KnowsTheMemoriesOfEachTarget) {
  EXPECT_EQ(findArch("a5")->size(MemorySpace::Ub), 256u * 1024);
  EXPECT_EQ(findArch("a3")->size(MemorySpace::Ub), 192u * 1024);
  EXPECT_EQ(findArch("a7"), nullptr);
  EXPECT_EQ(knownArchs(), "a5, a3, a2, a2a3");
}

TEST(LocalMemory, ContainsOnlyWhatLiesInsideWhateverTheNumbers) {
  LocalMemory memory(MemorySpace::Ub, 1024);
  memory.open();
  EXPECT_TRUE(memory.contains(0, 1024));
  EXPECT_TRUE(memory.contains(1024, 0));
  EXPECT_FALSE(memory.contains(1, 1024));
  EXPECT_FALSE(memory.contains(-1, 1));
  EXPECT_FALSE(memory.contains(0, -1));
  EXPECT_FALSE(memory.contains(highest, highest));
  EXPECT_FALSE(memory.contains(lowest, 1));
}

TEST(LocalMemory, IsZeroAndUnwrittenAtTheStart) {
  LocalMemory memory(MemorySpace::Ub, 1024);
  memory.open();
  EXPECT_FALSE(memory.isPartlyWritten(0, 1024));
  memory.markWritten(64, 32);
  EXPECT_TRUE(memory.isWritten(64, 32));
  EXPECT_FALSE(memory.isWritten(64, 33));
  EXPECT_TRUE(memory.isPartlyWritten(0, 65));
  memory.clear();
  EXPECT_FALSE(memory.isPartlyWritten(0, 1024));
}

TEST(GmPointer, KeepsItsArgumentWhereverItMoves) {
  uint64_t pointer = GmPointer::pack(3, 0);
  uint64_t before = *GmPointer::advance(pointer, -5);
  EXPECT_EQ(GmPointer::argument(before), 3u);
  EXPECT_EQ(GmPointer::offset(before), -5);
  EXPECT_EQ(GmPointer::advance(before, 5), pointer);
}

TEST(GmPointer, RefusesToMoveFurtherThanAnyBufferReaches) {
  uint64_t pointer = GmPointer::pack(0, 100);
  EXPECT_FALSE(GmPointer::advance(pointer, highest));
  EXPECT_FALSE(GmPointer::advance(pointer, lowest));
  EXPECT_FALSE(GmPointer::advance(pointer, GmPointer::offsetLimit - 100));
  EXPECT_TRUE(GmPointer::advance(pointer, GmPointer::offsetLimit - 101));
}

TEST(GmPointer, AnIntegerBelongsToNoArgument) {
  EXPECT_FALSE(GmPointer::argument(0x1234));
}

TEST(Flags, AWaitTakesOneSet) {
  Flags flags;
  const Flag flag{Pipe::Mte2, Pipe::V, 3};
  EXPECT_FALSE(flags.wait(flag));
  EXPECT_EQ(flags.set(flag), 1u);
  EXPECT_EQ(flags.set(flag), 2u);
  EXPECT_TRUE(flags.wait(flag));
  EXPECT_TRUE(flags.wait(flag));
  EXPECT_FALSE(flags.wait(flag));
}

TEST(Flags, SpellsWhatItParses) {
  EXPECT_EQ(parsePipe("PIPE_MTE3"), Pipe::Mte3);
  EXPECT_EQ(parsePipe("MTE3"), std::nullopt);
  EXPECT_EQ(parseEvent("EVENT_ID7"), 7u);
  EXPECT_EQ(parseEvent("EVENT_ID8"), std::nullopt);
  EXPECT_EQ(Flag::at(Flag{Pipe::V, Pipe::Mte3, 2}.index()).describe(), "PIPE_V -> PIPE_MTE3, EVENT_ID2");
}

} // namespace
} // namespace pto::sim
