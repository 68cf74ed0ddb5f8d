// inotify.
#include "harness/cli/WatchedFiles.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <cerrno>
#include <cstring>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

using namespace pto::harness;
namespace sys = llvm::sys;

/// The folder made real, the file's own name kept: what is saved over a link is the link's name.
static std::string canonical(llvm::StringRef file) {
  llvm::SmallString<256> folder, absolute(file);
  sys::fs::make_absolute(absolute);
  if (sys::fs::real_path(sys::path::parent_path(absolute), folder))
    return absolute.str().str();
  return (folder + "/" + sys::path::filename(absolute)).str();
}

WatchedFiles::WatchedFiles() : descriptor(inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {}

WatchedFiles::~WatchedFiles() {
  if (descriptor >= 0)
    close(descriptor);
}

llvm::Error WatchedFiles::watchFolder(const std::string &folder) {
  constexpr uint32_t events = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_ONLYDIR;
  int number = descriptor < 0 ? -1 : inotify_add_watch(descriptor, folder.c_str(), events);
  if (number >= 0) {
    folders[number] = folder;
    return llvm::Error::success();
  }
  int error = errno;
  // It went away in the meantime: its parent tells when it comes back.
  if (error == ENOENT || error == ENOTDIR)
    return llvm::Error::success();
  const char *limit = error == ENOSPC ? "; fs.inotify.max_user_watches says how many folders may be watched" : "";
  return llvm::createStringError(std::error_code(error, std::generic_category()), "cannot watch %s: %s%s",
                                 folder.c_str(), strerror(error), limit);
}

void WatchedFiles::noteCase(llvm::StringRef caseName, const std::string &file) {
  std::string name = caseName.split('@').first.str();
  readers[canonical(file)].insert(name);
  llvm::SmallString<256> target;
  if (!sys::fs::real_path(file, target))
    readers[target.str().str()].insert(name);
}

llvm::Error WatchedFiles::watch(const CaseSet &set) {
  std::set<std::string> around;
  for (const Case &spec : set.cases) {
    noteCase(spec.name, spec.place.file);
    noteCase(spec.name, spec.kernelFile);
    for (const CaseArgument &argument : spec.args)
      if (const auto *file = std::get_if<golden::FromFile>(&argument.init))
        noteCase(spec.name, file->path);
    if (spec.isProgram())
      programs[sys::path::parent_path(canonical(spec.kernelFile)).str()].insert(
          llvm::StringRef(spec.name).split('@').first.str());
    // The folders above it, up to the root: a case that is removed and comes back, and new ones beside it.
    llvm::StringRef folder = spec.folder, name = llvm::StringRef(spec.name).split('@').first;
    for (size_t depth = name.count('/') + 2; depth > 0; --depth, folder = sys::path::parent_path(folder))
      around.insert(canonical((folder + "/x").str()));
  }
  for (const CaseSet::Broken &broken : set.broken)
    for (const Diagnostic &error : broken.errors) {
      noteCase(broken.name, error.place.file);
      noteCase(broken.name, (sys::path::parent_path(error.place.file) + "/kernel.pto").str());
    }
  for (const auto &[file, names] : readers)
    around.insert(file);
  std::set<std::string> wanted;
  for (const std::string &file : around)
    wanted.insert(sys::path::parent_path(file).str());
  for (const auto &[number, folder] : folders)
    wanted.erase(folder);
  for (const std::string &folder : wanted)
    if (llvm::Error error = watchFolder(folder))
      return error;
  return llvm::Error::success();
}

/// What is made in a new folder before it is watched has to be found by looking.
void WatchedFiles::watchBelow(const std::string &folder) {
  llvm::consumeError(watchFolder(folder));
  std::error_code error;
  for (sys::fs::directory_iterator it(folder, error, /*follow_symlinks=*/false), end; it != end && !error;
       it.increment(error))
    if (it->type() == sys::fs::file_type::directory_file)
      watchBelow(it->path());
}

bool WatchedFiles::read(News &news) {
  alignas(inotify_event) char buffer[16384];
  ssize_t size = ::read(descriptor, buffer, sizeof buffer);
  for (ssize_t at = 0; at < size;) {
    const auto *event = reinterpret_cast<const inotify_event *>(buffer + at);
    at += static_cast<ssize_t>(sizeof *event + event->len);
    news.isIncomplete |= (event->mask & IN_Q_OVERFLOW) != 0;
    auto folder = folders.find(event->wd);
    if (folder == folders.end())
      continue;
    if (event->mask & IN_IGNORED) {
      folders.erase(folder);
      continue;
    }
    if (event->len == 0)
      continue;
    std::string file = folder->second + "/" + event->name;
    if (event->mask & IN_ISDIR) {
      if (event->mask & (IN_CREATE | IN_MOVED_TO)) {
        news.mayHaveNewCases = true;
        watchBelow(file);
      }
      continue;
    }
    news.mayHaveNewCases |= event->name == llvm::StringRef("case.yaml") && !readers.count(file);
    // A file that is only just made has no content yet; a link has.
    if (!(event->mask & IN_CREATE) || sys::fs::is_symlink_file(file))
      news.files.insert(file);
  }
  return size > 0;
}

WatchedFiles::News WatchedFiles::wait() {
  constexpr int momentMs = 8, patience = 10;
  News news;
  pollfd polled{descriptor, POLLIN, 0};
  if (poll(&polled, 1, -1) <= 0)
    return news;
  for (int round = 0; round < patience; ++round) {
    while (read(news))
      ;
    if (poll(&polled, 1, momentMs) <= 0)
      break;
  }
  return news;
}

std::set<std::string> WatchedFiles::casesOf(const std::set<std::string> &files) const {
  std::set<std::string> names;
  auto add = [&](const std::map<std::string, std::set<std::string>> &map, const std::string &key) {
    if (auto found = map.find(key); found != map.end())
      names.insert(found->second.begin(), found->second.end());
  };
  for (const std::string &file : files) {
    add(readers, file);
    if (!llvm::StringRef(file).ends_with(".py"))
      continue;
    // A program imports from its own folder and those below.
    for (llvm::StringRef folder = sys::path::parent_path(file); folder.size() > 1;
         folder = sys::path::parent_path(folder))
      add(programs, folder.str());
  }
  return names;
}
