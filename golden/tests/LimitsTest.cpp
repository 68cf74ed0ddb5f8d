// Goldens that nobody should write: an error each, and never the end of the process.
#include "golden/tests/Requests.h"
#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

using namespace pto::golden;
using testing::EndsWith;

namespace {

std::string errorOfText(const std::string &text) {
  return errorOf(Evaluator("").evaluate(requestOf(text, {{"x", tensorOf(DType::F32, {1, 2})}}, DType::F32, {2})));
}

std::string repeated(const std::string &piece, size_t count) {
  std::string text;
  for (size_t i = 0; i < count; ++i)
    text += piece;
  return text;
}

std::string returning(const std::string &expression) {
  return "def golden(x):\n    return " + expression + "\n";
}

} // namespace

TEST(Limits, TextsBeyondThemAreRefused) {
  EXPECT_THAT(errorOfText(returning(repeated("(", 65) + "x" + repeated(")", 65))),
              EndsWith("41:80: brackets are nested more than 64 deep"));
  EXPECT_THAT(errorOfText(returning("x" + repeated(" + x", 1100))),
              EndsWith("41:5: a statement is longer than 4096 characters; split it"));
  EXPECT_THAT(errorOfText(returning("x") + repeated("# comment\n", 7000)),
              EndsWith("40:5: the golden is 70028 bytes long; at most 65536 are read"));
  EXPECT_THAT(errorOfText("def golden(x):\n    if True:\n        y = x\n" +
                          repeated("    elif False:\n        y = x\n", 129) + "    return y\n"),
              EndsWith("more than 128 elif; use a loop or a table"));
  EXPECT_THAT(errorOfText(returning(std::string("x\0", 2))), EndsWith("41:17: the golden contains a NUL byte"));
}

TEST(Limits, TextsJustWithinThemDoNotExhaustTheStack) {
  EXPECT_EQ(errorOfText(returning(repeated("(", 63) + "x" + repeated(")", 63))), "");
  EXPECT_EQ(errorOfText(returning("x" + repeated("+x", 2000))), "");
  EXPECT_EQ(errorOfText(returning(repeated("-", 4000) + "x")), "");
  std::string nested = "def golden(x):\n";
  for (size_t depth = 1; depth < 100; ++depth)
    nested += repeated(" ", depth) + "if True:\n";
  EXPECT_EQ(errorOfText(nested + repeated(" ", 100) + "x = x + 1\n return x\n"), "");
}

RC_GTEST_PROP(Limits, ADamagedGoldenGivesAnErrorOrAResult, ()) {
  std::string text = "def half(a, n: int):\n    return a / n\n\ndef golden(x):\n    y = pto.round(x * 2.5, \"f16\")\n"
                     "    for i in range(3):\n        if i > 1:\n            y = torch.where(y > 0, y, half(y, 2))\n"
                     "    return y.reshape([2])\n";
  int edits = *rc::gen::inRange(1, 4);
  for (int i = 0; i < edits && !text.empty(); ++i) {
    auto at = *rc::gen::inRange<size_t>(0, text.size());
    switch (*rc::gen::inRange(0, 3)) {
    case 0:
      text.erase(at, *rc::gen::inRange<size_t>(1, 6));
      break;
    case 1:
      text.insert(at, 1, *rc::gen::elementOf(std::string(" \n\t()[]{}.,:'\"=+-*/#@\\x0~%\xff")));
      break;
    default:
      text.insert(at, text.substr(*rc::gen::inRange<size_t>(0, text.size()), 5));
      break;
    }
  }
  std::string error = errorOfText(text);
  RC_ASSERT(error.empty() || llvm::StringRef(error).starts_with("case.yaml:"));
}
