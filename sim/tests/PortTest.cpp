// The one way to memory: what the policies hear of every access, and that there is no other way.
#include "sim/memory/Port.h"
#include "sim/ops/OpTable.h"
#include "sim/tests/Kernel.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pto::sim::testing {
namespace {

using ::testing::ElementsAre;

// Nobody but the port gets at the bytes.
template <class Memory>
concept GivesAwayBytes = requires(Memory memory) {
  memory.at(0);
}
|| requires(Memory memory) {
  memory.bytes;
}
|| requires(Memory memory) {
  memory.find(0, 0);
}
|| requires(Memory memory) {
  memory.arguments;
};
static_assert(!GivesAwayBytes<LocalMemory> && !GivesAwayBytes<GlobalMemory>);

// No instruction without a pipe.
static_assert(!std::is_default_constructible_v<Code> && !std::is_constructible_v<Code, Handler> &&
              !std::is_default_constructible_v<Instruction>);

std::string describe(const Touch &touch) {
  const char *verbs[] = {" reads", " writes", " updates"};
  std::string words = name(touch.instruction.code.pipe).str() + verbs[unsigned(touch.access)];
  touch.forEachRun([&](uint64_t address, int64_t bytes) {
    bool isGm = touch.range.space == MemorySpace::Gm;
    std::string where = isGm ? "gm" + std::to_string(*GmPointer::argument(address)) : name(touch.range.space).str();
    words += " " + where + "+" + std::to_string(isGm ? GmPointer::offset(address) : int64_t(address)) + ":" +
             std::to_string(bytes);
  });
  return words;
}

/// What is touched by a kernel of two buffers of 256 bytes.
std::vector<std::string> touches(const std::string &body) {
  Kernel kernel(
      kernelText("%in: !pto.ptr<i32>, %out: !pto.ptr<i32>",
                 "%z = arith.constant 0 : i64 %one = arith.constant 1 : i64 %two = arith.constant 2 : i64\n"
                 "%n32 = arith.constant 32 : i64 %n64 = arith.constant 64 : i64 %i = arith.constant 1 : index\n"
                 "%ub = pto.castptr %z : i64 -> !pto.ptr<i32, ub>\n" +
                     body));
  std::vector<int32_t> in(64), out(64);
  llvm::Expected<ProgramPtr> program = kernel.decode();
  if (!program) {
    ADD_FAILURE() << llvm::toString(program.takeError());
    return {};
  }
  std::vector<Argument> arguments = {buffer("in", in), buffer("out", out)};
  Machine machine(**program, arguments, LaunchOptions());
  std::vector<std::string> heard;
  auto listen = [&](Core &, const Touch &touch) { heard.push_back(describe(touch)); };
  machine.onTouch = listen;
  machine.run<Traced>();
  EXPECT_FALSE(machine.report.fault) << machine.report.fault->message;
  return heard;
}

TEST(Port, HearsOfEveryBurstOfATransferWithItsPadding) {
  EXPECT_THAT(touches("%v = arith.constant 7 : i32\n"
                      "pto.mte_gm_ub %in, %ub, %z, %n32 nburst(%two, %n64, %n64) pad(%v, %one, %z)\n"
                      " : !pto.ptr<i32>, !pto.ptr<i32, ub>, i64, i64, i64, i64, i64, pad i32, i64, i64"),
              ElementsAre("PIPE_MTE2 reads gm0+0:32", "PIPE_MTE2 writes ub+0:64", "PIPE_MTE2 reads gm0+64:32",
                          "PIPE_MTE2 writes ub+64:64"));
  EXPECT_THAT(touches("pto.mte_ub_gm %ub, %out, %n32 nburst(%two, %n32, %n64) : !pto.ptr<i32, ub>, !pto.ptr<i32>, i64, "
                      "i64, i64, i64"),
              ElementsAre("PIPE_MTE3 reads ub+0:32", "PIPE_MTE3 writes gm1+0:32", "PIPE_MTE3 reads ub+32:32",
                          "PIPE_MTE3 writes gm1+64:32"));
  EXPECT_THAT(
      touches("pto.mte_ub_ub %ub, %ub, %one nburst(%two, %one, %z) : !pto.ptr<i32, ub>, !pto.ptr<i32, ub>, i64, "
              "i64, i64, i64"),
      ElementsAre("PIPE_V reads ub+0:32", "PIPE_V writes ub+0:32", "PIPE_V reads ub+64:32", "PIPE_V writes ub+32:32"));
}

TEST(Port, HearsThatAnAtomicStoreUpdates) {
  EXPECT_THAT(touches("%c = arith.constant 0x100 : i64\npto.set_ctrl %c : i64\n"
                      "pto.mte_ub_gm %ub, %out, %n32 nburst(%one, %n32, %n32) : !pto.ptr<i32, ub>, !pto.ptr<i32>, i64, "
                      "i64, i64, i64"),
              ElementsAre("PIPE_MTE3 reads ub+0:32", "PIPE_MTE3 updates gm1+0:32"));
}

TEST(Port, HearsOfTheLanesThatAStoreTouches) {
  EXPECT_THAT(touches("%m = pto.pset_b32 \"PAT_VL2\" : !pto.mask<b32> %t = pto.pset_b32 \"PAT_M3\" : !pto.mask<b32>\n"
                      "%o = arith.constant 8 : index\n"
                      "%v = pto.vlds %ub[%o] {dist = \"BRC_B32\"} : !pto.ptr<i32, ub> -> !pto.vreg<64xi32>\n"
                      "pto.vsts %v, %ub[%o], %m : !pto.vreg<64xi32>, !pto.ptr<i32, ub>, !pto.mask<b32>\n"
                      "pto.vsts %v, %ub[%o], %m {dist = \"1PT_B32\"} : !pto.vreg<64xi32>, !pto.ptr<i32, ub>, "
                      "!pto.mask<b32>\n"),
              ElementsAre("PIPE_V reads ub+32:4", "PIPE_V writes ub+32:8", "PIPE_V writes ub+32:4"));
}

TEST(Port, HearsOfPredicatesAndSingleElements) {
  EXPECT_THAT(
      touches(
          "%m = pto.pldi %ub[%i], \"US\" : !pto.ptr<i32, ub>, index -> !pto.mask<b8>\n"
          "pto.psti %m, %ub[%i], \"NORM\" : !pto.mask<b8>, !pto.ptr<i32, ub>, index\n"
          "%v = pto.load_scalar %in[%i] : !pto.ptr<i32> -> i32\npto.store_scalar %v, %ub[%i] : !pto.ptr<i32, ub>, i32"),
      ElementsAre("PIPE_V reads ub+16:16", "PIPE_V writes ub+32:32", "PIPE_S reads gm0+4:4", "PIPE_S writes ub+4:4"));
}

// A handler that is another one for each policy goes through a port: the tests above hear of all of these.
TEST(Port, IsWhatTheInstructionsThatTouchMemoryDifferIn) {
  std::vector<std::string> accessing;
  for (const std::string &op : opTable().names())
    for (const std::string &variant : opTable().variants(op))
      for (LaneType lanes : opTable().laneTypes(op, variant))
        if (const Code &code = *opTable().find(op, variant, lanes); code.by[0] != code.by[Policies::index<Traced>])
          if (accessing.empty() || accessing.back() != op)
            accessing.push_back(op);
  EXPECT_THAT(accessing,
              ElementsAre("pto.load", "pto.load_scalar", "pto.mte_gm_ub", "pto.mte_ub_gm", "pto.mte_ub_ub", "pto.pldi",
                          "pto.plds", "pto.psti", "pto.psts", "pto.store", "pto.store_scalar", "pto.vlds", "pto.vsts"));
}

TEST(OpTableDeathTest, RefusesAnOpThatIsDeclaredForTwoPipes) {
  Handler handler = [](Core &, const Instruction &at) { return &at + 1; };
  OpTable table;
  table.add("pto.some", "A", Code(Pipe::V, handler));
  EXPECT_EQ(table.pipe("pto.some"), Pipe::V);
  EXPECT_DEATH(table.add("pto.some", "B", Code(Pipe::Mte3, handler)),
               "pto.some is declared for PIPE_V and for PIPE_MTE3");
}

} // namespace
} // namespace pto::sim::testing
