// The kernel that a case names: read once, its placeholders replaced for every point.
#pragma once

#include "harness/case/CaseFile.h"
#include "harness/case/Placeholders.h"
#include "harness/case/Reader.h"
#include "llvm/ADT/StringMap.h"
#include <memory>

namespace pto::harness {

class KernelSources {
public:
  KernelSources(std::string folder, const UnsavedKernel *unsaved) : folder(std::move(folder)), unsaved(unsaved) {}

  struct Kernel {
    std::string file, text;
  };
  /// `named` is where the case names the path, for the error that there is no such file.
  std::optional<Kernel> read(Reader &reader, llvm::StringRef path, Place named);

private:
  struct Source {
    std::string file, text;
    TextTemplate cut{""};
    std::optional<Diagnostic> error;
  };
  const Source &open(llvm::StringRef path, const Place &named);

  std::string folder;
  const UnsavedKernel *unsaved; ///< read instead of its file; null: every file is as it is
  llvm::StringMap<std::unique_ptr<Source>> sources;
};

} // namespace pto::harness
