// pto-opt and the language server over a kernel with placeholders.
#include "harness/tests/Sandbox.h"
#include "harness/tools/EditorStream.h"
#include <gtest/gtest.h>

using namespace pto::harness;
using namespace pto::harness::testing;

namespace {

class ToolsTest : public ::testing::Test {
protected:
  ToolsTest() {
    sandbox.apply({"case.yaml", "compare: bits", "compare: bits\nmatrix: { n: [100, 64] }"});
    sandbox.apply({"kernel.pto", "arith.constant 100 : i32", "arith.constant ${n} : i32"});
  }
  std::string type(const std::string &command) {
    sandbox.run("--version > version.txt; (" + command + ")");
    return sandbox.read("log.txt");
  }
  Sandbox sandbox;
};

std::string message(const std::string &json) {
  return "Content-Length: " + std::to_string(json.size()) + "\r\n\r\n" + json;
}

TEST_F(ToolsTest, PtoOptReadsTheFirstPoint) {
  std::string printed = type(PTO_BINARY_DIR "/bin/pto-opt cases/sample/kernel.pto");
  EXPECT_NE(printed.find("cases/sample/kernel.pto: placeholders are those of sample@n=100"), std::string::npos)
      << printed;
  EXPECT_NE(printed.find("constant 100 : i32"), std::string::npos) << printed;
}

TEST_F(ToolsTest, PtoOptShowsAMistakeAtItsLine) {
  sandbox.apply({"kernel.pto", "pto.vsub %va", "pto.vsub %nothing"});
  std::string printed = type(PTO_BINARY_DIR "/bin/pto-opt cases/sample/kernel.pto");
  EXPECT_NE(printed.find("cases/sample/kernel.pto:24:25: error"), std::string::npos) << printed;
}

TEST_F(ToolsTest, PtoOptSaysWhatItLacks) {
  sandbox.write("case.yaml", "summary: [");
  std::string broken = type(PTO_BINARY_DIR "/bin/pto-opt cases/sample/kernel.pto");
  EXPECT_NE(broken.find("case.yaml:1:"), std::string::npos) << broken;
  std::string none = type("rm cases/sample/case.yaml; " PTO_BINARY_DIR "/bin/pto-opt cases/sample/kernel.pto");
  EXPECT_NE(none.find("has placeholders, which a case.yaml beside it gives values; there is none"), std::string::npos)
      << none;
}

TEST_F(ToolsTest, AnEditorSeesNoErrorsWhereThereAreNone) {
  std::string kernel = sandbox.read("cases/sample/kernel.pto"), uri = "file://" + sandbox.caseFolder() + "/kernel.pto";
  llvm::json::Value open = llvm::json::Object{
      {"jsonrpc", "2.0"},
      {"method", "textDocument/didOpen"},
      {"params", llvm::json::Object{
                     {"textDocument",
                      llvm::json::Object{{"uri", uri}, {"languageId", "mlir"}, {"version", 1}, {"text", kernel}}}}}};
  // The edit makes a mistake on line 6, counted from 0.
  llvm::json::Value edit = llvm::json::Object{
      {"jsonrpc", "2.0"},
      {"method", "textDocument/didChange"},
      {"params", llvm::json::Object{
                     {"textDocument", llvm::json::Object{{"uri", uri}, {"version", 2}}},
                     {"contentChanges",
                      llvm::json::Array{llvm::json::Object{
                          {"range", llvm::json::Object{{"start", llvm::json::Object{{"line", 6}, {"character", 4}}},
                                                       {"end", llvm::json::Object{{"line", 6}, {"character", 4}}}}},
                          {"text", "nonsense "}}}}}}};
  auto text = [](const llvm::json::Value &value) { return llvm::formatv("{0}", value).str(); };
  sandbox.write("../../session",
                message(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}})") +
                    message(text(open)) + message(text(edit)) +
                    message(R"({"jsonrpc":"2.0","id":2,"method":"shutdown"})") +
                    message(R"({"jsonrpc":"2.0","method":"exit"})"));
  std::string printed = type("timeout 20 " PTO_BINARY_DIR "/bin/pto-lsp-server < session 2>/dev/null; echo exit $?");
  // Whatever was published for the first text is empty; for the second it is the mistake.
  size_t first = printed.find("publishDiagnostics"), second = printed.find("publishDiagnostics", first + 1);
  ASSERT_NE(second, std::string::npos) << printed;
  EXPECT_NE(printed.substr(0, second).find("\"diagnostics\":[]"), std::string::npos) << printed;
  EXPECT_NE(printed.substr(second - 400).find("\"line\":6"), std::string::npos) << printed;
  EXPECT_NE(printed.find("exit 0"), std::string::npos) << printed;
}

