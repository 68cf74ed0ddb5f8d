// Lays a result out on one screen, less densely while it fits.
#include "reports/Terminal.h"
#include "reports/OutputLines.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include <algorithm>
#include <cmath>

namespace pto::reports {

Colour colourOf(State state) {
  if (isFailure(state) || state == State::InfraError)
    return Colour::Red;
  return state == State::Pass ? Colour::Green : Colour::Yellow;
}

template <class... Values>
static std::string formatted(const char *pattern, Values... values) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format(pattern, values...);
  return text;
}

std::string formatDuration(double ms) {
  if (!(ms > 0))
    return "0 ms";
  if (ms < 0.9995)
    return formatted("%.3f ms", ms);
  if (ms < 999.5)
    return formatted("%.3g ms", ms);
  if (ms < 59'950)
    return formatted("%.1f s", ms / 1000);
  auto seconds = static_cast<long long>(std::llround(std::min(ms, 1e15) / 1000));
  return formatted("%lld min %02lld s", seconds / 60, seconds % 60);
}

/// A share of a whole that is not everything and not nothing is not shown as either.
static std::string formatShare(int64_t part, int64_t whole) {
  double percent = whole > 0 ? 100.0 * static_cast<double>(part) / static_cast<double>(whole) : 0;
  if (part > 0 && percent < 0.01)
    return "< 0.01 %";
  if (part < whole && percent > 99.99)
    return "> 99.99 %";
  return formatted("%.4g %%", percent);
}

namespace {

/// How much is said; the first of these that fits a screen is taken.
struct Density {
  size_t details, warnings, outputs, worst, buckets, wrapped;
};
constexpr Density densities[] = {
    {12, 4, 4, 5, 8, 20}, {8, 3, 2, 5, 8, 12}, {8, 2, 1, 5, 8, 8},
    {5, 1, 1, 5, 6, 8},   {3, 1, 1, 5, 4, 8},  {2, 1, 1, 3, 3, 8},
};

class Screen {
public:
  Screen(const Result &result, const Style &style, const Density &density)
      : result(result), style(style), density(density) {}

  void lay() {
    head();
    where();
    list("", result.details, density.details, Colour::Plain);
    for (size_t i = 0; i < result.outputs.size(); ++i)
      output(result.outputs[i], i < density.outputs);
    list("warning", result.warnings, density.warnings, Colour::Yellow);
    list("note", result.notes, density.warnings, Colour::Dim);
    if (!result.replay.empty())
      lines.push_back(std::move(labelled("replay").add(result.replay, Colour::Bold)));
  }

  size_t size() const { return lines.size(); }
  void print(llvm::raw_ostream &os) const {
    for (const Line &line : lines)
      if (&line == &lines.back() && !result.replay.empty())
        line.printWhole(os, style);
      else
        line.print(os, style);
  }

private:
  void head() {
    Line title;
    title.add(llvm::StringRef(nameOf(result.state)).upper(), colourOf(result.state)).add("  ");
    lines.push_back(std::move(title.add(result.name, Colour::Bold)));
    if (!result.summary.empty())
      lines.push_back(std::move(Line(2).add(result.summary, Colour::Dim)));
    Line stage = labelled("stage");
    stage.add(result.stage.empty() ? "none" : result.stage, Colour::Bold);
    if (!result.target.empty())
      stage.add("   on ", Colour::Dim).add(result.target);
    stage.add("   seed ", Colour::Dim).add(llvm::Twine(result.seed));
    stage.add("   in ", Colour::Dim).add(formatDuration(result.durationMs));
    lines.push_back(std::move(stage));
    paragraph(result.message, density.wrapped, 2, Colour::Plain);
  }

  /// The lines of a text, folded where they are too long.
  void paragraph(llvm::StringRef text, size_t most, unsigned indentation, Colour colour) {
    std::vector<std::string> wrapped;
    for (llvm::StringRef line : llvm::split(text.rtrim(), '\n'))
      llvm::append_range(wrapped, line.starts_with(" ") ? fold(line, style.left(indentation))
                                                        : wrap(line, style.left(indentation)));
    for (size_t i = 0; i < std::min(wrapped.size(), most); ++i) {
      bool isCut = i + 1 == most && wrapped.size() > most;
      lines.push_back(std::move(Line(indentation).add(isCut ? wrapped[i] + " …" : wrapped[i], colour)));
    }
  }

  void place(llvm::StringRef label, const Location &location) {
    Place place = location;
    if (place.file.empty())
      place.file = "an unknown file";
    lines.push_back(std::move(labelled(label).add(toString(place))));
    if (location.snippet.empty())
      return;
    marked(location.snippet, location.column, 2 + labelWidth, Colour::Plain);
  }

  /// A line of a file, and the caret below its column.
  void marked(llvm::StringRef line, unsigned column, unsigned indentation, Colour colour) {
    MarkedRows marked = markColumn(line, column, style.width ? style.left(indentation) : 0);
    for (auto [index, row] : llvm::enumerate(marked.rows)) {
      lines.push_back(std::move(Line(indentation).add(row, colour)));
      if (marked.caretRow == index)
        lines.push_back(std::move(Line(indentation + marked.caretColumn).add("^", Colour::Red)));
    }
  }

  void where() {
    if (result.location)
      place("at", *result.location);
  }

  /// A line of code on as many lines as it takes, its indentation kept.
  static std::vector<std::string> fold(llvm::StringRef line, unsigned width) {
    constexpr unsigned deeper = 4;
    std::string shown = llvm::StringRef(clean(line)).rtrim().str();
    line = shown;
    unsigned blanks = static_cast<unsigned>(line.size() - line.ltrim(' ').size());
    if (columnsOf(line) <= width || blanks + deeper >= width)
      return {line.str()};
    std::vector<std::string> folded = wrap(line.ltrim(' '), width - blanks - deeper);
    for (std::string &part : folded)
      part.insert(0, &part == &folded.front() ? blanks : blanks + deeper, ' ');
    return folded;
  }

  /// Texts of one or more lines each, up to so many lines.
  void list(llvm::StringRef label, llvm::ArrayRef<std::string> texts, size_t most, Colour colour) {
    size_t left = 0;
    std::vector<Line> shown;
    for (const std::string &text : texts) {
      llvm::SmallVector<llvm::StringRef> split;
      llvm::StringRef(text).rtrim().split(split, '\n');
      for (llvm::StringRef line : split) {
        if (shown.size() == most) {
          ++left;
          continue;
        }
        unsigned indentation = label.empty() ? 4 : 2 + labelWidth;
        bool isFirst = line.data() == text.data();
        Line laid = isFirst && !label.empty() ? labelled(label) : Line(indentation);
        std::vector<std::string> folded = fold(line.rtrim(), style.left(indentation));
        shown.push_back(std::move(laid.add(folded.front(), colour)));
        for (const std::string &more : llvm::ArrayRef(folded).drop_front())
          if (shown.size() < most)
            shown.push_back(std::move(Line(indentation).add(more, colour)));
      }
    }
    for (Line &line : shown)
      lines.push_back(std::move(line));
    if (left)
      lines.push_back(
          std::move(Line(4).add("… " + llvm::Twine(left) + " more " + (left == 1 ? "line" : "lines"), Colour::Dim)));
  }

  void output(const Output &output, bool isFull) {
    Line title(2);
    title.add(output.name, Colour::Bold).add(": " + output.dtype);
    title.add(bracketed(output.shape));
    bool differs = output.differing > 0 || !output.statistic.empty();
    auto count = [&](int64_t number, const char *what, Colour colour) {
      title.add("   " + llvm::Twine(number) + " of " + llvm::Twine(output.elements) + " elements " + what, colour);
      if (number > 0)
        title.add(" (" + formatShare(number, output.elements) + ")");
    };
    if (output.unwritten > 0)
      count(output.unwritten, "were never written", Colour::Red);
    if (output.unwritten == 0 || differs)
      count(output.differing, "differ", differs ? Colour::Red : Colour::Green);
    lines.push_back(std::move(title));
    if (isFull && differs)
      differences(output);
    if (isFull && (differs || output.unwritten > 0))
      addLanes(lines, output);
    if (isFull && differs && output.writer)
      place("written by", *output.writer);
  }

  void differences(const Output &output) {
    if (!output.mode.empty()) {
      Line mode = labelled("compared");
      mode.add(output.mode);
      if (!output.bound.empty() && output.bound != output.mode)
        mode.add("   bound ", Colour::Dim).add(output.bound);
      if (!output.tightest.empty())
        mode.add("   would pass with ", Colour::Dim).add(output.tightest);
      lines.push_back(std::move(mode));
    }
    if (!output.statistic.empty())
      paragraph(output.statistic, density.wrapped, 2 + labelWidth, Colour::Red);
    addWorst(lines, output, density.worst);
    addHistogram(lines, output, density.buckets);
  }

  const Result &result;
  const Style &style;
  const Density &density;
  std::vector<Line> lines;
};

} // namespace

void printScreen(llvm::raw_ostream &os, const Result &result, const Style &style) {
  Style fitting = style;
  if (style.width)
    fitting.width = std::max(style.width, 40u);
  for (const Density &density : densities) {
    Screen screen(result, fitting, density);
    screen.lay();
    if (screen.size() > screenLines && &density != std::end(densities) - 1)
      continue;
    screen.print(os);
    return;
  }
}

void printLine(llvm::raw_ostream &os, const Result &result, const Style &style) {
  Line line;
  line.column(nameOf(result.state), 14, colourOf(result.state)).add(result.name, Colour::Bold);
  auto [message, more] = llvm::StringRef(result.message).split('\n');
  if (!message.empty())
    line.add("  ").add(message + (more.empty() ? "" : " …"));
  else if (result.durationMs > 0)
    line.add("  ").add(formatDuration(result.durationMs), Colour::Dim);
  line.print(os, style);
}

} // namespace pto::reports
