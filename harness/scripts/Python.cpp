// The interpreter that waits for scripts, and talking to it: a line of JSON each way.
#include "harness/scripts/Python.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace pto::harness {

/// A script sees what it would see if it were started by itself, but for the modules that are loaded already.
static constexpr char server[] = R"py(
import json, os, runpy, socket, sys, traceback
try:
    import numpy, numpy.random
except ImportError:
    pass

def play(job):
    folder = os.path.dirname(job["script"])
    os.chdir(folder)
    log = os.open(job["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    sys.argv = [job["script"]] + job["arguments"]
    sys.path[0:1] = [folder] + job["modules"]
    status = 1
    try:
        runpy.run_path(job["script"], run_name="__main__")
        status = 0
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            status = (end.code or 0) & 255
        else:
            print(end.code, file=sys.stderr)
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)

jobs = socket.socket(fileno=int(sys.argv[1]))
for line in jobs.makefile("r"):
    child = os.fork()
    if child == 0:
        play(json.loads(line))
    _, status = os.waitpid(child, 0)
    jobs.sendall((json.dumps(os.waitstatus_to_exitcode(status)) + "\n").encode())
)py";

static llvm::Error fail(const std::string &message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), "%s", message.c_str());
}

llvm::Error Python::start() {
  if (process)
    return llvm::Error::success();
  llvm::ErrorOr<std::string> path = llvm::sys::findProgramByName(program);
  if (!path)
    return fail("there is no '" + program +
                "' to run the scripts of a case's folder with; install it, or name another "
                "one with --python");
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    return fail("no socket for Python: " + std::error_code(errno, std::generic_category()).message());
  std::string number = std::to_string(ends[1]);
  const char *arguments[] = {path->c_str(), "-c", server, number.c_str(), nullptr};
  process = fork();
  if (process == 0) {
    // A group of its own, so that a script that does not end is ended with all it started; and none outlives the
    // worker.
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setenv("PYTHONHASHSEED", "0", 1);
    setenv("PYTHONDONTWRITEBYTECODE", "1", 1);
    setenv("OPENBLAS_NUM_THREADS", "1", 1);
    fcntl(ends[1], F_SETFD, 0); // stays open over exec
    execv(path->c_str(), const_cast<char **>(arguments));
    _exit(127);
  }
  close(ends[1]);
  socket = ends[0];
  if (process < 0) {
    process = 0;
    return fail("Python cannot be started: " + std::error_code(errno, std::generic_category()).message());
  }
  return llvm::Error::success();
}

void Python::stop() {
  if (!process)
    return;
  close(socket);
  kill(-process, SIGKILL);
  waitpid(process, nullptr, 0);
  process = 0;
}

llvm::Expected<ScriptResult> Python::run(const Script &script, std::chrono::milliseconds limit) {
  if (llvm::Error error = start())
    return error;
  llvm::SmallString<128> log;
  if (std::error_code error = llvm::sys::fs::createTemporaryFile("pto-script", "log", log))
    return fail("no temporary file for what a script prints: " + error.message());
  llvm::FileRemover remover(log);
  std::string job;
  llvm::raw_string_ostream(job) << llvm::json::Value(
                                       llvm::json::Object{{"script", script.file},
                                                          {"arguments", llvm::json::Array(script.arguments)},
                                                          {"modules", llvm::json::Array(script.modules)},
                                                          {"log", log.str()}})
                                << "\n";
  if (send(socket, job.data(), job.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(job.size())) {
    stop();
    return fail("'" + program + "' ended by itself");
  }
  pollfd wait = {socket, POLLIN, 0};
  int ready = poll(&wait, 1, static_cast<int>(std::max<int64_t>(limit.count(), 1)));
  char answer[32] = {};
  ssize_t got = ready > 0 ? recv(socket, answer, sizeof answer - 1, 0) : 0;
  ScriptResult result;
  if (auto printed = llvm::MemoryBuffer::getFile(log))
    result.printed = (*printed)->getBuffer().str();
  if (got <= 0) {
    stop();
    return fail(ready == 0 ? script.file + " does not end"
                           : "'" + program + "' ended by itself: is it Python 3.9 or newer?");
  }
  result.status = std::atoi(answer);
  return result;
}

} // namespace pto::harness
