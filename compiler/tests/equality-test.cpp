// Structural equality: what it looks past, what it sees, and how it names a difference.
#include "compiler/equality/Equality.h"
#include "compiler/tests/Text.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include <gmock/gmock.h>

using namespace pto::equality;
using namespace pto::frontend;
using namespace pto::tests;
using testing::HasSubstr;

namespace {

struct Pair {
  Pair(llvm::StringRef left, llvm::StringRef right) : left(bench.parse(left)), right(bench.parse(right)) {
    EXPECT_TRUE(this->left && this->right) << bench.reported();
  }

  // "PATH: REASON", or "equal".
  std::string comparison() {
    std::optional<Difference> difference = compare(*left, *right);
    return difference ? difference->path + ": " + difference->reason : "equal";
  }

  Bench bench;
  mlir::OwningOpRef<mlir::ModuleOp> left, right;
};

std::string comparison(llvm::StringRef left, llvm::StringRef right) {
  return Pair(left, right).comparison();
}

TEST(Equality, LooksPastNamesPlacesAndTheOrderOfAttributes) {
  Pair pair("func.func @f(%a: i32) attributes {x = 1 : i32, y} {\n  %b = arith.addi %a, %a : i32\n  return\n}",
            "func.func @f(%c: i32)\n\n attributes {y, x = 1 : i32} { %other = arith.addi %c, %c : i32 loc(\"else\")\n"
            "return }");
  EXPECT_EQ(pair.comparison(), "equal");
  EXPECT_EQ(structuralHash(*pair.left), structuralHash(*pair.right));
}

TEST(Equality, PairsBlocksWhateverTheyAreCalled) {
  Pair pair("func.func @f(%c: i1) {\n cf.cond_br %c, ^a, ^b\n^a:\n cf.br ^b\n^b:\n return }",
            "func.func @f(%c: i1) {\n cf.cond_br %c, ^x, ^y\n^x:\n cf.br ^y\n^y:\n return }");
  EXPECT_EQ(pair.comparison(), "equal");
  EXPECT_EQ(structuralHash(*pair.left), structuralHash(*pair.right));
}

TEST(Equality, FollowsValuesThatAreUsedBeforeTheyAreDefined) {
  const char *text = R"("a.use"(%0, %1) : (i32, i32) -> ()
    %0 = "a.def"() : () -> i32
    %1 = "a.def"() : () -> i32)";
  EXPECT_EQ(comparison(text, text), "equal");
  const char *swapped = R"("a.use"(%1, %0) : (i32, i32) -> ()
    %0 = "a.def"() : () -> i32
    %1 = "a.def"() : () -> i32)";
  EXPECT_EQ(comparison(text, swapped), "module.body[1].a.def.result[0]: used in other places on the two sides");
}

struct Unequal {
  const char *what, *left, *right, *comparison;
};

