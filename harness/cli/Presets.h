// Options that were not typed: from environment variables, and from the file .run_validation.yaml.
#pragma once

#include "harness/case/Case.h"
#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace pto::harness {

/// "PTO_CASES_ROOT" for --cases-root; empty for an option that only makes sense when it is typed.
std::string environmentName(const CLI::Option &option);

/// An option's value that is wrong, with where it was given: "error: PTO_SEED: …", or "FILE:2:1: error: …".
struct WrongPreset {
  std::string message;
};

/// Sets what was not typed: from the environment, else from the file. The file is looked for in the working folder and
/// in the folders above it, up to the root of the repository. Returns its path, or nothing where there is none.
/// Throws WrongPreset.
std::string applyPresets(CLI::App &app, bool readFile);

} // namespace pto::harness
