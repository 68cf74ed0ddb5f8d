// Forking a worker and talking to it: a task's number goes in, the head and the bytes of its answer come out.
#include "harness/run/Worker.h"
#include <algorithm>
#include <csignal>
#include <cstring>
#include <exception>
#include <fcntl.h>
#include <new>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

using namespace pto::harness;

// AddressSanitizer's shadow alone is larger than any sensible limit.
#if defined(__SANITIZE_ADDRESS__)
static constexpr bool canLimitMemory = false;
#else
static constexpr bool canLimitMemory = true;
#endif

namespace {

struct AnswerHead {
  uint64_t size;
  bool renew, isHeavy;
};

} // namespace

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

void TaskDesk::giveUpForMemory() {
  isOutOfMemory = true;
  _exit(EXIT_FAILURE);
}

static TaskDesk *deskOfThisWorker = nullptr;

/// An allocation that fails where nothing may be thrown ends here.
[[noreturn]] static void onTerminate() {
  try {
    if (std::exception_ptr thrown = std::current_exception())
      std::rethrow_exception(thrown);
  } catch (const std::bad_alloc &) {
    deskOfThisWorker->giveUpForMemory();
  } catch (...) {
  }
  abort();
}

/// The worker's life.
[[noreturn]] static void work(int socket, const Shop &openShop, WorkerKind kind, TaskDesk &desk) {
  deskOfThisWorker = &desk;
  std::set_terminate(onTerminate);
  try {
    auto doTask = openShop(desk, kind);
    uint64_t task;
    while (readAll(socket, &task, sizeof task)) {
      desk.begin();
      TaskAnswer answer = doTask(task);
      AnswerHead head = {answer.payload.size(), answer.renew, answer.isHeavy};
      if (!writeAll(socket, &head, sizeof head) || !writeAll(socket, answer.payload.data(), head.size))
        break;
    }
  } catch (const std::bad_alloc &) {
    desk.giveUpForMemory();
  }
  // No destructors: what is shared with the parent, such as buffered output, is not this process's to flush.
  _exit(0);
}

/// Makes this process a worker: nothing of the run is within its reach but its own ends of socket and pipe.
static int settleIn(pid_t parent, int socket, int prints, uint64_t memoryLimit) {
  // A worker must not outlive the run, nor take its interrupt for its own: a group that is told to end would otherwise
  // look like a run whose workers crash.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent)
    _exit(0);
  for (int interrupt : {SIGINT, SIGTERM, SIGHUP})
    signal(interrupt, SIG_IGN);
  if (canLimitMemory && memoryLimit) {
    rlimit limit = {memoryLimit, memoryLimit};
    setrlimit(RLIMIT_DATA, &limit);
  }
  // Away from the places they are to be put at: a run may have been started without stdout.
  constexpr int own = STDERR_FILENO + 1;
  socket = fcntl(socket, F_DUPFD, own);
  prints = fcntl(prints, F_DUPFD, own);
  dup2(prints, STDOUT_FILENO);
  dup2(prints, STDERR_FILENO);
  dup2(socket, own);
  close_range(own + 1, ~0U, 0);
  return own;
}

bool Worker::start(const Shop &openShop, WorkerKind kind, uint64_t memoryLimit) {
  void *shared = mmap(nullptr, sizeof(TaskDesk), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  int sockets[2] = {-1, -1}, prints[2] = {-1, -1};
  pid_t parent = getpid(), child = -1;
  if (shared != MAP_FAILED && !socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) &&
      !pipe2(prints, O_CLOEXEC)) {
    desk = new (shared) TaskDesk;
    child = fork();
  }
  if (child == 0)
    work(settleIn(parent, sockets[1], prints[1], memoryLimit), openShop, kind, *desk);
  int error = errno;
  close(sockets[1]);
  close(prints[1]);
  pid = child;
  socket = sockets[0];
  pipe = prints[0];
  if (child < 0) {
    stop();
    errno = error;
    return false;
  }
  fcntl(socket, F_SETFL, O_NONBLOCK);
  fcntl(pipe, F_SETFL, O_NONBLOCK);
  return true;
}

void Worker::stop() {
  close(socket);
  close(pipe);
  if (pid > 0) {
    kill(pid, SIGKILL);
    waitpid(pid, nullptr, 0);
  }
  if (desk)
    munmap(desk, sizeof *desk);
  pid = -1;
  socket = pipe = -1;
  desk = nullptr;
  current.reset();
  given = 0;
  inbox.clear();
  words.clear();
}

void Worker::give(size_t number, double limitInSeconds) {
  current = number;
  ++given;
  seconds = limitInSeconds;
  handedOver = Clock::now();
  desk->begun = 0;
  desk->step = 0;
  words.clear();
  uint64_t task = number;
  // A worker that is already gone is noticed when its answer is read.
  writeAll(socket, &task, sizeof task);
}

Worker::Clock::time_point Worker::begun() const {
  Clock::rep told = desk->begun;
  return told ? Clock::time_point(Clock::duration(told)) : handedOver;
}

Worker::Clock::time_point Worker::deadline() const {
  // A worker that comes to no task is hung, too.
  constexpr double longestOpening = 300;
  std::chrono::duration<double> left(desk->begun ? seconds : longestOpening + seconds);
  return begun() + std::chrono::duration_cast<Clock::duration>(left);
}

Worker::Received Worker::receive(TaskAnswer &answer) {
  char buffer[1 << 16];
  ssize_t got;
  while ((got = read(socket, buffer, sizeof buffer)) > 0)
    inbox.append(buffer, static_cast<size_t>(got));
  bool isOpen = got < 0 && (errno == EAGAIN || errno == EINTR);
  AnswerHead head;
  if (inbox.size() >= sizeof head) {
    memcpy(&head, inbox.data(), sizeof head);
    if (inbox.size() - sizeof head >= head.size) {
      answer = {inbox.substr(sizeof head, head.size), head.renew, head.isHeavy};
      inbox.clear();
      current.reset();
      return Received::Answer;
    }
  }
  return isOpen ? Received::Nothing : Received::End;
}

void Worker::listen() {
  constexpr size_t enough = 2048;
  char buffer[1 << 16];
  ssize_t got;
  while ((got = read(pipe, buffer, sizeof buffer)) > 0) {
    words.append(buffer, static_cast<size_t>(got));
    if (words.size() > enough)
      words.erase(0, words.size() - enough);
  }
}

std::string Worker::waitForExit() {
  int status = 0;
  waitpid(pid, &status, 0);
  pid = -1;
  if (WIFSIGNALED(status))
    return "signal " + std::to_string(WTERMSIG(status)) + " (" + strsignal(WTERMSIG(status)) + ")";
  return "exit status " + std::to_string(WEXITSTATUS(status));
}
