// Counting and printing mutants.
#include "harness/mutate/MutationReport.h"
#include "harness/cli/Console.h"
#include "harness/run/Display.h"
#include "harness/run/Run.h"
#include "harness/run/WholeFile.h"
#include "reports/JsonText.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include <cmath>
#include <numeric>

using namespace pto;
using namespace pto::harness;
using reports::Colour;
using reports::Line;

namespace {

struct Counts {
  std::array<size_t, 4> byFate{};
  std::map<std::string, size_t> killers;

  size_t of(Fate fate) const { return byFate[static_cast<size_t>(fate)]; }
  size_t total() const { return std::accumulate(byFate.begin(), byFate.end(), size_t(0)); }
  std::optional<double> rate() const {
    double killed = of(Fate::Killed), findable = killed + of(Fate::Survived);
    return findable ? std::optional(100 * killed / findable) : std::nullopt;
  }
};

} // namespace

static Counts count(llvm::ArrayRef<Trial> trials, const mutate::MutationKind *kind = nullptr) {
  Counts counts;
  for (const Trial &trial : trials) {
    if (kind && trial.mutant.kind != kind)
      continue;
    ++counts.byFate[static_cast<size_t>(trial.fate)];
    if (trial.fate == Fate::Killed)
      ++counts.killers[trial.by];
  }
  return counts;
}

std::optional<double> pto::harness::killRate(llvm::ArrayRef<Trial> trials) {
  return count(trials).rate();
}

static std::string describe(std::optional<double> rate) {
  // Never rounded up to all.
  return rate ? llvm::formatv("{0:F1} %", std::floor(*rate * 10) / 10).str() : "-";
}

static std::string describeKillers(const Counts &counts) {
  std::vector<std::pair<std::string, size_t>> killers(counts.killers.begin(), counts.killers.end());
  llvm::stable_sort(killers, [](const auto &a, const auto &b) { return a.second > b.second; });
  return llvm::join(
      llvm::map_range(killers, [](const auto &each) { return each.first + " " + std::to_string(each.second); }), ", ");
}

static void printRow(llvm::StringRef name, const Counts &counts, llvm::raw_ostream &os, const reports::Style &style) {
  Line row;
  row.column(name, 11).column(llvm::Twine(counts.total()), 9);
  for (Fate fate : {Fate::Stillborn, Fate::Killed, Fate::Redundant, Fate::Survived})
    row.column(llvm::Twine(counts.of(fate)), 11);
  row.column(describe(counts.rate()), 9).add(describeKillers(counts), Colour::Dim).print(os, style);
}

static void printTrial(const Trial &trial, llvm::raw_ostream &os, const reports::Style &style) {
  Line(0)
      .column(nameOf(trial.fate), 11, trial.fate == Fate::Survived ? Colour::Yellow : Colour::Plain)
      .add(trial.mutant.change + " in " + trial.spec->name)
      .print(os, style);
  reports::Location at = sourceLocation(*trial.spec, trial.mutant.place);
  Line(2).column("at", 9).add(llvm::formatv("{0}:{1}:{2}", at.file, at.line, at.column)).print(os, style);
  Line(11).add(llvm::StringRef(at.snippet).trim(), Colour::Dim).print(os, style);
  Line(2).column("why", 9).add(trial.why).print(os, style);
}

void pto::harness::printMutation(llvm::ArrayRef<Trial> trials, const Options &options, llvm::raw_ostream &os) {
  reports::Style style = styleOf(options);
  size_t shown = 0, hidden = 0;
  for (const Trial &trial : trials) {
    bool isWanted = trial.fate == Fate::Survived || options.verbose;
    bool hasRoom = options.verbose || shown < options.mostDetails;
    if (isWanted && hasRoom && !options.quiet) {
      printTrial(trial, os, style);
      ++shown;
    } else if (isWanted) {
      ++hidden;
    }
  }
  if (hidden)
    os << hidden << (shown ? " more" : "") << " survived; --max-details and -v show them\n";
  if (shown)
    os << '\n';
  os << "kind       mutants  stillborn  killed     redundant  survived   rate     killed by\n";
  for (const mutate::MutationKind &kind : mutate::mutationKinds())
    if (Counts counts = count(trials, &kind); counts.total())
      printRow(kind.name, counts, os, style);
  printRow("all", count(trials), os, style);
}

static std::string folderOf(const Case &spec, llvm::StringRef directory) {
  llvm::SmallString<256> folder(directory);
  llvm::sys::path::append(folder, spec.name);
  return folder.str().str();
}

static llvm::Error writeFile(const llvm::Twine &path, llvm::StringRef text) {
  std::error_code error = llvm::sys::fs::create_directories(llvm::sys::path::parent_path(path.str()));
  if (!error)
    error = writeWholeFile(path, text);
  return error ? llvm::createStringError(error, "cannot write " + path + ": " + error.message())
               : llvm::Error::success();
}

static std::string jsonLine(const Trial &trial) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::json::Value(
      llvm::json::Object{{"case", reports::jsonText(trial.spec->name)},
                         {"number", int64_t(trial.number)},
                         {"kind", trial.mutant.kind->name},
                         {"change", reports::jsonText(trial.mutant.change)},
                         {"file", reports::jsonText(displayPath(trial.spec->kernelFile))},
                         {"line", trial.mutant.place.line},
                         {"column", trial.mutant.place.column},
                         {"fate", nameOf(trial.fate)},
                         {"by", reports::jsonText(trial.by)},
                         {"why", reports::jsonText(trial.why)}});
  return text + "\n";
}

llvm::Error pto::harness::writeMutants(llvm::ArrayRef<Trial> trials,
                                       const std::map<const Case *, std::string> &originals,
                                       const std::string &directory) {
  std::string lines;
  llvm::Error error = llvm::Error::success();
  auto write = [&](const llvm::Twine &path, llvm::StringRef text) {
    if (!error)
      error = writeFile(path, text);
  };
  for (auto &[spec, text] : originals)
    write(folderOf(*spec, directory) + "/original.pto", text);
  for (const Trial &trial : trials) {
    if (!trial.mutant.plainText.empty())
      write(folderOf(*trial.spec, directory) + "/" + llvm::Twine(trial.number) + ".pto", trial.mutant.plainText);
    lines += jsonLine(trial);
  }
  write(directory + "/mutants.jsonl", lines);
  return error;
}
