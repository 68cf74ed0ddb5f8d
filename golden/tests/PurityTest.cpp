// A golden computes and does nothing else: whatever else it tries is refused before it runs.
#include "golden/tests/Requests.h"
#include "golden/tests/TemporaryFolder.h"
#include <gmock/gmock.h>

using namespace pto::golden;
using testing::HasSubstr;

namespace {

struct Impure {
  const char *what, *expression, *error;
};

ReferenceRequest returning(const std::string &expression) {
  return requestOf("def golden(x, i):\n    return " + expression + "\n",
                   {{"x", tensorOf(DType::F32, {1, -2, 3})}, {"i", fromIntegers(DType::I64, {3}, {INT64_MIN, 0, -1})}},
                   DType::F32, {3});
}

class Purity : public testing::TestWithParam<Impure> {};

const Impure impure[] = {
    {"Save", "torch.save(x, \"x.pt\")",
     "41:16: torch.save touches files; a golden returns what it computes, and `--keep-temps` keeps it"},
    {"SaveOfANumber", "torch.save(3, \"x.pt\")", "41:16: torch.save touches files"},
    {"FromFile", "torch.from_file(\"kernel.pto\", True, 4)",
     "41:16: torch.from_file reads and writes files; an input takes its values from one by `init: { file: PATH }`"},
    {"ReshapeAlias", "torch._reshape_alias(x, [1000000], [1]).fill_(3)",
     "41:16: torch._reshape_alias can reach outside of a tensor's memory; use reshape, a slice, expand or unfold"},
    {"AsStridedMethod", "x.as_strided([4], [1000])", "41:16: torch.as_strided can reach outside"},
    {"AsStridedByName", "getattr(x, \"as_strided\")([4], [1])", "41:16: torch.as_strided can reach outside"},
    {"Resize", "x.resize_([100])", "41:16: torch.resize_ can reach outside"},
    {"Set", "x.set_(i)", "41:16: torch.set_ can reach outside"},
    {"Empty", "torch.empty([3])",
     "41:16: torch.empty gives memory that nobody wrote; use torch.zeros, or torch.full with a value"},
    {"EmptyLike", "torch.empty_like(x)", "41:16: torch.empty_like gives memory that nobody wrote"},
    {"NewEmpty", "x.new_empty([3])", "41:16: torch.new_empty gives memory that nobody wrote"},
    {"OutArgument", "torch.add(x, x, out=x)",
     "41:16: the argument out of torch.add is not for goldens; assign the result to a name"},
    {"Device", "x.to(\"meta\")", "41:16: a golden runs on the CPU; leave the device out"},
    {"TypeByNumber", "x.to(-1)",
     "41:16: a type is named, as torch.float64, torch.int64 or torch.bool, or another tensor's x.dtype"},
    {"Layout", "torch.zeros([3], layout=1)", "41:16: a golden's tensors are dense; leave the layout out"},
    {"RandomInPlace", "x.normal_()", "41:16: torch.normal_ draws random numbers"},
    {"Unlisted", "torch.ctc_loss(x, x, [1], [1])",
     "41:16: torch.ctc_loss is not among the operators that a golden may use"},
    {"PythonsModule", "torch.nn.functional.gelu(x)",
     "41:16: torch.nn is a module of Python; its functions are in torch: torch.gelu for torch.nn.functional.gelu"},
    {"Numpy", "np.exp(x)",
     "41:16: undefined value np: torch, math and pto are already available, with torch.exp for numpy's np.exp"},
    {"IntegerZero", "i // 0", "41:21: division of integers by zero"},
    {"IntegerZeroFolded", "x * (1 % 0)", "41:21: division of integers by zero"},
    {"IntegerZeroInPlace", "i.remainder_(0)", "41:16: division of integers by zero"},
    {"SmallestByMinusOne", "torch.div(i, torch.full_like(i, -1), rounding_mode=\"trunc\")",
     "41:16: division of the smallest"},
    {"SmallestByMinusOneFolded", "x * ((-9223372036854775807 - 1) // -1)",
     "41:23: division of the smallest integer by -1, whose quotient no integer of the type holds"},
    {"SmallestByMinusOneAsNumbers", "x * (int(i[0]) % int(i[2]))", "41:21: division of the smallest integer by -1"},
    {"LcmOfTheSmallest", "x * torch.lcm(i, torch.full_like(i, 7))",
     "41:20: the smallest integer has no absolute value of its type"},
    {"GcdOfTheSmallest", "x * math.gcd(int(i[0]), -1)", "41:20: the smallest integer has no absolute value"},
    {"CountOfNothing", "x * \"aaa\".count(\"\")", "41:20: the text to search for is empty"},
    {"ThreeGigabytes", "torch.zeros([400000000]).sum() + x",
     "41:16: the golden needs more memory than the 1024 MiB it may use: 3051 MiB on top of "},
    {"PrintOfALargeTensor", "x * len(str(torch.zeros([1000000])))",
     "41:24: a tensor of more than 100000 elements is too large to print; print a slice"},
    {"ATextWithoutEnd", "x * len(str([0] * 10000).replace(\",\", str([0] * 10000)))",
     "41:24: a text of more than 16777216 characters"},
    {"AListWithoutEnd", "x * len([0] * 1000000000000)",
     "41:24: a list or text of more than 16777216 elements; use a tensor"},
};

} // namespace

TEST_P(Purity, IsRefusedWithItsPlace) {
  EXPECT_THAT(errorOf(Evaluator("").evaluate(returning(GetParam().expression))),
              HasSubstr(std::string("case.yaml:") + GetParam().error));
}

