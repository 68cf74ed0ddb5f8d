// Writing JUnit XML.
#include "reports/JUnit.h"
#include "reports/Terminal.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"

namespace pto::reports {

namespace {

/// Text as XML 1.0 can hold it: most control characters it cannot hold in any way, so they are shown as \x1b.
enum class Within { Attribute, Element };

std::string escape(llvm::StringRef text, Within within = Within::Attribute) {
  std::string valid = llvm::json::isUTF8(text) ? text.str() : llvm::json::fixUTF8(text);
  std::string result;
  llvm::raw_string_ostream os(result);
  for (size_t i = 0; i < valid.size(); ++i) {
    char c = valid[i];
    switch (c) {
    case '&':
      os << "&amp;";
      break;
    case '<':
      os << "&lt;";
      break;
    case '>':
      os << "&gt;";
      break;
    case '"':
      os << "&quot;";
      break;
    case '\n':
    case '\t':
    case '\r':
      // In an attribute a reader would make a blank of it, and a line's end of a return anywhere.
      if (within == Within::Attribute || c == '\r')
        os << "&#" << static_cast<int>(c) << ';';
      else
        os << c;
      break;
    default:
      // U+FFFE and U+FFFF are no characters of XML either.
      if (static_cast<unsigned char>(c) < 0x20)
        os << llvm::format("\\x%02x", c);
      else if (llvm::StringRef(valid).substr(i).starts_with("\xef\xbf\xbe") ||
               llvm::StringRef(valid).substr(i).starts_with("\xef\xbf\xbf"))
        os << "\xef\xbf\xbd", i += 2;
      else
        os << c;
    }
  }
  return result;
}

enum class Kind { Passed, Failure, Error, Skipped };

Kind kindOf(const Result &result) {
  if (result.state == State::Skip || result.state == State::Xfail)
    return Kind::Skipped;
  if (result.state == State::InfraError ||
      (isFailure(result.state) && result.blame != Blame::Kernel && result.blame != Blame::None))
    return Kind::Error;
  return isFailure(result.state) ? Kind::Failure : Kind::Passed;
}

/// A case that ran, or one that did not.
struct TestCase {
  llvm::StringRef name;
  Kind kind;
  const Result *result = nullptr;
};

struct Suite {
  std::vector<TestCase> cases;
  size_t failures = 0, errors = 0, skipped = 0;
  double ms = 0;

