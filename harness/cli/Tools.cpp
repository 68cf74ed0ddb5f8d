// The table of tools, and how this process becomes one of them.
#include "harness/cli/Tools.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <cerrno>
#include <cstring>
#include <unistd.h>

using namespace pto::harness;

static constexpr Tool table[] = {
    {"opt", "pto-opt", "parse, verify and print a kernel, or run MLIR's clean-up passes over it (pto-opt)"},
    {"program", "pto-program", "parse, print, specialize or compile a PyPTO program (pto-program)"},
    {"lsp", "pto-lsp-server", "serve an editor that shows .pto files (pto-lsp-server)"},
};

llvm::ArrayRef<Tool> pto::harness::tools() {
  return table;
}

bool pto::harness::becomeTool(int argc, char **argv) {
  const Tool *tool = llvm::find_if(table, [&](const Tool &each) { return argc > 1 && !strcmp(argv[1], each.name); });
  if (tool == std::end(table))
    return false;
  llvm::SmallString<256> program(
      llvm::sys::fs::getMainExecutable(argv[0], reinterpret_cast<void *>(&pto::harness::becomeTool)));
  llvm::sys::path::remove_filename(program);
  llvm::sys::path::append(program, tool->program);
  execv(program.c_str(), argv + 1);
  llvm::errs() << "error: " << program << ": " << strerror(errno) << '\n';
  return true;
}
