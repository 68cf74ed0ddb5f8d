// --keep-temps: what a case leaves behind for a closer look.
#include "harness/run/KeptFiles.h"
#include "harness/run/Run.h"
#include "harness/run/WholeFile.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace pto;
using namespace pto::harness;

static void write(Run &run, llvm::StringRef folder, const std::string &name, llvm::StringRef content) {
  llvm::SmallString<256> path(folder);
  llvm::sys::path::append(path, name);
  if (std::error_code error = writeWholeFile(path, content))
    run.result.notes.push_back("cannot keep " + path.str().str() + ": " + error.message());
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
  for (const Buffer &buffer : run.buffers) {
    const std::string &name = buffer.spec->name;
    // An extent is positive: what has no bytes is not there.
    if (!buffer.initial.bytes.empty())
      write(run, folder, name + ".in.bin", asText(buffer.initial.bytes));
    if (!buffer.expected.value.bytes.empty())
      write(run, folder, name + ".expected.bin", asText(buffer.expected.value.bytes));
    if (buffer.comesOut() && buffer.isLaidOut())
      write(run, folder, name + ".actual.bin", asText(buffer.read().bytes));
  }
}
