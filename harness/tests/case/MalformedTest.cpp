// Every mistake that a case file can have: one row each, with the exact message and its place.
#include "harness/tests/case/Scratch.h"
#include <gtest/gtest.h>

using namespace pto::harness;

namespace {

struct Malformed {
  const char *mistake;
  std::string yaml;
  const char *errors; ///< one a line
};

/// The keys that no case can do without, for rows about something else. Six lines.
std::string withRest(const std::string &lines) {
  return "summary: s\n"
         "args:\n"
         "  - { name: x, dtype: f32, shape: [64] }\n"
         "  - { name: out, dtype: f32, shape: [64], direction: out }\n"
         "golden: |\n"
         "  def golden(x): return x\n" +
         lines;
}

/// A case with one argument of interest, on line 2.
std::string withArgument(const std::string &argument) {
  return (llvm::Twine("args:\n"
                      "  - ") +
          argument +
          "\n"
          "  - { name: out, dtype: f32, shape: [64], direction: out }\n"
          "summary: s\n"
          "golden: |\n"
          "  def golden(x): return x\n")
      .str();
}

/// A buffer of a dtype with an init on line 2.
std::string withInit(const std::string &dtype, const std::string &init) {
  return withArgument("{ name: x, dtype: " + dtype + ", shape: [64], init: " + init + " }");
}

/// Two outputs, one of them of integers; compare on line 2.
std::string withCompare(const std::string &compare) {
  return "args: [{ name: out, dtype: f32, shape: [64], direction: out }, { name: n, dtype: i32, shape: [1], direction: "
         "out }]\n"
         "compare: " +
         compare +
         "\n"
         "summary: s\n"
         "golden: |\n"
         "  def golden(): return 0\n";
}

const Malformed malformed[] = {
#include "harness/tests/case/MalformedRows.inc"
};

TEST(MalformedCase, IsToldWithItsPlace) {
  for (const Malformed &row : malformed) {
    Scratch scratch;
    scratch.write("kernel.pto", "module {}\n");
    std::string file = scratch.write("case.yaml", row.yaml);
    std::string shown = show(readCaseFile(file, "case"));
    if (size_t at = shown.find(scratch.root); at != std::string::npos)
      shown.replace(at, scratch.root.size(), "ROOT");
    EXPECT_EQ(shown, row.errors) << row.mistake << "\n" << row.yaml;
  }
}

} // namespace
