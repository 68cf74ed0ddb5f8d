// What a reader sees.
#include "reports/Terminal.h"
#include "reports/tests/Sample.h"
#include "llvm/ADT/StringExtras.h"
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace pto::reports;

namespace {

std::string screenOf(const Result &result, const Style &style = {}) {
  std::string text;
  llvm::raw_string_ostream os(text);
  printScreen(os, result, style);
  return text;
}

std::vector<std::string> linesOf(const std::string &screen) {
  std::vector<std::string> lines;
  llvm::SmallVector<llvm::StringRef> split;
  llvm::StringRef(screen).split(split, '\n', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef line : split)
    lines.push_back(line.str());
  return lines;
}

TEST(Terminal, ANumericFailureFitsOneScreen) {
  EXPECT_EQ(screenOf(numericFailure()), R"SCREEN(FAIL-NUMERIC  micro-op/vmadd@dtype=f32,tail=13
  fused multiply-add of f32 vectors
  stage      compare   on sim   seed 7   in 1.23 ms
  output 'out': 13 of 1024 elements differ
  at         cases/micro-op/vmadd/kernel.pto:17:10
             %3 = pto.vmadd %0, %1, %2
                  ^
  out: f32[16, 64]   13 of 1024 elements differ (1.27 %)
  compared   ulp: 1   bound 1 ulp   would pass with ulp: 8388608
  worst      [0, 12]  expected  1.5          0x3fc00000  0x1.8p+0
                      got       nan          0x7fc00000  nan             inf
             [0, 3]   expected  1            0x3f800000  0x1p+0
                      got       2            0x40000000  0x1p+1          8388608 ulp
             [0, 5]   expected  -0.1         0xbdcccccd  -0x1.99999ap-4
                      got       -0.10000002  0xbdccccd0  -0x1.9999ap-4   3 ulp
  ulp        0         ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇ 1011
             2         ▇ 4
             3–4       ▇ 6
             8388608   ▇ 2
             infinite  ▇ 1
  lanes      0-12 (13 of 64 in a register)
             ▒▓█▒▓█▒▓█▒▓█▒···················································
  written by cases/micro-op/vmadd/kernel.pto:18:5
             pto.vsts %3, %ub
             ^
  warning    flag V to MTE3 EVENT_ID1 is left set
  replay     run_validation --case 'micro-op/vmadd@dtype=f32,tail=13' --seed 7
)SCREEN");
}

TEST(Terminal, APassIsAFewLines) {
  Result result = resultOf(State::Pass);
  result.stage = "compare";
  EXPECT_EQ(screenOf(result), "PASS  a/b\n"
                              "  stage      compare   seed 0   in 1 ms\n");
}

TEST(Terminal, ColoursOnlyWhenAsked) {
  Style colourful;
  colourful.colour = true;
  EXPECT_EQ(screenOf(numericFailure()).find('\x1b'), std::string::npos);
  EXPECT_NE(screenOf(numericFailure(), colourful).find("\x1b[31mFAIL-NUMERIC\x1b[0m"), std::string::npos);
}

TEST(Terminal, LongMessagesAreWrappedAndTheReplayIsNot) {
  Result result = resultOf(State::CompileFail);
  result.message = "expected a register of 256 bytes, found one of 128, which only the interleaving stores can take";
  result.replay = "run_validation --cases-root /a/very/long/path/that/does/not/fit --case a/b";
  Style narrow;
  narrow.width = 40;
  EXPECT_EQ(screenOf(result, narrow), "COMPILE-FAIL  a/b\n"
                                      "  stage      none   seed 0   in 1 ms\n"
                                      "  expected a register of 256 bytes,\n"
                                      "  found one of 128, which only the\n"
                                      "  interleaving stores can take\n"
                                      "  replay     run_validation --cases-root /a/very/long/path/that/does/not/fit "
                                      "--case a/b\n");
}

TEST(Terminal, NothingIsCutWhereThereIsNoTerminal) {
  Result result = resultOf(State::CompileFail);
  result.message = std::string(300, 'm') + " end";
  result.details = {std::string(300, 'd') + " end"};
  result.location = Location{{"k.pto", 3, 302}, std::string(300, 's') + " end"};
  Style pipe;
  pipe.width = 0;
  std::string screen = screenOf(result, pipe);
  for (char c : {'m', 'd', 's'})
    EXPECT_NE(screen.find(std::string(300, c) + " end\n"), std::string::npos) << screen;
  std::string line;
  llvm::raw_string_ostream os(line);
  printLine(os, result, pipe);
  EXPECT_EQ(line, "compile-fail  a/b  " + result.message + "\n");
}

TEST(Terminal, ALineIsFoldedAndLosesNothing) {
  std::string text;
  llvm::raw_string_ostream os(text);
  Style narrow;
  narrow.width = 20;
  Line(2).add("warning").add("  ").add("one two three four five six").print(os, narrow);
  EXPECT_EQ(text, "  warning  one two\n      three four\n      five six\n");
  text.clear();
  Line(0).add("x " + std::string(30, 'y')).print(os, narrow);
  EXPECT_EQ(text, "x\n    " + std::string(16, 'y') + "\n    " + std::string(14, 'y') + "\n");
}

TEST(Terminal, TheCaretStaysBelowItsColumn) {
  auto caret = [](llvm::StringRef line, unsigned column, unsigned width) {
    MarkedRows marked = markColumn(line, column, width);
    return marked.caretRow ? marked.rows[*marked.caretRow].substr(0, marked.caretColumn) + "^" : "none";
  };
  EXPECT_EQ(caret("  ab cd", 6, 0), "ab ^");
  EXPECT_EQ(caret("\ta\tb", 4, 0), "a ^");
  // A wide character takes two columns and three bytes; it is the third that is marked here.
  MarkedRows wide = markColumn("x 数数 y", 10, 0);
  EXPECT_EQ(wide.caretColumn, 7u);
  EXPECT_EQ(caret("0123456789abcdef", 13, 10), "ab^");
  EXPECT_EQ(markColumn("0123456789abcdef", 13, 10).rows.size(), 2u);
  EXPECT_EQ(caret("abc", 4, 0), "abc^");
  EXPECT_EQ(caret("abc", 9, 0), "none");
}

TEST(Terminal, ManyDetailsAreCut) {
  Result result = numericFailure();
  for (int i = 0; i < 100; ++i)
    result.details.push_back("first line\nsecond line");
  result.outputs.push_back(result.outputs.front());
  result.outputs.push_back(result.outputs.front());
  std::vector<std::string> lines = linesOf(screenOf(result));
  EXPECT_LE(lines.size(), screenLines);
  EXPECT_TRUE(llvm::StringRef(lines.back()).starts_with("  replay"));
  EXPECT_TRUE(llvm::is_contained(lines, "    … 192 more lines")) << screenOf(result);
}

TEST(Terminal, LongLinesOfCodeAreFolded) {
  Result result = numericFailure();
  result.outputs.clear();
  result.details = {"  > call(" + std::string(60, 'a') + ", " + std::string(60, 'b') + ")",
                    "  \x01" + std::string(200, ' ') + "\x01"};
  std::vector<std::string> lines = linesOf(screenOf(result));
  auto first = llvm::find(lines, "      > call(" + std::string(60, 'a') + ",");
  ASSERT_NE(first, lines.end()) << screenOf(result);
  EXPECT_EQ(*std::next(first), "          " + std::string(60, 'b') + ")");
}

TEST(Terminal, ControlCharactersDoNotReachIt) {
  Result result = resultOf(State::Crash);
  result.message = "\x1b[2J\x07 \xc2\x9b \xff";
  EXPECT_EQ(linesOf(screenOf(result)).back(), "  ?[2J? ? \xef\xbf\xbd");
}

TEST(Terminal, AHistogramOfManyBucketsIsPutTogether) {
  Result result = numericFailure();
  result.outputs[0].histogram = {{"0", 5}};
  for (int i = 1; i < 30; ++i)
    result.outputs[0].histogram.push_back({llvm::utostr(i), 1});
  result.outputs[0].histogram.push_back({"infinite", 2});
  std::string screen = screenOf(result);
  for (const char *label : {"ulp        0  ", "1 … 5  ", "26 … 29  ", "infinite  "})
    EXPECT_NE(screen.find(label), std::string::npos) << label << "\n" << screen;
}

TEST(Terminal, DurationsAreReadable) {
  EXPECT_EQ(formatDuration(0), "0 ms");
  EXPECT_EQ(formatDuration(0.0123), "0.012 ms");
  EXPECT_EQ(formatDuration(0.9996), "1 ms");
  EXPECT_EQ(formatDuration(12.34), "12.3 ms");
  EXPECT_EQ(formatDuration(999.6), "1.0 s");
  EXPECT_EQ(formatDuration(125'000), "2 min 05 s");
}

TEST(Terminal, WrapKeepsEveryWord) {
  EXPECT_EQ(wrap("one two  three", 9), (std::vector<std::string>{"one two", "three"}));
  EXPECT_EQ(wrap("abcdefghijkl", 8), (std::vector<std::string>{"abcdefgh", "ijkl"}));
  EXPECT_EQ(wrap("ääääääää ö", 8), (std::vector<std::string>{"ääääääää", "ö"}));
  EXPECT_TRUE(wrap("  \n", 8).empty());
}

RC_GTEST_PROP(TerminalLaw, NoLineButTheReplayIsWiderThanTheTerminal,
              (const std::string &message, const std::string &name)) {
  Result result = numericFailure();
  result.message = message;
  result.name = name;
  result.location->snippet = message;
  result.details = {name, message};
  Style style;
  style.width = *rc::gen::inRange(40u, 200u);
  std::vector<std::string> lines = linesOf(screenOf(result, style));
  // On a narrow terminal a line takes several rows.
  RC_ASSERT(lines.size() <= (style.width < 80 ? 2 * screenLines : screenLines));
  for (size_t i = 0; i + 1 < lines.size(); ++i)
    RC_ASSERT(columnsOf(lines[i]) <= style.width);
}

TEST(Screen, AMessageOfSeveralLinesHasThem) {
  Result result = resultOf(State::InfraError, Blame::Case);
  result.message = "the golden failed:\n  in line 3\nno way";
  std::string text;
  llvm::raw_string_ostream os(text);
  printScreen(os, result, Style());
  EXPECT_TRUE(llvm::StringRef(text).contains("  the golden failed:\n    in line 3\n  no way\n")) << text;
  text.clear();
  printLine(os, result, Style());
  EXPECT_EQ(text, "infra-error   a/b  the golden failed: …\n");
}

} // namespace