INSTANTIATE_TEST_SUITE_P(Goldens, Purity, testing::ValuesIn(impure), [](const auto &info) { return info.param.what; });

TEST(Purity, HoldsInHelpersAndLoops) {
  auto request = returning("x");
  request.text = "def f(x):\n    for k in range(2):\n        if k > 0:\n            x.resize_([9])\n    return x\n"
                 "def golden(x, i):\n    return f(x)\n";
  EXPECT_THAT(errorOf(Evaluator("").evaluate(request)), HasSubstr("case.yaml:43:17: torch.resize_ can reach outside"));
}

TEST(Purity, HoldsForWhatNothingUses) {
  auto request = returning("x");
  request.text = "def golden(x, i):\n    y = x.as_strided([4], [1000])\n    return x\n";
  EXPECT_THAT(errorOf(Evaluator("").evaluate(request)),
              HasSubstr("case.yaml:41:13: torch.as_strided can reach outside"));
}

TEST(Purity, WordsOfPythonThatGoldensLackAreToldInPlainWords) {
  const std::pair<const char *, const char *> rows[] = {
      {"    f = lambda a: a\n    return x\n", "case.yaml:41:13: a golden has no lambda; define a function beside it"},
      {"    with torch.no_grad():\n        return x\n",
       "case.yaml:41:9: a golden has no 'with'; gradients are not computed anyway"},
      {"    class A:\n        pass\n    return x\n",
       "case.yaml:41:9: a golden has no classes; a function beside it can return several values as a tuple"},
      {"    return \"lambda\"\n", "case.yaml:41:9: output out (f32 [3]): the golden returns a str instead of a tensor"},
  };
  for (auto [body, error] : rows) {
    auto request = returning("x");
    request.text = std::string("def golden(x, i):\n") + body;
    EXPECT_EQ(errorOf(Evaluator("").evaluate(request)), error);
  }
}

TEST(Purity, AListCannotHoldItself) {
  auto request = returning("x");
  request.text = "def golden(x, i):\n    a: List[Any] = []\n    a.append(a)\n    print(a)\n    return x\n";
  EXPECT_EQ(errorOf(Evaluator("").evaluate(request)), "case.yaml:42:9: a list or dictionary cannot hold itself");
}

TEST(Purity, ImportsAreToldWhatIsThere) {
  auto request = returning("x");
  request.text = "import numpy as np\n" + request.text;
  EXPECT_EQ(
      errorOf(Evaluator("").evaluate(request)),
      "case.yaml:40:5: a golden imports nothing: torch, math and pto are already available, with torch.exp for numpy's "
      "np.exp");
}

TEST(Purity, WhatReferencesAreWrittenWithIsAllowed) {
  for (const char *expression : {"torch.where(x > 0, x, -x).clamp(min=0.0)",
                                 "torch.stack([x, x]).amax(dim=0)",
                                 "x.softmax(0) + torch.erf(x)",
                                 "torch.cumsum(x, 0)[[2, 1, 0]]",
                                 "x.index_put([torch.tensor([0])], torch.tensor([1.0]))",
                                 "x.scatter(0, torch.tensor([1]), 3.0)",
                                 "torch.einsum(\"i,j->ij\", x, x).sum(1)",
                                 "torch.layer_norm(x, [3]).double()",
                                 "torch.topk(x, 3)[0]",
                                 "x.sort()[0].flip(0).roll(1)",
                                 "torch.conv1d(x.reshape([1, 1, 3]), torch.ones([1, 1, 1]))[0, 0]",
                                 "(x.to(torch.int64) ^ 3) << 1",
                                 "torch.cat([x[:1], x[1:]]).mul_(2).add_(math.sqrt(2.0))",
                                 "x.view([3, 1]).expand([3, 2]).prod(1)",
                                 "torch.pad(x, [1, 1])[1:-1]",
                                 "torch.tensor([float(len(x.shape))] * 3)",
                                 "x.to(x.dtype) % 2.0",
                                 "torch.full_like(x, 2).pow(0.5).round()",
                                 "torch.arange(3, dtype=torch.int64) // 2",
                                 "torch.matmul(x.reshape([1, 3]), torch.eye(3))[0]",
                                 "torch.linspace(0, 1, 3) + torch.gelu(x)"})
    EXPECT_EQ(errorOf(Evaluator("").evaluate(returning(expression))), "") << expression;
}

TEST(Purity, ALoopWithoutEndIsToldWithItsLine) {
  auto request = returning("x");
  request.text =
      "def f(n: int):\n    while True:\n        n += 1\n    return n\ndef golden(x, i):\n    return x * f(0)\n";
  request.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(50);
  EXPECT_EQ(errorOf(Evaluator("").evaluate(request)),
            "case.yaml:41:13: the loop does not finish within the time limit of the case; raise it with "
            "--timeout, or `timeout:` in the case");
}

TEST(Purity, PrintsAreLimitedInNumberAndLength) {
  auto request = returning("x");
  request.text = "def golden(x, i):\n    print(torch.zeros([1000]), \"{}\".format(3))\n    for k in range(1000):\n     "
                 "   print(k)\n"
                 "    return x\n";
  Evaluator evaluator("");
  EXPECT_EQ(errorOf(evaluator.evaluate(request)), "");
  std::vector<std::string> notes = evaluator.takeNotes();
  ASSERT_EQ(notes.size(), 51u);
  EXPECT_LT(notes[0].size(), 600u);
  EXPECT_THAT(notes[0], HasSubstr(" characters more"));
  EXPECT_EQ(notes[50], "the golden prints: … 951 more");
}
