// Making and removing it.
#include "harness/run/ScratchFolder.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"

using namespace pto::harness;

ScratchFolder::~ScratchFolder() {
  if (!folder.empty())
    llvm::sys::fs::remove_directories(folder);
}

llvm::Expected<ScratchFolder> ScratchFolder::make() {
  llvm::SmallString<128> made;
  if (std::error_code error = llvm::sys::fs::createUniqueDirectory("pto-roundtrip", made))
    return llvm::createStringError(error, "no temporary folder: %s", error.message().c_str());
  ScratchFolder scratch;
  scratch.folder = made.str().str();
  return scratch;
}
