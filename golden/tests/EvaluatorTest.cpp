// Goldens as cases write them, computed by LibTorch through the plugin.
#include "golden/reference/Plugin.h"
#include "golden/tests/Requests.h"
#include <cmath>
#include <gmock/gmock.h>

using namespace pto::golden;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

llvm::Expected<std::vector<Reference>> evaluate(const ReferenceRequest &request) {
  return Evaluator("").evaluate(request);
}

const Tensor three = tensorOf(DType::F32, {1, -2, 3});

} // namespace

TEST(Evaluator, ComputesInFloat64AndRoundsOnce) {
  auto request = requestOf("def golden(b, a):\n    return a / b\n",
                           {{"a", tensorOf(DType::F16, {1, 2})}, {"b", tensorOf(DType::F16, {3, 3})}}, DType::F16, {2});
  auto result = evaluate(request);
  ASSERT_TRUE(!!result) << llvm::toString(result.takeError());
  EXPECT_EQ(result->front().exact[0], 1.0 / 3);
  EXPECT_EQ(result->front().value.bitsAt(0), encode(DType::F16, 1.0 / 3));
  EXPECT_TRUE(result->front().bound.empty());
}

TEST(Evaluator, LiteralsAndFactoriesAreFloat64) {
  auto request = requestOf("def golden(x):\n    return x * 0 + torch.full([3], 0.1) + torch.tensor(0.2)\n",
                           {{"x", three}}, DType::F64, {3});
  EXPECT_THAT(valuesOf(evaluate(request)), ElementsAre(0.1 + 0.2, 0.1 + 0.2, 0.1 + 0.2));
}

TEST(Evaluator, ScalarsReachTheGoldenAsNumbersRoundedToTheirType) {
  auto request = requestOf("def golden(x, alpha: float, n: int):\n    return torch.full([3], alpha) * n + x * 0\n",
                           {{"x", three}}, DType::F64, {3});
  request.scalars = {{"alpha", DType::F32, 0.1, 0}, {"n", DType::I32, 2, 2}};
  EXPECT_EQ(valuesOf(evaluate(request))[0], 2.0 * 0.1f);
}

TEST(Evaluator, IntegersAreExactAndWrapIntoTheirType) {
  Tensor bytes = Tensor::zeros(DType::U8, {2});
  bytes.bytes = {200, 100};
  auto result = evaluate(requestOf("def golden(x):\n    return x + x\n", {{"x", bytes}}, DType::U8, {2}));
  ASSERT_TRUE(!!result) << llvm::toString(result.takeError());
  EXPECT_THAT(result->front().value.bytes, ElementsAre(144, 200));
  EXPECT_TRUE(result->front().exact.empty());
}

TEST(Evaluator, HelpersAndTuplesMakeSeveralOutputs) {
  auto request = requestOf("def twice(x):\n    return x + x\n\ndef golden(x):\n    return twice(x), x > 0\n",
                           {{"x", three}}, DType::F32, {3});
  request.outputs.push_back({"mask", DType::I8, {3}, Bits{}});
  auto result = evaluate(request);
  ASSERT_TRUE(!!result) << llvm::toString(result.takeError());
  EXPECT_THAT(toDoubles((*result)[0].value), ElementsAre(2, -4, 6));
  EXPECT_THAT((*result)[1].value.bytes, ElementsAre(1, 0, 1));
}

TEST(Evaluator, AGoldenThatWritesItsInputsLeavesTheRequestAlone) {
  auto request = requestOf("def golden(x):\n    x[0] = 7.\n    return x\n", {{"x", three}}, DType::F32, {3}, Dot{4});
  auto result = evaluate(request);
  ASSERT_TRUE(!!result) << llvm::toString(result.takeError());
  EXPECT_THAT(toDoubles(request.inputs[0].value), ElementsAre(1, -2, 3));
  EXPECT_THAT(result->front().bound, ElementsAre(7, 2, 3));
}

TEST(Evaluator, DotCarriesTheGoldenOnAbsoluteValues) {
  Tensor a = fromDoubles(DType::F16, {1, 3}, {1, -2, 3}), b = fromDoubles(DType::F16, {3, 1}, {4, 5, -6});
  auto result =
      evaluate(requestOf("def golden(a, b):\n    return a @ b\n", {{"a", a}, {"b", b}}, DType::F32, {1, 1}, Dot{3}));
  ASSERT_TRUE(!!result) << llvm::toString(result.takeError());
  EXPECT_THAT(result->front().exact, ElementsAre(-24));
  EXPECT_THAT(result->front().bound, ElementsAre(32));
}

