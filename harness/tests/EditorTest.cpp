// The language server as an editor sees it: the real one, over its protocol.
#include "harness/tests/Sandbox.h"
#include "harness/tools/Remarks.h"
#include "llvm/Support/FormatVariadic.h"
#include <chrono>
#include <csignal>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace pto::harness;
using namespace pto::harness::testing;
using llvm::json::Array;
using llvm::json::Object;
using llvm::json::Value;
using ::testing::HasSubstr;

namespace {

class Server {
public:
  explicit Server(const std::string &cache) {
    int in[2], out[2];
    if (pipe(in) || pipe(out))
      return;
    pid = fork();
    if (pid == 0) {
      dup2(in[0], STDIN_FILENO);
      dup2(out[1], STDOUT_FILENO);
      for (int descriptor : {in[0], in[1], out[0], out[1]})
        close(descriptor);
      setenv("XDG_CACHE_HOME", cache.c_str(), 1);
      execl(PTO_BINARY_DIR "/bin/pto-lsp-server", "pto-lsp-server", "--log=error", nullptr);
      _exit(127);
    }
    close(in[0]);
    close(out[1]);
    to = in[1];
    from = out[0];
    send(Object{{"id", 1}, {"method", "initialize"}, {"params", Object{{"capabilities", Object{}}}}});
  }
  /// Its exit code after a shutdown.
  int finish() {
    send(Object{{"id", 2}, {"method", "shutdown"}});
    send(Object{{"method", "exit"}});
    close(to);
    close(from);
    int status = -1;
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
  }

  void send(Object message) {
    message["jsonrpc"] = "2.0";
    std::string text = llvm::formatv("{0}", Value(std::move(message)));
    std::string framed = "Content-Length: " + std::to_string(text.size()) + "\r\n\r\n" + text;
    EXPECT_EQ(write(to, framed.data(), framed.size()), ssize_t(framed.size()));
  }

  /// The first message from now on that will do; null where none comes in a minute.
  Value waitFor(llvm::function_ref<bool(const Object &)> isWanted) {
    auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (std::chrono::steady_clock::now() < end) {
      while (std::optional<Value> message = take())
        if (isWanted(*message->getAsObject()))
          return std::move(*message);
      pollfd wanted{from, POLLIN, 0};
      char bytes[4096];
      if (poll(&wanted, 1, 100) > 0)
        if (ssize_t count = read(from, bytes, sizeof bytes); count > 0)
          inbox.append(bytes, size_t(count));
    }
    return nullptr;
  }

  /// The diagnostics of a version of the text, as they are when they will do.
  Array diagnosticsOf(int64_t version, llvm::function_ref<bool(const Array &)> isWanted) {
    Value found = waitFor([&](const Object &message) {
      const Object *parameters = message.getObject("params");
      return message.getString("method") == "textDocument/publishDiagnostics" &&
             parameters->getInteger("version") == version && isWanted(*parameters->getArray("diagnostics"));
    });
    if (const Object *message = found.getAsObject())
      return *message->getObject("params")->getArray("diagnostics");
    ADD_FAILURE() << "no such diagnostics";
    return {};
  }

private:
  std::optional<Value> take() {
    size_t header = inbox.find("\r\n\r\n"), length = 0;
    if (header == std::string::npos ||
        llvm::StringRef(inbox).split("Content-Length: ").second.split('\r').first.getAsInteger(10, length) ||
        inbox.size() < header + 4 + length)
      return std::nullopt;
    Value message = llvm::cantFail(llvm::json::parse(llvm::StringRef(inbox).substr(header + 4, length)));
    inbox.erase(0, header + 4 + length);
    return message;
  }

  pid_t pid = -1;
  int to = -1, from = -1;
  std::string inbox;
};

class Editor : public ::testing::Test {
protected:
  Editor() : server(sandbox.folder() + "/editor-cache") {}
  ~Editor() override { EXPECT_EQ(server.finish(), 0); }

