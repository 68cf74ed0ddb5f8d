// Nine faults that specializers had before this one, each with the smallest program that shows it.
// The name of a test says what has to hold.
#include "compiler/specialize/Cache.h"
#include "compiler/specialize/tests/Helpers.h"
#include <gmock/gmock.h>

namespace pto::specialize {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char *copyKernel = R"(
@pl.jit.incore
def copy(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    t = pl.load(x, [0, 0], x.shape)
    return pl.store(t, [0, 0], y)
)";

std::string keyOf(const std::string &text, const std::string &entry, llvm::StringRef arguments) {
  std::vector<Diagnostic> diagnostics;
  Cache cache;
  auto key = cache.key(makeRequest(entry, arguments), "import pypto.language as pl\n" + text, diagnostics);
  for (const Diagnostic &diagnostic : diagnostics)
    ADD_FAILURE() << render(diagnostic);
  return key ? key->text : "";
}

const std::string chain = std::string(copyKernel) + R"(
@pl.jit.incore
def middle(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    z = copy(x, y)
    return z

@pl.jit
def run(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    y = middle(x, y)
    return y
)";

TEST(Fault1, transitiveDependenciesAreEmittedLeafFirst) {
  std::string text = run(chain, "run", "x:f32[16,16] y:f32[16,16]").text();
  size_t copy = text.find("def copy("), middle = text.find("def middle("), entry = text.find("def run(");
  EXPECT_TRUE(copy < middle && middle < entry && entry != std::string::npos) << text;
  EXPECT_EQ(text.find("def copy(", copy + 1), std::string::npos) << "emitted twice";
  EXPECT_THAT(text, HasSubstr("= self.copy(x, y)"));
}

TEST(Fault1, transitiveDependenciesAreInTheKey) {
  std::string changed = chain;
  changed.replace(changed.find("pl.store(t"), 10, "pl.store(x");
  EXPECT_NE(keyOf(chain, "run", "x:f32[16,16] y:f32[16,16]"), keyOf(changed, "run", "x:f32[16,16] y:f32[16,16]"));
}

TEST(Fault2, callsByKeywordAndWithDefaultsKeepEveryArgument) {
  std::string text = run(R"(
@pl.jit.incore
def scale(x: pl.Tensor, factor: pl.FP32 = 2.0, y: pl.Out[pl.Tensor] = None):
    return pl.store(pl.mul(pl.load(x, [0, 0], x.shape), factor), [0, 0], y)

@pl.jit
def run(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    y = scale(y=y, x=x)
    return y
)",
                         "run", "x:f32[16,16] y:f32[16,16]")
                         .text();
  EXPECT_THAT(text, HasSubstr("= self.scale(x, 2.0, y)"));
  EXPECT_THAT(text, HasSubstr("= pl.tile.muls(t, 2.0)"));
}

const std::string scaling = R"(
FACTOR = 2.5

@pl.jit.incore
def scale(x: pl.Tensor, y: pl.Out[pl.Tensor], factor: pl.FP32 = FACTOR, shift: pl.FP32 = 0.5):
    t = pl.mul(pl.load(x, [0, 0], x.shape), factor)
    return pl.store(pl.add(t, shift), [0, 0], y)

@pl.jit
def run(x: pl.Tensor, y: pl.Out[pl.Tensor], unused: pl.FP32 = 1.5):
    y = scale(x, y)
    return y
)";

TEST(Fault2, callsWithFewerArgumentsKeepTheValuesOfTheDefaults) {
  std::string text = run(scaling, "run", "x:f32[16,16] y:f32[16,16]").text();
  EXPECT_THAT(text, HasSubstr("= self.scale(x, y, 2.5, 0.5)"));
  EXPECT_THAT(text, HasSubstr("= pl.tile.muls(t, 2.5)"));
  EXPECT_THAT(text, HasSubstr("= pl.tile.adds(t_1, 0.5)"));
  EXPECT_THAT(text, HasSubstr("unused: pl.Scalar[pl.FP32]"));
}

TEST(Fault2, theValuesOfDefaultsAreInTheKey) {
  auto keyWith = [](const std::string &from, const std::string &to) {
    std::string changed = scaling;
    changed.replace(changed.find(from), from.size(), to);
    return keyOf(changed, "run", "x:f32[16,16] y:f32[16,16]");
  };
  EXPECT_NE(keyWith("FACTOR = 2.5", "FACTOR = 3.5"), keyWith("FACTOR", "FACTOR"));
  EXPECT_NE(keyWith("unused: pl.FP32 = 1.5", "unused: pl.FP32 = 2.5"), keyWith("FACTOR", "FACTOR"));
  // As the entry itself, the default is the value unless the request gives another one.
  std::string text = run(scaling, "scale", "x:f32[16,16] y:f32[16,16] shift=1.0").text();
  EXPECT_THAT(text, HasSubstr("= pl.tile.muls(t, 2.5)"));
  EXPECT_THAT(text, HasSubstr("= pl.tile.adds(t_1, 1.0)"));
}

const std::string dynamic = R"(
@pl.jit.incore
def kernel(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    rows = pl.dynamic("M")
    x.bind_dynamic(0, rows)
    y.bind_dynamic(0, rows)
    return pl.store(pl.load(x, [0, 0], [16, x.shape[1]]), [0, 0], y)

@pl.jit.incore
def middle(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    again = x
    z = kernel(again, y)
    return z

@pl.jit
def run(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    y = middle(x=x, y=y)
    return y
)";

TEST(Fault3, aDependencysDynamicDimensionReachesTheEntrysSignature) {
  std::string text = flat(run(dynamic, "run", "x:f32[64,32] y:f32[64,32]").text());
  EXPECT_THAT(text,
              HasSubstr("def run( self, x: pl.Tensor[[M, 32], pl.FP32], y: pl.Out[pl.Tensor[[M, 32], pl.FP32]], )"));
  EXPECT_THAT(text, HasSubstr("def middle( self, x: pl.Tensor[[M, 32], pl.FP32]"));
  EXPECT_THAT(text, Not(HasSubstr("bind_dynamic")));
}

TEST(Fault3, aDependencysDynamicDimensionIsMaskedInTheKey) {
  EXPECT_EQ(keyOf(dynamic, "run", "x:f32[64,32] y:f32[64,32]"), keyOf(dynamic, "run", "x:f32[96,32] y:f32[96,32]"));
  EXPECT_NE(keyOf(dynamic, "run", "x:f32[64,32] y:f32[64,32]"), keyOf(dynamic, "run", "x:f32[64,48] y:f32[64,48]"));
}

TEST(Fault4, scalarsOfTheKeyAreInTheGeneratedBody) {
  std::string source = R"(
@pl.jit.incore
def kernel(x: pl.Tensor, n: pl.INDEX, alpha: pl.FP32, y: pl.Out[pl.Tensor]):
    t = pl.load(x, [0, 0], [n, x.shape[1]])
    n = n + 1
    return pl.store(pl.mul(t, alpha), [n, 0], y)
)";
  std::string text = run(source, "kernel", "x:f32[64,32] n=4 alpha=0.5 y:f32[64,32]").text();
  EXPECT_THAT(text, HasSubstr("= pl.tile.muls(t, 0.5)"));
  // What the body assigns to starts as the argument.
  EXPECT_THAT(text, HasSubstr("        n_1 = 4\n"));
  EXPECT_THAT(text, HasSubstr("pl.tile.load(x, [0, 0], [n_1, 32], [n_1, 32]"));
  EXPECT_THAT(text, HasSubstr("        n_2 = n_1 + 1\n"));
}

TEST(Fault5, symbolsKeepTheirOwnName) {
  std::string text = run(R"(
rows = pl.dynamic("M")
more = pl.dynamic("K")

@pl.jit.incore
def kernel(x: pl.Tensor, y: pl.Tensor):
    x.bind_dynamic(0, rows)
    y.bind_dynamic(0, more)
    t = pl.load(x, [0, 0], [16, 16])
)",
                         "kernel", "x:f32[64,16] y:f32[32,16]")
                         .text();
  EXPECT_THAT(text, HasSubstr("M = pl.dynamic(\"M\")"));
  EXPECT_THAT(text, HasSubstr("K = pl.dynamic(\"K\")"));
  EXPECT_THAT(text, HasSubstr("x: pl.Tensor[[M, 16], pl.FP32], y: pl.Tensor[[K, 16], pl.FP32]"));
}

TEST(Fault5, symbolsOfTheRequestAreInTheKeyByTheirName) {
  EXPECT_NE(keyOf(copyKernel, "copy", "x:f32[M,16] y:f32[M,16]"), keyOf(copyKernel, "copy", "x:f32[K,16] y:f32[K,16]"));
  EXPECT_NE(keyOf(copyKernel, "copy", "x:f32[M,16] y:f32[M,16]"), keyOf(copyKernel, "copy", "x:f32[M,16] y:f32[K,16]"));
}

TEST(Fault5, aVariableOfTheSymbolsNameDoesNotHideIt) {
  std::string text = run(R"(
@pl.jit.incore
def kernel(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    rows = pl.dynamic("M")
    x.bind_dynamic(0, rows)
    M = pl.load(x, [0, 0], [16, 16])
    return pl.store(M, [x.shape[0] - 16, 0], y)
)",
                         "kernel", "x:f32[64,16] y:f32[64,16]")
                         .text();
  EXPECT_THAT(text, HasSubstr("M = pl.dynamic(\"M\")"));
  EXPECT_THAT(text, HasSubstr("x: pl.Tensor[[M, 16], pl.FP32]"));
  EXPECT_THAT(text, HasSubstr("pl.tile.store(M_1, [M - 16, 0], y)"));
}

TEST(Fault6, callsOfOneDependencyThatDisagreeAreToldWithBothPlaces) {
  std::string errors = run(std::string(copyKernel) + R"(
@pl.jit
def run(a: pl.Tensor, b: pl.Tensor, c: pl.Out[pl.Tensor], d: pl.Out[pl.Tensor]):
    c = copy(a, c)
    d = copy(b, d)
    return d
)",
                           "run", "a:f32[16,16] b:f32[32,16] c:f32[16,16] d:f32[32,16]")
                           .text();
  EXPECT_THAT(errors,
              HasSubstr("program.py:11:9: error: 'copy' is called here with x: pl.Tensor[[32, 16], pl.FP32], but at "
                        "program.py:10:9 with x: pl.Tensor[[16, 16], pl.FP32]"));
  EXPECT_THAT(errors, HasSubstr("    d = copy(b, d)\n        ^~~~~~~~~~"));
}

