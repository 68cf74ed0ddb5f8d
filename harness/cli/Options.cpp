// The tables of options, group by group, and how a command line is read with them.
#include "harness/cli/Options.h"
#include "base/NearestName.h"
#include "compiler/mutate/Mutant.h"
#include "harness/cli/Completion.h"
#include "harness/cli/Keyword.h"
#include "harness/cli/OptionValues.h"
#include "harness/cli/Presets.h"
#include "harness/cli/Tools.h"
#include "harness/run/Replay.h"
#include "harness/target/Target.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>
#include <filesystem>
#include <random>
#include <sstream>
#include <sys/ioctl.h>
#include <thread>
#include <unistd.h>

using namespace pto;
using namespace pto::harness;
namespace fs = std::filesystem;

static constexpr int usageError = 2;

static std::string environment(const char *name) {
  const char *value = std::getenv(name);
  return value ? value : "";
}

/// ./cases, else the project's own as the script beside the sources names them, else those that were installed.
static std::string defaultCasesRoot() {
  std::error_code ignored;
  if (fs::is_directory("cases", ignored))
    return "cases";
  if (std::string own = environment("PTO_PROJECT_CASES"); !own.empty())
    return own;
  std::string program = llvm::sys::fs::getMainExecutable(nullptr, reinterpret_cast<void *>(&defaultCasesRoot));
  fs::path installed = fs::path(program).parent_path().parent_path() / "share/pto-roundtrip/cases";
  return fs::is_directory(installed, ignored) ? installed.string() : "cases";
}

static std::vector<std::string> targetChoices() {
  std::vector<std::string> choices;
  for (const TargetKind &kind : targetKinds())
    choices.push_back(kind.name.str());
  return choices;
}

static std::vector<std::string> checkChoices() {
  std::vector<std::string> choices;
  for (const CheckInfo &check : allChecks)
    choices.push_back(check.name.str());
  return choices;
}

static constexpr const char *footer = R"(
CASE is a name (micro-op/vadd), a pattern (`*` within a path segment, `**` across; a folder's name for all below it), or
a path of a case's folder or kernel. A case with a matrix has points such as micro-op/vadd@dtype=f16,tail=13; without
'@' all of them are meant. Each CASE, --exclude and --tag has to match something.

The simulator runs a kernel in program order and checks that flags, buffer ids and barriers order what belongs together:
what they leave open fails the case. Flags that are left set and reads of memory that nothing wrote are warnings, listed
at the end of a run.

exit codes: 100 some kernel failed, whatever else happened; else 105 a case or the set-up is wrong; else 106 the run is
            incomplete; else 0. 4 nothing matched, 2 wrong usage
Options can also be set by environment variables (PTO_FAIL_FAST=1 for --fail-fast) and in .run_validation.yaml, here or
in a folder above; what is typed wins over a variable, a variable over the file. NO_COLOR and TERM=dumb are respected.
)";

namespace {

/// What is typed, before it is made into Options.
struct Typed {
  bool list = false, dryRun = false, noCache = false, noCheck = false, noFile = false, watch = false;
  std::string color = "auto", cacheDirectory = defaultCacheDirectory(), shuffle, shell, order = "program";
};

} // namespace

static void addSelection(CLI::App &app, Options &options) {
  auto *group = app.add_option_group("Which cases");
  group->add_option("--case,CASE", options.cases, "names, patterns or paths; `--case` itself may be left out")
      ->type_name("CASE");
  group->add_option("-x,--exclude", options.excluded, "leave these out; repeatable")
      ->type_name("CASE")
      ->allow_extra_args(false);
  group->add_option("--tag", options.tags, "only cases with this tag; repeatable, any of them will do")
      ->type_name("TAG")
      ->allow_extra_args(false);
  group->add_option("-k,--keyword", options.keyword, "only names that hold these words: 'vadd and not (bf16 or f16)'")
      ->type_name("EXPR")
      ->check(CLI::Validator([](std::string &text) { return llvm::toString(Keyword::parse(text).takeError()); }, ""));
  group->add_flag("--rerun", options.rerun, "only those that failed in the last run, as results.jsonl in --out says");
  group->add_option("--cases-root", options.casesRoot, "the folder the cases lie in")
      ->type_name("DIR")
      ->capture_default_str();
}