  std::string uri() const { return "file://" + sandbox.caseFolder() + "/kernel.pto"; }
  void open() {
    text = sandbox.read("cases/sample/kernel.pto");
    server.send(Object{
        {"method", "textDocument/didOpen"},
        {"params", Object{{"textDocument",
                           Object{{"uri", uri()}, {"languageId", "mlir"}, {"version", ++version}, {"text", text}}}}}});
  }
  void change(const std::string &now) {
    text = now;
    server.send(Object{{"method", "textDocument/didChange"},
                       {"params", Object{{"textDocument", Object{{"uri", uri()}, {"version", ++version}}},
                                         {"contentChanges", Array{Object{{"text", text}}}}}}});
  }
  Array diagnostics(llvm::function_ref<bool(const Array &)> isWanted) {
    return server.diagnosticsOf(version, isWanted);
  }
  static std::string messageOf(const Value &diagnostic) {
    return diagnostic.getAsObject()->getString("message")->str();
  }
  /// Counted from 1.
  static int64_t lineOf(const Value &diagnostic) {
    return 1 + *diagnostic.getAsObject()->getObject("range")->getObject("start")->getInteger("line");
  }
  static bool isAny(const Array &all) { return !all.empty(); }

  Array actionsAt(int64_t line) {
    Object at{{"line", line - 1}, {"character", 0}};
    server.send(Object{{"id", 77},
                       {"method", "textDocument/codeAction"},
                       {"params", Object{{"textDocument", Object{{"uri", uri()}}},
                                         {"range", Object{{"start", Object(at)}, {"end", Object(at)}}},
                                         {"context", Object{{"diagnostics", Array{}}}}}}});
    Value answer = server.waitFor([](const Object &message) { return message.getInteger("id") == 77; });
    const Object *message = answer.getAsObject();
    return message && message->getArray("result") ? *message->getArray("result") : Array();
  }
  /// The text with an action's lines in it, which have to be whole ones.
  std::string applied(const Value &action) {
    std::vector<InsertedLine> lines;
    for (const Value &edit : *action.getAsObject()->getObject("edit")->getObject("changes")->getArray(uri()))
      lines.push_back({unsigned(*edit.getAsObject()->getObject("range")->getObject("start")->getInteger("line")),
                       edit.getAsObject()->getString("newText")->str()});
    std::string result;
    unsigned number = 0;
    for (llvm::StringRef rest = text; !rest.empty(); ++number) {
      for (const InsertedLine &line : lines)
        if (line.before == number)
          result += line.text;
      auto [first, others] = rest.split('\n');
      result += first.str() + "\n";
      rest = others;
    }
    return result;
  }

