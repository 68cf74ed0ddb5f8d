// Bad programs and bad requests: one clear error each, where the mistake is.
// A row: the program from its second line on, the entry, the arguments, and what the message has to hold.
#include "compiler/specialize/tests/Helpers.h"
#include <gmock/gmock.h>

namespace pto::specialize {
namespace {

struct ErrorCase {
  const char *name;
  std::string program;
  const char *entry, *arguments, *message;
};

void PrintTo(const ErrorCase &error, std::ostream *out) {
  *out << error.name;
}

class ErrorsTest : public testing::TestWithParam<ErrorCase> {};

TEST_P(ErrorsTest, isToldOnceAndInItsPlace) {
  Outcome outcome = run(GetParam().program, GetParam().entry, GetParam().arguments);
  EXPECT_FALSE(outcome.program);
  EXPECT_THAT(outcome.errors, testing::HasSubstr(GetParam().message));
  size_t first = outcome.errors.find("error:");
  EXPECT_EQ(outcome.errors.find("error:", first + 1), std::string::npos) << outcome.errors;
}

constexpr const char *add = R"(@pl.jit
def add(a: pl.Tensor, b: pl.Tensor, n: pl.INDEX = 4):
    t = pl.load(a, [0, 0], [n, n])
)";
constexpr const char *dependency = R"(@pl.jit.incore
def dep(x: pl.Tensor, n: pl.INT8, y: pl.Out[pl.Tensor]):
    return pl.store(pl.load(x, [0, 0], x.shape), [0, 0], y)
@pl.jit
def run(a: pl.Tensor, c: pl.Out[pl.Tensor]):
)";
constexpr const char *addArguments = "a:f32[8,8] b:f32[8,8]";

/// A call in an entry, of a kernel with a scalar between its tensors.
ErrorCase call(const char *name, const char *call, const char *message) {
  return {name, dependency + std::string("    c = ") + call + "\n", "run", "a:f32[8,8] c:f32[8,8]", message};
}

/// The body of an entry.
ErrorCase body(const char *name, const std::string &statements, const char *message) {
  return {name, "@pl.jit\ndef run(a: pl.Tensor, n: pl.INDEX, c: pl.Out[pl.Tensor]):\n" + statements, "run",
          "a:f32[8,16] n=4 c:f32[8,16]", message};
}

