// Pairs of a generic program and the one that a person would write by hand for the same arguments.
// Each file under pairs/ says in its head how the first is specialized, and one edit that makes the second another.
#include "compiler/specialize/tests/Helpers.h"
#include "compiler/specialize/tests/TreeDifference.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <filesystem>

namespace pto::specialize {
namespace {

struct Pair {
  std::string name, text;
  llvm::StringMap<std::string> head;

  static Pair read(const std::string &path) {
    Pair pair;
    pair.name = llvm::sys::path::stem(path).str();
    auto file = llvm::MemoryBuffer::getFile(path);
    pair.text = file ? (*file)->getBuffer().str() : "";
    llvm::SmallVector<llvm::StringRef> lines;
    llvm::StringRef(pair.text).split(lines, '\n');
    for (llvm::StringRef line : lines) {
      if (!line.consume_front("# "))
        break;
      auto [key, value] = line.split(": ");
      pair.head[key] = value.str();
    }
    return pair;
  }

  /// The file with its edit made in the reference.
  std::string edited() const {
    std::string edit = head.lookup("edit");
    auto [from, to] = llvm::StringRef(edit).split(" => ");
    std::string changed = text;
    size_t at = changed.find(from.str(), changed.find("class " + head.lookup("reference")));
    if (from.empty() || at == std::string::npos)
      return {};
    return changed.replace(at, from.size(), to.str());
  }
};

std::vector<std::string> pairFiles() {
  std::vector<std::string> files;
  for (const auto &entry : std::filesystem::directory_iterator(PTO_SOURCE_DIR "/compiler/specialize/tests/pairs"))
    if (entry.path().extension() == ".py")
      files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  return files;
}

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