// MLIR's parser uses memory that it has freed: a value is used before a nested definition of it, and an error follows.
constexpr const char *crashes = R"(func.func @f(%hi: index) {
  scf.for %w = %lo to %hi step %hi { %lo = arith.constant 0 : index }
  nonsense
})";

TEST_F(ToolsTest, PtoOptShowsTheParserNothingThatBreaksIt) {
  sandbox.write("crashes.pto", crashes);
  sandbox.write("two.pto", std::string("module {}\n// -----\n") + crashes);
  std::string place = ":2:16: error: %lo is used before it is defined";
  std::string file = type(PTO_BINARY_DIR "/bin/pto-opt cases/sample/crashes.pto");
  EXPECT_NE(file.find("crashes.pto" + place), std::string::npos) << file;
  std::string stdinText = type(PTO_BINARY_DIR "/bin/pto-opt - < cases/sample/crashes.pto");
  EXPECT_NE(stdinText.find("<stdin>" + place), std::string::npos) << stdinText;
  std::string second = type(PTO_BINARY_DIR "/bin/pto-opt -split-input-file cases/sample/two.pto");
  EXPECT_NE(second.find("two.pto:4:16: error"), std::string::npos) << second;
}

TEST_F(ToolsTest, RunValidationBecomesATool) {
  std::string printed = type(PTO_BINARY_DIR "/bin/run_validation opt cases/sample/kernel.pto");
  EXPECT_NE(printed.find("constant 100 : i32"), std::string::npos) << printed;
  std::string usage = type(PTO_BINARY_DIR "/bin/run_validation program --help");
  EXPECT_NE(usage.find("specialize"), std::string::npos) << usage;
}

TEST_F(ToolsTest, HelpOfTheServerMayBeCutOff) {
  std::string printed = type(PTO_BINARY_DIR "/bin/pto-lsp-server --help | head -1; echo ${PIPESTATUS[0]}");
  EXPECT_EQ(printed.find("ERROR"), std::string::npos) << printed;
}

TEST(EditorStream, ShowsTheServerNothingThatBreaksIt) {
  using llvm::json::Array, llvm::json::Object, llvm::json::Value;
  auto message = [](const char *method, Object parameters) {
    return Value(Object{{"method", method}, {"params", std::move(parameters)}});
  };
  auto document = [](const char *language = "", const char *text = "") {
    return Object{{"uri", "file:///tmp/kernel.pto"}, {"version", 1}, {"languageId", language}, {"text", text}};
  };
  auto print = [](const Value &value) { return llvm::formatv("{0}", value).str(); };
  Value published = message("textDocument/publishDiagnostics",
                            Object{{"uri", "file:///tmp/kernel.pto"}, {"version", 1}, {"diagnostics", Array{}}});
  EditorStream stream;

  std::string opened =
      print(stream.toServer(message("textDocument/didOpen", Object{{"textDocument", document("mlir", crashes)}})));
  EXPECT_NE(opened.find(R"("text":"")"), std::string::npos) << opened;
  std::string shown = print(stream.toEditor(published));
  EXPECT_NE(shown.find("%lo is used before it is defined"), std::string::npos) << shown;
  EXPECT_NE(shown.find(R"("start":{"character":15,"line":1})"), std::string::npos) << shown;

  Array whole{Object{{"text", "module {}"}}};
  std::string mended = print(stream.toServer(
      message("textDocument/didChange", Object{{"textDocument", document()}, {"contentChanges", std::move(whole)}})));
  EXPECT_NE(mended.find("module {}"), std::string::npos) << mended;
  EXPECT_EQ(stream.toEditor(published), published);
}

TEST(EditorStream, LeavesOtherMessagesAlone) {
  EditorStream stream;
  for (const char *text :
       {R"({"id":1,"method":"textDocument/hover","params":{"a":[1]}})", "[1,2]", "null",
        R"({"method":"textDocument/didOpen","params":{}})",
        R"({"method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///none","version":1},)"
        R"("contentChanges":[{"text":"x"}]}})"}) {
    llvm::json::Value value = llvm::cantFail(llvm::json::parse(text));
    EXPECT_EQ(stream.toServer(value), value) << text;
    EXPECT_EQ(stream.toEditor(value), value) << text;
  }
}

} // namespace