TEST(Equality, NamesTheDifference) {
  for (const Unequal &test : {
           Unequal{"operation", "\"a.a\"() : () -> ()", "\"a.b\"() : () -> ()",
                   "module.body[0].a.a: a.a on the left, a.b on the right"},
           Unequal{"number of operands", "%0 = \"a.d\"() : () -> i32\n\"a.a\"(%0) : (i32) -> ()",
                   "%0 = \"a.d\"() : () -> i32\n\"a.a\"() : () -> ()",
                   "module.body[1].a.a.operands: 1 on the left, 0 on the right"},
           Unequal{"type of an operand", "%0:2 = \"a.d\"() : () -> (i32, f32)\n\"a.a\"(%0#0) : (i32) -> ()",
                   "%0:2 = \"a.d\"() : () -> (i32, f32)\n\"a.a\"(%0#1) : (f32) -> ()",
                   "module.body[1].a.a.operand[0]: i32 on the left, f32 on the right"},
           Unequal{"operand", "%0:2 = \"a.d\"() : () -> (i32, i32)\n\"a.a\"(%0#0, %0#1) : (i32, i32) -> ()",
                   "%0:2 = \"a.d\"() : () -> (i32, i32)\n\"a.a\"(%0#0, %0#0) : (i32, i32) -> ()",
                   "module.body[1].a.a.operand[1]: not the same value on both sides"},
           Unequal{"attribute", "\"a.a\"() {x = 1 : i32} : () -> ()", "\"a.a\"() {x = 1 : i64} : () -> ()",
                   "module.body[0].a.a.attribute[x]: 1 : i32 on the left, 1 : i64 on the right"},
           Unequal{"attribute on the left", "\"a.a\"() {x} : () -> ()", "\"a.a\"() : () -> ()",
                   "module.body[0].a.a.attribute[x]: unit on the left, none on the right"},
           Unequal{"attribute on the right", "\"a.a\"() : () -> ()", "\"a.a\"() {x} : () -> ()",
                   "module.body[0].a.a.attribute[x]: none on the left, unit on the right"},
           Unequal{"property of an unknown operation", "\"a.a\"() <{x = 1 : i32}> : () -> ()",
                   "\"a.a\"() <{x = 2 : i32}> : () -> ()",
                   "module.body[0].a.a.properties: {x = 1 : i32} on the left, {x = 2 : i32} on the right"},
           Unequal{"token", "%0 = pto.pset_b32 \"PAT_H\" : !pto.mask<b32>",
                   "%0 = pto.pset_b32 \"PAT_Q\" : !pto.mask<b32>",
                   "module.body[0].pto.pset_b32.attribute[pattern]: \"PAT_H\" on the left, \"PAT_Q\" on the right"},
           Unequal{"number of results", "\"a.a\"() : () -> ()", "%0 = \"a.a\"() : () -> i32",
                   "module.body[0].a.a.results: 0 on the left, 1 on the right"},
           Unequal{"type of a result", "%0 = \"a.a\"() : () -> f16", "%0 = \"a.a\"() : () -> f32",
                   "module.body[0].a.a.result[0]: f16 on the left, f32 on the right"},
           Unequal{"successor", "func.func @f(%c: i1) {\n cf.cond_br %c, ^a, ^b\n^a:\n return\n^b:\n return }",
                   "func.func @f(%c: i1) {\n cf.cond_br %c, ^a, ^a\n^a:\n return\n^b:\n return }",
                   "module.body[0].func @f.block[0][0].cf.cond_br.successor[1]: not the same block on both sides"},
           Unequal{"successors swapped", "func.func @f(%c: i1) {\n cf.cond_br %c, ^a, ^b\n^a:\n return\n^b:\n return }",
                   "func.func @f(%c: i1) {\n cf.cond_br %c, ^b, ^a\n^a:\n return\n^b:\n return }",
                   "module.body[0].func @f.block[1]: reached from other places on the two sides"},
           Unequal{"number of successors",
                   "\"a.r\"() ({ \"a.b\"() [^a] : () -> ()\n^a:\n \"a.e\"() : () -> () }) : () -> ()",
                   "\"a.r\"() ({ \"a.b\"() [^a, ^a] : () -> ()\n^a:\n \"a.e\"() : () -> () }) : () -> ()",
                   "module.body[0].a.r.block[0][0].a.b.successors: 1 on the left, 2 on the right"},
           Unequal{"number of regions", "\"a.a\"() ({}) : () -> ()", "\"a.a\"() ({}, {}) : () -> ()",
                   "module.body[0].a.a.regions: 1 on the left, 2 on the right"},
           Unequal{"number of blocks", "\"a.a\"() ({}) : () -> ()", "\"a.a\"() ({^a:}) : () -> ()",
                   "module.body[0].a.a.region[0].blocks: 0 on the left, 1 on the right"},
           Unequal{"number of block arguments", "\"a.a\"() ({^a:}) : () -> ()", "\"a.a\"() ({^a(%0: i32):}) : () -> ()",
                   "module.body[0].a.a.body.arguments: 0 on the left, 1 on the right"},
           Unequal{"type of a block argument", "\"a.a\"() ({^a(%0: i8):}) : () -> ()",
                   "\"a.a\"() ({^a(%0: i32):}) : () -> ()",
                   "module.body[0].a.a.body.argument[0]: i8 on the left, i32 on the right"},
           Unequal{"block arguments swapped",
                   "\"a.a\"() ({\n \"a.b\"(%0, %1)[^a] : (i8, i8) -> ()\n^a(%0: i8, %1: i8):}) : () -> ()",
                   "\"a.a\"() ({\n \"a.b\"(%1, %0)[^a] : (i8, i8) -> ()\n^a(%0: i8, %1: i8):}) : () -> ()",
                   "module.body[0].a.a.block[1].argument[0]: used in other places on the two sides"},
           Unequal{"an operation less", "\"a.a\"() : () -> ()\n\"a.b\"() : () -> ()", "\"a.a\"() : () -> ()",
                   "module.body[1]: only on the left"},
           Unequal{"an operation more", "\"a.a\"() : () -> ()", "\"a.a\"() : () -> ()\n\"a.b\"() : () -> ()",
                   "module.body[1]: only on the right"},
           Unequal{"deep inside", "module @m { module { \"a.a\"() ({}, {\n \"a.b\"() : () -> () }) : () -> () } }",
                   "module @m { module { \"a.a\"() ({}, {\n \"a.c\"() : () -> () }) : () -> () } }",
                   "module @m.body[0].module.body[0].a.a.region[1].body[0].a.b: a.b on the left, a.c on the right"},
       })
    EXPECT_EQ(comparison(test.left, test.right), test.comparison) << test.what;
}

TEST(Equality, ShowsBothSidesAsText) {
  Pair pair("\"a.a\"() {x} : () -> ()\n\"a.b\"() : () -> ()", "\"a.a\"() : () -> ()");
  std::optional<Difference> difference = compare(*pair.left, *pair.right);
  ASSERT_TRUE(difference);
  EXPECT_THAT(difference->left, HasSubstr("\"a.a\"() {x} : () -> ()"));
  EXPECT_THAT(difference->right, HasSubstr("\"a.a\"() : () -> ()"));
  pair.left->getBody()->front().removeAttr("x");
  difference = compare(*pair.left, *pair.right);
  ASSERT_TRUE(difference);
  EXPECT_THAT(difference->left, HasSubstr("a.b"));
  EXPECT_EQ(difference->right, "");
}

TEST(Equality, ComparesPartsOfOneModule) {
  Bench bench;
  auto module = bench.parseValid("func.func @f(%a: i32, %b: i32) {\n %0 = arith.addi %a, %b : i32\n"
                                 " %1 = arith.addi %b, %a : i32\n %2 = arith.addi %a, %a : i32\n return }");
  llvm::SmallVector<mlir::Operation *> ops;
  module->walk([&](mlir::arith::AddIOp op) { ops.push_back(op); });
  // Values from outside may be called differently on the two sides, but consistently.
  EXPECT_FALSE(compare(ops[0], ops[1]));
  EXPECT_EQ(structuralHash(ops[0]), structuralHash(ops[1]));
  EXPECT_TRUE(compare(ops[0], ops[2]));
}

} // namespace