static void addHow(CLI::App &app, Options &options, Typed &typed) {
  constexpr double longestTimeout = 86400;
  // LibTorch and MLIR alone take half of it.
  constexpr uint64_t leastMemory = 256 << 20;
  auto *group = app.add_option_group("How they run");
  group->add_option("--target", options.settings.target, "where kernels run")
      ->check(oneOf(targetChoices()))
      ->capture_default_str();
  group->add_option("-j,--jobs", options.jobs, "worker processes; by default one for each CPU")
      ->type_name("N")
      ->transform(integerFrom(1, 1024))
      ->capture_default_str();
  group->add_option("--seed", options.settings.seed, "other inputs: mixed into every generator")
      ->type_name("N")
      ->transform(integerFrom(0, UINT64_MAX))
      ->capture_default_str();
  group->add_option("--timeout", options.settings.timeoutSeconds, "seconds a case may take")
      ->type_name("SECONDS")
      ->check(numberFrom(0.001, longestTimeout, "seconds"))
      ->capture_default_str();
  group->add_option("--budget", options.settings.instructionBudget, "instructions a launch may execute")
      ->type_name("N")
      ->transform(integerFrom(1, UINT64_MAX))
      ->capture_default_str();
  group->add_option("--memory", options.settings.memoryLimit, "memory that a worker may allocate")
      ->type_name("SIZE")
      ->transform(sizeFrom(leastMemory))
      ->default_str(formatSize(options.settings.memoryLimit));
  group->add_flag("--no-check", typed.noCheck,
                  "do not look for missing order, misaligned accesses and unwritten bytes");
  group->add_option("--order", typed.order, "in which instructions start that nothing orders, unchecked")
      ->type_name("ORDER")
      ->check(CLI::Validator(
          [](std::string &text) {
            return Order::parse(text) ? "" : "expected " + Order::choices.str() + ", found '" + text + "'";
          },
          ""))
      ->capture_default_str();
  group
      ->add_option_function<std::vector<std::string>>(
          "--convention",
          [&](const std::vector<std::string> &texts) {
            for (const std::string &text : texts)
              options.settings.conventions.set(text);
          },
          "what an operation of tiles does where sources differ, for all cases: pads=finite, …; repeatable")
      ->check(CLI::Validator(
          [](std::string &text) {
            return Conventions().set(text) ? "" : "expected " + Conventions::choices.str() + ", found '" + text + "'";
          },
          ""))
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  group->add_option("--allow", options.settings.allowedChecks, "what this check finds is no failure; repeatable")
      ->check(oneOf(checkChoices()))
      ->type_name("CHECK")
      ->allow_extra_args(false);
  group
      ->add_option("--gm-slack", options.settings.slack,
                   "bytes behind each buffer of global memory that a kernel may touch, for those known to overrun")
      ->type_name("SIZE")
      ->transform(sizeFrom(0))
      ->default_str("0");
  group->add_flag("--allow-python", options.settings.allowPython,
                  "run the scripts of folders without a case.yaml: code of whoever wrote them");
  group->add_option("--python", options.settings.python, "the interpreter for them")
      ->type_name("FILE")
      ->capture_default_str();
  group->add_flag("--werror", options.settings.warningsAreErrors, "a case that passes with a warning fails");
  group->add_flag("--fail-fast", options.failFast, "start no more cases after the first failure");
  group->add_flag("--failed-first", options.failedFirst, "begin with those that failed in the last run");
  group->add_option("--repeat", options.repeat, "run each case N times; one whose verdicts differ is flaky")
      ->type_name("N")
      ->transform(integerFrom(1, 1'000'000))
      ->capture_default_str();
  group->add_flag("--shuffle{random}", typed.shuffle, "in random order; --shuffle=SEED in that of an earlier run")
      ->check(CLI::Validator(
          [](std::string &text) {
            bool isSwitch = text == "random" || text == "true" || text == "false";
            return isSwitch ? "" : integerFrom(0, UINT64_MAX)(text);
          },
          ""));
  group->add_option("--cache-dir", typed.cacheDirectory, "where computed goldens are kept")
      ->type_name("DIR")
      ->capture_default_str();
  group->add_flag("--no-cache", typed.noCache, "compute every golden, keep none");
  group->add_flag("--no-config", typed.noFile, "do not read .run_validation.yaml");
}

