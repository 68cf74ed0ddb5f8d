// The process, and what it does with a text.
#include "harness/tools/KernelChecker.h"
#include "compiler/dialect/Types.h"
#include "compiler/frontend/Kernel.h"
#include "harness/run/CasePool.h"
#include "harness/run/Display.h"
#include "harness/run/stages/Stages.h"
#include "harness/tools/PlaceholderText.h"
#include "harness/tools/Remarks.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <csignal>
#include <fcntl.h>
#include <map>
#include <poll.h>
#include <unistd.h>

using namespace pto;
using namespace pto::harness;
namespace json = llvm::json;
using reports::State;

/// Of a kernel without a case, whose buffers are taken to be that large and full of zeros. What they hold decides where
/// it stops, but not what orders its instructions.
static constexpr size_t bytesOfBuffer = 1 << 20;

static void runAlone(Run &run, OnStage onStage) {
  llvm::ArrayRef<Stage> all = stages();
  auto at = [&](auto advance) {
    return llvm::find_if(all, [&](const Stage &stage) { return stage.advance == advance; });
  };
  if (!takeThrough(run, {all.begin(), at(harness::entry)}, onStage))
    return;
  llvm::Expected<mlir::func::FuncOp> entry = frontend::selectEntry(*run.module, "");
  if (!entry)
    return llvm::consumeError(entry.takeError());
  run.launches.push_back({*entry, {}});
  if (!takeThrough(run, {at(harness::decode), 1}, onStage))
    return;
  std::vector<std::vector<uint8_t>> buffers;
  Launch launch;
  for (auto [index, type] : llvm::enumerate(entry->getArgumentTypes())) {
    // What a scalar has to be is not known.
    if (!llvm::isa<ir::PtrType>(type))
      return;
    buffers.emplace_back(bytesOfBuffer);
    launch.arguments.push_back({"argument " + std::to_string(index), false, {}, 0});
  }
  for (auto [argument, buffer] : llvm::zip_equal(launch.arguments, buffers))
    argument.buffer = buffer;
  launch.instructionBudget = run.workshop.settings.instructionBudget;
  for (Finding &finding : run.executable->launch(launch).findings)
    if (!finding.isConsequence)
      run.result.findings.push_back({name(finding.check).str(), std::move(finding.message),
                                     sourceLocation(run.spec, std::move(finding.place)), std::move(finding.details)});
}

static std::optional<CaseAnswer> runKernel(const Case &spec, Workshop &workshop, OnStage onStage) {
  if (spec.points != 0) {
    std::optional<reports::Result> result = tryCase(spec, workshop, onStage);
    return result ? std::optional(CaseAnswer{std::move(*result)}) : std::nullopt;
  }
  Run run(spec, workshop);
  runAlone(run, onStage);
  return CaseAnswer{std::move(run.result)};
}

json::Array pto::harness::checkKernel(llvm::StringRef file, llvm::StringRef text,
                                      llvm::function_ref<bool()> isObsolete) {
  constexpr size_t mostPoints = 16;
  CaseSet set = casesOfKernel(file, text);
  if (set.cases.size() > mostPoints)
    set.cases.resize(mostPoints);
  if (set.cases.empty() && !set.broken.empty())
    return json::Array{json::Object{
        {"diagnostic", remarkAt({}, toString(set.broken.front().errors.front()), RemarkSeverity::Warning)}}};
  if (set.cases.empty()) {
    Case &alone = set.cases.emplace_back();
    alone.points = 0; // of no case
    alone.name = llvm::sys::path::filename(file).str();
    alone.kernelFile = file.str();
    alone.kernelText = text.str();
  }
  Settings settings;
  settings.timeoutSeconds = 5;
  settings.instructionBudget = 20'000'000;
  settings.cacheDirectory = defaultCacheDirectory();
  std::map<size_t, json::Array> remarks;
  CaseEvents events;
  events.onStart = [](size_t) {};
  events.onResult = [&](size_t index, reports::Result result) {
    if (json::Array made = remarksOf(set.cases[index], result); !made.empty())
      remarks.emplace(index, std::move(made));
  };
  events.stopRequested = [&] { return !remarks.empty(); };
  events.abortRequested = isObsolete;
  workOnCases(set.cases, settings, /*jobs=*/1, runKernel, events, [](size_t, const std::string &) {});
  // One point is enough to mend it.
  return remarks.empty() ? json::Array() : std::move(remarks.begin()->second);
}

