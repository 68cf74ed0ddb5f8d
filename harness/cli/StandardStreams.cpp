// Guarding standard output.
#include "harness/cli/StandardStreams.h"
#include "reports/Summary.h"
#include "llvm/Support/raw_ostream.h"
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

using namespace pto;
using namespace pto::harness;

StandardStreams::StandardStreams() {
  outputIsOpen = fcntl(STDOUT_FILENO, F_GETFD) != -1;
  // The lowest free descriptor is taken: after this loop 0, 1 and 2 are open.
  for (int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    while (fcntl(descriptor, F_GETFD) == -1 && open("/dev/null", O_RDWR) >= 0)
      ;
  // A handler and not SIG_IGN, which programs that are started would inherit.
  std::signal(SIGPIPE, [](int) {});
}

int StandardStreams::finish(int exitCode) {
  std::error_code error;
  // Nobody is left to be told.
  llvm::errs().clear_error();
  llvm::outs().flush();
  if (llvm::outs().has_error()) {
    error = llvm::outs().error();
    llvm::outs().clear_error();
  }
  // A reader that has seen enough, such as head, is no error.
  if (!error || error == std::errc::broken_pipe)
    return exitCode;
  llvm::errs() << "error: cannot write to the standard output: " << error.message() << '\n';
  // A kernel that failed is never hidden.
  return exitCode == reports::exit_code::failed ? exitCode : reports::exit_code::setUpError;
}
