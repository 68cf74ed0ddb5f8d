// What the specializer does with each part of the language, beside what the pairs show.
#include "compiler/specialize/tests/Helpers.h"
#include <gmock/gmock.h>

namespace pto::specialize {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string kernel(const std::string &statements, llvm::StringRef arguments = "x:f32[64,32] y:f32[64,32]") {
  return flat(run("@pl.jit.incore\ndef f(x: pl.Tensor, y: pl.Out[pl.Tensor]):\n" + statements, "f", arguments).text());
}

TEST(Constants, ofTheModuleAreFoldedIn) {
  std::string text = run(R"(
from pypto.language import FP16, load as fetch
SIZES = [8, 16]
HALF = SIZES[1] // 2
Matrix = pl.Tensor[[HALF, SIZES[1]], FP16]

@pl.jit.incore
def f(x: pl.Tensor, y: Matrix):
    t = fetch(x, [0, 0], SIZES)
    u = fetch(x, [0, -HALF + 8], [HALF * 2 - 8, 16], target_memory=pl.MemorySpace.Vec)
    return y
)",
                         "f", "x:f16[8,16] y:f16[8,16]")
                         .text();
  EXPECT_THAT(flat(text), HasSubstr("y: pl.Tensor[[8, 16], pl.FP16]"));
  EXPECT_THAT(
      text,
      HasSubstr("pl.tile.load(x, [0, 0], [8, 16], [8, 16], target_memory=pl.Mem.Vec, transpose=False)\n        u: "));
  EXPECT_THAT(
      text,
      HasSubstr(
          "pl.tile.load(x, [0, 0], [8, 16], [8, 16], target_memory=pl.Mem.Vec, transpose=False)\n        return"));
}

TEST(Constants, whatTheUserAssignedStaysAsWritten) {
  std::string text = kernel("    k = 4\n    t = pl.load(x, [k * 2, 0], [16, 32])\n");
  EXPECT_THAT(text,
              HasSubstr("k = 4 t: pl.Tile[[16, 32], pl.FP32, pl.Mem.Vec] = pl.tile.load(x, [k * 2, 0], [16, 32]"));
}

TEST(Constants, aNameThatIsAssignedTwiceIsNotOne) {
  std::string text = kernel("    k = x.shape[0]\n    for i in pl.range(2):\n        k = k + 1\n"
                            "    t = pl.load(x, [k, 0], [16, 32])\n");
  EXPECT_THAT(text,
              HasSubstr("k = 64 for i, (k_1,) in pl.range(2, init_values=(k,)): k_3 = k_1 + 1 k_2 = pl.yield_(k_3) t: "
                        "pl.Tile[[16, 32], pl.FP32, pl.Mem.Vec] = pl.tile.load(x, [k_2, 0]"));
}

TEST(Branches, thatAreKnownLeaveOneSide) {
  std::string text = kernel("    if x.dtype == pl.FP32 and x.shape[0] > 32:\n        r = pl.yield_(x)\n"
                            "    else:\n        r = pl.yield_(y)\n    z = 3 if x.shape[1] == 8 else 5\n"
                            "    t = pl.load(r, [z, 0], [8, 8])\n");
  EXPECT_THAT(text, HasSubstr("pl.tile.load(x, [5, 0], [8, 8]"));
  EXPECT_THAT(text, Not(HasSubstr("if ")));
}

TEST(Branches, thatAreKnownDecideWhatALoopCarries) {
  const std::string program = "@pl.jit.incore\ndef f(x: pl.Tensor, wide: pl.BOOL, y: pl.Out[pl.Tensor]):\n"
                              "    t = pl.load(x, [0, 0], [16, 32])\n"
                              "    for i in pl.range(4):\n"
                              "        if wide:\n            t = pl.exp(t)\n"
                              "        else:\n            y = pl.store(t, [i, 0], y)\n"
                              "    return pl.store(t, [0, 0], y)\n";
  EXPECT_THAT(run(program, "f", "x:f32[64,32] wide=False y:f32[64,32]").text(), HasSubstr("for i, (y_1,) in"));
  EXPECT_THAT(run(program, "f", "x:f32[64,32] wide=True y:f32[64,32]").text(), HasSubstr("for i, (t_1,) in"));
}

