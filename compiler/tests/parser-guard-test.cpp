// What is kept from MLIR's parser, and that nothing else is.
#include "compiler/frontend/ParserGuard.h"
#include "compiler/tests/RandomKernel.h"
#include "compiler/tests/Text.h"
#include "llvm/ADT/StringExtras.h"
#include <gmock/gmock.h>

using namespace pto::frontend;
using namespace pto::tests;
using testing::HasSubstr;

namespace {

std::string refusal(llvm::StringRef text) {
  std::string all;
  for (const pto::Diagnostic &diagnostic : refusedByGuard(text, "k"))
    all += toString(diagnostic) + "\n";
  return all;
}

// A function that takes %c, %lo, %hi and %f.
std::string inFunction(llvm::StringRef body) {
  return ("func.func @k(%c: i1, %hi: index, %f: f32) {\n" + body + "\nreturn\n}").str();
}

// Each of these crashes MLIR's parser, or makes it write to memory that it freed.
TEST(ParserGuard, RefusesUsesOutsideOfTheRegionThatDefines) {
  for (std::string body : {
           "scf.for %w = %lo to %hi step %hi { %lo = arith.constant 0 : index }",
           "scf.for %w = %w to %hi step %hi { }",
           "%r = scf.for %w = %hi to %hi step %hi iter_args(%x = %lo) -> (index) { %lo = arith.constant 0 : index",
           "%s = arith.addi %lo, %hi : index\nscf.if %c { %lo = arith.constant 0 : index\n broken",
           "%s = arith.addi %lo, %hi : index scf.if %c { %a, %lo:2, %b = broken",
           "scf.if %c { %s = arith.addi %lo, %hi : index } else { %lo = arith.constant 0 : index\n broken }",
           "pto.strict_vecscope(%lo) { ^bb0(%lo: index):\n broken } : (index) -> ()",
           "\"scf.if\"(%c) ({ %s = arith.addi %lo, %hi : index }, { ^bb0(%lo: index): broken }) : (i1) -> ()",
           "%s = arith.addi %lo, %hi : index\nfunc.func @inner(%lo: index) { broken",
           "%s = arith.addi %lo, %hi : index\nfunc @inner(%lo: index) { broken",
           "%s = arith.addi %lo, %hi : index\nscf.parallel (%a, %lo) = (%hi, %hi) to (%hi, %hi) step (%hi, %hi) { "
           "broken",
           "%s = arith.addi %lo, %hi : index\nscf.forall (%lo) in (%hi) { broken",
           "%lo = scf.if %c -> index { %s = arith.addi %lo, %hi : index\n scf.if %c { %lo = broken",
       }) {
    std::string reported = refusal(inFunction(body));
    EXPECT_THAT(reported, HasSubstr(" is used before it is defined\nk:")) << body;
    EXPECT_THAT(reported, HasSubstr("it is defined here, in a region that the use is not in")) << body;
  }
}

TEST(ParserGuard, NamesBothPlaces) {
  EXPECT_EQ(
      refusal(inFunction("scf.for %w = %lo to %hi step %hi {\n  %lo = arith.constant 0 : index\n}")),
      "k:2:14: error: %lo is used before it is defined\nk:3:3: note: it is defined here, in a region that the use is "
      "not in\n");
}

TEST(ParserGuard, TakesWhatComesFirst) {
  EXPECT_EQ(refusal(inFunction("%c = broken\n%s = arith.addi %lo, %hi : index\nscf.if %c { %lo = broken }")),
            "k:2:1: error: %c is defined twice\nk:1:14: note: it is defined here already\n");
}

// Right or wrong, the parser can tell by itself.
TEST(ParserGuard, LeavesTheRestToTheParser) {
  for (std::string body : {
           "cf.br ^later\n^first:\n %s = arith.addi %x, %hi : index\n return\n^later:\n %x = arith.constant 1 : index\n"
           " cf.br ^first",
           "cf.br ^later\n^first:\n scf.if %c { %s = arith.addi %x, %hi : index }\n return\n^later:\n"
           " %x = arith.constant 1 : index\n cf.br ^first",
           "cf.cond_br %c, ^a(%hi : index), ^b(%hi : index)\n^a(%x: index):\n cf.br ^b(%x : index)\n^b(%y: index):",
           "cf.switch %i : i32, [default: ^a(%x : index), 1: ^a(%x : index)]\n^a(%y: index):\n return\n"
           "^b(%x: index):\n",
           "%s = arith.addi %nowhere, %hi : index",
           "%s = arith.addi %s, %hi : index",
           "%r = scf.if %c -> index { scf.yield %r : index } else { scf.yield %hi : index }",
           "%x = arith.constant 1 : index\n%x = arith.constant 2 : index",
           "scf.for %i = %hi to %hi step %hi { %x = arith.constant 1 : index }\n"
           "scf.for %i = %hi to %hi step %hi { %x = arith.constant 1 : index }",
           "%r:2 = scf.for %i = %hi to %hi step %hi iter_args(%a = %hi, %b = %hi) -> (index, index) {\n"
           "  scf.yield %b, %a : index, index\n}\n%s = arith.addi %r#0, %r#1 : index",
           "%r = scf.while (%a = %hi) : (index) -> index { scf.condition(%c) %a : index } do {\n"
           "^bb0(%b: index): scf.yield %b : index\n}",
           "pto.strict_vecscope(%hi) {\n^bb0(%x: index):\n %y = arith.addi %x, %x : index\n} : (index) -> ()",
           "scf.forall (%i) in (%hi) { %x = arith.addi %i, %hi : index } scf.parallel (%i) = (%hi) to (%hi) step (%hi) "
           "{ %x = arith.addi %i, %hi : index }",
           "pto.barrier <PIPE_V> %x = arith.constant dense<[1, 2]> : vector<2xi32> // %lo\n"
           "%text = \"x.y\"(%lo) {a = \"%lo = {\\\"\", b = #x.y<{%lo = 1}>} : (!x.y<(%hi = 1)>) -> i32",
       }) {
    EXPECT_EQ(refusal(inFunction(body)), "") << body;
    EXPECT_EQ(refusal(inFunction(body) + "\n" + inFunction(body)), "") << body;
  }
}

TEST(ParserGuard, TakesArgumentsOfDeclarationsForNothing) {
  EXPECT_EQ(refusal("func.func private @d(%x: index {a.b}) attributes {a.b}\nmodule attributes {a.b} {\n"
                    "func.func @a(%x: index) attributes {pto.kernel} { %s = arith.addi %x, %x : index return }\n"
                    "func.func @b(%x: index) { %s = arith.addi %x, %x : index return }\n}"),
            "");
  EXPECT_NE(refusal("func.func private @d(%x: index)\nmodule { func.func @a(%c: i1) {\n"
                    " %s = arith.addi %x, %x : index\n scf.if %c { %x = broken"),
            "");
}

TEST(ParserGuard, PassesRandomKernels) {
  for (unsigned seed = 0; seed < 50; ++seed)
    EXPECT_EQ(refusal(randomKernel(seed, 40)), "");
}

// The parser would reserve a slot for each number below.
TEST(ParserGuard, BoundsResultNumbers) {
  EXPECT_EQ(refusal(inFunction("%m:2 = \"a.b\"() : () -> (i32, i32)\npto.x %m#100000000")),
            "k:3:7: error: there is no %m#100000000: %m is 2 values\nk:2:1: note: it is defined here\n");
  EXPECT_EQ(refusal(inFunction("pto.x %hi#4000000000")),
            "k:2:7: error: there is no %hi#4000000000: %hi is one value\nk:1:22: note: it is defined here\n");
  EXPECT_EQ(refusal("pto.x %m#100000000"), "k:1:7: error: there is no %m#100000000: %m is not defined\n");
  EXPECT_EQ(refusal("scf.for %i#100000000 = "), "k:1:9: error: there is no %i#100000000: %i is not defined\n");
  EXPECT_EQ(refusal("pto.x %m#3, %m#99999999999999999999"), "");
  std::string many;
  for (int i = 0; i < 2000; ++i)
    many += "pto.x %m" + std::to_string(i) + "#1000\n";
  EXPECT_THAT(refusal(many), HasSubstr("#1000: %m1047 is not defined"));
}

TEST(ParserGuard, BoundsNumbers) {
  EXPECT_EQ(refusal("a = " + std::string(5000, '1')), "k:1:5: error: a number of 5000 digits\n");
  EXPECT_EQ(refusal("a = " + std::string(500, '1')), "");
}

TEST(ParserGuard, CountsBracketsThatAreBrackets) {
  std::string many(300, '('), pairs;
  for (int i = 0; i < 300; ++i)
    pairs += "(){}[]<>-> ";
  EXPECT_EQ(refusal("\"" + many + "\\\"" + many + "\" // " + many + "\n" + pairs), "");
  EXPECT_EQ(refusal("\"open " + many + "\n"), "");
  EXPECT_EQ(refusal("affine_set<(d0) : (d0 >= 0, d0 <= 1)> (" + std::string(2000, ' ') + ")"), "");
  EXPECT_EQ(refusal("(\n" + many), "k:2:200: error: brackets nest more than 200 levels deep here\n");
}

// One pass, however the text is made.
TEST(ParserGuard, TakesLongTextsInStride) {
  std::string uses, regions, list = "pto.x %a";
  for (int i = 0; i < 100'000; ++i) {
    uses += "%u" + std::to_string(i) + " ";
    regions += "scf.if %c { %v" + std::to_string(i) + " = a.b }\n";
    list += ", %a";
  }
  EXPECT_EQ(refusal(uses + regions), "");
  EXPECT_EQ(refusal(list), "");
}

} // namespace
