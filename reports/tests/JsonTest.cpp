// Results survive JSON; what is no Result is told.
#include "reports/JsonLines.h"
#include "reports/tests/Sample.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace pto::reports;
namespace json = llvm::json;

namespace {

std::string textOf(const Result &result) {
  std::string text;
  llvm::raw_string_ostream(text) << toJson(result);
  return text;
}

std::string errorOf(llvm::StringRef line) {
  JsonLines lines = parseJsonLines(line);
  return lines.badLines.empty() ? "" : lines.badLines.front().message;
}

TEST(Json, HasTheKeysThatReadersRelyOn) {
  Result result = numericFailure();
  result.outputs.clear();
  result.location.reset();
  EXPECT_EQ(
      textOf(result),
      R"({"allowed":[],"blame":"kernel","case":"micro-op/vmadd@dtype=f32,tail=13","details":[],"duration_ms":1.234,)"
      R"("findings":[],"message":"output 'out': 13 of 1024 elements differ","notes":[],"outputs":[],)"
      R"("replay":"run_validation --case 'micro-op/vmadd@dtype=f32,tail=13' --seed 7","seed":7,)"
      R"("stage":"compare","stages":[],"state":"fail-numeric","summary":"fused multiply-add of f32 vectors",)"
      R"("target":"sim","warnings":["flag V to MTE3 EVENT_ID1 is left set"]})");
}

TEST(Json, MalformedValuesAreToldByTheirKey) {
  struct Row {
    const char *line, *error;
  };
  const Row rows[] = {
      {"[]", "expected object when parsing result"},
      {R"({"state":"pass"})", "missing value at result.case"},
      {R"({"case":"a"})", "missing value at result.state"},
      {R"({"case":1,"state":"pass"})", "expected string at result.case"},
      {R"({"case":"a","state":"passed"})", "expected the name of a state at result.state"},
      {R"({"case":"a","state":"pass","blame":"me"})", "expected none, kernel, case or infrastructure at result.blame"},
      {R"({"case":"a","state":"pass","seed":-1})", "expected uint64_t at result.seed"},
      {R"({"case":"a","state":"pass","details":[1]})", "expected string at result.details[0]"},
      {R"({"case":"a","state":"pass","location":{"line":4294967296}})",
       "expected a line or column number at result.location.line"},
      {R"({"case":"a","state":"pass","outputs":[{"worst":[{"index":"x"}]}]})",
       "expected integer at result.outputs[0].worst[0].index"},
      {R"({"case":"a","state":"pass","outputs":[{"lanes":{}}]})", "expected array at result.outputs[0].lanes"},
      {R"({"case":"a","state":"pass","stages":[null]})", "expected object at result.stages[0]"},
      {R"({"case":"a",)", "[1:12, byte=12]: Expected object key"},
  };
  for (const Row &row : rows)
    EXPECT_EQ(errorOf(row.line), row.error) << row.line;
  EXPECT_EQ(errorOf(std::string(100'000, '[')), "brackets are nested deeper than 64 levels");
}

/// Texts with everything that JSON has to escape, and some that is no UTF-8.
rc::Gen<std::string> texts() {
  return rc::gen::container<std::string>(
      rc::gen::oneOf(rc::gen::arbitrary<char>(), rc::gen::elementOf(std::string("\"\\\n\t{}[],:\0 a", 13))));
}
std::string asJson(const std::string &text) {
  return json::isUTF8(text) ? text : json::fixUTF8(text);
}

rc::Gen<Location> locations() {
  return rc::gen::build<Location>(rc::gen::set(&Location::file, texts()), rc::gen::set(&Location::line),
                                  rc::gen::set(&Location::column), rc::gen::set(&Location::snippet, texts()));
}

rc::Gen<Output> outputs() {
  auto element =
      rc::gen::build<Element>(rc::gen::set(&Element::index), rc::gen::set(&Element::position),
                              rc::gen::set(&Element::expected, texts()), rc::gen::set(&Element::distance, texts()));
  auto bucket = rc::gen::build<Output::Bucket>(rc::gen::set(&Output::Bucket::label, texts()),
                                               rc::gen::set(&Output::Bucket::count));
  return rc::gen::build<Output>(
      rc::gen::set(&Output::name, texts()), rc::gen::set(&Output::shape), rc::gen::set(&Output::elements),
      rc::gen::set(&Output::differing), rc::gen::set(&Output::statistic, texts()),
      rc::gen::set(&Output::worst, rc::gen::container<std::vector<Element>>(element)),
      rc::gen::set(&Output::histogram, rc::gen::container<std::vector<Output::Bucket>>(bucket)),
      rc::gen::set(&Output::lanes), rc::gen::set(&Output::writer, rc::gen::map(locations(), [](Location l) {
        return std::optional<Location>(std::move(l));
      })));
}

rc::Gen<Finding> findings() {
  auto line = rc::gen::build<pto::AddedLine>(
      rc::gen::set(&pto::AddedLine::text, texts()), rc::gen::set(&pto::AddedLine::isAfter),
      rc::gen::set(&pto::AddedLine::at, rc::gen::map(locations(), [](Location l) { return pto::Place(l); })));
  return rc::gen::build<Finding>(rc::gen::set(&Finding::check, texts()), rc::gen::set(&Finding::location, locations()),
                                 rc::gen::set(&Finding::edit, rc::gen::container<std::vector<pto::AddedLine>>(line)),
                                 rc::gen::set(&Finding::isAllowed));
}

rc::Gen<Result> results() {
  return rc::gen::build<Result>(
      rc::gen::set(&Result::name, texts()),
      rc::gen::set(&Result::state, rc::gen::cast<State>(rc::gen::inRange(0, static_cast<int>(State::InfraError) + 1))),
      rc::gen::set(&Result::blame, rc::gen::element(Blame::None, Blame::Kernel, Blame::Case, Blame::Infrastructure)),
      rc::gen::set(&Result::message, texts()),
      rc::gen::set(&Result::details, rc::gen::container<std::vector<std::string>>(texts())),
      rc::gen::set(&Result::findings, rc::gen::container<std::vector<Finding>>(findings())),
      rc::gen::set(&Result::outputs, rc::gen::container<std::vector<Output>>(outputs())),
      rc::gen::set(&Result::seed, rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<uint64_t>())),
      rc::gen::set(&Result::durationMs), rc::gen::set(&Result::replay, texts()));
}

RC_GTEST_PROP(JsonLaw, AResultSurvivesJsonLines, ()) {
  // The size of a result is a product of sizes: those that RapidCheck grows to would take seconds each.
  Result result = *rc::gen::resize(8, results());
  std::string line = textOf(result);
  RC_ASSERT(line.find('\n') == std::string::npos);
  JsonLines lines = parseJsonLines(line + "\n");
  RC_ASSERT(lines.badLines.empty());
  RC_ASSERT(lines.results.size() == 1u);
  const Result &read = lines.results.front();
  RC_ASSERT(textOf(read) == line);
  RC_ASSERT(read.name == asJson(result.name));
  RC_ASSERT(read.message == asJson(result.message));
  RC_ASSERT(read.state == result.state);
  RC_ASSERT(read.seed == result.seed);
  RC_ASSERT(read.durationMs == result.durationMs);
  RC_ASSERT(read.outputs.size() == result.outputs.size());
}

RC_GTEST_PROP(JsonLaw, AnyLineIsAResultOrAnError, ()) {
  std::string line = textOf(numericFailure());
  size_t at = *rc::gen::inRange<size_t>(0, line.size());
  line.replace(at, *rc::gen::inRange<size_t>(0, 4), *texts());
  parseJsonLines(line);
}

class JsonLinesTest : public testing::Test {
protected:
  void SetUp() override {
    llvm::SmallString<128> unique;
    llvm::sys::fs::createTemporaryFile("results", "jsonl", unique);
    path = unique.str().str();
  }
  void TearDown() override { llvm::sys::fs::remove(path); }
  void write(llvm::StringRef text) {
    std::error_code error;
    llvm::raw_fd_ostream(path, error) << text;
  }
  std::string path;
};

RunHeader sampleHeader() {
  RunHeader header;
  header.version = "1.2";
  header.host = "box";
  header.started = formatTime(std::chrono::system_clock::from_time_t(1'777'636'800));
  header.command = {"./run_validation", "--seed", "7"};
  header.options = json::Object{{"seed", 7}};
  header.cases = 3;
  return header;
}

RunEnd sampleEnd() {
  RunEnd end;
  end.exitCode = 106;
  end.counts = {{State::Pass, 2}};
  end.stopped = Stop::Interrupted;
  end.notRun = {"a/c"};
  return end;
}

TEST(JsonLines, SayWhatTheRunWasAndHowItEnded) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << toJson(sampleHeader()) << '\n' << toJson(sampleEnd()) << '\n';
  EXPECT_EQ(text, R"({"run":{"cases":3,"cases_commit":"","cases_root":"","command":["./run_validation","--seed","7"],)"
                  R"("commit":"","format":1,"host":"box","options":{"seed":7},"started":"2026-05-01T12:00:00Z",)"
                  R"("version":"1.2"}})"
                  "\n"
                  R"({"end":{"complete":false,"counts":{"pass":2},"duration_ms":0,"ended":"","exit_code":106,)"
                  R"("not_run":["a/c"],"stopped":"interrupted"}})"
                  "\n");
  JsonLines lines = parseJsonLines(text);
  EXPECT_TRUE(lines.badLines.empty());
  ASSERT_TRUE(lines.run && lines.end);
  std::string again;
  llvm::raw_string_ostream(again) << toJson(*lines.run) << '\n' << toJson(*lines.end) << '\n';
  EXPECT_EQ(again, text);
}

TEST(JsonLines, AreToldWhereTheyMakeNoRun) {
  struct Row {
    const char *line, *error;
  };
  const Row rows[] = {
      {R"({"run":{}})", "missing value at run.format"},
      {R"({"run":{"format":2}})", "expected 1, the only format that this version reads at run.format"},
      {R"({"run":{"format":1}})"
       "\n"
       R"({"run":{"format":1}})",
       "a second 'run'"},
      {R"({"end":{"counts":{"passed":1}}})", "expected names of states with how often they occurred at end.counts"},
      {R"({"end":{"stopped":"tired"}})", "expected first-failure, interrupted or nothing at end.stopped"},
  };
  for (const Row &row : rows)
    EXPECT_EQ(errorOf(row.line), row.error) << row.line;
}

TEST_F(JsonLinesTest, AreOnDiskWhileTheRunGoesOn) {
  auto writer = JsonLinesWriter::open(path);
  ASSERT_TRUE(static_cast<bool>(writer));
  llvm::cantFail((*writer)->write(sampleHeader()));
  llvm::cantFail((*writer)->write(resultOf(State::Pass)));
  JsonLines lines = llvm::cantFail(readJsonLines(path));
  EXPECT_TRUE(lines.run);
  EXPECT_EQ(lines.results.size(), 1u);
  EXPECT_FALSE(lines.end);
}

TEST_F(JsonLinesTest, WhatCannotBeWrittenIsAnError) {
  auto missing = JsonLinesWriter::open(path + "/none");
  EXPECT_EQ(llvm::toString(missing.takeError()), "cannot write " + path + "/none: Not a directory");
  EXPECT_EQ(llvm::toString(readJsonLines("/dev/null").takeError()), "cannot read /dev/null: it is not a regular file");
  EXPECT_EQ(llvm::toString(readJsonLines(path + "-none").takeError()),
            "cannot read " + path + "-none: No such file or directory");
  if (!llvm::sys::fs::exists("/dev/full"))
    GTEST_SKIP() << "there is no /dev/full";
  auto full = JsonLinesWriter::open("/dev/full");
  ASSERT_TRUE(static_cast<bool>(full));
  EXPECT_EQ(llvm::toString((*full)->write(resultOf(State::Pass))), "cannot write /dev/full: No space left on device");
}

} // namespace