TEST(Fault6, callsOfOneDependencyThatAgreeShareIt) {
  std::string text = run(std::string(copyKernel) + R"(
@pl.jit
def run(a: pl.Tensor, c: pl.Out[pl.Tensor]):
    mid = pl.create_tensor(a.shape, dtype=a.dtype)
    mid = copy(a, mid)
    c = copy(mid, c)
    return c
)",
                         "run", "a:f32[16,16] c:f32[16,16]")
                         .text();
  EXPECT_EQ(text.find("def copy("), text.rfind("def copy("));
}

const std::string scaled = R"(
@pl.jit.incore
def kernel(x: pl.Tensor, at: pl.Scalar[pl.INDEX], rows: pl.Scalar[pl.INDEX], alpha: pl.Scalar[pl.FP32],
           y: pl.Out[pl.Tensor]):
    return pl.store(pl.mul(pl.load(x, [at, 0], [rows, 8]), alpha), [at, 0], y)

@pl.jit.incore
def middle(x: pl.Tensor, alpha: pl.Scalar[pl.FP32], y: pl.Out[pl.Tensor]):
    return kernel(x, 0, 4, alpha, y)
)";

TEST(Fault6, scalarsThatCallsGiveDifferentValuesAreArguments) {
  std::string text = run(scaled + R"(
@pl.jit
def run(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    y = middle(x, 0.5, y)
    y = middle(x, 2.0, y)
    y = kernel(x, 4, 4, 3.0, y)
    return y
)",
                         "run", "x:f32[8,8] y:f32[8,8]")
                         .text();
  EXPECT_THAT(text, HasSubstr("pl.tile.load(x, [at, 0], [4, 8], [4, 8]"));
  EXPECT_THAT(text, HasSubstr("pl.tile.muls(t, alpha)"));
  EXPECT_THAT(text, HasSubstr("self.kernel(x, 0, 4, alpha, y)"));
  EXPECT_THAT(text, HasSubstr("self.middle(x, 2.0, y_1)"));
  EXPECT_THAT(text, HasSubstr("self.kernel(x, 4, 4, 3.0, y_2)"));
}

