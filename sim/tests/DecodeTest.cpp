// What the decoder refuses, in which words, and what it says about itself.
#include "sim/tests/Kernel.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pto::sim::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string refusals(const std::string &body, const std::string &parameters = "%in: !pto.ptr<f32>") {
  return Kernel(kernelText(parameters, body)).refusals();
}

TEST(Refusals, NameEveryOpThatIsNotSimulatedAtOnce) {
  EXPECT_THAT(
      refusals(R"(%z = arith.constant 0 : i64
%u = pto.castptr %z : i64 -> !pto.ptr<f32, ub>
%m = pto.pset_b32 "PAT_ALL" : !pto.mask<b32>
%c = arith.constant 1.0 : f32
%v = pto.vbr %c : f32 -> !pto.vreg<64xf32>
%i = pto.vbitcast %v : !pto.vreg<64xf32> -> !pto.vreg<64xi32>
%r = pto.vselrv2 %v, %i : !pto.vreg<64xf32>, !pto.vreg<64xi32> -> !pto.vreg<64xf32>
%j = arith.constant 0 : index
%s = pto.vlds %u[%j] {dist = "SPLT4CHN"} : !pto.ptr<f32, ub> -> !pto.vreg<64xf32>
%t = pto.vselrv2 %r, %i : !pto.vreg<64xf32>, !pto.vreg<64xi32> -> !pto.vreg<64xf32>)"),
      StartsWith("kernel.pto:9:6: pto.vselrv2 is not simulated (it is for other chips) (2 places, the first one here)\n"
                 "kernel.pto:11:6: pto.vlds with \"SPLT4CHN\" is not simulated"));
}

TEST(Refusals, NameAFormThatIsNotSimulatedAndThoseThatAre) {
  EXPECT_EQ(
      refusals(R"(%z = arith.constant 0 : i64
%i = arith.constant 0 : index
%u = pto.castptr %z : i64 -> !pto.ptr<i8, ub>
%v = pto.vlds %u[%i] {dist = "SPLT4CHN"} : !pto.ptr<i8, ub> -> !pto.vreg<256xi8>)"),
      "kernel.pto:6:6: pto.vlds with \"SPLT4CHN\" is not simulated (the editions of the manual disagree about which "
      "elements it takes, and this chip's toolkit refuses it); simulated: BRC_B16, BRC_B32, BRC_B8, "
      "BRC_BLK, DS_B16, DS_B8, E2B_B16, E2B_B32, NORM, UNPK4, UNPK_B16, UNPK_B32, UNPK_B8, US_B16, US_B8");
}

TEST(Refusals, NameLanesThatAreNotSimulated) {
  EXPECT_EQ(
      refusals(R"(%z = arith.constant 0 : i64
%i = arith.constant 0 : index
%u = pto.castptr %z : i64 -> !pto.ptr<f8E4M3FN, ub>
%m = pto.pset_b8 "PAT_ALL" : !pto.mask<b8>
%v = pto.vlds %u[%i] : !pto.ptr<f8E4M3FN, ub> -> !pto.vreg<256xf8E4M3FN>
%n = pto.vnot %v, %m : !pto.vreg<256xf8E4M3FN>, !pto.mask<b8> -> !pto.vreg<256xf8E4M3FN>)"),
      "kernel.pto:8:6: pto.vnot on lanes of f8E4M3FN is not simulated (the hardware only loads, stores and converts "
      "lanes of this type); simulated: i8, i16, i32, ui8, ui16, ui32, f16, bf16, f32");
}

TEST(Refusals, SayWhatTheHardwareLacks) {
  std::string load = R"(%z = arith.constant 0 : i64
%i = arith.constant 0 : index
%u = pto.castptr %z : i64 -> !pto.ptr<i64, ub>
%m = pto.pset_b32 "PAT_ALL" : !pto.mask<b32>
%v = pto.vlds %u[%i] : !pto.ptr<i64, ub> -> !pto.vreg<32xi64>
)";
  EXPECT_EQ(
      refusals(load + "%s = pto.vnot %v, %m : !pto.vreg<32xi64>, !pto.mask<b32> -> !pto.vreg<32xi64>"),
      "kernel.pto:8:6: pto.vnot on lanes of i64 is not simulated (the hardware only loads and stores 64-bit lanes); "
      "simulated: i8, i16, i32, ui8, ui16, ui32, f16, bf16, f32");
  EXPECT_EQ(refusals(load + "pto.vsts %v, %u[%i], %m : !pto.vreg<32xi64>, !pto.ptr<i64, ub>, !pto.mask<b32>"),
            "kernel.pto:8:1: pto.vsts of 64-bit lanes needs a dist: the hardware stores them with PK_B64 only");
}

TEST(Refusals, NameTypesOfScalars) {
  EXPECT_THAT(refusals("%a = arith.constant 1 : i128\n%b = arith.addi %a, %a : i128"),
              HasSubstr("kernel.pto:3:6: arith.constant of type i128 is not simulated"));
  EXPECT_THAT(refusals("%b = arith.addi %a, %a : i128", "%a: i128"),
              HasSubstr("argument 0 of kernel is i128; a kernel takes pointers and scalars"));
}