TEST(Evaluator, AbsErrorCarriesItsBoundByElement) {
  for (auto [text, expected] : {std::pair("1 + abs(x)", 3.0), std::pair("1.5", 1.5), std::pair("2", 2.0)}) {
    auto result =
        evaluate(requestOf("def golden(x):\n    return x.exp()\n", {{"x", three}}, DType::F32, {3}, AbsError{text}));
    ASSERT_TRUE(!!result) << llvm::toString(result.takeError());
    EXPECT_EQ(result->front().bound[1], expected) << text;
  }
}

TEST(Evaluator, WhatAGoldenPrintsBecomesANote) {
  Evaluator evaluator("");
  EXPECT_EQ(errorOf(evaluator.evaluate(
                requestOf("def golden(x):\n    print(\"here\", 3)\n    return x\n", {{"x", three}}, DType::F32, {3}))),
            "");
  EXPECT_THAT(evaluator.takeNotes(), ElementsAre("the golden prints: here 3"));
  EXPECT_TRUE(evaluator.takeNotes().empty());
  EXPECT_TRUE(isPluginLoaded());
}

struct BadGolden {
  const char *what, *text, *error;
  CompareMode mode = Ulp{0};
  DType type = DType::F32;
};

class Refused : public testing::TestWithParam<BadGolden> {};

TEST_P(Refused, WithItsPlaceInTheCaseFile) {
  const BadGolden &bad = GetParam();
  EXPECT_EQ(errorOf(evaluate(requestOf(bad.text, {{"x", three}}, bad.type, {3}, bad.mode))), bad.error);
}