TEST(Branches, thatAreKnownMayReturn) {
  const std::string program = "@pl.jit.incore\ndef f(x: pl.Tensor, n: pl.INDEX, y: pl.Out[pl.Tensor]):\n"
                              "    t = pl.load(x, [0, 0], [16, 32])\n"
                              "    if n == 0:\n        return pl.store(t, [0, 0], y)\n"
                              "    return pl.store(pl.exp(t), [n, 0], y)\n";
  EXPECT_THAT(run(program, "f", "x:f32[64,32] n=0 y:f32[64,32]").text(), Not(HasSubstr("exp")));
  EXPECT_THAT(run(program, "f", "x:f32[64,32] n=8 y:f32[64,32]").text(), HasSubstr("pl.tile.store(t_1, [8, 0], y)"));
}

TEST(Branches, onDynamicDimensionsStay) {
  std::string text = kernel("    x.bind_dynamic(0, pl.dynamic(\"M\"))\n    if x.shape[0] == 64:\n        pass\n"
                            "    if x.shape[0] == x.shape[0]:\n        a = 1\n");
  EXPECT_THAT(text, HasSubstr("if M == 64: pass a = 1"));
}

TEST(Dimensions, canBeExpressionsInSymbols) {
  std::string text = flat(run(R"(
@pl.jit.incore
def copy(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    return pl.store(pl.load(x, [0, 0], [16, 32]), [0, 0], y)

@pl.jit
def f(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    M = x.shape[0]
    half = pl.slice(x, [M // 2, 32], [0, 0])
    out = pl.create_tensor([half.shape[0], 32], dtype=pl.FP32)
    out = copy(half, out)
    return y
)",
                              "f", "x:f32[R,32] y:f32[8,8]")
                              .text());
  EXPECT_THAT(text, HasSubstr("def copy( self, x: pl.Tensor[[R // 2, 32], pl.FP32]"));
  EXPECT_THAT(text, HasSubstr("out: pl.Tensor[[R // 2, 32], pl.FP32] = pl.tensor.create([R // 2, 32], dtype=pl.FP32"));
}

TEST(Symbols, ofACalleeBecomeTheCallersDimensions) {
  std::string text = flat(run(R"(
@pl.jit.incore
def f(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    M = pl.dynamic("M")
    x.bind_dynamic(0, M)
    y.bind_dynamic(0, M)
    return pl.store(pl.load(x, [0, 0], [4, 4]), [0, 0], y)

@pl.jit
def run(x: pl.Tensor):
    part = pl.slice(x, [8, 4], [0, 0])
    made = pl.create_tensor([8, 4], dtype=x.dtype)
    result = f(part, made)
    return result
)",
                              "run", "x:f32[16,4]")
                              .text());
  EXPECT_THAT(text, HasSubstr("def run(self, x: pl.Tensor[[16, 4], pl.FP32]) -> pl.Tensor[[8, 4], pl.FP32]"));
}

TEST(Scalars, takeTheTypeOfTheParameterTheyArePassedTo) {
  std::string text = run(R"(
@pl.jit.incore
def f(x: pl.Tensor, n: pl.INT32, alpha: pl.FP16, beta: pl.FP32):
    t = pl.muls(pl.load(x, [n, 0], [4, 4]), alpha)

@pl.jit
def run(x: pl.Tensor, n: pl.INT32):
    f(x, n, 0.5, 2)
)",
                         "run", "x:f16[16,4] n=-3")
                         .text();
  EXPECT_THAT(text, HasSubstr("self.f(x, pl.const(-3, pl.INT32), pl.const(0.5, pl.FP16), 2.0)"));
  EXPECT_THAT(text, HasSubstr("pl.tile.load(x, [-3, 0], [4, 4]"));
  EXPECT_THAT(text, HasSubstr("pl.tile.muls(t, pl.const(0.5, pl.FP16))"));
}

TEST(Scalars, atRunTimeStayParameters) {
  std::string text = run(R"(
@pl.jit.incore
def f(x: pl.Tensor, i: pl.INDEX):
    t = pl.load(x, [i, 0], [4, 4])

@pl.jit
def run(x: pl.Tensor):
    for i in pl.range(4):
        f(x, i)
)",
                         "run", "x:f16[16,4]")
                         .text();
  EXPECT_THAT(text, HasSubstr("pl.tile.load(x, [i, 0], [4, 4]"));
  EXPECT_THAT(text, HasSubstr("self.f(x, i)"));
}

TEST(Scalars, withoutANumberAsPythonWritesIt) {
  std::string text =
      run("@pl.jit.incore\ndef f(x: pl.Tensor, a: pl.FP32):\n    t = pl.muls(x, a)\n", "f", "x:f32[4,4] a=-inf").text();
  EXPECT_THAT(text, HasSubstr("pl.tensor.muls(x, float(\"-inf\"))"));
}

TEST(Functions, keepTheirLevel) {
  std::string text =
      run("@pl.jit.incore(level=pl.Level.AIC)\ndef f(x: pl.Tensor):\n    pass\n", "f", "x:f32[4]").text();
  EXPECT_THAT(text, HasSubstr("@pl.function(type=pl.FunctionType.InCore, level=pl.Level.AIC)"));
}

TEST(Functions, thatAreConcreteAlreadyCanBeDependencies) {
  std::string text = run(R"(
@pl.function(type=pl.FunctionType.InCore)
def f(x: pl.Tensor[[4, 4], pl.FP32], y: pl.Out[pl.Tensor[[4, 4], pl.FP32]]) -> pl.Tensor[[4, 4], pl.FP32]:
    return pl.store(pl.load(x, [0, 0], [4, 4]), [0, 0], y)

@pl.jit
def run(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    y = f(x, y)
    return y
)",
                         "run", "x:f32[4,4] y:f32[4,4]")
                         .text();
  EXPECT_THAT(text, HasSubstr("= self.f(x, y)"));
  EXPECT_THAT(flat(text), HasSubstr("def f( self, x: pl.Tensor[[4, 4], pl.FP32]"));
}

TEST(Functions, onTilesAreInlined) {
  std::string text = run(R"(
@pl.jit.inline
def twice(t, times: pl.INDEX = 2):
    if times > 1:
        t = pl.add(t, t)
    return t

@pl.jit.incore
def f(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    t = pl.load(x, [0, 0], x.shape)
    return pl.store(twice(twice(t), times=1), [0, 0], y)
)",
                         "f", "x:f32[4,4] y:f32[4,4]")
                         .text();
  EXPECT_THAT(text, Not(HasSubstr("def twice")));
  EXPECT_EQ(text.find("pl.tile.add(t, t)"), text.rfind("pl.tile.add"));
  EXPECT_THAT(text, HasSubstr("pl.tile.add(t, t)"));
}

const std::string factory = R"(
def build(n, name="K"):
    K = pl.dynamic(name)

    @pl.program
    class Built:
        @pl.function(type=pl.FunctionType.InCore)
        def f(self, x: pl.Tensor[[K, n], pl.FP32], y: pl.Out[pl.Tensor[[K, n], pl.FP32]]):
            t = pl.load(x, [0, 0], [4, n * 2])
            y = pl.store(t, [0, 0], y)

    return Built
)";