static void addWhat(CLI::App &app, Options &options, Typed &typed) {
  constexpr unsigned many = 1'000'000;
  auto *group = app.add_option_group("What is written");
  group->add_option("--out", options.outDirectory, "folder of the reports")->type_name("DIR")->capture_default_str();
  group->add_option("--report", options.reports, "jsonl is always written: results.jsonl; junit: junit.xml")
      ->delimiter(',')
      ->check(oneOf({"jsonl", "junit"}))
      ->type_name("KIND,…")
      ->allow_extra_args(false);
  group
      ->add_option("--timeline", options.timelineFile,
                   "a picture of the kernels' pipes, in estimated cycles, for Perfetto")
      ->check([](const std::string &file) { return file.empty() ? "expected a file's name" : ""; })
      ->type_name("FILE");
  group->add_flag("--keep-temps", options.keepTemps, "keep each case's kernel, inputs and outputs below OUT/cases");
  auto *verbose =
      group->add_flag("-v,--verbose", options.verbose, "a line for every case, with the time of its stages");
  group->add_flag("-q,--quiet", options.quiet, "a line for each failure, and the summary")->excludes(verbose);
  group->add_option("--max-details", options.mostDetails, "failures that are shown in full; the others get a line")
      ->type_name("N")
      ->transform(integerFrom(0, many))
      ->capture_default_str();
  group->add_option("--slowest", options.slowest, "name the N slowest cases in the summary (default: 5 of many)")
      ->type_name("N")
      ->transform(integerFrom(0, many));
  group->add_option("--color", typed.color, "when to colour")
      ->check(oneOf({"auto", "always", "never"}))
      ->capture_default_str();
}

static void addInstead(CLI::App &app, Options &options, Typed &typed) {
  auto *group = app.add_option_group("Instead of running once");
  auto *list = group->add_flag("--list", typed.list,
                               "print the names of the cases that match; with -v their tags and summaries");
  group->add_flag("--json", options.json, "with --list: as JSON")->needs(list);
  group->add_flag("--dry-run", typed.dryRun, "read and check the cases, say what would run");
  group->add_flag("--watch", typed.watch, "run, then run again what a saved file touches, until interrupted");
}

static void addMutate(CLI::App &app, MutationOptions &options) {
  std::vector<std::string> kinds = {"sync"};
  for (const mutate::MutationKind &kind : mutate::mutationKinds())
    kinds.push_back(kind.name.str());
  auto *mutate = app.add_subcommand(
      "mutate", "make small mistakes in the kernels of cases that pass, and tell which of them no case notices");
  mutate->fallthrough();
  std::string summaries = "kinds:\n";
  for (const mutate::MutationKind &kind : mutate::mutationKinds())
    summaries += llvm::formatv("  {0,-10} {1}\n", kind.name, kind.summary);
  mutate->footer(summaries);
  mutate
      ->add_option("--kinds", options.kinds, "which mistakes (default: all); sync stands for those in synchronization")
      ->delimiter(',')
      ->check(oneOf(kinds))
      ->type_name("KIND,…")
      ->allow_extra_args(false);
  mutate->add_option("--limit", options.mostMutants, "at most N mutants of a case, drawn by --seed")
      ->type_name("N")
      ->transform(integerFrom(1, UINT64_MAX));
  mutate->add_option("--mutants", options.directory, "write the kernels and mutants.jsonl to this folder")
      ->type_name("DIR");
  mutate->add_option("--fail-under", options.failUnder, "exit code 100 where less than this share is found")
      ->type_name("PERCENT")
      ->check(numberFrom(0, 100, "percent"));
}

