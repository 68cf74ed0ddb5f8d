// JUnit XML that Jenkins accepts.
#include "reports/JUnit.h"
#include "reports/tests/Sample.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace pto::reports;

namespace {

std::string xmlOf(std::vector<Result> results, RunEnd end = {}) {
  FinishedRun run;
  run.header.started = "2026-05-01T12:00:00Z";
  run.header.host = "box";
  run.header.version = "1.2";
  run.header.commit = "abc";
  run.header.options = llvm::json::Object{{"seed", 7}};
  run.results = std::move(results);
  run.end = std::move(end);
  std::string text;
  llvm::raw_string_ostream os(text);
  writeJUnit(os, run);
  return text;
}

/// What xmllint says against the schema, or nothing where it is content.
std::string complaintAbout(const std::string &xml) {
  llvm::SmallString<128> file, log;
  llvm::sys::fs::createTemporaryFile("junit", "xml", file);
  llvm::sys::fs::createTemporaryFile("junit", "log", log);
  std::error_code error;
  llvm::raw_fd_ostream(file, error) << xml;
  std::string schema = PTO_SOURCE_DIR "/reports/tests/jenkins-junit.xsd";
  std::string program = *llvm::sys::findProgramByName("xmllint");
  std::optional<llvm::StringRef> redirects[] = {llvm::StringRef(""), log.str(), log.str()};
  int code =
      llvm::sys::ExecuteAndWait(program, {program, "--noout", "--schema", schema, file}, std::nullopt, redirects);
  auto said = llvm::MemoryBuffer::getFile(log);
  std::string complaint = code == 0 ? "" : (*said)->getBuffer().str();
  llvm::sys::fs::remove(file);
  llvm::sys::fs::remove(log);
  return complaint;
}

bool canValidate() {
  return static_cast<bool>(llvm::sys::findProgramByName("xmllint"));
}

TEST(JUnit, EachStateHasItsElement) {
  Result failed = resultOf(State::FailIr, Blame::Kernel, 2, "micro-op/vadd@n=1");
  failed.message = "a < b & \"c\"";
  Result broken = resultOf(State::InfraError, Blame::Case, 0, "micro-op/vsub");
  Result skipped = resultOf(State::Skip, Blame::None, 0, "tile/tadd");
  skipped.message = "not yet";
  Result warned = resultOf(State::Pass, Blame::None, 1500, "top");
  warned.warnings = {"flag left set"};
  warned.replay = "run_validation --case top";
  EXPECT_EQ(xmlOf({failed, broken, skipped, warned}), R"XML(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="run_validation" tests="4" failures="1" errors="1" time="1.502000">
  <testsuite name="micro-op" tests="2" failures="1" errors="1" skipped="0" time="0.002000" timestamp="2026-05-01T12:00:00Z" hostname="box">
    <properties>
      <property name="version" value="1.2"/>
      <property name="commit" value="abc"/>
      <property name="options" value="{&quot;seed&quot;:7}"/>
    </properties>
    <testcase classname="micro-op.vadd" name="n=1" time="0.002000">
      <failure message="a &lt; b &amp; &quot;c&quot;" type="fail-ir">FAIL-IR  micro-op/vadd@n=1
  stage      none   seed 0   in 2 ms
  a &lt; b &amp; &quot;c&quot;
</failure>
    </testcase>
    <testcase classname="micro-op.vsub" name="vsub" time="0.000000">
      <error message="" type="infra-error">INFRA-ERROR  micro-op/vsub
  stage      none   seed 0   in 0 ms
</error>
    </testcase>
  </testsuite>
  <testsuite name="tile" tests="1" failures="0" errors="0" skipped="1" time="0.000000" timestamp="2026-05-01T12:00:00Z" hostname="box">
    <properties>
      <property name="version" value="1.2"/>
      <property name="commit" value="abc"/>
      <property name="options" value="{&quot;seed&quot;:7}"/>
    </properties>
    <testcase classname="tile.tadd" name="tadd" time="0.000000">
      <skipped message="skip: not yet"/>
    </testcase>
  </testsuite>
  <testsuite name="run_validation" tests="1" failures="0" errors="0" skipped="0" time="1.500000" timestamp="2026-05-01T12:00:00Z" hostname="box">
    <properties>
      <property name="version" value="1.2"/>
      <property name="commit" value="abc"/>
      <property name="options" value="{&quot;seed&quot;:7}"/>
    </properties>
    <testcase classname="top" name="top" time="1.500000">
      <system-out>warning: flag left set
replay: run_validation --case top
</system-out>
    </testcase>
  </testsuite>
</testsuites>
)XML");
}

TEST(JUnit, WhatDidNotRunIsNoPass) {
  RunEnd end;
  end.notRun = {"micro-op/vadd@n=1"};
  end.stopped = Stop::Interrupted;
  std::string interrupted = xmlOf({resultOf(State::Pass, Blame::None, 1, "micro-op/vsub")}, end);
  EXPECT_TRUE(llvm::StringRef(interrupted).contains("tests=\"2\" failures=\"0\" errors=\"1\"")) << interrupted;
  EXPECT_TRUE(llvm::StringRef(interrupted).contains("<error message=\"did not run: interrupted\" type=\"not-run\"/>"))
      << interrupted;
  end.stopped = Stop::FirstFailure;
  std::string stopped = xmlOf({resultOf(State::Crash)}, end);
  EXPECT_TRUE(llvm::StringRef(stopped).contains(
      "<skipped message=\"did not run: stopped at the first failure\" type=\"not-run\"/>"))
      << stopped;
  if (canValidate()) {
    EXPECT_EQ(complaintAbout(interrupted), "");
    EXPECT_EQ(complaintAbout(stopped), "");
  }
}

TEST(JUnit, WhatXmlCannotHoldIsShownInAnotherWay) {
  Result failed = resultOf(State::Crash);
  failed.message = "\x1b[31m \x01 \xff \xef\xbf\xbf ]]> tab\there\nline";
  EXPECT_NE(xmlOf({failed}).find("message=\"\\x1b[31m \\x01 \xef\xbf\xbd \xef\xbf\xbd ]]&gt; tab&#9;here&#10;line\""),
            std::string::npos)
      << xmlOf({failed});
}

TEST(JUnit, IsValid) {
  if (!canValidate())
    GTEST_SKIP() << "xmllint is not installed";
  std::vector<Result> results = {numericFailure()};
  for (int i = 0; i <= static_cast<int>(State::InfraError); ++i) {
    results.push_back(resultOf(static_cast<State>(i)));
    results.back().warnings = {"w"};
  }
  EXPECT_EQ(complaintAbout(xmlOf(results)), "");
  EXPECT_EQ(complaintAbout(xmlOf({})), "");
  EXPECT_NE(complaintAbout("<testsuites><testsuite/></testsuites>"), "");
}

TEST(JUnit, AnyTextStaysValid) {
  if (!canValidate())
    GTEST_SKIP() << "xmllint is not installed";
  std::string everything;
  for (int c = 1; c < 256; ++c)
    everything += static_cast<char>(c);
  everything += "\xef\xbf\xbe\xef\xbf\xbf\xed\xa0\x80";
  everything += '\0';
  Result failed = resultOf(State::Crash);
  failed.name = failed.message = failed.replay = everything;
  failed.warnings = failed.details = {everything};
  EXPECT_EQ(complaintAbout(xmlOf({failed})), "");
}

TEST(JUnit, AFileThatCannotBeWrittenIsAnError) {
  EXPECT_EQ(llvm::toString(writeJUnitFile("/none/junit.xml", FinishedRun())),
            "cannot write /none/junit.xml: No such file or directory");
  if (!llvm::sys::fs::exists("/dev/full"))
    GTEST_SKIP() << "there is no /dev/full";
  llvm::SmallString<128> folder;
  llvm::sys::fs::createUniqueDirectory("junit", folder);
  std::string path = (folder + "/junit.xml").str();
  ASSERT_FALSE(llvm::sys::fs::create_link("/dev/full", path + ".part"));
  EXPECT_EQ(llvm::toString(writeJUnitFile(path, FinishedRun())), "cannot write " + path + ": No space left on device");
  EXPECT_FALSE(llvm::sys::fs::exists(path));
  llvm::sys::fs::remove(folder);
}

} // namespace
