// The examples in the documents are run: files they show are written, commands they show are typed, and what they say
// is printed has to be printed. "…" in an expected line stands for anything, a line of its own for any lines.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <regex>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace fs = std::filesystem;

namespace {

/// ```yaml title="cases/mine/case.yaml" is a file, ```console a session of commands and what they print.
struct Fence {
  std::string language, title;
  std::vector<std::string> lines;
  int line = 0;
};

std::vector<Fence> readFences(const fs::path &document) {
  static const std::regex opening(R"re(```(\w+)(?: title="([^"]+)")?\s*)re");
  std::vector<Fence> fences;
  std::ifstream file(document);
  std::string text;
  bool inside = false;
  for (int number = 1; std::getline(file, text); ++number) {
    std::smatch match;
    if (inside && text == "```")
      inside = false;
    else if (inside)
      fences.back().lines.push_back(text);
    else if (std::regex_match(text, match, opening)) {
      fences.push_back({match[1], match[2], {}, number});
      inside = true;
    }
  }
  return fences;
}

/// The folder a reader would be in: the built commands and the cases of the project, in a place of its own.
class ReadersFolder {
public:
  ReadersFolder() {
    std::string pattern = (fs::temp_directory_path() / "pto-docs-XXXXXX").string();
    root = mkdtemp(pattern.data());
    for (const char *tool : {"run_validation", "pto-opt", "pto-program"})
      fs::create_symlink(fs::path(PTO_BINARY_DIR) / "bin" / tool, root / tool);
    fs::create_directory(root / "cases");
    for (const auto &entry : fs::directory_iterator(PTO_SOURCE_DIR "/cases"))
      fs::create_symlink(entry.path(), root / "cases" / entry.path().filename());
  }
  ~ReadersFolder() {
    std::error_code ignored;
    fs::remove_all(root, ignored);
  }

  void write(const Fence &fence) {
    fs::create_directories((root / fence.title).parent_path());
    std::ofstream file(root / fence.title);
    for (const std::string &line : fence.lines)
      file << line << '\n';
  }

  std::vector<std::string> type(const std::string &command) {
    std::string line = "cd '" + root.string() + "' && { PATH=\"$PWD:$PATH\" TERM=dumb NO_COLOR=1 PTO_CACHE_DIR='" +
                       (root / "cache").string() + "' " + command + "\n} > log.txt 2>&1";
    (void)std::system(line.c_str());
    std::ifstream log(root / "log.txt");
    std::vector<std::string> printed;
    for (std::string text; std::getline(log, text);)
      printed.push_back(text);
    return printed;
  }

private:
  fs::path root;
};

const std::string anything = "…";

bool matchesLine(const std::string &expected, const std::string &printed) {
  std::string pattern;
  for (size_t i = 0; i < expected.size();) {
    if (expected.compare(i, anything.size(), anything) == 0) {
      pattern += ".*";
      i += anything.size();
    } else {
      if (!std::isalnum(static_cast<unsigned char>(expected[i])) && static_cast<unsigned char>(expected[i]) < 0x80)
        pattern += '\\';
      pattern += expected[i++];
    }
  }
  return std::regex_match(printed, std::regex(pattern));
}

bool matchesLines(const std::vector<std::string> &expected, size_t e, const std::vector<std::string> &printed,
                  size_t p) {
  if (e == expected.size())
    return p == printed.size();
  if (expected[e] == anything)
    return matchesLines(expected, e + 1, printed, p) ||
           (p < printed.size() && matchesLines(expected, e, printed, p + 1));
  return p < printed.size() && matchesLine(expected[e], printed[p]) && matchesLines(expected, e + 1, printed, p + 1);
}

std::string join(const std::vector<std::string> &lines) {
  std::string text;
  for (const std::string &line : lines)
    text += line + '\n';
  return text;
}

void runSession(ReadersFolder &folder, const Fence &fence, const std::string &document) {
  for (size_t i = 0; i < fence.lines.size();) {
    ASSERT_EQ(fence.lines[i].substr(0, 2), "$ ") << document << ":" << fence.line << ": a session starts with '$ '";
    std::string command = fence.lines[i].substr(2);
    size_t end = i + 1;
    while (end < fence.lines.size() && fence.lines[end].substr(0, 2) != "$ ")
      ++end;
    std::vector<std::string> expected(fence.lines.begin() + i + 1, fence.lines.begin() + end);
    std::vector<std::string> printed = folder.type(command);
    EXPECT_TRUE(matchesLines(expected, 0, printed, 0))
        << document << ":" << fence.line << ": $ " << command << "\nprints:\n"
        << join(printed) << "and not:\n"
        << join(expected);
    i = end;
  }
}

class Document : public testing::TestWithParam<std::string> {};

} // namespace

TEST_P(Document, SaysWhatHappens) {
  ReadersFolder folder;
  for (const Fence &fence : readFences(fs::path(PTO_SOURCE_DIR) / GetParam()))
    if (!fence.title.empty())
      folder.write(fence);
    else if (fence.language == "console")
      runSession(folder, fence, GetParam());
}

INSTANTIATE_TEST_SUITE_P(, Document,
                         testing::Values("README.md", "CONTRIBUTING.md", "docs/case-format.md", "docs/command-line.md",
                                         "docs/writing-cases.md", "docs/isa-coverage.md", "docs/reports.md",
                                         "docs/checks.md", "docs/mutation.md", "docs/timeline.md"),
                         [](const auto &info) {
                           std::string name = info.param;
                           std::replace_if(
                               name.begin(), name.end(), [](char c) { return !std::isalnum(c); }, '_');
                           return name;
                         });

/// Two documents print what a command prints, whole.
TEST(GeneratedDocument, IsaCoverageIsThatOfTheBuild) {
  ReadersFolder folder;
  std::ifstream file(PTO_SOURCE_DIR "/docs/isa-coverage.md");
  std::stringstream document;
  document << file.rdbuf();
  EXPECT_NE(document.str().find(join(folder.type("run_validation isa"))), std::string::npos)
      << "docs/isa-coverage.md is not what `run_validation isa` prints; ci/update-docs renews it";
}