TEST(Fault6, scalarsThatShapesNeedAreNot) {
  std::string errors = run(scaled + R"(
@pl.jit
def run(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    y = kernel(x, 0, 4, 1.0, y)
    y = kernel(x, 0, 8, 1.0, y)
    return y
)",
                           "run", "x:f32[8,8] y:f32[8,8]")
                           .text();
  EXPECT_THAT(errors, HasSubstr("'kernel' is called here with rows = 8 as pl.Scalar[pl.INDEX], but at"));
  EXPECT_EQ(errors.find("error:"), errors.rfind("error:")) << errors;
}

const std::string flagged = R"(
@pl.jit.incore
def kernel(x: pl.Tensor, flag, y: pl.Out[pl.Tensor]):
    return pl.store(pl.muls(pl.load(x, [0, 0], x.shape), flag), [0, 0], y)

@pl.jit
def run(x: pl.Tensor, flag, y: pl.Out[pl.Tensor]):
    y = kernel(x, flag, y)
    return y
)";

TEST(Fault7, trueOneAndOnePointZeroAreThreeKeys) {
  std::set<std::string> keys;
  for (const char *value : {"True", "1", "1.0"})
    keys.insert(keyOf(flagged, "run", std::string("x:f32[8,8] y:f32[8,8] flag=") + value));
  EXPECT_EQ(keys.size(), 3u);
  // Where the parameter's type makes both the same number, too.
  std::string typed = "@pl.jit\ndef f(alpha: pl.FP32):\n    pass\n";
  EXPECT_NE(keyOf(typed, "f", "alpha=1"), keyOf(typed, "f", "alpha=1.0"));
}

