// Writing a run's reports.
#include "harness/cli/RunFolder.h"
#include "llvm/Support/FileSystem.h"
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

using namespace pto;
using namespace pto::harness;

static constexpr const char *resultsFile = "results.jsonl", *junitFile = "junit.xml";

static llvm::Error cannot(const char *what, const std::string &path, std::error_code error) {
  return llvm::createStringError(error, "cannot %s the folder %s: %s; choose another with --out", what, path.c_str(),
                                 error.message().c_str());
}

llvm::Expected<std::unique_ptr<RunFolder>> RunFolder::open(const std::string &path) {
  std::string wanted = llvm::StringRef(path).rtrim('/').str();
  wanted = wanted.empty() ? path : wanted;
  for (unsigned number = 1;; ++number) {
    std::string candidate = number == 1 ? wanted : wanted + "-" + std::to_string(number);
    if (std::error_code error = llvm::sys::fs::create_directories(candidate))
      return cannot("make", candidate, error);
    int lock = ::open(candidate.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (lock < 0)
      return cannot("open", candidate, std::error_code(errno, std::generic_category()));
    // A file system without locks is no reason not to run.
    if (flock(lock, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
      return std::unique_ptr<RunFolder>(new RunFolder(std::move(candidate), lock, number > 1));
    close(lock);
  }
}

RunFolder::~RunFolder() {
  close(lock);
}

llvm::Error RunFolder::begin(const reports::RunHeader &header) {
  if (std::error_code error = llvm::sys::fs::remove(pathOf(junitFile)))
    return llvm::createStringError(error, "cannot remove the old %s: %s", pathOf(junitFile).c_str(),
                                   error.message().c_str());
  auto opened = reports::JsonLinesWriter::open(pathOf(resultsFile));
  if (!opened)
    return opened.takeError();
  lines = std::move(*opened);
  return lines->write(header);
}

static llvm::Error write(const std::string &path, const reports::FinishedRun &run) {
  auto writer = reports::JsonLinesWriter::open(path);
  if (!writer)
    return writer.takeError();
  if (llvm::Error error = (*writer)->write(run.header))
    return error;
  for (const reports::Result &result : run.results)
    if (llvm::Error error = (*writer)->write(result))
      return error;
  return (*writer)->write(run.end);
}

llvm::Error RunFolder::finish(const reports::FinishedRun &run) {
  lines.reset();
  std::string path = pathOf(resultsFile), sorted = path + ".sorted";
  if (llvm::Error error = write(sorted, run)) {
    // What was written on the way is still there, and is all that there is room for.
    llvm::sys::fs::remove(sorted);
    return error;
  }
  if (std::error_code error = llvm::sys::fs::rename(sorted, path))
    return llvm::createStringError(error, "cannot write %s: %s", path.c_str(), error.message().c_str());
  return llvm::Error::success();
}

llvm::Error RunFolder::writeJUnit(const reports::FinishedRun &run) {
  return reports::writeJUnitFile(pathOf(junitFile), run);
}
