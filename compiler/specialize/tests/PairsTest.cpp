// Pairs of a generic program and the one that a person would write by hand for the same arguments.
// Each file under pairs/ says in its head how the first is specialized, and one edit that makes the second another.
#include "compiler/specialize/tests/Helpers.h"
#include "compiler/specialize/tests/Pair.h"
#include "compiler/specialize/tests/TreeDifference.h"
#include "llvm/Support/Path.h"

namespace pto::specialize {
namespace {

std::shared_ptr<const Specialized> make(const Request &request, const std::string &text) {
  std::vector<Diagnostic> diagnostics;
  auto program = specialize(request, text, diagnostics);
  for (const Diagnostic &diagnostic : diagnostics)
    ADD_FAILURE() << diagnostic.render();
  return program;
}

class PairsTest : public testing::TestWithParam<std::string> {};

TEST_P(PairsTest, theGenericProgramEqualsTheOneWrittenByHand) {
  Pair pair = Pair::read(GetParam());
  auto generic = make(makeRequest(pair.head.lookup("entry"), pair.head.lookup("arguments")), pair.text);
  auto reference = make(makeRequest(pair.head.lookup("reference"), ""), pair.text);
  ASSERT_TRUE(generic && reference);
  auto difference = findDifference(generic->module.body, reference->module.body);
  EXPECT_FALSE(difference) << difference->path << ": " << difference->left << " != " << difference->right << "\n"
                           << generic->text;
}

TEST_P(PairsTest, oneEditIsSeenWhereItIsMade) {
  Pair pair = Pair::read(GetParam());
  auto generic = make(makeRequest(pair.head.lookup("entry"), pair.head.lookup("arguments")), pair.text);
  std::string edited = pair.edited();
  ASSERT_FALSE(edited.empty()) << "the edit does not fit the reference";
  auto reference = make(makeRequest(pair.head.lookup("reference"), ""), edited);
  ASSERT_TRUE(generic && reference);
  auto difference = findDifference(generic->module.body, reference->module.body);
  ASSERT_TRUE(difference);
  EXPECT_EQ(difference->path, pair.head.lookup("path")) << difference->left << " != " << difference->right;
}

INSTANTIATE_TEST_SUITE_P(Pairs, PairsTest, testing::ValuesIn(pairFiles()),
                         [](const auto &info) { return llvm::sys::path::stem(info.param).str(); });

TEST(PairFiles, thereAreTwentyFourPairsOrMore) {
  EXPECT_GE(pairFiles().size(), 24u);
}

} // namespace
} // namespace pto::specialize