static void addSync(CLI::App &app, SyncOptions &options) {
  auto *sync = app.add_subcommand(
      "sync", "propose the flags and barriers that a kernel lacks, as a patch (for `git apply -p0` or `patch -p0`)");
  sync->fallthrough();
  auto *check = sync->add_flag("--check", options.onlyAdvises,
                               "say what is missing, what orders nothing, and which barriers wait for too much");
  auto *scratch =
      sync->add_flag("--from-scratch", options.isFromScratch, "take out all synchronization first, and propose anew")
          ->excludes(check);
  sync->add_flag("--remove-redundant", options.removesRedundant, "also take out what orders nothing")
      ->excludes(check)
      ->excludes(scratch);
  auto *write = sync->add_flag("--write", options.writes, "change the kernel's file")->excludes(check);
  sync->add_option("-o,--output", options.file, "write the whole text of the kernel to this file")
      ->type_name("FILE")
      ->excludes(check)
      ->excludes(write);
}

static void addCommands(CLI::App &app, Options &options, Typed &typed) {
  app.add_subcommand("show",
                     "print a case as it runs: kernel with placeholders replaced, arguments, golden, comparison")
      ->fallthrough();
  auto *explain = app.add_subcommand("explain", "tell where a kernel's cycles go, by an estimate");
  explain->fallthrough();
  explain->add_flag("--json", options.json, "as JSON, a line for each case");
  addMutate(app, options.mutation);
  addSync(app, options.sync);
  auto *init = app.add_subcommand("init", "write a first case.yaml for a kernel, with the sizes that it touches");
  init->add_option("KERNEL", options.initKernel, "the kernel's file; the case.yaml goes beside it")->required();
  init->add_option("--entry", options.initEntry, "the function that is launched, of several")->type_name("NAME");
  auto *import = app.add_subcommand(
      "import",
      "make folders of the public layout into cases with a case.yaml, with the data that their golden.py makes");
  import->fallthrough();
  import->add_option("--to", options.importFolder, "the folder that the cases are put below")
      ->type_name("DIR")
      ->required();
  auto *isa = app.add_subcommand("isa", "print the table of operations, or what there is to know of some of them; "
                                        "-v: of all, and which case covers which form");
  isa->fallthrough();
  isa->add_option("OPERATION", options.operations, "names, such as vcvt or pto.vcvt");
  isa->add_flag("--json", options.json, "as JSON, with the cases that use each form");
  app.add_subcommand("completion", "print the completion script of a shell: bash, zsh or fish")
      ->add_option("SHELL", typed.shell, "the shell")
      ->required()
      ->check(oneOf({"bash", "zsh", "fish"}));
  // Known here for help and completion alone: see becomeTool.
  for (const Tool &tool : tools())
    app.add_subcommand(tool.name, tool.summary)->prefix_command();
  app.require_subcommand(0, 1);
}

/// The columns of a terminal; 0 where it is none, or does not know.
static unsigned widthOf(int descriptor) {
  winsize size{};
  unsigned columns = 0;
  if (isatty(descriptor) && ioctl(descriptor, TIOCGWINSZ, &size) == 0)
    columns = size.ws_col;
  if (isatty(descriptor) && columns == 0)
    llvm::StringRef(environment("COLUMNS")).getAsInteger(10, columns);
  return columns;
}

static void finish(Options &options, const Typed &typed, const CLI::App &app) {
  if (app.got_subcommand("show"))
    options.action = Action::Show;
  else if (app.got_subcommand("explain"))
    options.action = Action::Explain;
  else if (app.got_subcommand("isa"))
    options.action = Action::Isa;
  else if (app.got_subcommand("init"))
    options.action = Action::Init;
  else if (app.got_subcommand("import"))
    options.action = Action::Import;
  else if (app.got_subcommand("mutate"))
    options.action = Action::Mutate;
  else if (app.got_subcommand("sync"))
    options.action = Action::Sync;
  else if (typed.list)
    options.action = Action::List;
  else if (typed.dryRun)
    options.action = Action::DryRun;
  else if (typed.watch)
    options.action = Action::Watch;
  if (typed.shuffle == "random" || typed.shuffle == "true")
    options.shuffleSeed = std::random_device()();
  else if (!typed.shuffle.empty() && typed.shuffle != "false")
    options.shuffleSeed = std::stoull(typed.shuffle);

  options.settings.checked = !typed.noCheck;
  options.settings.order = *Order::parse(typed.order);
  if (options.quiet && !options.slowest)
    options.slowest = 0;
  bool isDumb = environment("TERM") == "dumb", isTerminal = isatty(STDOUT_FILENO);
  bool mayColour = isTerminal && !isDumb && environment("NO_COLOR").empty();
  options.color = typed.color == "always" || (typed.color == "auto" && mayColour);
  options.progressBar = isatty(STDERR_FILENO) && !isDumb;
  options.width = widthOf(STDOUT_FILENO);
  if (unsigned columns = widthOf(STDERR_FILENO))
    options.barWidth = columns;
  if (!typed.noCache)
    options.settings.cacheDirectory = typed.cacheDirectory;
}

