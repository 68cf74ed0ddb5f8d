// A folder for one test, gone with it.
#pragma once

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include <cstdlib>
#include <string>
#include <vector>

namespace pto::golden {

class TemporaryFolder {
public:
  TemporaryFolder() {
    llvm::SmallString<128> unique;
    if (llvm::sys::fs::createUniqueDirectory("pto-golden", unique))
      std::abort();
    path = unique.str().str();
  }
  ~TemporaryFolder() { llvm::sys::fs::remove_directories(path); }
  TemporaryFolder(const TemporaryFolder &) = delete;

  std::vector<std::string> files() const {
    std::vector<std::string> found;
    std::error_code failure;
    for (llvm::sys::fs::recursive_directory_iterator entry(path, failure), end; entry != end && !failure;
         entry.increment(failure))
      if (entry->type() == llvm::sys::fs::file_type::regular_file)
        found.push_back(entry->path());
    return found;
  }
  uint64_t size() const {
    uint64_t total = 0, size;
    for (const std::string &file : files())
      if (!llvm::sys::fs::file_size(file, size))
        total += size;
    return total;
  }

  std::string path;
};

} // namespace pto::golden
