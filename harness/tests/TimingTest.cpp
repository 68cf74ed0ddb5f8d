// `--timeline` and `explain`, over the real command.
#include "harness/tests/Sandbox.h"
#include "llvm/Support/JSON.h"
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>

using namespace pto::harness::testing;
using ::testing::HasSubstr;

namespace {

using Events = std::vector<llvm::json::Object>;

/// Those of a timeline that loads.
Events eventsIn(const std::string &text) {
  Events events;
  llvm::Expected<llvm::json::Value> value = llvm::json::parse(text);
  if (!value) {
    ADD_FAILURE() << llvm::toString(value.takeError()) << "\n" << text;
    return events;
  }
  for (llvm::json::Value &event : *value->getAsObject()->getArray("traceEvents"))
    events.push_back(std::move(*event.getAsObject()));
  return events;
}

int64_t number(const llvm::json::Object &event, llvm::StringRef key) {
  return event.getInteger(key).value_or(-1);
}

Events ofKind(const Events &events, llvm::StringRef kind) {
  Events found;
  for (const llvm::json::Object &event : events)
    if (event.getString("ph") == kind)
      found.push_back(event);
  return found;
}

/// What holds of every timeline.
void expectLawful(const Events &events) {
  using Thread = std::pair<int64_t, int64_t>;
  auto threadOf = [](const llvm::json::Object &event) { return Thread(number(event, "pid"), number(event, "tid")); };
  std::map<Thread, std::map<int64_t, int64_t>> slices;
  for (const llvm::json::Object &slice : ofKind(events, "X")) {
    EXPECT_GT(number(slice, "dur"), 0);
    EXPECT_TRUE(slices[threadOf(slice)].emplace(number(slice, "ts"), number(slice, "dur")).second);
  }
  for (const auto &[thread, its] : slices)
    for (auto slice = its.begin(); std::next(slice) != its.end(); ++slice)
      EXPECT_LE(slice->first + slice->second, std::next(slice)->first) << "slices of a thread overlap";
  std::map<int64_t, int64_t> open;
  for (const llvm::json::Object &start : ofKind(events, "s"))
    open[number(start, "id")] = number(start, "ts");
  EXPECT_EQ(open.size(), ofKind(events, "f").size());
  for (const llvm::json::Object &end : ofKind(events, "f")) {
    ASSERT_TRUE(open.count(number(end, "id"))) << "an arrow from nowhere";
    EXPECT_LE(open[number(end, "id")], number(end, "ts"));
    EXPECT_TRUE(slices[threadOf(end)].count(number(end, "ts"))) << "an arrow to nothing";
  }
}

class Timing : public ::testing::Test {
protected:
  Sandbox sandbox;
};

TEST_F(Timing, DrawsEveryCaseThatRuns) {
  sandbox.apply({"case.yaml", "compare: bits", "compare: bits\nmatrix: { n: [100, 128] }"});
  sandbox.apply({"kernel.pto", "arith.constant 100 : i32", "arith.constant ${n} : i32"});
  Outcome outcome = sandbox.run("--timeline t.json");
  EXPECT_EQ(outcome.exitCode, 0) << outcome.text;
  EXPECT_THAT(outcome.text, HasSubstr("timeline  t.json: 2 cases, in estimated cycles"));
  Events events = eventsIn(sandbox.read("t.json"));
  expectLawful(events);
  EXPECT_FALSE(ofKind(events, "f").empty());
  EXPECT_TRUE(ofKind(events, "i").empty());
  std::set<std::string> names;
  for (const llvm::json::Object &meta : ofKind(events, "M"))
    if (meta.getString("name") == "process_name")
      names.insert(meta.getObject("args")->getString("name")->str());
  EXPECT_THAT(names,
              ::testing::ElementsAre("sample@n=100: block 0, vector core 0", "sample@n=128: block 0, vector core 0"));
}

TEST_F(Timing, MarksBothPlacesOfAFinding) {
  sandbox.apply({"kernel.pto", "pto.wait_flag[\"PIPE_MTE2\", \"PIPE_V\", \"EVENT_ID0\"]", ""});
  Outcome outcome = sandbox.run("--timeline t.json");
  EXPECT_EQ(outcome.exitCode, 100) << outcome.text;
  Events events = eventsIn(sandbox.read("t.json")), marks = ofKind(events, "i");
  expectLawful(events);
  ASSERT_GE(marks.size(), 2u);
  EXPECT_EQ(marks[0].getString("name"), "read-after-write");
  EXPECT_NE(number(marks[0], "tid"), number(marks[1], "tid"));
  EXPECT_THAT(marks[0].getObject("args")->getString("message")->str(), HasSubstr("nothing orders the two"));
}

TEST_F(Timing, ADeadlockIsDrawnAsFarAsItCame) {
  sandbox.apply({"kernel.pto", "pto.set_flag[\"PIPE_MTE2\", \"PIPE_V\", \"EVENT_ID0\"]", ""});
  Outcome outcome = sandbox.run("--timeline t.json");
  EXPECT_EQ(outcome.exitCode, 100) << outcome.text;
  Events events = eventsIn(sandbox.read("t.json"));
  expectLawful(events);
  EXPECT_THAT(sandbox.read("t.json"), HasSubstr("waits for ever: pto.wait_flag"));
  Outcome explained = sandbox.run("explain sample");
  EXPECT_EQ(explained.exitCode, 0) << explained.text;
  EXPECT_THAT(explained.text, HasSubstr("it does not come to its end: pto.wait_flag waits for the flag"));
}

TEST_F(Timing, AKernelWithWrongNumbersIsDrawn) {
  sandbox.apply({"case.yaml", "a - b", "a + b"});
  Outcome outcome = sandbox.run("--timeline t.json");
  EXPECT_EQ(outcome.exitCode, 100) << outcome.text;
  expectLawful(eventsIn(sandbox.read("t.json")));
}

TEST_F(Timing, AKernelThatDoesNotCompileIsNamed) {
  sandbox.apply({"kernel.pto", "pto.vsub %va", "pto.vsub %nothing"});
  Outcome outcome = sandbox.run("explain sample");
  EXPECT_EQ(outcome.exitCode, 100) << outcome.text;
  EXPECT_THAT(outcome.text, HasSubstr("error: sample does not run: compile-fail at stage parse:"));
  EXPECT_THAT(outcome.text, HasSubstr("at cases/sample/kernel.pto:24:"));
  outcome = sandbox.run("--timeline t.json");
  EXPECT_TRUE(eventsIn(sandbox.read("t.json")).empty());
  EXPECT_THAT(outcome.text, HasSubstr("t.json: 0 cases of 1, of which the others do not run"));
}

TEST_F(Timing, WhatCannotBeWrittenIsToldBeforeAnythingRuns) {
  Outcome outcome = sandbox.run("--timeline missing/t.json");
  EXPECT_EQ(outcome.exitCode, 105);
  EXPECT_THAT(outcome.text, HasSubstr("error: cannot write the timeline missing/t.json: "));
  EXPECT_TRUE(outcome.results.empty());
}

TEST_F(Timing, ExplainsWhereTheCyclesGo) {
  Outcome outcome = sandbox.run("explain sample");
  EXPECT_EQ(outcome.exitCode, 0) << outcome.text;
  for (const char *part : {"sample\n  estimated: ", "PIPE_MTE2 ", "cases/sample/kernel.pto:", "Left out: "})
    EXPECT_THAT(outcome.text, HasSubstr(part));
  EXPECT_EQ(sandbox.run("explain sample").text, outcome.text);
  llvm::Expected<llvm::json::Value> value = llvm::json::parse(sandbox.run("explain sample --json").text);
  ASSERT_TRUE(bool(value)) << llvm::toString(value.takeError());
  int64_t cycles = number(*value->getAsObject(), "estimated_cycles"), onPath = 0;
  for (const llvm::json::Value &step : *value->getAsObject()->getArray("path"))
    onPath += number(*step.getAsObject(), "cycles");
  EXPECT_EQ(onPath, cycles);
}

TEST_F(Timing, ACaseThatIsNotThereIsNamed) {
  Outcome outcome = sandbox.run("explain smple");
  EXPECT_EQ(outcome.exitCode, 4);
  EXPECT_THAT(outcome.text, HasSubstr("did you mean 'sample'?"));
}

} // namespace