  Sandbox sandbox;
  Server server;
  std::string text;
  int64_t version = 0;
};

constexpr const char *setFlag = "    pto.set_flag[\"PIPE_MTE2\", \"PIPE_V\", \"EVENT_ID0\"]\n";
constexpr const char *waitFlag = "    pto.wait_flag[\"PIPE_MTE2\", \"PIPE_V\", \"EVENT_ID0\"]\n";

TEST_F(Editor, ShowsAMissingFlagAndMendsIt) {
  sandbox.apply({"kernel.pto", setFlag, ""});
  sandbox.apply({"kernel.pto", waitFlag, ""});
  open();
  Array found = diagnostics(isAny);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(lineOf(found[0]), 20);
  EXPECT_THAT(messageOf(found[0]), HasSubstr("read-after-write: pto.vlds on PIPE_V reads"));
  EXPECT_THAT(messageOf(found[0]), HasSubstr("pto.mte_gm_ub on PIPE_MTE2 writes"));
  EXPECT_THAT(messageOf(found[0]), HasSubstr("kernel.pto:15:5"));
  Array actions = actionsAt(20);
  ASSERT_FALSE(actions.empty());
  EXPECT_EQ(actions[0].getAsObject()->getString("kind"), "quickfix");
  for (unsigned turn = 0; turn < 4 && !actions.empty(); ++turn) {
    change(applied(actions[0]));
    bool isSettled = false;
    Array left = diagnostics([&](const Array &all) {
      // The server's own come first, and are none.
      return !all.empty() || std::exchange(isSettled, true);
    });
    actions = left.empty() ? Array() : actionsAt(lineOf(left[0]));
  }
  EXPECT_THAT(text, HasSubstr(setFlag));
  EXPECT_THAT(text, HasSubstr(waitFlag));
}

TEST_F(Editor, ShowsOnlyTheParsersErrorOfATextThatDoesNotParse) {
  open();
  change("nonsense\n" + text);
  Array found = diagnostics(isAny);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(lineOf(found[0]), 1);
}

TEST_F(Editor, ShowsAWrongElementAtItsWriter) {
  sandbox.apply({"case.yaml", "a - b", "a + b"});
  open();
  Array found = diagnostics(isAny);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(lineOf(found[0]), 25) << "the store into UB that a transfer carries out";
  EXPECT_THAT(messageOf(found[0]), HasSubstr("elements of 'out' differ; the worst, "));
}

TEST_F(Editor, ShowsWhatIsNotSaved) {
  open();
  size_t wait = text.find(waitFlag);
  ASSERT_NE(wait, std::string::npos);
  change(std::string(text).erase(wait, std::string(waitFlag).size()));
  EXPECT_THAT(messageOf(diagnostics(isAny)[0]), HasSubstr("read-after-write"));
  change(sandbox.read("cases/sample/kernel.pto"));
  diagnostics([](const Array &all) { return all.empty(); });
}

TEST_F(Editor, AnEndlessKernelEndsAndTheNextTextRuns) {
  sandbox.apply(
      {"kernel.pto", "    pto.vecscope {",
       "    %big = arith.constant 9000000000000000000 : index\n    scf.for %k = %c0 to %big step %c64 {\n    }\n"
       "    pto.vecscope {"});
  open();
  Array found = diagnostics(isAny);
  ASSERT_FALSE(found.empty());
  EXPECT_TRUE(
      llvm::any_of(found, [](const Value &each) { return messageOf(each).find("ran out") != std::string::npos; }));
  change("nonsense\n" + text);
  EXPECT_EQ(diagnostics(isAny).size(), 1u);
}

TEST_F(Editor, SaysWhatIsWrongWithTheCase) {
  sandbox.apply({"case.yaml", "compare: bits", "compare: bitts"});
  open();
  Array found = diagnostics(isAny);
  ASSERT_FALSE(found.empty());
  EXPECT_THAT(messageOf(found[0]), HasSubstr("case.yaml:"));
}

TEST_F(Editor, ChecksOrderWithoutACaseToo) {
  sandbox.apply({"kernel.pto", waitFlag, ""});
  sandbox.run("--version; rm cases/sample/case.yaml");
  open();
  Array found = diagnostics(isAny);
  ASSERT_FALSE(found.empty());
  EXPECT_THAT(messageOf(found[0]), HasSubstr("read-after-write"));
}

std::string inserted(std::vector<pto::AddedLine> edit, const std::string &text) {
  std::string found;
  for (const InsertedLine &line : insertionsOf(edit, text))
    found += std::to_string(line.before) + ":" + line.text + "\n";
  return found;
}

TEST(Insertions, GoBeforeAndAfterWholeOperations) {
  const std::string text = "  pto.mte_gm_ub %a, %b\n"
                           "    nburst(%one, %size)\n"
                           "    : i64\n"
                           "  scf.for %i = %a to %b {\n"
                           "    pto.vadd\n"
                           "  }\n"
                           "  pto.mte_ub_gm %b\n";
  auto line = [](const char *text, unsigned number, bool isAfter) {
    return pto::AddedLine{text, {"kernel.pto", number, 1}, isAfter, ""};
  };
  EXPECT_EQ(inserted({line("set", 1, true), line("wait", 4, false)}, text), "3:  set\n3:  wait\n");
  EXPECT_EQ(inserted({line("a", 4, true), line("b", 7, false)}, text), "6:  a\n6:  b\n");
  EXPECT_EQ(inserted({line("a", 5, false), line("b", 5, false)}, text), "4:    a\n4:    b\n");
  EXPECT_EQ(inserted({}, text), "");
  EXPECT_EQ(inserted({line("a", 99, true)}, text), "");
}

} // namespace
