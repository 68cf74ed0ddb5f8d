// Files below DIRECTORY/xx/, written beside their final name and renamed.
#include "golden/cache/Cache.h"
#include "golden/cache/Entry.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <algorithm>
#include <chrono>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace pto::golden {
namespace {

namespace fs = llvm::sys::fs;

constexpr llvm::StringLiteral extension = ".golden";

/// The whole file, or the reason why not. Two system calls fewer than a MemoryBuffer, which counts on a hit.
std::error_code readWhole(const std::string &path, std::string &bytes) {
  int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0)
    return {errno, std::generic_category()};
  struct stat status;
  std::error_code failure;
  if (::fstat(file, &status) != 0) {
    failure = {errno, std::generic_category()};
  } else {
    bytes.resize(static_cast<size_t>(std::max<off_t>(status.st_size, 0)));
    size_t done = 0;
    while (done < bytes.size()) {
      ssize_t count = ::read(file, bytes.data() + done, bytes.size() - done);
      if (count < 0 && errno == EINTR)
        continue;
      if (count < 0)
        failure = {errno, std::generic_category()};
      if (count <= 0)
        break;
      done += static_cast<size_t>(count);
    }
    bytes.resize(done);
  }
  ::close(file);
  return failure;
}

std::error_code writeWhole(const std::string &path, llvm::StringRef bytes) {
  if (std::error_code failure = fs::create_directories(llvm::sys::path::parent_path(path)))
    return failure;
  int file;
  llvm::SmallString<256> temporary;
  if (std::error_code failure = fs::createUniqueFile(path + ".%%%%%%%%.tmp", file, temporary))
    return failure;
  llvm::raw_fd_ostream stream(file, /*shouldClose=*/true);
  stream << bytes;
  stream.close();
  std::error_code failure = stream.error();
  stream.clear_error();
  if (!failure)
    failure = fs::rename(temporary, path);
  if (failure)
    fs::remove(temporary);
  return failure;
}

} // namespace

Cache::Cache(std::string directory, uint64_t capacity) : directory(std::move(directory)), capacity(capacity) {}

std::string Cache::pathOf(const CacheKey &key) const {
  llvm::SmallString<256> path(directory);
  llvm::sys::path::append(path, llvm::StringRef(key.digits).take_front(2), key.digits + extension);
  return path.str().str();
}

std::optional<std::vector<Reference>> Cache::load(const CacheKey &key, const ReferenceRequest &request,
                                                  const Note &note) {
  if (directory.empty())
    return std::nullopt;
  std::string path = pathOf(key), bytes;
  if (std::error_code failure = readWhole(path, bytes)) {
    if (failure != std::errc::no_such_file_or_directory)
      note("the kept golden " + path + " cannot be read (" + failure.message() + "); computed again");
    return std::nullopt;
  }
  std::optional<std::vector<Reference>> references = readEntry(bytes, key.digits, request.outputs);
  if (!references)
    note("the kept golden " + path + " is damaged; computed again");
  return references;
}

void Cache::store(const CacheKey &key, const std::vector<Reference> &references, const Note &note) {
  if (directory.empty())
    return;
  std::string path = pathOf(key), entry = writeEntry(key.digits, references);
  // One entry must not push out all others.
  if (entry.size() > capacity / 4)
    return;
  if (std::error_code failure = writeWhole(path, entry)) {
    note("the golden cannot be kept in " + path + " (" + failure.message() + ")");
    return;
  }
  // Looking at every file is for one store in 64: chosen by the key, so that many short runs do their share.
  if (key.digits[2] == '0' && key.digits[3] < '4')
    evict();
}

void Cache::evict() {
  struct File {
    std::string path;
    llvm::sys::TimePoint<> time;
    uint64_t size;
  };
  std::vector<File> files;
  uint64_t total = 0;
  std::error_code failure;
  for (fs::recursive_directory_iterator entry(directory, failure), end; entry != end && !failure;
       entry.increment(failure)) {
    // Only files of ours: the folder may hold other things.
    llvm::StringRef path = entry->path();
    if (!path.ends_with(extension) && !path.ends_with(".tmp"))
      continue;
    fs::file_status status;
    if (fs::status(path, status) || status.type() != fs::file_type::regular_file)
      continue;
    files.push_back({path.str(), status.getLastModificationTime(), status.getSize()});
    total += status.getSize();
  }
  if (total <= capacity)
    return;
  std::sort(files.begin(), files.end(), [](const File &a, const File &b) { return a.time < b.time; });
  for (const File &file : files) {
    // A quarter is freed at once, so that the next store does not begin again.
    if (total <= capacity / 4 * 3)
      return;
    if (!fs::remove(file.path))
      total -= file.size;
  }
}

} // namespace pto::golden