const ErrorCase cases[] = {
    {"UnknownEntry", add, "ad", addArguments,
     "nothing named 'ad' is defined for PTO in this file; did you mean 'add'?"},
    {"NoEntryToChoose", "x = 1\n", "", "", "no entry is given; the file defines no program and no @pl.jit function"},
    {"MisspeltDecorator", "@pl.jti\ndef f(a: pl.Tensor):\n    pass\n", "f", "a:f32[8,8]",
     "program.py:2:2: error: unknown decorator '@pl.jti'; did you mean 'pl.jit'?"},
    {"MisspeltDecoratorOfTheOnlyOne", "@pl.jti\ndef f(a: pl.Tensor):\n    pass\n", "", "a:f32[8,8]",
     "program.py:2:2: error: unknown decorator '@pl.jti'; did you mean 'pl.jit'?"},
    {"MisspeltDecoratorBesideAMethodOfThatName",
     "@pl.jti\ndef f(a: pl.Tensor):\n    pass\n@pl.program\nclass P:\n    @pl.function\n    def f(self, a: "
     "pl.Tensor[[8, 8], pl.FP32]):\n        pass\n",
     "f", "a:f32[8,8]", "program.py:2:2: error: unknown decorator '@pl.jti'"},
    {"MisspeltLevel", "@pl.jit.incroe\ndef f(a: pl.Tensor):\n    pass\n", "f", "a:f32[8,8]",
     "program.py:2:2: error: unknown decorator '@pl.jit.incroe'; did you mean 'pl.jit.incore'?"},
    {"DecoratorOfAFunctionOnAProgram",
     "@pl.jit.incore\n@pl.program\nclass P:\n    @pl.function\n    def f(self, a: pl.Tensor[[8, 8], pl.FP32]):\n"
     "        pass\n",
     "P", "", "program.py:2:2: error: '@pl.jit.incore' is for functions, and this is a class"},
    {"DecoratorOfAProgramOnAFunction", "@pl.program\ndef f(a: pl.Tensor):\n    pass\n", "f", "a:f32[8,8]",
     "program.py:2:2: error: '@pl.program' is for classes, and this is a function"},
    {"SecondDecorator", "@pl.jit\n@cached\ndef f(a: pl.Tensor):\n    pass\n", "f", "a:f32[8,8]",
     "program.py:3:2: error: unknown decorator '@cached'"},
    {"DecoratorFromNowhere", "from kernels import jit\n@jit\ndef f(a: pl.Tensor):\n    pass\n", "f", "a:f32[8,8]",
     "unknown decorator '@jit', which is what program.py:2:1 imports from 'kernels', which cannot be found: there is "
     "no "
     "kernels.py in ."},
    {"MisspeltDecoratorOfADependency",
     "@pl.jit.incor\ndef g(a: pl.Tensor):\n    pass\n@pl.jit\ndef f(a: pl.Tensor):\n"
     "    g(a)\n",
     "f", "a:f32[8,8]", "program.py:2:2: error: unknown decorator '@pl.jit.incor'"},
    {"SomeArgumentsOfAProgram",
     "@pl.program\nclass P:\n    @pl.function\n    def f(self, a: pl.Tensor[[8], pl.FP32], b: pl.Tensor[[8], "
     "pl.FP32]):\n        pass\n",
     "P", "a:f32[8]", "program.py:5:45: error: argument 'b' is missing: a tensor"},
    {"ArgumentsOfNoFunction",
     "@pl.program\nclass P:\n    @pl.function\n    def f(self, a: pl.Tensor[[8], pl.FP32]):\n        pass\n"
     "    @pl.function\n    def g(self, a: pl.Tensor[[8], pl.FP32]):\n        pass\n",
     "P", "a:f32[8]",
     "'P' has several functions, and none of them is the one that the arguments go to: name it, P.FUNCTION"},
    {"EverythingFromNowhere", "from kernels import *\n@pl.jit\ndef f(a: pl.Tensor):\n    pl.mul(a, N)\n", "f",
     "a:f32[8,8]",
     "there is no variable 'N'; it may be what program.py:2:1 imports from 'kernels', which cannot be found"},
    {"SeveralEntries", "@pl.jit\ndef f(a: pl.Tensor):\n    pass\n@pl.jit\ndef g(a: pl.Tensor):\n    pass\n", "", "",
     "no entry is given; choose one of 'f', 'g'"},
    {"SeveralOfOneName",
     "@pl.jit\ndef f(a: pl.Tensor):\n    pass\nif x:\n    @pl.jit\n    def f(a: pl.Tensor):\n        pass\n", "f",
     "a:f32[8,8]",
     "'f' is ambiguous; it may be 'f' at program.py:3:5, 'f' at program.py:7:9; which of them is defined"},
    {"SeveralPathsOfOneName",
     "def g():\n    @pl.jit\n    def f(a: pl.Tensor):\n        pass\n"
     "def h():\n    @pl.jit\n    def f(a: pl.Tensor):\n        pass\n",
     "f", "a:f32[8,8]", "'g.f' at program.py:4:9, 'h.f' at program.py:8:9; give the whole path of one"},
    {"BoundLater", "@pl.jit\ndef f(a: pl.Tensor):\n    pass\nf = None\n", "f", "a:f32[8,8]",
     "'f' is not what program.py:3:5 defines any more"},
    {"MissingArgument", add, "add", "a:f32[8,8]",
     "program.py:3:23: error: argument 'b' is missing: a tensor, given as b:DTYPE[SHAPE]"},
    {"UnknownArgument", add, "add", "a:f32[8,8] b:f32[8,8] m=3", "program.py:3:5: error: there is no parameter 'm'"},
    {"ArgumentTwice", add, "add", "a:f32[8,8] b:f32[8,8] b:f32[8,8]", "argument 'b' is given twice"},
    {"TensorForScalar", add, "add", "a:f32[8,8] b:f32[8,8] n:f32[8,8]",
     "argument 'n' is a scalar; found pl.Tensor[[8, 8], pl.FP32]"},
    {"ScalarForTensor", add, "add", "a:f32[8,8] b=3", "argument 'b' is a tensor; found the value 3"},
    {"FloatForInteger", add, "add", "a:f32[8,8] b:f32[8,8] n=4.0",
     "argument 'n': 4.0 is a float, and INDEX takes an integer"},
    {"BoolForInteger", add, "add", "a:f32[8,8] b:f32[8,8] n=True",
     "argument 'n': True is a bool, and INDEX takes an integer"},
    {"OtherDtype", add, "add", "a:f32[8,8] b:f32[8,8] n:INT32=4", "argument 'n' is INT32; expected INDEX"},
    body("RankOfBinding", "    a.bind_dynamic(2, pl.dynamic(\"M\"))\n",
         "program.py:4:5: error: dimension 2 of 'a' is 'M' here, but the argument is pl.Tensor[[8, 16], pl.FP32]"),
    body("SizesOfOneSymbol", "    M = pl.dynamic(\"M\")\n    a.bind_dynamic(0, M)\n    c.bind_dynamic(1, M)\n",
         "'M' is 8 for dimension 0 of 'a' and 16 for dimension 1 of 'c'"),
    body("TwoSymbolsForOne", "    a.bind_dynamic(0, pl.dynamic(\"M\"))\n    a.bind_dynamic(0, pl.dynamic(\"N\"))\n",
         "program.py:5:5: error: dimension 0 of 'a' is 'N' here, but 'M' at program.py:4:5"),
    body("BindingOfALocal", "    t = a\n    t.bind_dynamic(0, pl.dynamic(\"M\"))\n",
         "program.py:5:5: error: bind_dynamic is for parameters of 'run'; 't' is none"),
    body("BindingWithoutSymbol", "    a.bind_dynamic(0, n)\n", "'n' is not a symbol; make one with pl.dynamic(\"M\")"),
    body("BindingOfNoDimension", "    a.bind_dynamic(n, pl.dynamic(\"M\"))\n",
         "the dimension must be a constant that counts from 0; found 'n'"),
    {"SymbolOfTheRequest", "@pl.jit\ndef run(a: pl.Tensor):\n    a.bind_dynamic(0, pl.dynamic(\"M\"))\n", "run",
     "a:f32[N,4]", "dimension 0 of 'a' is 'M' here, but 'N' in the argument"},
    {"DeclaredShape", "@pl.jit\ndef run(a: pl.Tensor[[4, 4], pl.FP32]):\n    pass\n", "run", "a:f32[4,8]",
     "argument 'a' is pl.Tensor[[4, 8], pl.FP32]; expected pl.Tensor[[4, 4], pl.FP32]"},
    {"ProgramShape",
     "@pl.program\nclass P:\n    @pl.function\n    def run(self, a: pl.Tensor[[4, 4], pl.FP32]):\n        pass\n", "P",
     "a:f16[4,4]", "argument 'a' is pl.Tensor[[4, 4], pl.FP16]; expected pl.Tensor[[4, 4], pl.FP32]"},
    call("TooManyArguments", "dep(a, 1, c, a)",
         "program.py:7:22: error: 4 arguments, where 3 are expected; 'dep' takes x, n, y"),
    call("TooFewArguments", "dep(a, 1)", "program.py:7:9: error: argument 'y' is missing; 'dep' takes x, n, y"),
    call("KeywordUnknown", "dep(a, 1, z=c)", "program.py:7:19: error: there is no parameter 'z'; 'dep' takes x, n, y"),
    call("KeywordTwice", "dep(a, 1, c, x=a)", "'x' is given twice; 'dep' takes x, n, y"),
    call("ScalarDoesNotFit", "dep(a, 300, c)",
         "program.py:7:16: error: argument 'n' of 'dep': 300 does not fit in INT8"),
    call("ScalarOfOtherDtype", "dep(a, pl.const(3, pl.INT16), c)", "argument 'n' of 'dep': 3 is INT16; expected INT8"),
    call("TensorForDependencysScalar", "dep(a, a, c)",
         "argument 'n' of 'dep' is a scalar; found pl.Tensor[[8, 8], pl.FP32]"),
    call("ScalarForDependencysTensor", "dep(3, 1, c)", "argument 'x' of 'dep' is a tensor; found pl.Scalar[pl.INDEX]"),
    {"TileOfOtherShape",
     "@pl.jit.incore\ndef g(t: pl.Tile[[4, 4], pl.FP32]):\n    u = pl.exp(t)\n@pl.jit.incore\ndef f(a: pl.Tensor):\n"
     "    g(pl.load(a, [0, 0], [8, 8]))\n",
     "f", "a:f32[8,8]",
     "program.py:7:5: error: argument 't' of 'g' is pl.Tile[[8, 8], pl.FP32]; expected pl.Tile[[4, 4], pl.FP32]"},
    {"Recursion", "@pl.jit.incore\ndef f(a: pl.Tensor):\n    g(a)\n@pl.jit.incore\ndef g(a: pl.Tensor):\n    f(a)\n",
     "f", "a:f32[4,4]", "program.py:7:5: error: 'f' calls 'g' calls 'f': a function of a program cannot call itself"},
    {"SelfRecursion", "@pl.jit\ndef f(a: pl.Tensor):\n    f(a)\n", "f", "a:f32[4,4]",
     "program.py:4:5: error: 'f' calls 'f'"},
    {"OrdinaryFunction", "def helper(x):\n    return x\n@pl.jit\ndef f(a: pl.Tensor):\n    b = helper(a)\n", "f",
     "a:f32[4,4]", "program.py:6:9: error: 'helper' is ordinary Python: only functions with @pl.jit.incore"},
    body("UnknownName", "    t = pl.load(a, [0, 0], [n, col])\n", "program.py:4:32: error: there is no variable 'col'"),
    {"NoConstant",
     "import os\nN = int(os.environ)\n@pl.jit\ndef run(a: pl.Tensor):\n    t = pl.load(a, [0, 0], [N, 4])\n", "run",
     "a:f32[4,4]", "program.py:6:29: error: 'N' is "},
    body("StaticAssert", "    pl.static_assert(a.shape[1] % 3 == 0, \"columns in threes\")\n",
         "program.py:4:22: error: pl.static_assert failed: columns in threes; 'a.shape[1] % 3 == 0' is false"),
    body("StaticAssertAtRunTime", "    a.bind_dynamic(0, pl.dynamic(\"M\"))\n    pl.static_assert(a.shape[0] > 4)\n",
         "must be known before the program runs; 'a.shape[0] > 4' is a comparison of dynamic dimensions"),
    body("ShapeIndex", "    t = pl.load(a, [0, 0], [a.shape[2], 4])\n",
         "program.py:4:37: error: index 2 is outside of its 2 elements"),
    body("ShapeIndexAtRunTime", "    for i in pl.range(2):\n        t = pl.load(a, [0, 0], [a.shape[i], 4])\n",
         "the index of a tuple is a constant integer, found 'i'"),
    body("ShapeUnpack", "    x, y, z = a.shape\n", "program.py:4:5: error: there are 3 variables for 2 values"),
    body("ShapeOfScalar", "    k = n.shape[0]\n",
         "program.py:4:9: error: 'n' has no shape: it is a pl.Scalar[pl.INDEX]"),
    {"UnknownDecorator", "@pl.jit.incor\ndef f(a: pl.Tensor):\n    pass\n", "f", "a:f32[4,4]",
     "program.py:2:2: error: unknown decorator '@pl.jit.incor'; did you mean 'pl.jit.incore'?"},
    {"SymbolsOfTwoCallees", R"(@pl.jit.incore
def f(x: pl.Tensor):
    x.bind_dynamic(0, pl.dynamic("M"))
@pl.jit.incore
def g(x: pl.Tensor):
    x.bind_dynamic(0, pl.dynamic("K"))
@pl.jit
def run(a: pl.Tensor):
    f(a)
    g(a)
)",
     "run", "a:f32[8,8]",
     "program.py:11:5: error: dimension 0 of 'a' is 'K' here, but 'M' at program.py:10:5; bind it in 'run' to choose"}};