TEST(Programs, ofAFactoryTakeItsArguments) {
  for (const char *entry : {"build", "build.Built", "Built", "Built.f", "f"}) {
    Outcome outcome = run(factory, entry, "n=16");
    EXPECT_THAT(outcome.text(), HasSubstr("pl.tile.load(x, [0, 0], [4, 32]"));
    EXPECT_THAT(flat(outcome.text()), HasSubstr("x: pl.Tensor[[K, 16], pl.FP32]"));
    ASSERT_TRUE(outcome.program);
    EXPECT_EQ(outcome.program->program, "Built");
    EXPECT_EQ(outcome.program->entry, "f");
  }
}

TEST(Programs, ofAFactoryWithoutItsArgumentsSayWhichIsMissing) {
  EXPECT_THAT(run(factory, "build", "").errors, HasSubstr("parameter 'n' of 'build', which is not bound to a value"));
}

TEST(Programs, bringTheFunctionsThatTheyCall) {
  std::string text = run(R"(
N = 4

@pl.function(type=pl.FunctionType.InCore)
def f(x: pl.Tensor[[N, N], pl.FP32]):
    t = pl.load(x, [0, 0], [N, N])

@pl.program
class P:
    @pl.function(type=pl.FunctionType.Orchestration)
    def run(self, x: pl.Tensor[[N, N], pl.FP32]):
        f(x)
)",
                         "P", "")
                         .text();
  EXPECT_THAT(text, HasSubstr("def f(self, x: pl.Tensor[[4, 4], pl.FP32]):\n        t: pl.Tile[[4, 4], pl.FP32, "
                              "pl.Mem.Vec] = pl.tile.load(x, [0, 0], [4, 4]"));
  EXPECT_THAT(text, HasSubstr("        self.f(x)"));
}

