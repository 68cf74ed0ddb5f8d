// The host's arguments against the kernel's.
#include "compiler/tests/Text.h"

using namespace pto::frontend;
using namespace pto::tests;

namespace {

// What checkAbi says about the function @k of the text.
std::string mismatches(llvm::StringRef text, std::vector<HostArgument> arguments) {
  Bench bench;
  auto module = bench.parse(text);
  EXPECT_TRUE(module) << bench.reported();
  mlir::func::FuncOp entry;
  module->walk([&](mlir::func::FuncOp function) {
    if (function.getSymName() == "k")
      entry = function;
  });
  bench.diagnostics = checkAbi(entry, arguments);
  return bench.reported();
}

std::string ofArgument(llvm::StringRef type, HostArgument argument) {
  return mismatches(("func.func @k(%x: " + type + ") { return }").str(), {std::move(argument)});
}

TEST(Abi, TakesWhatFits) {
  EXPECT_EQ(mismatches("func.func @k(%a: !pto.ptr<f32>, %b: !pto.ptr<si16, gm>, %c: i64, %d: f16) { return }",
                       {{"a", "f32"}, {"b", "si16"}, {"c", "i64", true}, {"d", "f16", true}}),
            "");
  EXPECT_EQ(mismatches("func.func @k() { return }", {}), "");
}

TEST(Abi, CountsArguments) {
  EXPECT_EQ(mismatches("func.func @k(%a: i32) { return }", {{"x", "f32"}, {"y", "f32"}}),
            "kernel.pto:1:1: error: kernel @k takes 1 argument, but the host passes 2: x, y\n");
  EXPECT_EQ(mismatches("func.func @k(%a: i32) { return }", {}),
            "kernel.pto:1:1: error: kernel @k takes 1 argument, but the host passes 0\n");
}

// The widths that a kernel's type takes from the host.
struct Taking {
  const char *kernel;
  std::vector<const char *> taken, refused;
};

TEST(Abi, KnowsWhichIntegersGoTogether) {
  for (const Taking &rule :
       {Taking{"i16", {"i16", "si16", "ui16"}, {"i32", "f16", "bf16"}},
        Taking{"si16", {"si16", "i16"}, {"ui16", "si32"}}, Taking{"ui16", {"ui16"}, {"i16", "si16"}},
        Taking{"bf16", {"bf16"}, {"f16", "i16"}}, Taking{"f8E4M3FN", {"f8E4M3FN", "ui8", "i8"}, {"si8", "f16"}},
        Taking{"!pto.hif8", {"ui8", "i8"}, {"f16"}}}) {
    std::string pointer = "!pto.ptr<" + std::string(rule.kernel) + ", gm>";
    for (const char *host : rule.taken)
      EXPECT_EQ(ofArgument(pointer, {"x", host}), "") << rule.kernel << " from " << host;
    for (const char *host : rule.refused)
      EXPECT_NE(ofArgument(pointer, {"x", host}), "") << rule.kernel << " from " << host;
  }
}

TEST(Abi, TakesAnIndexAs64Bits) {
  EXPECT_EQ(ofArgument("index", {"n", "i64", true}), "");
  EXPECT_EQ(
      ofArgument("index", {"n", "f32", true}),
      "kernel.pto:1:14: error: argument #0 of kernel @k is index, but the host passes the scalar 'n' of f32; expected "
      "index, i64, si64 or ui64\n");
}

TEST(Abi, NamesBothSidesOfAMismatch) {
  EXPECT_EQ(
      ofArgument("!pto.ptr<si16, gm>", {"x", "ui16"}),
      "kernel.pto:1:14: error: argument #0 of kernel @k is !pto.ptr<si16, gm>, but the host passes the buffer 'x' of "
      "ui16; expected si16 or i16\n");
  EXPECT_EQ(
      ofArgument("!pto.ptr<f32, gm>", {"x", "f32", true}),
      "kernel.pto:1:14: error: argument #0 of kernel @k is !pto.ptr<f32, gm>, but the host passes the scalar 'x' of "
      "f32; expected a buffer\n");
  EXPECT_EQ(
      ofArgument("f32", {"x", "f32"}),
      "kernel.pto:1:14: error: argument #0 of kernel @k is f32, but the host passes the buffer 'x' of f32; expected a "
      "scalar\n");
}

TEST(Abi, RefusesWhatAHostCannotPass) {
  EXPECT_EQ(
      ofArgument("!pto.ptr<f32, ub>", {"x", "f32"}),
      "kernel.pto:1:14: error: argument #0 of kernel @k is !pto.ptr<f32, ub>; a host can pass pointers into gm only\n");
  for (const char *type : {"!pto.vreg<64xf32>", "!pto.mask<b32>", "!pto.align", "memref<4xf32>"})
    EXPECT_EQ(ofArgument(type, {"x", "f32"}), "kernel.pto:1:14: error: argument #0 of kernel @k is " +
                                                  std::string(type) +
                                                  "; a kernel takes pointers into gm, integers, floats and indices\n");
}

TEST(Abi, ReportsEveryMismatchAtItsArgument) {
  EXPECT_EQ(
      mismatches("func.func @k(%a: f32,\n  %b: i32,\n  %c: i32) { return }",
                 {{"a", "f16", true}, {"b", "i32", true}, {"c", "i32"}}),
      "kernel.pto:1:14: error: argument #0 of kernel @k is f32, but the host passes the scalar 'a' of f16; expected "
      "f32\n"
      "kernel.pto:3:3: error: argument #2 of kernel @k is i32, but the host passes the buffer 'c' of i32; expected a "
      "scalar\n");
}

TEST(Abi, WantsAKernelThatReturnsNothing) {
  EXPECT_EQ(mismatches("func.func @k() -> f32 { %0 = arith.constant 1.0 : f32 return %0 : f32 }", {}),
            "kernel.pto:1:1: error: kernel @k returns f32; a kernel returns nothing: it writes through its pointers\n");
}

TEST(Abi, WantsABody) {
  EXPECT_EQ(
      mismatches("func.func private @k(i32)", {{"x", "f32", true}}),
      "kernel.pto:1:1: error: kernel @k is declared but has no body\n"
      "kernel.pto:1:1: error: argument #0 of kernel @k is i32, but the host passes the scalar 'x' of f32; expected "
      "i32, si32 or ui32\n");
}

TEST(Abi, RefusesKernelsThatCallKernels) {
  EXPECT_EQ(
      mismatches("func.func @helper() { return }\nfunc.func @other() attributes {pto.aicore} { return }\n"
                 "func.func @k() {\n  call @helper() : () -> ()\n  call @other() : () -> ()\n"
                 "  call @missing() : () -> ()\n  return\n}",
                 {}),
      "kernel.pto:5:3: error: kernel @k calls @other, which is a kernel itself; only the host launches kernels\n");
}

} // namespace