INSTANTIATE_TEST_SUITE_P(Errors, ErrorsTest, testing::ValuesIn(cases),
                         [](const auto &info) { return info.param.name; });

TEST(HostileInput, aliasesThatDoubleEndInAnError) {
  std::string text = "T0 = pl.Tensor[[4], pl.FP32]\n";
  for (int i = 1; i < 3000; ++i)
    text += "T" + std::to_string(i) + " = pl.Tuple[T" + std::to_string(i - 1) + ", T" + std::to_string(i - 1) + "]\n";
  for (int depth : {14, 40, 2999}) {
    std::string type = "T" + std::to_string(depth);
    std::string function = "@pl.jit\ndef f(x: pl.Tensor):\n    y: " + type + " = x\n";
    EXPECT_THAT(run(text + function, "f", "x:f32[4]").errors, testing::HasSubstr("aliases of types are more than"));
    std::string parameter = "@pl.jit\ndef f(x: " + type + "):\n    pass\n";
    EXPECT_FALSE(run(text + parameter, "f", "x:f32[4]").program);
  }
}

TEST(HostileInput, deepCallsInDeepExpressionsEndInAnError) {
  std::string text;
  for (int i = 0; i < 40; ++i) {
    std::string nested = i ? "f" + std::to_string(i - 1) + "(n)" : "n";
    for (int depth = 0; depth < 150; ++depth)
      nested = "1 + (" + nested + ")";
    text += "@pl.jit.incore\ndef f" + std::to_string(i) + "(n: pl.INDEX):\n    return " + nested + "\n";
  }
  for (const char *entry : {"f3", "f7", "f15", "f39"}) {
    Outcome outcome = run(text, entry, "n=4");
    EXPECT_EQ(outcome.program == nullptr, std::string(entry) == "f39") << outcome.errors;
  }
  EXPECT_THAT(run(text, "f39", "n=4").errors, testing::HasSubstr("functions deep"));
}