TEST(SourceMap, everyLineOfThePrintedProgramKnowsItsOwn) {
  Outcome outcome = run(R"(
@pl.jit.incore
def kernel(x: pl.Tensor,
           y: pl.Out[pl.Tensor]):
    M, N = x.shape
    for i in pl.range(M // 16):
        t = pl.load(x, [i * 16, 0], [16, N])
        y = pl.store(t, [i * 16, 0], y)
    return y

@pl.jit
def run(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    y = kernel(x, y)
    return y
)",
                        "run", "x:f32[64,32] y:f32[64,32]");
  ASSERT_TRUE(outcome.program) << outcome.errors;
  const Specialized &program = *outcome.program;
  Source printed("", program.text);
  std::vector<unsigned> lines = program.map.lines(program.text, "program.py");
  auto lineOf = [&](llvm::StringRef text) {
    size_t at = llvm::StringRef(program.text).find(text);
    return at == llvm::StringRef::npos ? 0 : lines[printed.place(static_cast<uint32_t>(at)).line];
  };
  EXPECT_EQ(lineOf("@pl.function(type=pl.FunctionType.InCore)"), 3u);
  EXPECT_EQ(lineOf("y: pl.Out"), 5u);
  EXPECT_EQ(lineOf("for i, "), 7u);
  EXPECT_EQ(lineOf("t: pl.Tile"), 8u);
  EXPECT_EQ(lineOf("y_1: pl.Tensor[[64, 32], pl.FP32] = self.kernel(x, y)"), 14u);
  EXPECT_EQ(lines[1], 0u) << "the import came from nowhere";
}

TEST(SourceMap, everyStatementOfThePrintedProgramKnowsItsPlace) {
  Outcome outcome =
      run("@pl.jit.incore\ndef f(x: pl.Tensor, y: pl.Out[pl.Tensor]):\n    t = pl.load(x, [0, 0], [4, x.shape[1]])\n"
          "    return pl.store(pl.exp(t), [0, 0], y)\n",
          "f", "x:f32[4,48] y:f32[4,48]");
  ASSERT_TRUE(outcome.program) << outcome.errors;
  auto columnOf = [&](llvm::StringRef text) {
    const SourceMap::Origin *origin = outcome.program->map.find(outcome.program->text.find(text));
    return origin ? origin->place.column : 0;
  };
  EXPECT_EQ(columnOf("pl.tile.load"), 9u);
  EXPECT_EQ(columnOf("pl.tile.exp"), 21u);
  EXPECT_EQ(columnOf("pl.tile.store"), 12u);
}

TEST(Specializer, isDeterministic) {
  std::string first =
      kernel("    K = pl.dynamic(\"K\")\n    x.bind_dynamic(0, K)\n    y.bind_dynamic(1, pl.dynamic(\"A\"))\n");
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(
        first,
        kernel("    K = pl.dynamic(\"K\")\n    x.bind_dynamic(0, K)\n    y.bind_dynamic(1, pl.dynamic(\"A\"))\n"));
  EXPECT_THAT(first, HasSubstr("K = pl.dynamic(\"K\") A = pl.dynamic(\"A\")"));
}

} // namespace
} // namespace pto::specialize
