// The one way to memory: what the policies hear of every access, and that there is no other way.
#include "sim/memory/Port.h"
#include "sim/ops/OpTable.h"
#include "sim/tests/Kernel.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pto::sim::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;

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

TEST(Port, HearsOfBothRegistersOfAPair) {
  EXPECT_THAT(touches("%o = arith.constant 128 : index %m = pto.pset_b32 \"PAT_ALLF\" : !pto.mask<b32>\n"
                      "%a, %b = pto.vldsx2 %ub[%o], \"DINTLV_B32\" : !pto.ptr<i32, ub>, index -> !pto.vreg<64xi32>, "
                      "!pto.vreg<64xi32>\n"
                      "pto.vstsx2 %a, %b, %ub[%o], \"INTLV_B32\", %m : !pto.vreg<64xi32>, !pto.vreg<64xi32>, "
                      "!pto.ptr<i32, ub>, index, !pto.mask<b32>"),
              ElementsAre("PIPE_V reads ub+512:512", "PIPE_V writes ub+512:512"));
}

TEST(Port, HearsOfBlocksAndElementsThatAreActive) {
  EXPECT_THAT(
      touches("%m = pto.pset_b32 \"PAT_VL2\" : !pto.mask<b32> %s = arith.constant 3 : i16 %c = arith.constant 5 : i32\n"
              "%v = pto.vci %c : i32 -> !pto.vreg<64xi32>\n"
              "%a = pto.vsldb %ub, %s, %s, %m : !pto.ptr<i32, ub>, i16, i16, !pto.mask<b32> -> !pto.vreg<64xi32>\n"
              "pto.vsstb %v, %ub, %s, %s, %m : !pto.vreg<64xi32>, !pto.ptr<i32, ub>, i16, i16, !pto.mask<b32>\n"
              "%b = pto.vgather2 %ub, %v, %m : !pto.ptr<i32, ub>, !pto.vreg<64xi32>, !pto.mask<b32> -> "
              "!pto.vreg<64xi32>\n"
              "%d = pto.vgather2_bc %ub, %v, %m : !pto.ptr<i32, ub>, !pto.vreg<64xi32>, !pto.mask<b32> -> "
              "!pto.vreg<64xi32>\n"
              "pto.vscatter %v, %ub, %v, %m : !pto.vreg<64xi32>, !pto.ptr<i32, ub>, !pto.vreg<64xi32>, !pto.mask<b32>\n"
              "%k = arith.constant 64 : i32 %o = pto.vbr %k : i32 -> !pto.vreg<64xi32>\n"
              "%e = pto.vgatherb %ub, %o, %m : !pto.ptr<i32, ub>, !pto.vreg<64xi32>, !pto.mask<b32> -> "
              "!pto.vreg<64xi32>"),
      ElementsAre("PIPE_V reads ub+96:32", "PIPE_V writes ub+96:8", "PIPE_V reads ub+20:4", "PIPE_V reads ub+24:4",
                  "PIPE_V reads ub+20:4", "PIPE_V reads ub+24:4", "PIPE_V writes ub+20:4", "PIPE_V writes ub+24:4",
                  "PIPE_V reads ub+64:32", "PIPE_V reads ub+64:32"));
}