TEST(Fault7, trueOneAndOnePointZeroDisagreeAsArguments) {
  std::string source = flagged + R"(
@pl.jit
def twice(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    y = kernel(x, 1, y)
    y = kernel(x, True, y)
    return y
)";
  EXPECT_THAT(run(source, "twice", "x:f32[8,8] y:f32[8,8]").text(),
              HasSubstr("flag = True as pl.Scalar[pl.BOOL], but at"));
}

struct ShapeCase {
  const char *name, *statement, *shape;
};

void PrintTo(const ShapeCase &shape, std::ostream *out) {
  *out << shape.name;
}

class Fault8Shapes : public testing::TestWithParam<ShapeCase> {};

TEST(Fault7, theSignOfZeroCounts) {
  std::string source = flagged + R"(
@pl.jit
def twice(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    y = kernel(x, 0.0, y)
    y = kernel(x, -0.0, y)
    return y
)";
  EXPECT_THAT(run(source, "twice", "x:f32[8,8] y:f32[8,8]").text(),
              HasSubstr("flag = -0.0 as pl.Scalar[pl.FP32], but at"));
}

TEST_P(Fault8Shapes, shapesSurvive) {
  std::string text = run(std::string(copyKernel) + R"(
@pl.jit.incore
def pair(x: pl.Tensor, y: pl.Out[pl.Tensor]):
    r = pl.store(pl.load(x, [0, 0], x.shape), [0, 0], y)
    return r, x

@pl.jit
def run(a: pl.Tensor, b: pl.Tensor, out: pl.Out[pl.Tensor]):
    for i in pl.range(2):
        )" + GetParam().statement +
                             R"(
        out = copy(part, out)
    return out
)",
                         "run", "a:f16[64,32] b:f16[64,32] out:f16[64,32]")
                         .text();
  EXPECT_THAT(flat(text), HasSubstr("def copy( self, x: pl.Tensor[" + std::string(GetParam().shape) + ", pl.FP16]"));
}

