// The command line of run_validation.
#pragma once

#include "harness/run/Settings.h"
#include <optional>
#include <string>
#include <vector>

namespace pto::harness {

enum class Action { Validate, List, DryRun, Isa };

struct Options {
  Action action = Action::Validate;
  std::vector<std::string> command; ///< as it was typed
  Settings settings;
  std::string casesRoot;
  std::vector<std::string> cases, excluded, tags;
  unsigned jobs = 1;
  bool failFast = false, keepTemps = false, verbose = false, json = false, color = false, progressBar = false;
  std::string outDirectory = "out";
  std::vector<std::string> reports;
};

/// Nothing, where the command line asked for help or is wrong; `exitCode` is then set and the text printed.
std::optional<Options> parseCommandLine(int argc, const char *const *argv, int &exitCode);

} // namespace pto::harness
