// Files DIRECTORY/goldens/xx/<32 digits>.golden, written beside their final name and renamed. Nothing else is touched,
// and no link below DIRECTORY is followed: the folder may hold other things.
#include "golden/cache/Cache.h"
#include "golden/cache/Entry.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
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

constexpr llvm::StringLiteral subfolder = "goldens", extension = ".golden", temporaryExtension = ".tmp";
/// The mark of a folder that may be cleared, as bford.info/cachedir describes it.
constexpr llvm::StringLiteral markerName = "CACHEDIR.TAG",
                              marker = "Signature: 8a477f597d28d172789f06886806bc55\n"
                                       "# Computed goldens of PTO Roundtrip, which removes the oldest.\n";

bool isHex(llvm::StringRef text) {
  return llvm::all_of(text, [](char c) { return llvm::isDigit(c) || (c >= 'a' && c <= 'f'); });
}

/// "<32 digits>.golden", or what it is called while it is written.
bool isEntryName(llvm::StringRef name) {
  llvm::StringRef digits = name.take_front(keyDigits), rest = name.drop_front(digits.size());
  if (digits.size() != keyDigits || !isHex(digits) || !rest.consume_front(extension))
    return false;
  return rest.empty() ||
         (rest.consume_front(".") && rest.consume_back(temporaryExtension) && rest.size() == 8 && isHex(rest.lower()));
}

bool isFolderItself(const llvm::Twine &path) {
  fs::file_status status;
  return !fs::status(path, status, /*follow=*/false) && status.type() == fs::file_type::directory_file;
}

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
  int file;
  llvm::SmallString<256> temporary;
  if (std::error_code failure = fs::createUniqueFile(path + ".%%%%%%%%" + temporaryExtension, file, temporary))
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

/// Makes a folder of ours; something else of that name, a link included, is a failure.
std::error_code makeFolder(const llvm::Twine &path) {
  if (std::error_code failure = fs::create_directory(path, /*IgnoreExisting=*/true))
    return failure;
  return isFolderItself(path) ? std::error_code() : std::make_error_code(std::errc::not_a_directory);
}

} // namespace

Cache::Cache(std::string directory, uint64_t capacity) : directory(std::move(directory)), capacity(capacity) {
  if (this->directory.empty())
    return;
  llvm::SmallString<256> path(this->directory);
  llvm::sys::path::append(path, subfolder);
  folder = path.str().str();
}

std::string Cache::pathOf(const CacheKey &key) const {
  llvm::SmallString<256> path(folder);
  llvm::sys::path::append(path, llvm::StringRef(key.digits).take_front(2), key.digits + extension);
  return path.str().str();
}

void Cache::noteUnusable(std::error_code failure, const Note &note) {
  if (!unusable.exchange(true))
    note("goldens cannot be kept in " + directory + " (" + failure.message() +
         "); they are computed again in each run");
}

std::optional<std::vector<Reference>> Cache::load(const CacheKey &key, const ReferenceRequest &request,
                                                  const Note &note) {
  if (directory.empty() || unusable)
    return std::nullopt;
  std::string path = pathOf(key), bytes;
  if (std::error_code failure = readWhole(path, bytes)) {
    if (failure != std::errc::no_such_file_or_directory)
      noteUnusable(failure, note);
    return std::nullopt;
  }
  std::optional<std::vector<Reference>> references = readEntry(bytes, key.digits, request.outputs);
  if (!references)
    note("the kept golden " + path + " is damaged; computed again");
  return references;
}

void Cache::store(const CacheKey &key, const std::vector<Reference> &references, const Note &note) {
  if (directory.empty() || unusable)
    return;
  std::string path = pathOf(key), entry = writeEntry(key.digits, references);
  // One entry must not push out all others.
  if (entry.size() > capacity / 4)
    return;
  std::error_code failure = makeFolders(path);
  if (!failure)
    failure = writeWhole(path, entry);
  if (failure)
    return noteUnusable(failure, note);
  // Looking at every file is for one store in 64: chosen by the key, so that many short runs do their share.
  if (key.digits[2] == '0' && key.digits[3] < '4')
    evict();
}

std::error_code Cache::makeFolders(llvm::StringRef entry) {
  if (std::error_code failure = fs::create_directories(directory))
    return failure;
  if (std::error_code failure = makeFolder(folder))
    return failure;
  llvm::SmallString<256> mark(folder);
  llvm::sys::path::append(mark, markerName);
  if (!fs::exists(mark))
    if (std::error_code failure = writeWhole(mark.str().str(), marker))
      return failure;
  return makeFolder(llvm::sys::path::parent_path(entry));
}

bool Cache::isMarked() const {
  llvm::SmallString<256> mark(folder);
  llvm::sys::path::append(mark, markerName);
  std::string bytes;
  return isFolderItself(folder) && !readWhole(mark.str().str(), bytes) && bytes == marker;
}

void Cache::evict() {
  if (!isMarked())
    return;
  struct File {
    std::string path;
    llvm::sys::TimePoint<> time;
    uint64_t size;
  };
  std::vector<File> files;
  uint64_t total = 0;
  std::error_code failure;
  auto forEach = [&](const std::string &path, auto &&visit) {
    for (fs::directory_iterator entry(path, failure, /*follow_symlinks=*/false), end; entry != end && !failure;
         entry.increment(failure))
      visit(entry->path(), llvm::sys::path::filename(entry->path()));
  };
  forEach(folder, [&](const std::string &inner, llvm::StringRef name) {
    if (name.size() != 2 || !isHex(name) || !isFolderItself(inner))
      return;
    forEach(inner, [&](const std::string &path, llvm::StringRef name) {
      fs::file_status status;
      if (!isEntryName(name) || fs::status(path, status, /*follow=*/false) ||
          status.type() != fs::file_type::regular_file)
        return;
      files.push_back({path, status.getLastModificationTime(), status.getSize()});
      total += status.getSize();
    });
  });
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
