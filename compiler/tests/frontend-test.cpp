// Reading kernels: what is reported, where, and which function is the entry.
#include "compiler/tests/Text.h"
#include <gmock/gmock.h>

using namespace pto::frontend;
using namespace pto::tests;
using testing::HasSubstr;

namespace {

TEST(ParseKernel, ReportsSyntaxErrorsAtTheirPlace) {
  Bench bench;
  EXPECT_FALSE(bench.parse("func.func @f() {\n  pto.barrier <PIPE_W>\n}"));
  EXPECT_THAT(bench.reported(), HasSubstr("kernel.pto:2:15: error: custom op 'pto.barrier' unknown pipe 'PIPE_W'"));
}

TEST(ParseKernel, ShowsTheFormOfTheOperation) {
  for (auto [statement, expected] :
       {std::pair("%b = arith.addi %a %a : i32",
                  "kernel.pto:2:21: error: expected ','\nkernel.pto:2:8: note: its form is: "
                  "arith.addi %lhs, %rhs : TYPE\n"),
        {"pto.set_flag[<PIPE_V> <PIPE_S>, <EVENT_ID0>]",
         "kernel.pto:2:3: note: its form is: pto.set_flag[<PIPE_V>, <PIPE_V>, <EVENT_ID0>]\n"},
        {"pto.vsts %a, %a[%a] %a : i32",
         "kernel.pto:2:3: note: its form is: pto.vsts %value, %destination[%offset], %mask [{dist}] : "
         "!pto.vreg<LANESxTYPE>, !pto.ptr<TYPE, ub>, !pto.mask<bN> [-> !pto.ptr<TYPE, ub>]\n"},
        {"scf.for %i = %a %a", "kernel.pto:2:3: note: its form is: scf.for %i = %lower to %upper step %step { ... }\n"},
        {"%v = pto.vcvt %a : i32", "kernel.pto:2:8: note: its form is: pto.vcvt %input, %mask {rnd = "},
        {"cf.br %a", "kernel.pto:2:3: note: its form is: cf.br ^dest [(%destOperands : TYPE)]\n"}}) {
    Bench bench;
    EXPECT_FALSE(bench.parse(("func.func @f(%a: i32) {\n  " + llvm::Twine(statement) + "\n  return\n}").str()));
    EXPECT_THAT(bench.reported(), HasSubstr(expected));
  }
}

TEST(ParseKernel, NamesTheOperationThatWasMeant) {
  Bench bench;
  EXPECT_FALSE(bench.parse("func.func @f() {\n  pto.barier <PIPE_V>\n}"));
  EXPECT_EQ(bench.reported(), "kernel.pto:2:3: error: custom op 'pto.barier' is unknown\n"
                              "kernel.pto:2:3: note: did you mean 'pto.barrier'?\n");
}

TEST(ParseKernel, SaysNothingOnStderr) {
  Bench bench;
  testing::internal::CaptureStderr();
  EXPECT_FALSE(bench.parse("func.func @f("));
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(ParseKernel, DoesNotVerify) {
  Bench bench;
  auto module = bench.parse("func.func @f(%a: f32) -> i32 { return %a : f32 }");
  ASSERT_TRUE(module);
  EXPECT_EQ(bench.reported(), "");
  EXPECT_FALSE(verifyKernel(*module, bench.diagnostics));
  EXPECT_THAT(bench.reported(), HasSubstr("kernel.pto:1:32: error: type of return operand 0 ('f32')"));
}

TEST(VerifyKernel, KnowsTheAttributesOfEveryFunctionAndModule) {
  for (const char *text : {"module attributes {pt.kernel} {}", "func.func private @f() attributes {kernel}",
                           "module { module { func.func private @f() attributes {pt.kernel} } }"}) {
    Bench bench;
    auto module = bench.parse(text);
    ASSERT_TRUE(module) << bench.reported();
    EXPECT_FALSE(verifyKernel(*module, bench.diagnostics)) << text;
    EXPECT_THAT(bench.reported(), HasSubstr("; did you mean 'pto.kernel'?")) << text;
  }
}

TEST(ParseKernel, KeepsNotesWithTheirError) {
  Bench bench;
  EXPECT_FALSE(bench.parse("func.func @f(%i: i32) {\n  pto.set_ctrl %i : i64\n  return\n}"));
  EXPECT_THAT(bench.reported(), HasSubstr("kernel.pto:1:14: note: prior use here"));
}

TEST(ParseKernel, ReadsOddTexts) {
  for (std::string text : {std::string(), std::string("\n\n"), std::string("// nothing"),
                           std::string("func.func private @f()\r\n"), std::string("\"other.op\"() : () -> ()")}) {
    Bench bench;
    EXPECT_TRUE(bench.parse(text)) << bench.reported();
  }
}

TEST(ParseKernel, RefusesWhatIsNoText) {
  for (std::string text : {std::string("\0", 1), std::string("module {\0}", 10), std::string("\xff\xfe\x00k", 4),
                           std::string("func.func @f() { %"), std::string("\"unterminated")}) {
    Bench bench;
    EXPECT_FALSE(bench.parse(text));
    EXPECT_NE(bench.reported(), "");
  }
}

TEST(ParseKernel, SaysWhereItIsNoText) {
  Bench bench;
  EXPECT_FALSE(bench.parse(llvm::StringRef("module {\n  }\0", 13)));
  EXPECT_EQ(bench.reported(), "kernel.pto:2:4: error: a NUL byte here; a kernel is text\n");
}

TEST(ParseKernel, RefusesBottomlessNesting) {
  for (const char *bracket : {"[", "{", "(", "<", "module {", "\"a.b\"() ({", "func.func private @f(tuple<"}) {
    std::string text;
    for (int i = 0; i < 100'000; ++i)
      text += bracket;
    Bench bench;
    EXPECT_FALSE(bench.parse("\n" + text)) << bracket;
    EXPECT_THAT(bench.reported(), HasSubstr("kernel.pto:2:")) << bracket;
    EXPECT_THAT(bench.reported(), HasSubstr("brackets nest more than 200 levels deep here")) << bracket;
  }
}

TEST(ParseKernel, RefusesWhatNestsWithoutBrackets) {
  std::string minuses(100'000, '-'), sum = "d0";
  for (int i = 0; i < 100'000; ++i)
    sum += "+d0";
  for (const std::string &text :
       {"func.func private @f() attributes {\nm = affine_map<(d0) -> (" + minuses + "d0)>}",
        "func.func private @f() attributes {\nm = affine_map<(d0) -> (" + sum + ")>}",
        "func.func private @f() attributes {\nm = affine_set<(d0) : (d0 >= 0, d0 >= 0, d0 >= " + sum + ")>}"}) {
    Bench bench;
    EXPECT_FALSE(bench.parse(text));
    EXPECT_THAT(bench.reported(), HasSubstr("kernel.pto:2:1006: error: an affine expression goes on"));
  }
}

// Each alias stands inside of the next one.
std::string aliases(char sigil, llvm::StringRef first, llvm::StringRef open, llvm::StringRef close) {
  std::string name(1, sigil), text = name + "a0 = " + first.str() + "\n";
  for (int i = 1; i < 50'000; ++i)
    text +=
        name + "a" + std::to_string(i) + " = " + open.str() + name + "a" + std::to_string(i - 1) + close.str() + "\n";
  return text;
}

TEST(ParseKernel, RefusesTowersOfAliases) {
  for (const std::string &text :
       {aliases('#', "1", "[", "]") + "\"x.y\"() {a = #a49999} : () -> ()",
        aliases('!', "i32", "tuple<", ">") + "\"x.y\"() ({^a(%0: !a49999):}) : () -> ()",
        aliases('!', "i32", "tuple<", ">") + "%0 = \"x.y\"() : () -> !a49999",
        aliases('#', "loc(\"a\")", "loc(\"b\"(", "))") + "\"x.y\"() : () -> () loc(#a49999)"}) {
    Bench bench;
    EXPECT_FALSE(bench.parse(text));
    EXPECT_EQ(bench.reported(),
              "kernel.pto: error: an attribute, a type or a location of x.y nests more than 200 levels deep\n");
  }
}

TEST(ParseKernel, ReadsAsDeepAsItPromises) {
  std::string open, close;
  for (int i = 0; i < 200; ++i) {
    open += "module {";
    close += "}";
  }
  Bench bench;
  auto module = bench.parse(open + close);
  ASSERT_TRUE(module) << bench.reported();
  EXPECT_TRUE(verifyKernel(*module, bench.diagnostics));
}

std::string entryOf(llvm::StringRef text, llvm::StringRef name) {
  Bench bench;
  auto module = bench.parse(text);
  EXPECT_TRUE(module) << bench.reported();
  llvm::Expected<mlir::func::FuncOp> entry = selectEntry(*module, name);
  return entry ? ("@" + entry->getSymName()).str() : llvm::toString(entry.takeError());
}

TEST(SelectEntry, FindsTheFunctionOfTheName) {
  const char *text = "func.func @a() { return }\nfunc.func @b() attributes {pto.kernel} { return }";
  EXPECT_EQ(entryOf(text, "b"), "@b");
  EXPECT_EQ(entryOf("func.func private @a() { return }\nfunc.func @b() { return }", "b"), "@b");
  EXPECT_EQ(entryOf(text, "c"), "no function @c; the file defines:\n  kernel.pto:1:1: @a\n  kernel.pto:2:1: @b");
}

TEST(SelectEntry, WantsAMarkAmongSeveral) {
  EXPECT_EQ(entryOf("func.func @a() { return }\nfunc.func @b() attributes {pto.kernel} { return }", "a"),
            "@a is not marked as a kernel, and the file defines 2 functions; mark it with attributes {pto.kernel}, or "
            "name another:\n  kernel.pto:1:1: @a\n  kernel.pto:2:1: @b");
}

TEST(SelectEntry, LooksIntoNestedModulesAndPastUnknownOperations) {
  const char *text = R"(module {
    "other.dialect"() ({
      func.func @inside() attributes {pto.kernel} { return }
    }) {note = "odd"} : () -> ()
    module @nested { module { func.func @deep() attributes {pto.entry} { return } } }
  })";
  EXPECT_EQ(entryOf(text, "deep"), "@deep");
  EXPECT_EQ(entryOf(text, "inside"), "@inside");
}

TEST(SelectEntry, TakesTheOnlyFunctionWhenNoneIsNamed) {
  EXPECT_EQ(entryOf("func.func private @declared()\nfunc.func @only() { return }", ""), "@only");
}

TEST(SelectEntry, PrefersTheOneThatIsMarked) {
  for (const char *mark : {"pto.kernel", "pto.aicore", "pto.entry"})
    EXPECT_EQ(
        entryOf("func.func @help() { return }\nfunc.func @k() attributes {" + std::string(mark) + "} { return }", ""),
        "@k");
}

TEST(SelectEntry, AsksForANameWhereItCannotTell) {
  EXPECT_EQ(
      entryOf("func.func @a() { return }\nfunc.func @b() { return }", ""),
      "the file defines 2 functions, 0 of them marked pto.kernel, pto.aicore or pto.entry; mark one with attributes "
      "{pto.kernel}, or name the entry:\n"
      "  kernel.pto:1:1: @a\n  kernel.pto:2:1: @b");
}

TEST(SelectEntry, RefusesDeclarations) {
  EXPECT_EQ(entryOf("func.func private @a()", "a"), "@a is declared but has no body:\n  kernel.pto:1:1: @a");
  EXPECT_EQ(entryOf("func.func private @a()", ""),
            "the file only declares functions; expected one with a body:\n  kernel.pto:1:1: @a");
  EXPECT_EQ(entryOf("", ""), "the file defines no function; expected a func.func with a body");
  EXPECT_EQ(entryOf("", "a"), "no function @a: the file defines none");
}

TEST(SelectEntry, RefusesTwoOfTheSameName) {
  EXPECT_EQ(entryOf("module { func.func @a() { return } }\nmodule { func.func @a() { return } }", "a"),
            "the file defines @a 2 times; expected once:\n  kernel.pto:1:10: @a\n  kernel.pto:2:10: @a");
}

} // namespace
