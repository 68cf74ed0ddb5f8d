// Runs the Python scripts of a case's folder. One interpreter is started and imports what such scripts import; a script
// is a fork of it, so that it costs milliseconds, and leaves nothing behind for the next one.
#pragma once

#include "llvm/Support/Error.h"
#include <chrono>
#include <string>
#include <sys/types.h>
#include <vector>

namespace pto::harness {

struct ScriptResult {
  int status = 0;      ///< 0, what it exits with, or minus the signal that ended it
  std::string printed; ///< both streams
};

struct Script {
  std::string file; ///< absolute; it runs in the folder that this is in
  std::vector<std::string> arguments;
  std::vector<std::string> modules; ///< folders where it finds modules, after its own
};

class Python {
public:
  /// `program`: the interpreter, looked for in PATH.
  explicit Python(std::string program) : program(std::move(program)) {}
  ~Python() { stop(); }
  Python(const Python &) = delete;
  Python &operator=(const Python &) = delete;

  /// An error where there is no interpreter, or the script does not end.
  llvm::Expected<ScriptResult> run(const Script &script, std::chrono::milliseconds limit);

private:
  llvm::Error start();
  void stop();

  std::string program;
  pid_t process = 0;
  int socket = -1;
};

} // namespace pto::harness