const BadGolden badGoldens[] = {
    {"Empty", "", "case.yaml:40:5: there is no function golden; the text defines none: write `def golden(inputs…):`"},
    {"NoGolden", "def gold(x):\n    return x\n", "case.yaml:40:5: there is no function golden; the text defines gold"},
    {"NotAFunction", "x = 3\n", "case.yaml:40:5: expected def but found 'ident'"},
    {"DefinedTwice", "def golden(x):\n    return x\ndef golden(x):\n    return x\n",
     "case.yaml:42:9: the function golden is defined twice"},
    {"UnknownFunction", "def golden(x):\n    y = x + 1\n    return torch.sqroot(y)\n",
     "case.yaml:42:16: Unknown builtin op: torch.sqroot. Here are some suggestions: torch.sqrt"},
    {"UnknownHelper", "def golden(x):\n    return pto.flip(x)\n",
     "case.yaml:41:16: Unknown builtin op: pto.flip. Could not find any similar ops to pto.flip. This op may not exist "
     "or may not be currently supported in TorchScript."},
    {"UnknownName", "def golden(x):\n    return x + z\n", "case.yaml:41:20: undefined value z"},
    {"EndOfLine", "def golden(x):\n    y = x +\n    return y\n", "case.yaml:41:16: expected ident but found 'newline'"},
    {"OpenString", "def golden(x):\n    return \"a\n", "case.yaml:41:16: expected a valid token but found ' '"},
    {"Indentation", "def golden(x):\n    y = x\n  return y\n", "case.yaml:42:7: invalid indent level 2"},
    {"NoReturn", "def golden(x):\n    y = x\n",
     "case.yaml:40:9: output out (f32 [3]): the golden returns a NoneType instead of a tensor"},
    {"ErrorInAHelper", "def f(x):\n    return x[9]\ndef golden(x):\n    return f(x)\n",
     "case.yaml:41:16: select(): index 9 out of range for tensor of size [3] at dimension 0"},
    {"Raises", "def golden(x):\n    if x[0] > 0:\n        raise ValueError(\"too big\")\n    return x\n",
     "case.yaml:42:13: ValueError: too big"},
    {"Asserts", "def golden(x):\n    assert x.size(0) == 4, \"four\"\n    return x\n",
     "case.yaml:41:9: AssertionError: four"},
    {"DividesByZero", "def golden(x):\n    return x.long() // 0\n", "case.yaml:41:16: division of integers by zero"},
    {"ShapesDisagree", "def golden(x):\n    return x + torch.ones([2])\n",
     "case.yaml:41:16: The size of tensor a (3) must match the size of tensor b (2) at non-singleton dimension 0"},
    {"TooLarge", "def golden(x):\n    return torch.zeros([1000000000000000])\n",
     "case.yaml:41:16: the golden needs more memory than the 1024 MiB it may use: 7629394531 MiB on top of 0 MiB"},
    {"Recursion", "def golden(x):\n    return golden(x)\n",
     "case.yaml:41:16: function 'golden' is called recursively. Recursive calls are not supported"},
    {"Random", "def golden(x):\n    return x + torch.rand([3])\n",
     "case.yaml:41:20: torch.rand draws random numbers, and a golden must be deterministic; take them as an input of "
     "the case"},
    {"ParameterIsNoInput", "def golden(x, y):\n    return x\n",
     "case.yaml:40:19: the parameter y is not an input of the case; its inputs are x"},
    {"InputMissing", "def golden():\n    return torch.zeros([3])\n",
     "case.yaml:40:9: the input x is missing: golden takes (), the case's inputs are (x)"},
    {"TensorAnnotatedAsNumber", "def golden(x: float):\n    return x\n",
     "case.yaml:40:16: the input x is a tensor: write `x` instead of `x: float`"},
    {"ANumber", "def golden(x):\n    return 1.0\n",
     "case.yaml:41:9: output out (f32 [3]): the golden returns a float instead of a tensor"},
    {"TooMany", "def golden(x):\n    return x, x\n",
     "case.yaml:41:9: the golden returns 2 values, but the case has 1 output"},
    {"WrongShape", "def golden(x):\n    return x.reshape([3, 1])\n",
     "case.yaml:41:9: output out (f32 [3]): the golden returns the shape [3, 1]"},
    {"Float32", "def golden(x):\n    return x.to(torch.float32)\n",
     "case.yaml:41:9: output out (f32 [3]): the golden returns float32; references are computed in float64 and rounded "
     "once, by the harness (pto.round rounds in between where an instruction does)"},
    {"FloatForInteger", "def golden(x):\n    return x\n",
     "case.yaml:41:9: output out (i8 [3]): the golden returns float64; say how it becomes an integer: .long() "
     "truncates, pto.saturate(x, \"i8\") saturates",
     Bits{}, DType::I8},
    {"LargeIntegerForFloat", "def golden(x):\n    return x.long() + 9007199254740993\n",
     "case.yaml:41:9: output out (f32 [3]): the golden returns int64 with the value 9007199254740994, which float64 "
     "may not hold; convert with .double()"},
    {"ModeForFloatsOnly", "def golden(x):\n    return x.long()\n",
     "case.yaml:40:5: output out: dot: {ksb: 1} cannot compare i32: integers are exact, use bits", Dot{1}, DType::I32},
    {"DotOfADifference", "def golden(x):\n    return 1 - x\n",
     "case.yaml:41:9: output out: dot compares sums of products, but on absolute values of the inputs the golden gives "
     "less in magnitude (element 1); use ulp, close or abs_error",
     Dot{1}},
    {"BoundDoesNotCompile", "def golden(x):\n    return x\n",
     "case.yaml:40:9: output out: the bound `1 + y` of abs_error is wrong: undefined value y", AbsError{"1 + y"}},
    {"BoundIsNoExpression", "def golden(x):\n    return x\n",
     "case.yaml:40:9: output out: the bound `1)\n    y = x.sum()\n    return (y` of abs_error is wrong: "
     "expected one expression; it ends before )",
     AbsError{"1)\n    y = x.sum()\n    return (y"}},
    {"BoundIsNegative", "def golden(x):\n    return x\n",
     "case.yaml:40:9: output out: the bound `x` of abs_error is -2.000000 at element 1; it must be finite and not "
     "negative",
     AbsError{"x"}},
    {"BoundHasAnotherShape", "def golden(x):\n    return x\n",
     "case.yaml:40:9: output out: the bound `x[:2]` of abs_error has the shape [2], the output [3]", AbsError{"x[:2]"}},
    {"BitsOfAnUnknownType", "def golden(x):\n    return pto.bits(x, \"f33\")\n",
     "case.yaml:41:16: pto.bits: unknown type 'f33'; types are f16, bf16, f32, f64, f8e4m3, f8e5m2, i8 … i64, u8 … "
     "u64"},
    {"FmaOfValuesThatAreNotOfTheType", "def golden(x):\n    return pto.fma(x / 3, x, x, \"f32\")\n",
     "case.yaml:41:16: pto.fma: the operand 0.333333 at element 0 is not a value of f32; round it first with "
     "pto.round"},
};

INSTANTIATE_TEST_SUITE_P(Goldens, Refused, testing::ValuesIn(badGoldens),
                         [](const auto &info) { return info.param.what; });
