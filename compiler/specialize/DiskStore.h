// A folder of records, each in a file named after its key.
// Any number of processes may use one folder: a record appears whole or not at all, and a damaged one is no record.
#pragma once

#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>
#include <vector>

namespace pto::specialize {

class DiskStore {
public:
  explicit DiskStore(std::string folder) : folder(std::move(folder)) {}

  /// The sections of the record of a key; empty if there is none, or it is damaged or belongs to another key.
  std::optional<std::vector<std::string>> load(llvm::StringRef name, llvm::StringRef key) const;

  /// False if it cannot be written, which costs no more than the time to make it again.
  bool store(llvm::StringRef name, llvm::StringRef key, const std::vector<std::string> &sections) const;

  std::string path(llvm::StringRef name) const;

private:
  std::string folder;
};

} // namespace pto::specialize
