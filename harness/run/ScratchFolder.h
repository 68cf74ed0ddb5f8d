// A folder of a run's own, gone with it.
#pragma once

#include "llvm/Support/Error.h"
#include <string>

namespace pto::harness {

class ScratchFolder {
public:
  ScratchFolder() = default;
  ScratchFolder(ScratchFolder &&other) noexcept : folder(std::move(other.folder)) { other.folder.clear(); }
  ScratchFolder &operator=(ScratchFolder &&other) noexcept {
    std::swap(folder, other.folder);
    return *this;
  }
  ~ScratchFolder();

  static llvm::Expected<ScratchFolder> make();
  const std::string &path() const { return folder; }

private:
  std::string folder;
};

} // namespace pto::harness