  void add(const TestCase &testCase) {
    cases.push_back(testCase);
    failures += testCase.kind == Kind::Failure;
    errors += testCase.kind == Kind::Error;
    skipped += testCase.kind == Kind::Skipped;
    ms += testCase.result ? testCase.result->durationMs : 0;
  }
};

std::string seconds(double ms) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.6f", ms >= 0 && ms < 1e15 ? ms / 1000 : 0.0);
  return text;
}

void writeCounts(llvm::raw_ostream &os, llvm::StringRef name, const Suite &suite) {
  os << " name=\"" << escape(name) << "\" tests=\"" << suite.cases.size() << "\" failures=\"" << suite.failures
     << "\" errors=\"" << suite.errors << "\"";
}

void writeProblem(llvm::raw_ostream &os, llvm::StringRef element, const Result &result) {
  std::string screen;
  llvm::raw_string_ostream text(screen);
  Style style;
  style.width = 0;
  printScreen(text, result, style);
  os << "      <" << element << " message=\"" << escape(result.message) << "\" type=\"" << nameOf(result.state) << "\">"
     << escape(screen, Within::Element) << "</" << element << ">\n";
}

void writeResult(llvm::raw_ostream &os, const Result &result, Kind kind) {
  switch (kind) {
  case Kind::Passed:
    break;
  case Kind::Failure:
    writeProblem(os, "failure", result);
    break;
  case Kind::Error:
    writeProblem(os, "error", result);
    break;
  case Kind::Skipped:
    os << "      <skipped message=\"" << escape(nameOf(result.state).str() + ": " + result.message) << "\"/>\n";
    break;
  }
  std::string notes;
  llvm::raw_string_ostream text(notes);
  if (result.state == State::Flaky)
    text << "flaky: " << result.message << '\n';
  for (const std::string &warning : result.warnings)
    text << "warning: " << warning << '\n';
  for (const std::string &note : result.notes)
    text << "note: " << note << '\n';
  if (!result.replay.empty())
    text << "replay: " << result.replay << '\n';
  if (!notes.empty())
    os << "      <system-out>" << escape(notes, Within::Element) << "</system-out>\n";
}

void writeCase(llvm::raw_ostream &os, const TestCase &testCase, const RunEnd &end) {
  // Jenkins shows a tree of packages and classes: the folders are the packages, the case is the class.
  auto [folder, point] = testCase.name.split('@');
  std::string className = folder.str();
  std::replace(className.begin(), className.end(), '/', '.');
  llvm::StringRef name = point.empty() ? folder.substr(folder.rfind('/') + 1) : point;
  os << "    <testcase classname=\"" << escape(className) << "\" name=\"" << escape(name) << "\" time=\""
     << seconds(testCase.result ? testCase.result->durationMs : 0) << "\">\n";
  if (testCase.result)
    writeResult(os, *testCase.result, testCase.kind);
  else
    os << "      <" << (testCase.kind == Kind::Error ? "error" : "skipped")
       << " message=\"did not run: " << describe(end.stopped) << "\" type=\"not-run\"/>\n";
  os << "    </testcase>\n";
}

/// A suite's attributes that are the run's.
void writeRun(llvm::raw_ostream &os, const RunHeader &header) {
  if (!header.started.empty())
    os << " timestamp=\"" << escape(header.started) << "\"";
  if (!header.host.empty())
    os << " hostname=\"" << escape(header.host) << "\"";
  os << ">\n    <properties>\n";
  std::string options;
  llvm::raw_string_ostream(options) << llvm::json::Value(llvm::json::Object(header.options));
  const std::pair<llvm::StringRef, llvm::StringRef> properties[] = {{"version", header.version},
                                                                    {"commit", header.commit},
                                                                    {"cases_root", header.casesRoot},
                                                                    {"cases_commit", header.casesCommit},
                                                                    {"options", options}};
  for (auto [name, value] : properties)
    if (!value.empty())
      os << "      <property name=\"" << name << "\" value=\"" << escape(value) << "\"/>\n";
  os << "    </properties>\n";
}

} // namespace

void writeJUnit(llvm::raw_ostream &os, const FinishedRun &run) {
  constexpr llvm::StringLiteral tool = "run_validation";
  Suite all;
  llvm::MapVector<llvm::StringRef, Suite> suites;
  auto add = [&](const TestCase &testCase) {
    llvm::StringRef folder = testCase.name.split('@').first;
    suites[folder.contains('/') ? folder.split('/').first : llvm::StringRef(tool)].add(testCase);
    all.add(testCase);
  };
  for (const Result &result : run.results)
    add({result.name, kindOf(result), &result});
  // Who asked for a stop at the first failure knows that the others are left out; an interrupted run must not be green.
  Kind notRun = run.end.stopped == Stop::FirstFailure ? Kind::Skipped : Kind::Error;
  for (const std::string &name : run.end.notRun)
    add({name, notRun});
  os << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites";
  writeCounts(os, tool, all);
  os << " time=\"" << seconds(all.ms) << "\">\n";
  for (const auto &[name, suite] : suites) {
    os << "  <testsuite";
    writeCounts(os, name, suite);
    os << " skipped=\"" << suite.skipped << "\" time=\"" << seconds(suite.ms) << "\"";
    writeRun(os, run.header);
    for (const TestCase &testCase : suite.cases)
      writeCase(os, testCase, run.end);
    os << "  </testsuite>\n";
  }
  os << "</testsuites>\n";
}

llvm::Error writeJUnitFile(const std::string &path, const FinishedRun &run) {
  std::string part = path + ".part";
  std::error_code error;
  {
    llvm::raw_fd_ostream os(part, error);
    if (!error) {
      writeJUnit(os, run);
      os.close();
      error = os.error();
      // The stream would end the process for an error that nobody has looked at.
      os.clear_error();
    }
  }
  if (!error)
    error = llvm::sys::fs::rename(part, path);
  if (!error)
    return llvm::Error::success();
  llvm::sys::fs::remove(part);
  return llvm::createStringError(error, "cannot write %s: %s", path.c_str(), error.message().c_str());
}

} // namespace pto::reports
