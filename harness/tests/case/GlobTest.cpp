// Which names a glob selects, and which folders it makes worth looking into.
#include "harness/case/Glob.h"
#include "harness/case/Case.h"
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace pto::harness;

namespace {

struct Row {
  const char *glob, *name;
  bool isMatch;
};

TEST(Glob, SelectsNames) {
  const Row rows[] = {
      {"micro-op/vadd", "micro-op/vadd", true},
      {"micro-op/vadd/", "micro-op/vadd", true},
      {"micro-op/vadd", "micro-op/vadds", false},
      {"micro-op/vadd", "micro-op/vadd@dtype=f16", true},
      {"micro-op", "micro-op/a/b@n=1", true},
      {"micro", "micro-op/a", false},
      {"micro-*", "micro-op/a", false},
      {"micro-op/*", "micro-op/vadd", true},
      {"micro-op/*", "micro-op/a/b", false},
      {"*/v*d", "micro-op/vadd@n=1", true},
      {"**", "a/b/c@n=1", true},
      {"**/vadd", "vadd", true},
      {"**/vadd", "micro-op/deep/vadd", true},
      {"**/vadd", "micro-op/xvadd", false},
      {"a/**/z", "a/z", true},
      {"a/**/z", "a/b/c/z", true},
      {"a**z", "a/b/z", true},
      {"v?dd", "vadd", true},
      {"v?dd", "v/dd", false},
      {"a@n=1", "a@n=1", true},
      {"a@n=1", "a@n=12", false},
      {"a@n=*", "a@n=1,m=2", true},
      {"a@*m=2*", "a@n=1,m=2", true},
      {"a@n=1", "a", false},
      {"*@*f16*", "a@dtype=f16,n=1", true},
      {"group@n=1", "group/a@n=1", true},
      {"", "a", false},
      {"@n=1", "a@n=1", false},
      {"[ab]", "a", false},
      {"[ab]", "[ab]", true},
  };
  for (const Row &row : rows)
    EXPECT_EQ(matches(row.glob, row.name), row.isMatch) << row.glob << " " << row.name;
}

TEST(Glob, ReachesOnlyFoldersThatItCanMatchIn) {
  const Row rows[] = {
      {"micro-op/vadd", "micro-op", true},
      {"micro-op/vadd", "tile", false},
      {"micro-op", "micro-op/deep", true},
      {"*/vadd", "micro-op", true},
      {"*/vadd", "micro-op/deep", false},
      {"**/vadd", "a/b/c", true},
      {"m*/x@n=1", "micro-op", true},
      {"m*/x@n=1", "tile", false},
      {"micro-op/vadd", "micro-op/vadd/x", true},
  };
  for (const Row &row : rows)
    EXPECT_EQ(Glob(row.glob).reachesBelow(row.name), row.isMatch) << row.glob << " " << row.name;
}

TEST(Glob, StarsDoNotTakeExponentialTime) {
  std::string glob, name(2000, 'a');
  for (int i = 0; i < 200; ++i)
    glob += "*a";
  EXPECT_FALSE(matches(glob + "b", name));
}

rc::Gen<std::string> textOf(const char *alphabet, size_t longest) {
  return rc::gen::resize(longest, rc::gen::container<std::string>(rc::gen::elementOf(std::string(alphabet))));
}

RC_GTEST_PROP(GlobLaw, ANameBelowAFolderIsFoundThere, ()) {
  std::string glob = *textOf("ab*?/", 10).as("glob"), name = *textOf("ab/", 10).as("name");
  if (!matches(glob, name))
    return;
  for (size_t slash = name.find('/'); slash != std::string::npos; slash = name.find('/', slash + 1))
    RC_ASSERT(Glob(glob).reachesBelow(name.substr(0, slash)));
}

} // namespace
