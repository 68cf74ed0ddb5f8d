// A pool of worker processes: forked, fed task numbers over a socket, replaced when they die.
#include "harness/run/WorkerPool.h"
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

using namespace pto::harness;
using Clock = std::chrono::steady_clock;

static bool readAll(int fd, void *data, size_t size) {
  char *cursor = static_cast<char *>(data);
  while (size) {
    ssize_t got = read(fd, cursor, size);
    if (got < 0 && errno == EINTR)
      continue;
    if (got <= 0)
      return false;
    cursor += got;
    size -= static_cast<size_t>(got);
  }
  return true;
}

static bool writeAll(int fd, const void *data, size_t size) {
  const char *cursor = static_cast<const char *>(data);
  while (size) {
    ssize_t put = send(fd, cursor, size, MSG_NOSIGNAL);
    if (put < 0 && errno == EINTR)
      continue;
    if (put <= 0)
      return false;
    cursor += put;
    size -= static_cast<size_t>(put);
  }
  return true;
}

/// The worker's life: a task number in, the length and bytes of its answer out, until the socket closes.
[[noreturn]] static void workerLoop(int socket, const PoolWork &work) {
  auto doTask = work.openShop();
  uint64_t task;
  while (readAll(socket, &task, sizeof task)) {
    std::string payload = doTask(task);
    uint64_t size = payload.size();
    if (!writeAll(socket, &size, sizeof size) || !writeAll(socket, payload.data(), size))
      break;
  }
  // No destructors: what is shared with the parent, such as buffered output, is not this process's to flush.
  _exit(0);
}

namespace {

struct Worker {
  pid_t pid = -1;
  int socket = -1;
  int errors = -1; ///< an anonymous file that is the worker's stderr
  std::optional<size_t> task;
  Clock::time_point deadline;
  double limit = 0;
};

class Pool {
public:
  explicit Pool(const PoolWork &work) : work(work) {}
  ~Pool() {
    for (Worker &worker : workers)
      stop(worker);
  }
  void run();

private:
  bool start(Worker &worker);
  void stop(Worker &worker);
  bool handOut(Worker &worker);
  void collect(Worker &worker);
  void abandon(Worker &worker, TaskOutcome outcome);
  std::string lastWordsOf(const Worker &worker) const;
  int millisecondsToNextDeadline() const;

  const PoolWork &work;
  std::vector<Worker> workers;
  size_t next = 0;
};

} // namespace

bool Pool::start(Worker &worker) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends))
    return false;
  int errors = memfd_create("worker-stderr", MFD_CLOEXEC);
  pid_t parent = getpid();
  pid_t pid = fork();
  if (pid == 0) {
    // A worker must not outlive the run, nor take its interrupt for its own: a group that is told to end would
    // otherwise look like a run whose workers crash.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
      _exit(0);
    for (int interrupt : {SIGINT, SIGTERM, SIGHUP})
      signal(interrupt, SIG_IGN);
    close(ends[0]);
    for (const Worker &other : workers)
      if (other.socket >= 0)
        close(other.socket);
    if (errors >= 0)
      dup2(errors, STDERR_FILENO);
    workerLoop(ends[1], work);
  }
  close(ends[1]);
  if (pid < 0) {
    close(ends[0]);
    if (errors >= 0)
      close(errors);
    return false;
  }
  worker = {pid, ends[0], errors, std::nullopt, {}, 0};
  return true;
}

void Pool::stop(Worker &worker) {
  if (worker.pid < 0)
    return;
  close(worker.socket);
  if (worker.errors >= 0)
    close(worker.errors);
  kill(worker.pid, SIGKILL);
  waitpid(worker.pid, nullptr, 0);
  worker = {};
}