INSTANTIATE_TEST_SUITE_P(
    Through, Fault8Shapes,
    testing::Values(ShapeCase{"Slice", "part = pl.slice(a, [16, a.shape[1]], [i * 16, 0])", "[16, 32]"},
                    ShapeCase{"KeywordSlice", "part = pl.tensor.slice(a, offset=[0, 0], shape=[8, 32])", "[8, 32]"},
                    ShapeCase{"Reshape", "part = pl.reshape(a, [32, 64])", "[32, 64]"},
                    ShapeCase{"Subscript", "part = a[0:16, 4:]", "[16, 28]"},
                    ShapeCase{"RunTimeSubscript", "part = a[i * 8 : i * 8 + 8, :]", "[8, 32]"},
                    ShapeCase{"Row", "part = a[i, 0:32]", "[1, 32]"},
                    ShapeCase{"CreatedTensor", "part = pl.create_tensor([a.shape[0] // 2, 32], dtype=a.dtype)",
                              "[32, 32]"},
                    ShapeCase{"Alias", "part = b", "[64, 32]"},
                    ShapeCase{"Arithmetic", "part = pl.add(a, b)", "[64, 32]"},
                    ShapeCase{"Transpose", "part = pl.transpose(a, 0, 1)", "[32, 64]"},
                    ShapeCase{"Annotation", "part: pl.Tensor[[16, a.shape[1]], a.dtype] = pl.slice(a, [i, 32], [0, 0])",
                              "[16, 32]"},
                    ShapeCase{"ReturnValue", "part, second = pair(b, a)", "[64, 32]"},
                    ShapeCase{"ReturnedPart", "first, part = pair(b[0:4, :], a)", "[4, 32]"}),
    [](const auto &info) { return info.param.name; });

TEST(Fault8, anUnknownShapeIsAnError) {
  std::string errors = run(std::string(copyKernel) + R"(
@pl.jit
def run(a: pl.Tensor, out: pl.Out[pl.Tensor]):
    for i in pl.range(1, 4):
        part = pl.slice(a, [i, 16], [0, 0])
        out = copy(part, out)
    return out
)",
                           "run", "a:f32[16,16] out:f32[16,16]")
                           .text();
  EXPECT_THAT(errors,
              HasSubstr("program.py:12:20: error: argument 'x' of 'copy' is pl.Tensor[[?, 16], pl.FP32] here, with a "
                        "dimension that is known only when the program runs; annotate it where it is assigned"));
}

TEST(Fault9, platformStrategyAndOptionsAreInTheKey) {
  Cache cache;
  std::vector<Diagnostic> diagnostics;
  std::string text = "import pypto.language as pl\n" + flagged;
  Request base = makeRequest("run", "x:f32[8,8] y:f32[8,8] flag=1"), platform = base, strategy = base, options = base,
          value = base;
  platform.platform = "a5";
  strategy.strategy = "PTOAS";
  options.options["mode"] = "explicit";
  value.options["mode"] = "implicit";
  std::set<std::string> keys;
  for (const Request &request : {base, platform, strategy, options, value})
    keys.insert(cache.key(request, text, diagnostics)->text);
  EXPECT_EQ(keys.size(), 5u);
}

} // namespace
} // namespace pto::specialize
