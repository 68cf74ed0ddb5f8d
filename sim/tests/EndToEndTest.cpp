// Whole kernels: from text to the bytes in global memory.
#include "sim/tests/Kernel.h"
#include <gtest/gtest.h>
#include <numeric>

namespace pto::sim::testing {
namespace {

TEST(EndToEnd, AddsTwoVectorsWithATail) {
  Kernel kernel(kernelText("%a: !pto.ptr<f32>, %b: !pto.ptr<f32>, %out: !pto.ptr<f32>", R"(
    %c0 = arith.constant 0 : index
    %c64 = arith.constant 64 : index
    %c200 = arith.constant 200 : index
    %count = arith.constant 200 : i32
    %z = arith.constant 0 : i64
    %one = arith.constant 1 : i64
    %bytes = arith.constant 800 : i64
    %at_b = arith.constant 4096 : i64
    %at_out = arith.constant 8192 : i64
    %ub_a = pto.castptr %z : i64 -> !pto.ptr<f32, ub>
    %ub_b = pto.castptr %at_b : i64 -> !pto.ptr<f32, ub>
    %ub_out = pto.castptr %at_out : i64 -> !pto.ptr<f32, ub>
    pto.mte_gm_ub %a, %ub_a, %z, %bytes nburst(%one, %bytes, %bytes)
      : !pto.ptr<f32>, !pto.ptr<f32, ub>, i64, i64, i64, i64, i64
    pto.mte_gm_ub %b, %ub_b, %z, %bytes nburst(%one, %bytes, %bytes)
      : !pto.ptr<f32>, !pto.ptr<f32, ub>, i64, i64, i64, i64, i64
    pto.set_flag["PIPE_MTE2", "PIPE_V", "EVENT_ID0"]
    pto.wait_flag["PIPE_MTE2", "PIPE_V", "EVENT_ID0"]
    pto.vecscope {
      %left = scf.for %i = %c0 to %c200 step %c64 iter_args(%remaining = %count) -> (i32) {
        %mask, %rest = pto.plt_b32 %remaining : i32 -> !pto.mask<b32>, i32
        %x = pto.vlds %ub_a[%i] : !pto.ptr<f32, ub> -> !pto.vreg<64xf32>
        %y = pto.vlds %ub_b[%i] : !pto.ptr<f32, ub> -> !pto.vreg<64xf32>
        %sum = pto.vadd %x, %y, %mask : !pto.vreg<64xf32>, !pto.vreg<64xf32>, !pto.mask<b32> -> !pto.vreg<64xf32>
        pto.vsts %sum, %ub_out[%i], %mask : !pto.vreg<64xf32>, !pto.ptr<f32, ub>, !pto.mask<b32>
        scf.yield %rest : i32
      }
    }
    pto.set_flag["PIPE_V", "PIPE_MTE3", "EVENT_ID0"]
    pto.wait_flag["PIPE_V", "PIPE_MTE3", "EVENT_ID0"]
    pto.mte_ub_gm %ub_out, %out, %bytes nburst(%one, %bytes, %bytes)
      : !pto.ptr<f32, ub>, !pto.ptr<f32>, i64, i64, i64, i64
    pto.barrier #pto.pipe<PIPE_ALL>)"));
  std::vector<float> a(200), b(200), out(200, -1), expected(200);
  std::iota(a.begin(), a.end(), 1.0f);
  std::iota(b.begin(), b.end(), 0.5f);
  for (size_t i = 0; i < a.size(); ++i)
    expected[i] = a[i] + b[i];
  RunReport report = kernel.run({buffer("a", a), buffer("b", b), buffer("out", out)});
  EXPECT_FALSE(report.fault) << report.fault->message;
  EXPECT_EQ(out, expected);
}

} // namespace
} // namespace pto::sim::testing