/// Gives the worker the next task; false if there is none.
bool Pool::handOut(Worker &worker) {
  if (next >= work.count || work.stopRequested())
    return false;
  size_t task = next++;
  work.onStart(task);
  if (worker.pid < 0 && !start(worker)) {
    work.onDone(task,
                {TaskOutcome::Kind::Crashed, {}, std::string("no worker could be started: ") + strerror(errno), {}});
    return true;
  }
  worker.task = task;
  worker.limit = work.limitOf(task);
  worker.deadline =
      Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(worker.limit));
  uint64_t number = task;
  // A worker that is already gone is noticed when its answer is read.
  writeAll(worker.socket, &number, sizeof number);
  return true;
}

static std::string describeExit(int status) {
  if (WIFSIGNALED(status))
    return "signal " + std::to_string(WTERMSIG(status)) + " (" + strsignal(WTERMSIG(status)) + ")";
  return "exit status " + std::to_string(WEXITSTATUS(status));
}

std::string Pool::lastWordsOf(const Worker &worker) const {
  constexpr off_t enough = 2048;
  off_t size = lseek(worker.errors, 0, SEEK_END);
  if (size <= 0)
    return {};
  off_t from = std::max<off_t>(0, size - enough);
  std::string words(static_cast<size_t>(size - from), '\0');
  ssize_t got = pread(worker.errors, words.data(), words.size(), from);
  words.resize(got < 0 ? 0 : static_cast<size_t>(got));
  return words;
}

/// The worker's task is over without an answer, and so is the worker.
void Pool::abandon(Worker &worker, TaskOutcome outcome) {
  size_t task = *worker.task;
  stop(worker);
  work.onDone(task, std::move(outcome));
}

void Pool::collect(Worker &worker) {
  TaskOutcome outcome;
  uint64_t size;
  if (readAll(worker.socket, &size, sizeof size)) {
    outcome.payload.resize(size);
    if (readAll(worker.socket, outcome.payload.data(), size)) {
      size_t task = *worker.task;
      worker.task.reset();
      if (worker.errors >= 0 && ftruncate(worker.errors, 0) == 0)
        lseek(worker.errors, 0, SEEK_SET);
      work.onDone(task, std::move(outcome));
      return;
    }
  }
  int status = 0;
  waitpid(worker.pid, &status, 0);
  outcome.kind = TaskOutcome::Kind::Crashed;
  outcome.payload.clear();
  outcome.reason = describeExit(status);
  outcome.lastWords = lastWordsOf(worker);
  abandon(worker, std::move(outcome));
}

int Pool::millisecondsToNextDeadline() const {
  // Short enough that an abort is noticed at once.
  auto soonest = Clock::now() + std::chrono::milliseconds(100);
  for (const Worker &worker : workers)
    if (worker.task)
      soonest = std::min(soonest, worker.deadline);
  auto left = std::chrono::duration_cast<std::chrono::milliseconds>(soonest - Clock::now()).count();
  return static_cast<int>(std::max<long>(0, left + 1));
}

void Pool::run() {
  workers.resize(std::max<size_t>(1, std::min<size_t>(work.jobs, work.count)));
  while (!work.abortRequested()) {
    for (Worker &worker : workers)
      while (!worker.task && handOut(worker))
        ;
    std::vector<pollfd> polled;
    std::vector<Worker *> busy;
    for (Worker &worker : workers)
      if (worker.task) {
        polled.push_back({worker.socket, POLLIN, 0});
        busy.push_back(&worker);
      }
    if (busy.empty())
      return;
    poll(polled.data(), polled.size(), millisecondsToNextDeadline());
    for (size_t i = 0; i < busy.size(); ++i) {
      if (polled[i].revents)
        collect(*busy[i]);
      else if (Clock::now() >= busy[i]->deadline) {
        TaskOutcome outcome;
        outcome.kind = TaskOutcome::Kind::TimedOut;
        char seconds[32];
        snprintf(seconds, sizeof seconds, "%g", busy[i]->limit);
        outcome.reason = std::string("no answer within ") + seconds + " s";
        abandon(*busy[i], std::move(outcome));
      }
    }
  }
}

void pto::harness::runPool(const PoolWork &work) {
  if (work.count)
    Pool(work).run();
}