/// Null where it is no JSON.
static json::Value parsed(llvm::StringRef line) {
  llvm::Expected<json::Value> value = json::parse(line);
  if (value)
    return std::move(*value);
  llvm::consumeError(value.takeError());
  return nullptr;
}

namespace {

/// Questions as they come, the last one of each file.
class Questions {
public:
  explicit Questions(int descriptor) : descriptor(descriptor) {}

  /// Takes in what comes within that time, after which nothing has come; -1 waits for the first.
  void receive(int milliseconds) {
    pollfd wanted{descriptor, POLLIN, 0};
    while (!isClosed && poll(&wanted, 1, milliseconds) > 0) {
      char bytes[1 << 16];
      ssize_t count = read(descriptor, bytes, sizeof bytes);
      isClosed = count <= 0;
      inbox.append(bytes, size_t(std::max<ssize_t>(count, 0)));
      takeLines();
      milliseconds = std::max(milliseconds, 0);
    }
  }
  bool has(llvm::StringRef uri) const { return waiting.count(uri.str()) != 0; }
  std::optional<json::Object> take() {
    if (waiting.empty())
      return std::nullopt;
    return std::move(waiting.extract(waiting.begin()).mapped());
  }
  bool isClosed = false;

private:
  void takeLines() {
    for (size_t end; (end = inbox.find('\n')) != std::string::npos; inbox.erase(0, end + 1)) {
      json::Value question = parsed(llvm::StringRef(inbox).take_front(end));
      if (json::Object *object = question.getAsObject())
        waiting[object->getString("uri")->str()] = std::move(*object);
    }
  }

  int descriptor;
  std::string inbox;
  std::map<std::string, json::Object> waiting;
};

} // namespace

/// Runs the last text of each file when nothing has been typed for a moment.
[[noreturn]] static void serve(int from, int to) {
  constexpr int moment = 150;
  // What a worker prints is no answer, and no message to the editor.
  int null = open("/dev/null", O_RDWR);
  dup2(null, STDIN_FILENO);
  dup2(null, STDOUT_FILENO);
  std::signal(SIGPIPE, SIG_IGN);
  Questions questions(from);
  llvm::raw_fd_ostream answers(to, /*shouldClose=*/true);
  while (!questions.isClosed) {
    questions.receive(-1);
    while (!questions.isClosed) {
      questions.receive(moment);
      std::optional<json::Object> question = questions.take();
      if (!question)
        break;
      llvm::StringRef uri = *question->getString("uri");
      auto isObsolete = [&] {
        questions.receive(0);
        return questions.isClosed || questions.has(uri);
      };
      json::Array remarks = checkKernel(*question->getString("file"), *question->getString("text"), isObsolete);
      if (!isObsolete())
        answers << json::Value(json::Object{{"uri", uri.str()},
                                            {"version", *question->getInteger("version")},
                                            {"remarks", std::move(remarks)}})
                << '\n';
      answers.flush();
    }
  }
  _exit(0);
}

KernelChecker::KernelChecker() {
  int asked[2], told[2];
  if (pipe(asked) || pipe(told))
    return;
  pid_t child = fork();
  if (child == 0) {
    close(asked[1]);
    close(told[0]);
    serve(asked[0], told[1]);
  }
  close(asked[0]);
  close(told[1]);
  questions = asked[1];
  answers = fdopen(told[0], "r");
}

void KernelChecker::ask(json::Object question) {
  std::string line = llvm::formatv("{0}\n", json::Value(std::move(question)));
  for (llvm::StringRef rest = line; !rest.empty();) {
    ssize_t count = write(questions, rest.data(), rest.size());
    if (count <= 0)
      return;
    rest = rest.drop_front(size_t(count));
  }
}

json::Value KernelChecker::next() {
  char *line = nullptr;
  size_t room = 0;
  ssize_t length = answers ? getline(&line, &room, answers) : -1;
  json::Value answer = nullptr;
  if (length > 0)
    answer = parsed({line, size_t(length)});
  free(line);
  return answer;
}