TEST(Refusals, NameArgumentsThatAreNoKernelArguments) {
  EXPECT_THAT(refusals("", "%u: !pto.ptr<f32, ub>"),
              HasSubstr("argument 0 of kernel points into ub; a kernel's pointers are into gm"));
}

TEST(Refusals, NameWhatAScopeMayNotCall) {
  Kernel flag(R"(module {
    func.func private @helper() {
      pto.set_flag["PIPE_V", "PIPE_MTE3", "EVENT_ID0"]
      pto.vecscope { %m = pto.pset_b32 "PAT_ALL" : !pto.mask<b32> }
      return
    }
    func.func @kernel() attributes {pto.kernel} {
      pto.vecscope { func.call @helper() : () -> () }
      return
    }
  })");
  EXPECT_EQ(flag.refusals(),
            "kernel.pto:3:7: pto.set_flag in a function that is called in a vector scope is not simulated\n"
            "kernel.pto:4:7: pto.vecscope in a function that is called in a vector scope is not simulated");
}

TEST(Refusals, NameCallsThatCannotBeInlined) {
  Kernel recursive(R"(module {
    func.func @kernel() { func.call @kernel() : () -> ()
      return }
  })");
  EXPECT_EQ(recursive.refusals(), "kernel.pto:2:27: func.call of @kernel is recursive, which is not simulated");
  Kernel declared(R"(module {
    func.func private @other()
    func.func @kernel() { func.call @other() : () -> ()
      return }
  })");
  EXPECT_EQ(declared.refusals(), "kernel.pto:3:27: func.call of @other, which has no body here, is not simulated");
}

TEST(Refusals, NameUnstructuredControlFlow) {
  Kernel blocks("module { func.func @kernel() { cf.br ^next\n^next:\nreturn } }");
  EXPECT_THAT(blocks.refusals(),
              HasSubstr("kernel has more than one block; only structured control flow is simulated"));
}

TEST(Refusals, NameWhatIsNoKernel) {
  Kernel declaration("module { func.func private @kernel() }");
  EXPECT_THAT(declaration.refusals(), HasSubstr("kernel has no body"));
  EXPECT_EQ(llvm::toString(decode(nullptr).takeError()), "only a func.func can be decoded");
}

TEST(Refusals, BoundWhatInliningCanGrowTo) {
  std::string module = "module {\nfunc.func private @f0() { return }\n";
  for (int i = 1; i <= 30; ++i) {
    std::string call = "func.call @f" + std::to_string(i - 1) + "() : () -> ()\n";
    module += "func.func private @f" + std::to_string(i) + "() {\n" + call + call + "return }\n";
  }
  module += "func.func @kernel() {\nfunc.call @f30() : () -> ()\nreturn }\n}";
  EXPECT_THAT(Kernel(module).refusals(), HasSubstr("kernel becomes 1048576 operations or more"));
}

TEST(Target, BoundsUbByTheArchOfTheModule) {
  Kernel kernel(R"(module attributes {pto.target_arch = "a3"} { func.func @kernel() {
    %at = arith.constant 196608 : i64
    %zero = arith.constant 0 : index
    %ub = pto.castptr %at : i64 -> !pto.ptr<i32, ub>
    %v = pto.load_scalar %ub[%zero] : !pto.ptr<i32, ub> -> i32
    return } })");
  EXPECT_THAT(kernel.run({}).fault->message, HasSubstr("past the end of ub (196608 bytes)"));
}

TEST(SimulatedOps, AreSortedAndOnlyOps) {
  std::vector<std::string> ops;
  for (const SimulatedOp &op : simulatedOps())
    ops.push_back(op.name);
  EXPECT_TRUE(std::is_sorted(ops.begin(), ops.end()));
  for (const char *op : {"pto.vadd", "pto.vlds", "pto.mte_gm_ub", "scf.for", "scf.yield", "arith.constant",
                         "func.return", "pto.strict_vecscope", "pto.plt_b16"})
    EXPECT_THAT(ops, Contains(op));
  for (const std::string &op : ops)
    EXPECT_THAT(op, Not(HasSubstr(" ")));
}

TEST(Program, RunsAsOftenAsOneLikes) {
  Kernel kernel(kernelText("%out: !pto.ptr<i64>, %v: i64", "%z = arith.constant 0 : index\n"
                                                           "pto.store_scalar %v, %out[%z] : !pto.ptr<i64>, i64"));
  llvm::Expected<ProgramPtr> program = kernel.decode();
  ASSERT_TRUE(bool(program));
  EXPECT_EQ(instructionCount(**program), 2u);
  for (uint64_t value : {1, 2}) {
    std::vector<uint64_t> out(1);
    EXPECT_EQ(run(**program, {buffer("out", out), scalar("v", value)}, {}).instructionsExecuted, 2u);
    EXPECT_EQ(out[0], value);
  }
}

} // namespace
} // namespace pto::sim::testing