// Whole blocks when they are full, the rest when it is flushed.
TEST(Port, HearsOfWhatAStreamTouches) {
  const char *kept = "%v = pto.vsqz %w, %m : !pto.vreg<64xi32>, !pto.mask<b32> -> !pto.vreg<64xi32>\n";
  std::string begin = "%m = pto.pset_b32 \"PAT_ALL\" : !pto.mask<b32> %p = pto.addptr %ub, %i : !pto.ptr<i32, ub> -> "
                      "!pto.ptr<i32, ub>\n"
                      "%c = arith.constant 9 : i32 %w = pto.vbr %c : i32 -> !pto.vreg<64xi32>\n"
                      "%a = pto.init_align : !pto.align\n";
  EXPECT_THAT(touches(begin +
                      "%b = pto.vstus %a, %c, %w, %p : !pto.align, i32, !pto.vreg<64xi32>, !pto.ptr<i32, ub> -> "
                      "!pto.align\n"
                      "pto.vstas %b, %p, %c : !pto.align, !pto.ptr<i32, ub>, i32"),
              ElementsAre("PIPE_V writes ub+4:28", "PIPE_V writes ub+32:8"));
  EXPECT_THAT(touches(begin + kept +
                      "%b = pto.vstur %a, %v, %p, \"POST_UPDATE\" : !pto.align, !pto.vreg<64xi32>, "
                      "!pto.ptr<i32, ub> -> !pto.align\n"
                      "pto.vstar %b, %p : !pto.align, !pto.ptr<i32, ub>"),
              ElementsAre("PIPE_V writes ub+4:252", "PIPE_V writes ub+256:4"));
  EXPECT_THAT(touches("%p = pto.addptr %ub, %i : !pto.ptr<i32, ub> -> !pto.ptr<i32, ub>\n"
                      "%a = pto.vldas %p : !pto.ptr<i32, ub> -> !pto.align\n"
                      "%v, %b = pto.vldus %p, %a : !pto.ptr<i32, ub>, !pto.align -> !pto.vreg<64xi32>, !pto.align"),
              ElementsAre("PIPE_V reads ub+0:32", "PIPE_V reads ub+32:256"));
  EXPECT_THAT(touches("%a = pto.init_align : !pto.align %m = pto.pset_b16 \"PAT_ALL\" : !pto.mask<b16>\n"
                      "%p = pto.castptr %z : i64 -> !pto.ptr<ui16, ub>\n"
                      "%b, %q = pto.pstu %a, %m, %p : !pto.align, !pto.mask<b16>, !pto.ptr<ui16, ub> -> !pto.align, "
                      "!pto.ptr<ui16, ub>\n"
                      "%d, %r = pto.pstu %b, %m, %q : !pto.align, !pto.mask<b16>, !pto.ptr<ui16, ub> -> !pto.align, "
                      "!pto.ptr<ui16, ub>"),
              ElementsAre("PIPE_V writes ub+0:32"));
}

TEST(Port, HearsOfSortsAndOlderCopies) {
  EXPECT_THAT(
      touches("%o = arith.constant 512 : index %l = arith.constant 0x10001 : i64 %k = arith.constant 0x301 : i64\n"
              "%s = pto.castptr %z : i64 -> !pto.ptr<f32, ub>\n"
              "%d = pto.addptr %s, %o : !pto.ptr<f32, ub> -> !pto.ptr<f32, ub>\n"
              "%t = pto.addptr %s, %i : !pto.ptr<f32, ub> -> !pto.ptr<f32, ub>\n"
              "%u = pto.addptr %t, %i : !pto.ptr<f32, ub> -> !pto.ptr<f32, ub>\n"
              "pto.vbitsort %d, %s, %ub, %i : !pto.ptr<f32, ub>, !pto.ptr<f32, ub>, !pto.ptr<i32, ub>, index\n"
              "pto.vmrgsort4 %d, %s, %u, %s, %s, %l, %k : !pto.ptr<f32, ub>, !pto.ptr<f32, ub>, "
              "!pto.ptr<f32, ub>, !pto.ptr<f32, ub>, !pto.ptr<f32, ub>, i64, i64"),
      ElementsAre("PIPE_V reads ub+0:128", "PIPE_V reads ub+0:128", "PIPE_V writes ub+2048:256", "PIPE_V reads ub+0:8",
                  "PIPE_V reads ub+8:8", "PIPE_V writes ub+2048:16"));
  EXPECT_THAT(touches("%no = arith.constant false\n"
                      "pto.set_loop_size_outtoub %two, %one : i64, i64\n"
                      "pto.set_loop1_stride_outtoub %n64, %n32 : i64, i64\n"
                      "pto.copy_gm_to_ubuf %in, %ub, %z, %one, %n32, %z, %z, %no, %z, %n32, %n32 : !pto.ptr<i32>, "
                      "!pto.ptr<i32, ub>, i64, i64, i64, i64, i64, i1, i64, i64, i64\n"
                      "pto.copy_ubuf_to_ubuf %ub, %ub, %z, %one, %one, %z, %z : !pto.ptr<i32, ub>, !pto.ptr<i32, ub>, "
                      "i64, i64, i64, i64, i64\n"
                      "pto.copy_ubuf_to_gm %ub, %out, %z, %one, %n32, %z, %n32, %n32 : !pto.ptr<i32, ub>, "
                      "!pto.ptr<i32>, i64, i64, i64, i64, i64, i64"),
              ElementsAre("PIPE_MTE2 reads gm0+0:32", "PIPE_MTE2 writes ub+0:32", "PIPE_MTE2 reads gm0+64:32",
                          "PIPE_MTE2 writes ub+32:32", "PIPE_V reads ub+0:32", "PIPE_V writes ub+0:32",
                          "PIPE_MTE3 reads ub+0:32", "PIPE_MTE3 writes gm1+0:32"));
}