/// Whoever sets from afar which cases run is told so, since a narrow run looks like a whole one.
static void tellOfPresetSelection(const Options &before, const Options &options, const std::string &file) {
  if (before.cases == options.cases && before.excluded == options.excluded && before.tags == options.tags &&
      before.keyword == options.keyword)
    return;
  llvm::errs() << "note: the environment" << (file.empty() ? "" : " or " + file) << " sets which cases run:";
  auto say = [](const char *option, const std::vector<std::string> &now, const std::vector<std::string> &then) {
    if (now != then)
      for (const std::string &value : now)
        llvm::errs() << ' ' << option << ' ' << value;
  };
  say("--case", options.cases, before.cases);
  say("--exclude", options.excluded, before.excluded);
  say("--tag", options.tags, before.tags);
  say("--keyword", {options.keyword}, {before.keyword});
  llvm::errs() << '\n';
}

/// What was typed and is no option. Everything else would be a case.
static std::string describeUnknown(const CLI::App &app) {
  std::string typed = app.remaining(/*recurse=*/true).front();
  std::vector<std::string> names = optionNames(app);
  return "unknown option '" + typed + "'" +
         didYouMean(llvm::StringRef(typed).split('=').first, std::vector<llvm::StringRef>(names.begin(), names.end()));
}

/// The library's text begins with the option: "--jobs: 1 required N missing".
static std::string describeMissing(llvm::StringRef text) {
  return (text.split(':').first + " needs a value").str();
}

std::optional<Options> pto::harness::parseCommandLine(int argc, const char *const *argv, int &exitCode) {
  Options options;
  options.command.assign(argv, argv + argc);
  options.settings.program = options.command.front();
  Typed typed;
  CLI::App app{"Takes PTO kernels from text to verdict: parse, verify, round trip, run, compare with LibTorch."};
  app.name("run_validation");
  app.footer(footer);
  app.set_version_flag("--version", "run_validation " PTO_VERSION);
  options.casesRoot = defaultCasesRoot();
  options.jobs = std::max(1u, std::thread::hardware_concurrency());
  options.reports = {"jsonl"};
  addSelection(app, options);
  addHow(app, options, typed);
  addWhat(app, options, typed);
  addInstead(app, options, typed);
  addCommands(app, options, typed);

  auto refuse = [&](const std::string &message) {
    llvm::errs() << message << "\nrun_validation --help lists the options\n";
    exitCode = usageError;
    return std::nullopt;
  };
  try {
    app.parse(argc, argv);
    for (const Tool &tool : tools())
      if (app.got_subcommand(tool.name))
        return refuse(std::string("error: '") + tool.name +
                      "' has options of its own and comes first: run_validation " + tool.name + " ...");
    if (app.got_subcommand("completion")) {
      printCompletion(app, typed.shell, llvm::outs());
      return std::nullopt;
    }
    Options before = options;
    options.excludesTyped = !options.excluded.empty();
    options.tagsTyped = !options.tags.empty();
    std::string file = applyPresets(app, !typed.noFile);
    tellOfPresetSelection(before, options, file);
    finish(options, typed, app);
  } catch (const CLI::Success &wantsText) {
    std::ostringstream text;
    exitCode = app.exit(wantsText, text, text);
    llvm::outs() << text.str();
    return std::nullopt;
  } catch (const CLI::ExtrasError &) {
    return refuse("error: " + describeUnknown(app));
  } catch (const CLI::ArgumentMismatch &error) {
    return refuse("error: " + describeMissing(error.what()));
  } catch (const CLI::Error &error) {
    return refuse("error: " + std::string(error.what()));
  } catch (const WrongPreset &wrong) {
    return refuse(wrong.message);
  }
  return options;
}