TEST(HostileInput, emptyTypesAreNoTypes) {
  for (const char *type :
       {"pl.Out[()]", "pl.Tensor[()]", "pl.Scalar[()]", "pl.Tensor[[]]", "tuple[()]", "pl.Out[pl.Out[()]]"})
    EXPECT_FALSE(
        run(std::string("@pl.jit\ndef f(x: ") + type + "):\n    y: " + type + " = x\n    return y\n", "f", "y:f32[4]")
            .program);
}

TEST(RequestErrors, anUnknownPlatformNamesTheKnownOnes) {
  std::vector<Diagnostic> diagnostics;
  Request request = makeRequest("add", addArguments);
  request.platform = "a5sin";
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  EXPECT_FALSE(specializeToModule(request, "import pypto.language as pl\n" + std::string(add), context, diagnostics));
  ASSERT_EQ(diagnostics.size(), 1u);
  EXPECT_EQ(diagnostics[0].excerpt, "");
  EXPECT_EQ(diagnostics[0].message,
            "unknown platform 'a5sin'; it is one of a2a3, a2a3sim, a5, a5sim; did you mean 'a5sim'?");
}

TEST(RequestErrors, anArgumentThatDoesNotParseSaysWhatIsExpected) {
  const std::pair<const char *, const char *> texts[] = {{"a", "neither a type nor a value"},
                                                         {"a:f33[4]", "unknown dtype 'f33'; did you mean"},
                                                         {"a:f32", "a tensor needs a shape, as in a:f32[128,128]"},
                                                         {"a:f32[4,0]", "'0' is not a dimension"},
                                                         {"a:f32[4,,4]", "'' is not a dimension"},
                                                         {"a:f32[4", "a tensor needs a shape"},
                                                         {"a:f32[4]=3", "a tensor has no value here"},
                                                         {"4=3", "'4' is not a name"},
                                                         {"n=four", "'four' is not a value"},
                                                         {"n=", "'' is not a value"},
                                                         {"n=99999999999999999999", "does not fit in 64 bits"},
                                                         {"n:INT8=300", "300 does not fit in INT8"},
                                                         {"n:BOOL=1", "1 is an integer, and BOOL takes True or False"}};
  for (auto [text, message] : texts) {
    llvm::Expected<Argument> argument = parseArgument(text);
    ASSERT_FALSE(argument) << text;
    EXPECT_THAT(llvm::toString(argument.takeError()), testing::HasSubstr(message));
  }
}

} // namespace
} // namespace pto::specialize
