// A folder of records.
// A record is written beside its place and renamed into it; a checksum tells one that was cut short on the way.
#include "compiler/specialize/DiskStore.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

namespace pto::specialize {

namespace {

constexpr llvm::StringLiteral magic = "pto-specialized 1\n";
constexpr size_t checksumDigits = 16;

std::string checksum(llvm::StringRef payload) {
  return llvm::utohexstr(llvm::xxh3_64bits(payload), true, checksumDigits);
}

void append(std::string &payload, llvm::StringRef section) {
  ((payload += std::to_string(section.size())) += ':') += section;
}

std::optional<std::string> take(llvm::StringRef &payload) {
  size_t size = 0;
  if (payload.consumeInteger(10, size) || !payload.consume_front(":") || size > payload.size())
    return std::nullopt;
  std::string section = payload.take_front(size).str();
  payload = payload.drop_front(size);
  return section;
}

} // namespace

std::string DiskStore::path(llvm::StringRef name) const {
  llvm::SmallString<128> path(folder);
  llvm::sys::path::append(path, name);
  return path.str().str();
}

std::optional<std::vector<std::string>> DiskStore::load(llvm::StringRef name, llvm::StringRef key) const {
  auto file = llvm::MemoryBuffer::getFile(path(name), /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!file)
    return std::nullopt;
  llvm::StringRef payload = (*file)->getBuffer();
  if (!payload.consume_front(magic))
    return std::nullopt;
  llvm::StringRef sum = payload.take_front(checksumDigits);
  payload = payload.drop_front(sum.size());
  if (sum != checksum(payload))
    return std::nullopt;
  std::optional<std::string> storedKey = take(payload);
  if (!storedKey || *storedKey != key)
    return std::nullopt;
  std::vector<std::string> sections;
  while (!payload.empty()) {
    std::optional<std::string> section = take(payload);
    if (!section)
      return std::nullopt;
    sections.push_back(std::move(*section));
  }
  return sections;
}

bool DiskStore::store(llvm::StringRef name, llvm::StringRef key, const std::vector<std::string> &sections) const {
  if (llvm::sys::fs::create_directories(folder))
    return false;
  std::string payload;
  append(payload, key);
  for (const std::string &section : sections)
    append(payload, section);
  std::string target = path(name);
  llvm::SmallString<128> temporary;
  int descriptor = -1;
  if (llvm::sys::fs::createUniqueFile(target + ".%%%%%%%%", descriptor, temporary))
    return false;
  bool isWritten = false;
  {
    llvm::raw_fd_ostream out(descriptor, /*shouldClose=*/true);
    out << magic << checksum(payload) << payload;
    out.close();
    isWritten = !out.has_error();
    out.clear_error();
  }
  if (isWritten && !llvm::sys::fs::rename(temporary, target))
    return true;
  llvm::sys::fs::remove(temporary);
  return false;
}

} // namespace pto::specialize
