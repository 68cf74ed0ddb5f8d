// The subcommands of pto-program. Each adds itself to the command line, and says there what it takes and does.
#pragma once

namespace CLI {
class App;
}

namespace pto {

enum ExitCode : int { succeeded = 0, failed = 1, misused = 2 };

/// Where the subcommand that was chosen leaves what has become of it.
void addParse(CLI::App &app, int &exitCode);
void addPrint(CLI::App &app, int &exitCode);
void addList(CLI::App &app, int &exitCode);
void addSpecialize(CLI::App &app, int &exitCode);
void addPass(CLI::App &app, int &exitCode);
void addCompile(CLI::App &app, int &exitCode);

} // namespace pto
