// --keep-temps: what a case leaves behind for a closer look.
#include "harness/run/KeptFiles.h"
#include "harness/run/Run.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace pto;
using namespace pto::harness;

static void write(Run &run, llvm::StringRef folder, const std::string &name, llvm::StringRef content) {
  llvm::SmallString<256> path(folder);
  llvm::sys::path::append(path, name);
  std::error_code error;
  llvm::raw_fd_ostream file(path, error);
  if (!error) {
    file << content;
    file.close();
    error = file.error();
  }
  if (error) {
    file.clear_error();
    run.result.notes.push_back("cannot keep " + path.str().str() + ": " + error.message());
  }
}

static llvm::StringRef asText(const std::vector<uint8_t> &bytes) {
  return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

void pto::harness::keepFiles(Run &run) {
  if (run.workshop.settings.keepDirectory.empty())
    return;
  llvm::SmallString<256> folder(run.workshop.settings.keepDirectory);
  llvm::sys::path::append(folder, run.spec.name);
  if (std::error_code error = llvm::sys::fs::create_directories(folder)) {
    run.result.notes.push_back("cannot keep files in " + folder.str().str() + ": " + error.message());
    return;
  }
  write(run, folder, "kernel.pto", run.spec.kernelText);
  size_t output = 0;
  for (auto [index, argument] : llvm::enumerate(run.spec.args)) {
    if (argument.isScalar)
      continue;
    if (argument.direction != Direction::Out && index < run.initial.size())
      write(run, folder, argument.name + ".in.bin", asText(run.initial[index].bytes));
    if (argument.direction == Direction::In)
      continue;
    if (output < run.references.size())
      write(run, folder, argument.name + ".expected.bin", asText(run.references[output++].value.bytes));
    if (run.memory.isLaidOut())
      write(run, folder, argument.name + ".actual.bin", asText(run.memory.read(index).bytes));
  }
}
