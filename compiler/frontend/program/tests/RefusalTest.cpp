// Programs with one mistake: one error, at the right place, that says what is wrong.
// A $ in the text marks where the error has to be.
#include "compiler/frontend/program/tests/Reading.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pto::frontend::tests {
namespace {

struct Refusal {
  std::string text;
  std::string message;
};

void expectRefused(const std::vector<Refusal> &refusals) {
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  for (const Refusal &refusal : refusals) {
    size_t marker = refusal.text.find('$');
    ASSERT_NE(marker, std::string::npos) << refusal.text;
    std::string text = refusal.text.substr(0, marker) + refusal.text.substr(marker + 1);
    Place expected = Source("test.py", text).place(static_cast<uint32_t>(marker));
    Reading reading(context, text);
    std::vector<Diagnostic> errors;
    for (const Diagnostic &diagnostic : reading.diagnostics)
      if (diagnostic.severity == Severity::Error)
        errors.push_back(diagnostic);
    ASSERT_EQ(errors.size(), 1u) << refusal.text << "\n" << reading.errors();
    EXPECT_EQ(errors[0].place.line, expected.line) << refusal.text << "\n" << reading.errors();
    EXPECT_EQ(errors[0].place.column, expected.column) << refusal.text << "\n" << reading.errors();
    EXPECT_THAT(errors[0].message, testing::HasSubstr(refusal.message)) << refusal.text;
  }
}

TEST(Refusal, OfTextThatIsNoPython) {
  expectRefused({
      {"x = $(1 + 2\n", "'(' was never closed"},
      {"x = [1, 2$)\n", "')' does not close '['"},
      {"x = 1$)\n", "')' has no matching opening bracket"},
      {"x = $'abc\n", "not closed on its line"},
      {"x = $'''abc\n", "never closed by three quotes"},
      {"x = 1 $? 2\n", "'?' is not part of the language"},
      {"x = $12ab\n", "neither a number nor a name"},
      {"x = $0x\n", "has no digits"},
      {"if x:\n        y = 1\n    $z = 2\n", "matches no enclosing block"},
      {"x = 1\n  $y = 2\n", "nothing before it opens a block"},
      {"if x:\n$y = 2\n", "expected an indented block after the condition"},
      {"if x$\n    y = 2\n", "expected ':' after the condition"},
      {"x = +$\n", "expected an expression, found the end of the line"},
      {"x = 1 +$\n", "expected an expression, found the end of the line"},
      {"x = a$.1\n", "expected the end of the statement, found '.1'"},
      {"f(a=1, $2)\n", "a positional argument follows 'a='"},
      {"$1 = x\n", "cannot assign to this"},
      {"$f() += 1\n", "cannot assign to this"},
      {"x = a if b$\n", "expected 'else'"},
      {"def $1():\n    pass\n", "expected a name after 'def'"},
      {"def f(a, $1):\n    pass\n", "expected a parameter's name"},
      {"@d\n$x = 1\n", "expected 'def' or 'class' after the decorator"},
      {"for x $of y:\n    pass\n", "expected 'in' after the loop's variables"},
      {"import $1\n", "expected a name to import"},
      {"x = 1 $2\n", "expected the end of the statement"},
      {"x = " + std::string(199, '(') + "$" + std::string(101, '(') + "1" + std::string(300, ')') + "\n",
       "nested more than 200 deep"},
  });
}

TEST(Refusal, OfNamesAndCalls) {
  expectRefused({
      {kernel("t = pl.load($b, [0, 0], [64, 64])"), "there is no variable 'b'"},
      {kernel("t = pl.load(a, [0, 0], [64, 64])\npl.store($tt, [0, 0], out)"), "did you mean 't'?"},
      {kernel("x = pl.exp($y)\ny = pl.load(a, [0, 0], [64, 64])"), "'y' is used before it is assigned"},
      {kernel("t = pl.$lod(a, [0, 0], [64, 64])"), "unknown operation 'pl.lod'; did you mean 'load'?"},
      {kernel("t = pl.tile.$laod(a, [0, 0], [64, 64])"), "did you mean 'tile.load'?"},
      {kernel("t = $pl.load(a, [0, 0])"), "pl.tile.load needs 'shapes'; it is tile.load(tensor, offsets, shapes"},
      {kernel("t = pl.load(a, [0, 0], [64, 64], [64, 64], pl.Mem.Vec, False, False, $1)"),
       "takes at most 7 arguments, found 8"},
      {kernel("t = pl.load(a, [0, 0], [64, 64], $targt_memory=pl.Mem.Vec)"), "did you mean 'target_memory'?"},
      {kernel("t = pl.load(a, [0, 0], [64, 64], $tensor=a)"), "'tensor' is given twice"},
      {kernel("t = pl.load(a, [0, 0], [64, 64], target_memory=$pl.Mem.Vek)"), "did you mean 'Vec'?"},
      {kernel("t = pl.load(a, [0, 0], [64, 64], transpose=$1)"), "'transpose' must be True or False, found 1"},
      {kernel("t = pl.load(a, [0, 0], [64, 64])\nu = pl.tile.fillpad(t, pad_value=$pl.PadValue.zreo)"),
       "'pad_value' must be one of pl.PadValue.… (null, zero, max, min), found pl.PadValue.zreo"},
      {kernel("t: pl.Tile[[64, 64], pl.FP32, pl.TileView(blayout=$pl.TileLayout.rows)] = pl.load(a, [0, 0], [64, 64])"),
       "the blayout of a view is one of none_box, row_major, col_major, found pl.TileLayout.rows"},
      {kernel("t: pl.Tile[[64, 64], pl.FP32, pl.TileView($padding=1)] = pl.load(a, [0, 0], [64, 64])"),
       "a view has no field 'padding'"},
      {kernel("t = pl.create_tile([64, 64], dtype=$pl.FP31, target_memory=pl.Mem.Vec)"), "did you mean 'FP"},
      {kernel("t = pl.load(a, [0, 0], [64, 64], transpose=$flag)"), "known before the program runs"},
      {kernel("t = self.$kk(a)"), "this program has no function 'kk'"},
      {kernel("t = $g(a)"), "there is no function 'g'"},
      {kernel("t = $N(a)"), "'N' is an integer, not a function"},
      {kernel("t = $a(1)"), "'a' is a value, not a function"},
      {kernel("t = $a.load(1)"), "'a' is a value, which has no functions"},
      {kernel("t = $lambda: 1"), "a lambda is not part of the language"},
      {kernel("t = $[x for x in a]"), "a comprehension is not part of the language"},
      {kernel("t = $0 < n < 2"), "a chained comparison is not part of the language"},
      {kernel("t = $'abc'"), "a string is not a value"},
      {kernel("t = $pl.FP32"), "which is not a value of a program"},
      {kernel("t = $pl.range(4)"), "pl.range belongs in the head of a for loop"},
      {kernel("t = pl.const($n, pl.INT64)"), "a number that is known here"},
      {kernel("t = pl.const($1.5, pl.INT64)"), "a float is not a value of pl.INT64"},
      {kernel("t = $pl.tpop_from_aic(split=0)"), "annotate the variable"},
  });
}

TEST(Refusal, OfTypesAndShapes) {
  const std::string tile = "t = pl.load(a, [0, 0], [64, 64])\n";
  expectRefused({
      {kernel("t = pl.load($n, [0, 0], [64, 64])"), "'tensor' must be a tensor, found pl.Scalar[pl.INDEX]"},
      {kernel("t = pl.load(a, $[0], [64, 64])"), "1 offsets for a shape of 2 dimensions"},
      {kernel("t = pl.load(a, $[0, 1.5], [64, 64])"), "element 1 of 'offsets' must be an integer scalar"},
      {kernel("t = pl.load(a, $0, [64, 64])"), "'offsets' must be a list of integer scalars"},
      {kernel("t = pl.load(a, [0, 0], [64, 64], transpose=$True)"), "only a load to Mat can transpose"},
      {kernel("t = pl.create_tile($[n, 64], dtype=pl.FP32, target_memory=pl.Mem.Vec)"), "must be a constant"},
      {kernel(tile + "u = pl.load(a, [0, 0], [32, 64])\nv = pl.add(t, $u)"), "[64, 64] and [32, 64] do not fit"},
      {kernel(tile + "u = pl.load(a, [0, 0], [32, 64])\nv = pl.matmul(t, $u)"), "the inner dimensions differ"},
      {kernel(tile + "v = pl.reshape(t, $[64, 32])"), "has 4096 elements, [64, 32] has 2048"},
      {kernel(tile + "v = pl.row_expand_sub(t, $t)"), "the last dimension of a column of row values is 1"},
      {kernel(tile + "v = pl.transpose(t, 0, $2)"), "an axis must be a constant within the 2 dimensions"},
      {kernel(tile + "v = pl.tile.sum(t, axis=$2)"), "axis 2 is outside of a shape of 2 dimensions"},
      {kernel(tile + "v = $t + t"), "use pl.add(t, t)"},
      {kernel(tile + "v: $pl.Tile[[32, 64], pl.FP32] = pl.exp(t)"), "'v' is annotated as pl.Tile[[32, 64], pl.FP32]"},
      {kernel(tile + "v: $pl.Scalar[pl.FP32] = pl.exp(t)"), "its value is pl.Tile[[64, 64], pl.FP32, pl.Mem.Vec]"},
      {kernel("x: $pl.Scalar[pl.FP32] = n + 1"), "pl.cast converts"},
      {kernel("v: pl.Tile[[64, 64], $pl.FP33] = pl.load(a, [0, 0], [64, 64])"), "expected an element type"},
      {kernel("v: $pl.Tyle[[64, 64], pl.FP32] = pl.load(a, [0, 0], [64, 64])"), "did you mean 'pl.Tile'?"},
      {kernel("v: pl.Tile[[64, $q], pl.FP32] = pl.load(a, [0, 0], [64, 64])"), "the name 'q', which is not defined"},
      {kernel("v = a[$0, 0, 0]"), "3 indices for 2 dimensions"},
      {kernel("v = a[$8:4, 0]"), "this slice has no elements"},
      {kernel(tile + "v = t[$64:99, :]"), "this slice has no elements"},
      {kernel("v = a[0:8:$2, 0]"), "a slice has no step here"},
      {kernel("v = $n[0]"), "only a tensor, a tile or a tuple has elements"},
      {kernel("$x, y, z = n, n"), "there are 3 variables for 2 values"},
      {kernel("$n[0] = n"), "only a tensor, a tile or an array has parts"},
      {kernel("v = pl.tensor.dim(a, $2)"), "axis 2 is outside"},
  });
}

TEST(Refusal, OfControlFlow) {
  expectRefused({
      {kernel("$x = pl.yield_(n)"), "pl.yield_ belongs in a loop or a branch"},
      {kernel("for i in $range(4):\n    pass"), "use pl.range"},
      {kernel("for i in $a:\n    pass"), "a loop goes over pl.range"},
      {kernel("for i in pl.range($1.5):\n    pass"), "a loop's bound is an integer scalar"},
      {kernel("for i in pl.range(0, 4, $0):\n    pass"), "a loop's step cannot be 0"},
      {kernel("for i in pl.range(4, $init_value=(n,)):\n    pass"), "did you mean 'init_values'?"},
      {kernel("for $i, (x, y) in pl.range(4, init_values=(n,)):\n    x1 = pl.yield_(x)"),
       "2 carried variables for 1 init_values"},
      {kernel("for i, (x,) in pl.range(4, init_values=(n,)):\n    $y, z = pl.yield_(x, x)"),
       "carries 1 init_values, its body yields 2"},
      {kernel("for i, (x,) in pl.range(4, init_values=(n,)):\n    $y = pl.yield_(a)"),
       "'x' is pl.Scalar[pl.INDEX] before the loop"},
      {kernel("if $a:\n    pass"), "a condition is a scalar"},
      {kernel("if flag:\n    x = pl.yield_(n)\nelse:\n    $y = pl.yield_(n)"), "yield to different variables"},
      {kernel("if flag:\n    $x = pl.yield_(n)\nelse:\n    pass"), "both must yield the same"},
      {kernel("if flag:\n    x = n\ny = $x + 1"), "'x' has no value here: it is assigned in one branch only"},
      {kernel("for i in pl.range(n):\n    x = i\ny = $x + 1"), "assigned inside a loop only, which may not run"},
      {kernel("for i in pl.range(4, 4):\n    x = i\ny = $x + 1"), "assigned inside a loop only, which may not run"},
      {kernel("while flag:\n    x = n\ny = $x + 1"), "assigned inside a loop only, which may not run"},
      {kernel("for i in pl.range(4):\n    y = $x\n    x = i\nz = x"), "'x' is used before it is assigned"},
      {kernel("for i in pl.range(4):\n    if flag:\n        x = i\ny = $x"),
       "'x' has no value here: a round of the loop can end without assigning it"},
      {kernel("for i in pl.range(4):\n    if flag:\n        continue\n    x = i\ny = $x"),
       "'x' has no value here: a round of the loop can end without assigning it"},
      {kernel("for i, (x,) in pl.range(4, init_values=(n,)):\n    y = pl.yield_(x)\n    $z = pl.yield_(x)"),
       "this block already has a pl.yield_"},
      {kernel("if flag:\n    $return a"), "a return must be the last statement of a function"},
      {kernel("$break"), "'break' outside of a loop"},
      {kernel("for i in pl.parallel(4):\n    $break"), "this is a pl.parallel"},
      {kernel("for i in pl.range(4):\n    break\n    $x = n"), "unreachable: it comes after break"},
      {kernel("while $a:\n    pass"), "a condition is a scalar"},
      {kernel("for (x,) in $pl.while_(init_values=(n,)):\n    y = pl.yield_(x)"), "starts with pl.cond"},
      {kernel("with $open('x'):\n    pass"), "a with statement opens pl.at"},
      {kernel("with pl.at($levl=pl.Level.HOST):\n    pass"), "did you mean 'level'?"},
      {kernel("with $pl.at():\n    pass"), "pl.at needs level"},
      {kernel("with $pl.spmd():\n    pass"), "pl.spmd needs core_num"},
      {kernel("with pl.cluster($4):\n    pass"), "pl.cluster takes its arguments by name"},
      {kernel("$try:\n    pass\nfinally:\n    pass"), "'try' is not part of the language"},
      {kernel("def $f():\n    pass"), "a function inside a function"},
      {kernel("$n"), "this statement has no effect"},
      {kernel("return a\n$x = n"), "unreachable: it comes after the return"},
      {kernel("for i in $pl.pipeline(4):\n    pass"), "pl.pipeline needs stage"},
      {kernel("pl.static_assert($N > 64, 'too small')"), "pl.static_assert failed: too small; 'N > 64' is false"},
  });
}

TEST(Refusal, OfDeclarations) {
  const std::string head = "import pypto.language as pl\n";
  const std::string method = head + "@pl.program\nclass P:\n";
  expectRefused({
      {method + "    @pl.function\n    def f(self, $x):\n        return x\n", "parameter 'x' has no type"},
      {method + "    def $f(self):\n        pass\n", "'f' has no @pl.function"},
      {method + "    $x = 1\n", "a program holds functions only"},
      {head + "@pl.program\nclass $P:\n    pass\n", "this program has no functions"},
      {method + "    @pl.function(type=$pl.FunctionType.InCor)\n    def f(self):\n        pass\n",
       "did you mean 'InCore'?"},
      {method + "    @pl.function($typ=1)\n    def f(self):\n        pass\n", "did you mean 'type'?"},
      {method + "    @pl.function\n    def f(self, x: $pl.InOut[pl.Scalar[pl.FP32]]):\n        pass\n",
       "a scalar cannot be an InOut parameter"},
      {method + "    @pl.function\n    def f(self, x: pl.INDEX, $x: pl.INDEX):\n        pass\n", "two parameters 'x'"},
      {method + "    @pl.function\n    def f(self, x: $int):\n        pass\n", "expected a type, found int"},
      {method + "    @pl.function\n    def f(self, x: pl.Tensor[[$-1], pl.FP32]):\n        pass\n",
       "cannot be negative"},
      {method + "    @pl.function\n    def f(self, x: pl.INDEX = $1):\n        pass\n", "cannot have a default"},
      {method + "    @pl.function\n    def f(self, x: pl.INDEX) -> pl.Tensor[[4], pl.FP32]:\n        $return x\n",
       "its annotation says pl.Tensor[[4], pl.FP32]"},
      {method + "    @pl.function\n    def f(self):\n        pass\n    @pl.function\n    def $f(self):\n        pass\n",
       "two functions 'f'"},
      {method + "    @pl.function\n    def f(self):\n        x = $self.f()\n", "recursive calls are not supported"},
      {method +
           "    @pl.function(strict_ssa=True)\n    def f(self, x: pl.INDEX):\n        y = x + 1\n        $y = x + 2\n",
       "which strict_ssa forbids"},
      {method + "    @pl.function\n    def f(self, x: pl.INDEX) -> pl.INDEX:\n        return x\n"
                "    @pl.function\n    def g(self, x: pl.INDEX):\n        y = $self.f()\n",
       "argument 'x' is missing; 'f' takes x"},
      {method + "    @pl.function\n    def f(self, x: pl.Tensor[[4], pl.FP32]) -> pl.Tensor[[4], pl.FP32]:\n        "
                "return x\n"
                "    @pl.function\n    def g(self, x: pl.Tensor[[8], pl.FP32]):\n        y = self.f($x)\n",
       "parameter 'x' of 'f' is pl.Tensor[[4], pl.FP32], found pl.Tensor[[8], pl.FP32]"},
      {head + "def f(x):\n    return x\n@pl.program\nclass P:\n    @pl.function\n    def g(self, x: pl.INDEX):\n"
              "        y = $f(x)\n",
       "'f' is ordinary Python"},
  });
}

TEST(Refusal, OfCallDirections) {
  auto calling = [](const std::string &attributes) {
    return "import pypto.language as pl\n@pl.program\nclass P:\n    @pl.function(type=pl.FunctionType.InCore)\n"
           "    def f(self, x: pl.Tensor[[4], pl.FP32], n: pl.INDEX, y: pl.Out[pl.Tensor[[4], pl.FP32]]):\n"
           "        pass\n"
           "    @pl.function\n    def g(self, x: pl.Tensor[[4], pl.FP32]):\n"
           "        self.f(x, 1, x, attrs=" +
           attributes + ")\n";
  };
  auto directions = [&](const std::string &list) { return calling("{\"arg_directions\": " + list + "}"); };
  expectRefused({
      {calling("$[pl.adir.input]"), "'attrs' of a call is {\"arg_directions\": [pl.adir.input, …]}"},
      {calling("${}"), "'attrs' of a call is {\"arg_directions\": [pl.adir.input, …]}"},
      {calling("{$'arg_direction': []}"), "did you mean 'arg_directions'?"},
      {calling("{'arg_directions': [pl.adir.input, pl.adir.scalar, pl.adir.output], $'arg_directions': []}"),
       "given twice"},
      {directions("$pl.adir.input"), "is a list"},
      {directions("$[pl.adir.input]"), "'f' has 3 parameters, found 1 directions"},
      {directions("[pl.adir.input, pl.adir.scalar, $pl.adir.outpt]"), "did you mean 'output'?"},
      {directions("[$pl.FP32, pl.adir.scalar, pl.adir.output]"), "a direction is one of pl.adir.input"},
      {directions("[$pl.adir.output, pl.adir.scalar, pl.adir.output]"),
       "'x' of 'f' cannot be pl.adir.output: the parameter is In, pl.Tensor[[4], pl.FP32]: expected one of input, "
       "no_dep"},
      {directions("[$pl.adir.scalar, pl.adir.scalar, pl.adir.output]"), "expected one of input, no_dep"},
      {directions("[pl.adir.input, $pl.adir.input, pl.adir.output]"),
       "it is pl.Scalar[pl.INDEX], which is passed by value: expected scalar"},
      {directions("[pl.adir.input, pl.adir.scalar, $pl.adir.input]"),
       "expected one of output, output_existing, inout, no_dep"},
  });
}

TEST(Refusal, ReportsTheErrorsOfSeveralStatements) {
  mlir::MLIRContext context;
  Reading reading(context, kernel("x = pl.exp(p)\ny = pl.exp(x)\nz = pl.exp(q)"));
  // y uses x, which is broken already: nothing more is said about it.
  ASSERT_EQ(reading.diagnostics.size(), 2u) << reading.errors();
}

TEST(Refusal, ShowsTheLineAndACaret) {
  mlir::MLIRContext context;
  Reading reading(context, kernel("t = pl.load(aa, [0, 0], [64, 64])"));
  ASSERT_EQ(reading.diagnostics.size(), 1u);
  EXPECT_EQ(render(reading.diagnostics[0]), "test.py:8:21: error: there is no variable 'aa'; did you mean 'a'?\n"
                                            "        t = pl.load(aa, [0, 0], [64, 64])\n"
                                            "                    ^~\n");
}

TEST(Refusal, WarnsWhenAnOutputParameterIsOnlyAssigned) {
  mlir::MLIRContext context;
  Reading reading(context, kernel("t = pl.load(a, [0, 0], [64, 64])\nout = pl.exp(t)"));
  ASSERT_EQ(reading.diagnostics.size(), 1u) << reading.errors();
  EXPECT_EQ(reading.diagnostics[0].severity, Severity::Warning);
  EXPECT_THAT(reading.diagnostics[0].message, testing::HasSubstr("writes nothing"));
  EXPECT_TRUE(reading.program());
}

TEST(Refusal, OfAnyTextNeverCrashes) {
  // Cut off everywhere, and with every byte replaced.
  std::string whole = kernel("for i, (x,) in pl.range(4, init_values=(n,)):\n    if flag:\n        y = x * (i + 1)\n"
                             "    else:\n        y = x\n    z = pl.yield_(y)\nt = a[0:8, :]\nreturn t");
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  for (size_t i = 0; i < whole.size(); ++i) {
    Reading cut(context, whole.substr(0, i));
    for (char c : {'(', ' ', '\0', '\n', ':', '\xff'}) {
      std::string changed = whole;
      changed[i] = c;
      Reading reading(context, changed);
    }
  }
}

TEST(Refusal, OfDeepNestingInsteadOfOverflow) {
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  std::string blocks, chain = "x = n", dots = "x = n", negations = "x = ";
  for (unsigned i = 0; i < 150; ++i)
    blocks += std::string(i, ' ') + "if flag:\n";
  for (unsigned i = 0; i < 100000; ++i) {
    chain += " + n";
    dots += ".n";
    negations += "-";
  }
  for (const std::string &body : {blocks + std::string(150, ' ') + "pass", chain, dots, negations + "n"}) {
    Reading reading(context, kernel(body));
    EXPECT_FALSE(reading.diagnostics.empty());
  }
}

} // namespace
} // namespace pto::frontend::tests
