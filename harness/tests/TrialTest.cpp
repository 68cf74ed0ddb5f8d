// What the result of a mutant says of its case.
#include "harness/mutate/Trial.h"
#include <gtest/gtest.h>

using namespace pto;
using namespace pto::harness;
using reports::State;

namespace {

constexpr mutate::MutationKind sync = {"drop", "", true, nullptr}, value = {"mask", "", false, nullptr};

reports::Result result(State state, std::string digest = "a") {
  reports::Result result;
  result.state = state;
  result.stage = "run";
  result.digest = std::move(digest);
  return result;
}

/// "killed by numbers", "survived: why"
std::string fateOf(const mutate::MutationKind &kind, const reports::Result &changed, bool isChecked = true) {
  Trial trial{nullptr, 1, {}, Fate::Stillborn, {}, {}};
  trial.mutant.kind = &kind;
  reports::Result unchanged = result(State::Pass);
  unchanged.warnings = {"old"};
  judge(trial, unchanged, changed, isChecked);
  return nameOf(trial.fate).str() + (trial.by.empty() ? ": " + trial.why : " by " + trial.by);
}

TEST(Trial, WhatFailsIsKilled) {
  EXPECT_EQ(fateOf(value, result(State::FailNumeric)), "killed by numbers");
  EXPECT_EQ(fateOf(value, result(State::Timeout)), "killed by time");
  EXPECT_EQ(fateOf(value, result(State::Crash)), "killed by crash");
  EXPECT_EQ(fateOf(value, result(State::FailCheck)), "killed by fault");
  reports::Result found = result(State::FailCheck);
  found.findings = {{"block-race", "", {}, {}, true}, {"read-after-write", "", {}, {}, false}};
  EXPECT_EQ(fateOf(sync, found), "killed by read-after-write");
}

TEST(Trial, WhatIsRefusedSaysNothing) {
  EXPECT_EQ(fateOf(value, result(State::InfraError)), "stillborn by run");
}

TEST(Trial, ANewWarningKills) {
  reports::Result warned = result(State::Pass);
  warned.warnings = {"old"};
  EXPECT_EQ(fateOf(sync, warned), "redundant: everything that it orders is in order without it");
  warned.warnings.push_back("new");
  EXPECT_EQ(fateOf(sync, warned), "killed by warning");
}

TEST(Trial, SurvivorsSayWhy) {
  EXPECT_EQ(
      fateOf(value, result(State::Pass)),
      "survived: the outputs are the same bits: it may be equivalent, or these inputs do not show the difference");
  EXPECT_EQ(fateOf(value, result(State::Pass, "b")),
            "survived: the outputs are not the same bits, and the comparison lets them pass");
  EXPECT_EQ(fateOf(sync, result(State::Pass), /*isChecked=*/false), "survived: the order was not checked");
  reports::Result allowed = result(State::Pass);
  allowed.findings = {{"read-after-write", "the bytes", {}, {}, true}};
  EXPECT_EQ(fateOf(sync, allowed), "survived: allowed: read-after-write: the bytes");
}

} // namespace
