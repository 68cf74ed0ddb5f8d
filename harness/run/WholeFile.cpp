// A stream that is left with an error would end the process.
#include "harness/run/WholeFile.h"
#include "llvm/Support/raw_ostream.h"

std::error_code pto::harness::writeWholeFile(const llvm::Twine &path, llvm::StringRef content) {
  std::error_code error;
  llvm::raw_fd_ostream file(path.str(), error);
  if (error)
    return error;
  file << content;
  file.close();
  error = file.error();
  file.clear_error();
  return error;
}
