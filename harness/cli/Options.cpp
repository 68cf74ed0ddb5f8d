// The command line of run_validation.
#include "harness/cli/Options.h"
#include "harness/run/Replay.h"
#include "harness/target/Target.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <CLI/CLI.hpp>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <thread>
#include <unistd.h>

using namespace pto::harness;
namespace fs = std::filesystem;

static constexpr int usageError = 2;

static std::string environment(const char *name) {
  const char *value = std::getenv(name);
  return value ? value : "";
}

/// ./cases, else the cases that were installed beside the program.
static std::string defaultCasesRoot() {
  if (fs::is_directory("cases"))
    return "cases";
  std::string program = llvm::sys::fs::getMainExecutable(nullptr, reinterpret_cast<void *>(&defaultCasesRoot));
  fs::path installed = fs::path(program).parent_path().parent_path() / "share/pto-roundtrip/cases";
  std::error_code ignored;
  return fs::is_directory(installed, ignored) ? installed.string() : "cases";
}

static std::string defaultCacheDirectory() {
  if (std::string cache = environment("XDG_CACHE_HOME"); !cache.empty())
    return cache + "/pto-roundtrip";
  if (std::string home = environment("HOME"); !home.empty())
    return home + "/.cache/pto-roundtrip";
  return "";
}

static std::vector<std::string> targetChoices() {
  std::vector<std::string> choices;
  for (llvm::StringRef name : targetNames())
    choices.push_back(name.str());
  return choices;
}

/// LibTorch and MLIR alone take half of it.
static std::string atLeast256MiB(const std::string &bytes) {
  uint64_t number = 0;
  bool isEnough = !llvm::StringRef(bytes).getAsInteger(10, number) && number >= 256 << 20;
  return isEnough ? "" : "a worker needs at least 256MiB";
}

static constexpr const char *footer = R"(
GLOB matches a case's name: `*` within a path segment, `**` across, a folder's name for all below it. A case with a
matrix has points such as micro-op/vadd@dtype=f16,tail=13; a GLOB without '@' takes all of them.

The simulator runs a kernel in program order: a flag or barrier that is missing can go unseen. What it does see of that,
and reads of memory that nothing wrote, are warnings, listed at the end of a run.

exit codes: 100 some kernel failed, whatever else happened; else 105 a case or the set-up is wrong; else 106 the run is
            incomplete; else 0. 4 nothing matched, 2 wrong usage
environment: PTO_CASES_ROOT, PTO_CACHE_DIR, NO_COLOR
)";

std::optional<Options> pto::harness::parseCommandLine(int argc, const char *const *argv, int &exitCode) {
  Options options;
  options.command.assign(argv, argv + argc);
  options.settings.program = options.command.front();
  CLI::App app{"Takes PTO kernels from text to verdict: parse, verify, round trip, run, compare with LibTorch."};
  app.footer(footer);
  app.set_version_flag("--version", "run_validation " PTO_VERSION);

  bool list = false, dryRun = false, noCache = false;
  std::string color = "auto", cacheDirectory = defaultCacheDirectory();
  options.casesRoot = defaultCasesRoot();
  options.jobs = std::max(1u, std::thread::hardware_concurrency());
  options.reports = {"jsonl"};

  auto *selection = app.add_option_group("Which cases");
  selection->add_option("--case", options.cases, "run the cases that match; repeatable (default: all)")
      ->type_name("GLOB")
      ->allow_extra_args(false);
  selection->add_option("-x,--exclude", options.excluded, "leave these out; repeatable")
      ->type_name("GLOB")
      ->allow_extra_args(false);
  selection->add_option("--tag", options.tags, "only cases with this tag; repeatable, any of them will do")
      ->type_name("TAG")
      ->allow_extra_args(false);
  selection->add_option("--cases-root", options.casesRoot, "the folder the cases lie in")
      ->type_name("DIR")
      ->envname("PTO_CASES_ROOT")
      ->capture_default_str();

  auto *how = app.add_option_group("How they run");
  how->add_option("--target", options.settings.target, "where kernels run")
      ->check(CLI::IsMember(targetChoices()))
      ->capture_default_str();
  how->add_option("-j,--jobs", options.jobs, "worker processes")
      ->type_name("N")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  how->add_option("--seed", options.settings.seed, "other inputs: mixed into every generator")
      ->type_name("N")
      ->capture_default_str();
  how->add_option("--timeout", options.settings.timeoutSeconds, "seconds a case may take")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.001, 86400.0))
      ->capture_default_str();
  how->add_option("--budget", options.settings.instructionBudget, "instructions a launch may execute")
      ->type_name("N")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  how->add_option("--memory", options.settings.memoryLimit, "memory that a worker may allocate")
      ->type_name("SIZE")
      ->transform(CLI::AsSizeValue(/*kb_is_1000=*/false))
      ->check(atLeast256MiB)
      ->default_str(formatSize(options.settings.memoryLimit));
  how->add_flag("--werror", options.settings.warningsAreErrors, "a case that passes with a warning fails");
  how->add_flag("--fail-fast", options.failFast, "start no more cases after the first failure");
  how->add_option("--cache-dir", cacheDirectory, "where computed goldens are kept")
      ->type_name("DIR")
      ->envname("PTO_CACHE_DIR")
      ->capture_default_str();
  how->add_flag("--no-cache", noCache, "compute every golden, keep none");

  auto *what = app.add_option_group("What is written");
  what->add_option("--out", options.outDirectory, "folder of the reports")->type_name("DIR")->capture_default_str();
  what->add_option("--report", options.reports, "jsonl is always written: results.jsonl; junit: junit.xml")
      ->delimiter(',')
      ->check(CLI::IsMember({"jsonl", "junit"}))
      ->type_name("KIND,…")
      ->allow_extra_args(false);
  what->add_flag("--keep-temps", options.keepTemps, "keep kernels, inputs and outputs below DIR/cases");
  what->add_flag("-v,--verbose", options.verbose, "a line for every case, with the time of its stages");
  what->add_option("--color", color, "when to colour")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->capture_default_str();

  auto *instead = app.add_option_group("Instead of running");
  auto *listFlag = instead->add_flag("--list", list, "print the names of the cases that match");
  instead->add_flag("--json", options.json, "with --list: as JSON")->needs(listFlag);
  instead->add_flag("--dry-run", dryRun, "read and check the cases, say what would run");
  app.add_subcommand("isa", "print the table of PTO operations: which parse, which are simulated")->fallthrough();
  app.require_subcommand(0, 1);

  try {
    app.parse(argc, argv);
  } catch (const CLI::Success &wantsText) {
    exitCode = app.exit(wantsText);
    return std::nullopt;
  } catch (const CLI::Error &error) {
    std::cerr << "error: " << error.what() << "\nrun_validation --help lists the options\n";
    exitCode = usageError;
    return std::nullopt;
  }

  if (app.got_subcommand("isa"))
    options.action = Action::Isa;
  else if (list)
    options.action = Action::List;
  else if (dryRun)
    options.action = Action::DryRun;
  bool terminal = isatty(STDERR_FILENO);
  options.color = color == "always" || (color == "auto" && terminal && environment("NO_COLOR").empty());
  options.progressBar = terminal && environment("TERM") != "dumb";
  if (!noCache)
    options.settings.cacheDirectory = cacheDirectory;
  return options;
}
