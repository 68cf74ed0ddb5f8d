// pto-program: programs on the command line. Reads them, prints them, specializes them, runs the passes over them.
#include "compiler/tools/program/Commands.h"
#include <CLI/CLI.hpp>
#include <iostream>

static constexpr const char *footer = R"(
FILE is a Python file, or - for standard input. Nothing of it is executed.
exit codes: 0 all is well, 1 the program is not right, 2 wrong usage)";

int main(int argc, char **argv) {
  CLI::App app{"PyPTO programs: reads, prints, specializes and compiles them."};
  app.footer(footer);
  app.require_subcommand(1);
  int exitCode = pto::succeeded;
  pto::addParse(app, exitCode);
  pto::addPrint(app, exitCode);
  pto::addList(app, exitCode);
  pto::addSpecialize(app, exitCode);
  pto::addPass(app, exitCode);
  pto::addCompile(app, exitCode);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success &wantsText) {
    return app.exit(wantsText);
  } catch (const CLI::Error &error) {
    auto chosen = app.get_subcommands();
    std::cerr << "error: " << error.what() << "\npto-program "
              << (chosen.empty() ? "" : chosen.front()->get_name() + " ") << "--help lists the options\n";
    return pto::misused;
  }
  return exitCode;
}