// A handler that is another one for each policy goes through a port: the tests above hear of these, or of one with the
// same handler; ProductTest and FixpipeTest run those of the cube core.
TEST(Port, IsWhatTheInstructionsThatTouchMemoryDifferIn) {
  std::vector<std::string> accessing;
  for (const std::string &op : opTable().names())
    for (const std::string &variant : opTable().variants(op))
      for (LaneType lanes : opTable().laneTypes(op, variant))
        if (const Code &code = *opTable().find(op, variant, lanes); code.by[0] != code.by[Policies::index<Traced>])
          if (accessing.empty() || accessing.back() != op)
            accessing.push_back(op);
  EXPECT_THAT(accessing, ElementsAreArray({"pto.atomic_add",
                                           "pto.atomic_and",
                                           "pto.atomic_cas",
                                           "pto.atomic_exch",
                                           "pto.atomic_max",
                                           "pto.atomic_min",
                                           "pto.atomic_or",
                                           "pto.atomic_sub",
                                           "pto.atomic_xor",
                                           "pto.copy_cbuf_to_ubuf",
                                           "pto.copy_gm_to_cbuf",
                                           "pto.copy_gm_to_ubuf",
                                           "pto.copy_ubuf_to_cbuf",
                                           "pto.copy_ubuf_to_gm",
                                           "pto.copy_ubuf_to_ubuf",
                                           "pto.ldg",
                                           "pto.load",
                                           "pto.load_cbuf_to_ca",
                                           "pto.load_cbuf_to_cb",
                                           "pto.load_scalar",
                                           "pto.mad",
                                           "pto.mad_acc",
                                           "pto.mad_bias",
                                           "pto.mad_mx",
                                           "pto.mad_mx_acc",
                                           "pto.mad_mx_bias",
                                           "pto.mte_gm_l1",
                                           "pto.mte_gm_l1_frac",
                                           "pto.mte_gm_ub",
                                           "pto.mte_l0c_gm",
                                           "pto.mte_l0c_l1",
                                           "pto.mte_l0c_ub",
                                           "pto.mte_l1_bt",
                                           "pto.mte_l1_fb",
                                           "pto.mte_l1_l0a",
                                           "pto.mte_l1_l0a_mx",
                                           "pto.mte_l1_l0b",
                                           "pto.mte_l1_l0b_mx",
                                           "pto.mte_l1_ub",
                                           "pto.mte_ub_gm",
                                           "pto.mte_ub_l1",
                                           "pto.mte_ub_ub",
                                           "pto.pldi",
                                           "pto.plds",
                                           "pto.psti",
                                           "pto.psts",
                                           "pto.pstu",
                                           "pto.simt_launch",
                                           "pto.stg",
                                           "pto.store",
                                           "pto.store_scalar",
                                           "pto.vbitsort",
                                           "pto.vgather2",
                                           "pto.vgather2_bc",
                                           "pto.vgatherb",
                                           "pto.vldas",
                                           "pto.vlds",
                                           "pto.vldsx2",
                                           "pto.vldus",
                                           "pto.vmrgsort4",
                                           "pto.vscatter",
                                           "pto.vsldb",
                                           "pto.vsstb",
                                           "pto.vstar",
                                           "pto.vstas",
                                           "pto.vsts",
                                           "pto.vstsx2",
                                           "pto.vstur",
                                           "pto.vstus"}));
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
