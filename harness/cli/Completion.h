// Completion scripts, made from the same tables of options that a command line is read with.
#pragma once

#include "llvm/Support/raw_ostream.h"
#include <CLI/CLI.hpp>
#include <string>

namespace pto::harness {

/// All of them, with their dashes.
std::vector<std::string> optionNames(const CLI::App &app);

/// `shell` is bash, zsh or fish. Names of cases are asked of the command itself when they are completed.
void printCompletion(const CLI::App &app, const std::string &shell, llvm::raw_ostream &os);

} // namespace pto::harness
