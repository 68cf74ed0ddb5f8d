// Drawing the bar, at most twenty times a second.
#include "reports/Progress.h"
#include "reports/Terminal.h"
#include <algorithm>

namespace pto::reports {

static constexpr std::chrono::milliseconds redrawEvery(50);

Progress::Progress(llvm::raw_ostream &os, Options options)
    : os(os), options(std::move(options)), begin(this->options.now()), lastDrawn(begin) {}

Progress::~Progress() {
  done();
}

void Progress::started(llvm::StringRef name) {
  current = name.str();
  tick();
}

void Progress::finished(const Result &result) {
  ++count;
  bool isWrong = isFailure(result.state) || result.state == State::InfraError;
  failures += isWrong;
  if (options.lines == Options::Lines::All || (isWrong && options.lines == Options::Lines::Failures))
    aside([&] { printLine(os, result, options.style); });
  else
    tick();
}

void Progress::tick() {
  if (options.isTerminal && options.now() - lastDrawn >= redrawEvery)
    draw();
}

void Progress::aside(llvm::function_ref<void()> print) {
  bool wasDrawn = isDrawn;
  erase();
  print();
  if (wasDrawn)
    draw();
  os.flush();
}

void Progress::done() {
  erase();
  os.flush();
}

void Progress::erase() {
  if (isDrawn)
    os << "\r\x1b[2K";
  isDrawn = false;
}

void Progress::draw() {
  Clock::time_point now = options.now();
  double seconds = std::chrono::duration<double>(now - begin).count();
  double rate = seconds > 0 ? static_cast<double>(count) / seconds : 0;
  constexpr unsigned barWidth = 24;
  size_t filled = options.total ? std::min<size_t>(count * barWidth / options.total, barWidth) : 0;
  Line line;
  line.add("[").add(std::string(filled, '=') + std::string(barWidth - filled, ' ')).add("] ");
  line.add(llvm::Twine(count) + "/" + llvm::Twine(options.total), Colour::Bold);
  if (failures)
    line.add("  " + llvm::Twine(failures) + " failed", Colour::Red);
  if (rate > 0) {
    line.add("  " + llvm::Twine(static_cast<unsigned long long>(rate + 0.5)) + "/s", Colour::Dim);
    if (count < options.total)
      line.add("  " + formatDuration(1000.0 * static_cast<double>(options.total - count) / rate) + " left",
               Colour::Dim);
  }
  line.add("  " + current);
  std::string text;
  llvm::raw_string_ostream drawn(text);
  // One column less than the terminal has: a line that fills it would wrap.
  Style style = options.style;
  style.width = std::max(style.width, 2u) - 1;
  line.printCut(drawn, style);
  text.pop_back();
  os << "\r\x1b[2K" << text;
  os.flush();
  isDrawn = true;
  lastDrawn = now;
}

} // namespace pto::reports
