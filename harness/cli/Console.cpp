// Printing results.
#include "harness/cli/Console.h"
#include "harness/run/Display.h"
#include "reports/Terminal.h"
#include "llvm/Support/raw_ostream.h"

using namespace pto;
using namespace pto::harness;
using reports::Blame;

reports::Style pto::harness::styleOf(const Options &options) {
  reports::Style style;
  style.colour = options.color;
  style.width = options.width;
  return style;
}

reports::Progress::Options pto::harness::barOf(const Options &options, size_t total) {
  reports::Progress::Options bar;
  bar.total = total;
  bar.isTerminal = options.progressBar;
  bar.lines = reports::Progress::Options::Lines::None;
  // The bar is drawn on stderr, which is a terminal whatever stdout is.
  bar.style = styleOf(options);
  bar.style.width = options.barWidth;
  return bar;
}

Console::Console(const Options &options, size_t total)
    : options(options), total(total), style(styleOf(options)), progress(llvm::errs(), barOf(options, total)) {}

bool Console::showsEveryResult() const {
  constexpr size_t fewCases = 5;
  return options.verbose || (total <= fewCases && !options.quiet);
}

/// Passes are shown where there are few of them; a failure gets a screen, the later ones of many a line.
void Console::show(const reports::Result &result) {
  if (reports::isFailure(result.state) || result.blame != Blame::None) {
    if (!options.quiet && screens++ < options.mostDetails)
      reports::printScreen(llvm::outs(), result, style);
    else
      reports::printLine(llvm::outs(), result, style);
  } else if (showsEveryResult()) {
    reports::printLine(llvm::outs(), result, style);
  }
  if (options.verbose) {
    for (const reports::Result::StageTime &stage : result.stages)
      reports::Line(4)
          .column(stage.stage, 12)
          .add(reports::formatDuration(stage.ms), reports::Colour::Dim)
          .print(llvm::outs(), style);
  }
  llvm::outs().flush();
}

void Console::showInOrder(bool everything) {
  while (!waiting.empty() && (everything || waiting.begin()->first == nextShown)) {
    auto [place, result] = std::move(*waiting.begin());
    nextShown = place + 1;
    waiting.erase(waiting.begin());
    progress.aside([&] { show(result); });
  }
}

void Console::add(const reports::Result &result, size_t place) {
  progress.finished(result);
  waiting.emplace(place, result);
  showInOrder(/*everything=*/false);
}

void Console::complain(llvm::Error error) {
  progress.aside([&] { llvm::errs() << "error: " << llvm::toString(std::move(error)) << '\n'; });
}

/// The first ones, and how many there are.
void Console::warnOf(llvm::ArrayRef<Diagnostic> lookalikes) {
  constexpr size_t most = 5;
  if (lookalikes.empty())
    return;
  for (const Diagnostic &one : lookalikes.take_front(most))
    reports::Line()
        .add("warning: " + displayPath(one.place.file) + ": " + one.message, reports::Colour::Yellow)
        .print(llvm::outs(), style);
  reports::Line()
      .add(llvm::Twine(lookalikes.size()) + (lookalikes.size() == 1 ? " folder looks like a case and is not one"
                                                                    : " folders look like cases and are not"),
           reports::Colour::Yellow)
      .print(llvm::outs(), style);
}

void Console::finish(llvm::ArrayRef<reports::Result> results, const reports::Summary &summary,
                     llvm::ArrayRef<Diagnostic> lookalikes) {
  showInOrder(/*everything=*/true);
  progress.done();
  reports::printRemarks(llvm::outs(), results, /*withReasons=*/!showsEveryResult(), style);
  warnOf(lookalikes);
  reports::printSummary(llvm::outs(), summary, style);
  llvm::outs().flush();
}
