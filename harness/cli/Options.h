// The command line of run_validation.
#pragma once

#include "harness/run/Settings.h"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pto::harness {

enum class Action { Validate, Watch, List, DryRun, Show, Explain, Isa, Mutate, Sync, Init, Import };

/// What `mutate` is told besides.
struct MutationOptions {
  std::vector<std::string> kinds; ///< names of kinds or groups; empty: all
  uint64_t mostMutants = 0;       ///< of a case; 0: all
  std::string directory;          ///< where the mutants are written; empty: nowhere
  double failUnder = 0;           ///< percent
};

/// What `sync` is told besides.
struct SyncOptions {
  bool isFromScratch = false, removesRedundant = false;
  bool onlyAdvises = false; ///< says what is missing and redundant, and proposes nothing
  bool writes = false;      ///< changes the kernels' files
  std::string file;         ///< where the whole text goes; empty: a patch is printed
};

struct Options {
  Action action = Action::Validate;
  std::vector<std::string> command; ///< as it was typed
  Settings settings;

  std::string casesRoot;
  std::vector<std::string> cases, excluded, tags; ///< cases: names, patterns or paths
  std::string keyword;                            ///< -k, empty: any name
  bool rerun = false, failedFirst = false;
  /// Whether the command line itself gave them; else the environment or a file did.
  bool excludesTyped = false, tagsTyped = false;

  unsigned jobs = 1, repeat = 1;
  std::optional<uint64_t> shuffleSeed;
  bool failFast = false, keepTemps = false, verbose = false, quiet = false, json = false;
  bool color = false, progressBar = false;
  unsigned width = 0;      ///< columns of stdout; 0: no terminal, nothing is folded
  unsigned barWidth = 100; ///< … and of stderr
  unsigned mostDetails = 10;
  std::optional<unsigned> slowest; ///< nothing: some, where there are many cases
  std::string outDirectory = "out";
  std::vector<std::string> reports;
  std::string timelineFile; ///< empty: none is written
  MutationOptions mutation;
  SyncOptions sync;
  std::vector<std::string> operations; ///< that `isa` prints pages of
  std::string importFolder;            ///< where `import` puts the cases
  std::string initKernel, initEntry;   ///< what `init` writes a case.yaml for
};

/// Nothing, where the command line asked for a text that has been printed, or is wrong; `exitCode` is then set.
std::optional<Options> parseCommandLine(int argc, const char *const *argv, int &exitCode);

} // namespace pto::harness
