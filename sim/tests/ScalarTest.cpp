// The scalar unit, through small kernels that store one result.
#include "sim/ops/ScalarFloat.h"
#include "sim/tests/Kernel.h"
#include "llvm/ADT/APFloat.h"
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace pto::sim::testing {
namespace {

struct ScalarCase {
  const char *body; ///< defines %r
  const char *type; ///< of %r
  uint64_t expected;
};

// %a and %b are i32, %x and %y are f32.
constexpr ScalarCase scalarCases[] = {
    {"%r = arith.addi %a, %b : i32", "i32", 0xfffffffc},
    {"%r = arith.subi %b, %a : i32", "i32", 10},
    {"%r = arith.muli %a, %b : i32", "i32", uint32_t(-21)},
    {"%r = arith.divsi %a, %b : i32", "i32", uint32_t(-2)},
    {"%r = arith.remsi %a, %b : i32", "i32", uint32_t(-1)},
    {"%r = arith.floordivsi %a, %b : i32", "i32", uint32_t(-3)},
    {"%r = arith.ceildivsi %a, %b : i32", "i32", uint32_t(-2)},
    {"%r = arith.ceildivsi %b, %b : i32", "i32", 1},
    {"%r = arith.divui %a, %b : i32", "i32", 0xfffffff9 / 3},
    {"%r = arith.remui %a, %b : i32", "i32", 0xfffffff9 % 3},
    {"%r = arith.ceildivui %a, %b : i32", "i32", 0x55555553},
    {"%t = arith.constant 2 : i32\n%r = arith.ceildivui %b, %t : i32", "i32", 2},
    {"%r = arith.andi %a, %b : i32", "i32", 1},
    {"%r = arith.ori %a, %b : i32", "i32", 0xfffffffb},
    {"%r = arith.xori %a, %b : i32", "i32", 0xfffffffa},
    {"%r = arith.shli %a, %b : i32", "i32", 0xffffffc8},
    {"%r = arith.shrui %a, %b : i32", "i32", 0x1fffffff},
    {"%r = arith.shrsi %a, %b : i32", "i32", 0xffffffff},
    {"%r = arith.shli %b, %a : i32", "i32", 0},
    {"%r = arith.shrui %b, %a : i32", "i32", 0},
    {"%r = arith.shrsi %a, %a : i32", "i32", 0xffffffff},
    {"%r = arith.maxsi %a, %b : i32", "i32", 3},
    {"%r = arith.minsi %a, %b : i32", "i32", 0xfffffff9},
    {"%r = arith.maxui %a, %b : i32", "i32", 0xfffffff9},
    {"%r = arith.minui %a, %b : i32", "i32", 3},
    {"%m = arith.constant -2147483648 : i32\n%n = arith.constant -1 : i32\n%r = arith.divsi %m, %n : i32", "i32",
     0x80000000},
    {"%m = arith.constant -2147483648 : i32\n%n = arith.constant -1 : i32\n%r = arith.remsi %m, %n : i32", "i32", 0},
    {"%c = arith.cmpi slt, %a, %b : i32\n%r = arith.select %c, %a, %b : i32", "i32", 0xfffffff9},
    {"%c = arith.cmpi ult, %a, %b : i32\n%r = arith.select %c, %a, %b : i32", "i32", 3},
    {"%r = arith.extsi %a : i32 to i64", "i64", uint64_t(-7)},
    {"%r = arith.extui %a : i32 to i64", "i64", 0xfffffff9},
    {"%r = arith.trunci %a : i32 to i8", "i8", 0xf9},
    {"%i = arith.index_cast %a : i32 to index\n%r = arith.index_cast %i : index to i64", "i64", uint64_t(-7)},
    {"%i = arith.index_castui %a : i32 to index\n%r = arith.index_cast %i : index to i64", "i64", 0xfffffff9},
    {"%r = arith.addf %x, %y : f32", "f32", 0x3f800000}, // -1.5 + 2.5
    {"%r = arith.subf %x, %y : f32", "f32", 0xc0800000}, // -4
    {"%r = arith.mulf %x, %y : f32", "f32", 0xc0700000}, // -3.75
    {"%r = arith.divf %x, %y : f32", "f32", 0xbf19999a}, // -0.6
    {"%r = arith.remf %y, %x : f32", "f32", 0x3f800000}, // 2.5 rem -1.5
    {"%r = arith.negf %x : f32", "f32", 0x3fc00000},
    {"%r = arith.maximumf %x, %y : f32", "f32", 0x40200000},
    {"%r = arith.minimumf %x, %y : f32", "f32", 0xbfc00000},
    {"%n = arith.constant 0x7fc00123 : f32\n%r = arith.maximumf %x, %n : f32", "f32", 0x7fc00000},
    {"%n = arith.constant 0x7fc00123 : f32\n%r = arith.maxnumf %x, %n : f32", "f32", 0xbfc00000},
    {"%n = arith.constant 0x7fc00123 : f32\n%r = arith.minnumf %n, %x : f32", "f32", 0xbfc00000},
    {"%n = arith.constant -0.0 : f32\n%p = arith.constant 0.0 : f32\n%r = arith.maximumf %n, %p : f32", "f32", 0},
    {"%n = arith.constant -0.0 : f32\n%p = arith.constant 0.0 : f32\n%r = arith.minnumf %p, %n : f32", "f32",
     0x80000000},
    {"%c = arith.cmpf olt, %x, %y : f32\n%r = arith.select %c, %x, %y : f32", "f32", 0xbfc00000},
    {"%n = arith.constant 0x7fc00000 : f32\n%c = arith.cmpf ult, %n, %y : f32\n%r = arith.select %c, %x, %y : f32",
     "f32", 0xbfc00000},
    {"%n = arith.constant 0x7fc00000 : f32\n%c = arith.cmpf one, %n, %y : f32\n%r = arith.select %c, %x, %y : f32",
     "f32", 0x40200000},
    {"%r = arith.sitofp %a : i32 to f16", "f16", 0xc700},
    {"%r = arith.uitofp %a : i32 to f32", "f32", 0x4f800000},
    {"%r = arith.fptosi %x : f32 to i32", "i32", 0xffffffff},
    {"%r = arith.fptoui %y : f32 to i32", "i32", 2},
    {"%r = arith.fptoui %x : f32 to i32", "i32", 0},
    {"%l = arith.constant 3.0e9 : f32\n%r = arith.fptosi %l : f32 to i32", "i32", 0x7fffffff},
    {"%n = arith.constant 0x7fc00000 : f32\n%r = arith.fptosi %n : f32 to i32", "i32", 0},
    {"%r = arith.extf %x : f32 to f64", "f64", 0xbff8000000000000},
    {"%r = arith.truncf %y : f32 to bf16", "bf16", 0x4020},
    {"%r = arith.bitcast %x : f32 to i32", "i32", 0xbfc00000},
};

TEST(Arith, ComputesWhatMlirDefinesAndWhatItLeavesOpen) {
  for (const ScalarCase &test : scalarCases) {
    std::string parameters =
        ("%out: !pto.ptr<" + llvm::StringRef(test.type) + ">, %a: i32, %b: i32, %x: f32, %y: f32").str();
    std::string body = ("%zero = arith.constant 0 : index\n" + llvm::StringRef(test.body) +
                        "\npto.store_scalar %r, %out[%zero] : !pto.ptr<" + test.type + ">, " + test.type)
                           .str();
    std::vector<uint64_t> out(1);
    Kernel kernel(kernelText(parameters, body));
    RunReport report = kernel.run({buffer("out", out), scalar("a", uint32_t(-7)), scalar("b", 3),
                                   scalar("x", 0xbfc00000), scalar("y", 0x40200000)});
    EXPECT_FALSE(report.fault) << test.body << ": " << report.fault->message;
    EXPECT_EQ(out[0], test.expected) << test.body;
  }
}

RC_GTEST_PROP(ScalarFloat, RoundsOnceToEveryType, (uint64_t bits, uint64_t integer)) {
  double value = std::bit_cast<double>(bits);
  struct Target {
    ScalarFloat type;
    const llvm::fltSemantics &semantics;
  };
  for (auto [type, semantics] :
       {Target{ScalarFloat::F16, llvm::APFloat::IEEEhalf()}, Target{ScalarFloat::BF16, llvm::APFloat::BFloat()},
        Target{ScalarFloat::F32, llvm::APFloat::IEEEsingle()}}) {
    // A double of any size, and one in the range of f16.
    for (double number : {value, std::ldexp(std::bit_cast<double>((bits & 0x800fffffffffffff) | 0x3ff0000000000000),
                                            int(integer % 48) - 28)}) {
      llvm::APFloat expected(number);
      bool inexact;
      expected.convert(semantics, llvm::APFloat::rmNearestTiesToEven, &inexact);
      if (!expected.isNaN())
        RC_ASSERT(fromDouble(number, type) == expected.bitcastToAPInt().getZExtValue());
    }
    for (bool isSigned : {false, true}) {
      llvm::APFloat expected(semantics);
      expected.convertFromAPInt(llvm::APInt(64, integer), isSigned, llvm::APFloat::rmNearestTiesToEven);
      RC_ASSERT(fromInteger(integer, isSigned, type) == expected.bitcastToAPInt().getZExtValue());
    }
  }
}

} // namespace
} // namespace pto::sim::testing
