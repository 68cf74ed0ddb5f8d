// Tables and bars.
#include "reports/OutputLines.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MathExtras.h"
#include <algorithm>
#include <cmath>

namespace pto::reports {

Line labelled(llvm::StringRef label) {
  return std::move(Line(2).column(label, labelWidth, Colour::Dim));
}

std::string bracketed(llvm::ArrayRef<int64_t> numbers) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << '[';
  llvm::interleaveComma(numbers, os);
  os << ']';
  return text;
}

void addWorst(std::vector<Line> &lines, const Output &output, size_t most) {
  size_t shown = std::min(output.worst.size(), most);
  unsigned index = 0, decimal = 0, bits = 0, hex = 0;
  std::vector<std::string> places;
  for (const Element &element : llvm::ArrayRef(output.worst).take_front(shown)) {
    places.push_back(bracketed(element.position));
    index = std::max(index, columnsOf(places.back()));
    decimal = std::max({decimal, columnsOf(element.expected), columnsOf(element.actual)});
    bits = std::max({bits, columnsOf(element.expectedBits), columnsOf(element.actualBits)});
    hex = std::max({hex, columnsOf(element.expectedHex), columnsOf(element.actualHex)});
  }
  for (size_t i = 0; i < shown; ++i) {
    const Element &element = output.worst[i];
    Line expected = labelled(i == 0 ? "worst" : "");
    expected.column(places[i], index + 2).add("expected  ", Colour::Dim);
    expected.column(element.expected, decimal + 2).column(element.expectedBits, bits + 2).add(element.expectedHex);
    lines.push_back(std::move(expected));
    Line actual = labelled("");
    actual.column("", index + 2).add("got       ", Colour::Dim);
    actual.column(element.actual, decimal + 2, Colour::Red).column(element.actualBits, bits + 2);
    actual.column(element.actualHex, hex + 2).add(element.distance, Colour::Bold);
    lines.push_back(std::move(actual));
  }
}

/// The first bucket and the last, equal and infinite, are what a reader looks for; those between are put together.
static std::vector<Output::Bucket> merge(const std::vector<Output::Bucket> &buckets, size_t most) {
  if (buckets.size() <= most || most < 3)
    return buckets;
  size_t middle = buckets.size() - 2, groups = most - 2, group = (middle + groups - 1) / groups;
  std::vector<Output::Bucket> merged = {buckets.front()};
  for (size_t begin = 1; begin <= middle; begin += group) {
    size_t end = std::min(begin + group - 1, middle);
    Output::Bucket bucket = buckets[begin];
    if (end > begin)
      bucket.label += " … " + buckets[end].label;
    for (size_t i = begin + 1; i <= end; ++i)
      if (llvm::AddOverflow(bucket.count, buckets[i].count, bucket.count))
        bucket.count = INT64_MAX;
    merged.push_back(std::move(bucket));
  }
  merged.push_back(buckets.back());
  return merged;
}

void addHistogram(std::vector<Line> &lines, const Output &output, size_t most) {
  std::vector<Output::Bucket> buckets;
  for (const Output::Bucket &bucket : output.histogram)
    if (bucket.count > 0)
      buckets.push_back(bucket);
  buckets = merge(buckets, most);
  int64_t largest = 1;
  unsigned label = 0;
  for (const Output::Bucket &bucket : buckets) {
    largest = std::max(largest, bucket.count);
    label = std::max(label, columnsOf(bucket.label));
  }
  constexpr unsigned longestBar = 30;
  for (size_t i = 0; i < buckets.size(); ++i) {
    double share = static_cast<double>(buckets[i].count) / static_cast<double>(largest);
    auto length = std::clamp<unsigned>(static_cast<unsigned>(std::lround(share * longestBar)), 1, longestBar);
    std::string bar;
    for (unsigned j = 0; j < length; ++j)
      bar += "▇";
    Line line = labelled(i == 0 ? "ulp" : "");
    line.column(buckets[i].label, label + 2).add(bar, Colour::Dim).add(" " + llvm::Twine(buckets[i].count));
    lines.push_back(std::move(line));
  }
}

void addLanes(std::vector<Line> &lines, const Output &output) {
  size_t affected = llvm::count_if(output.lanes, [](int64_t n) { return n > 0; });
  if (affected == 0)
    return;
  std::string ranges;
  llvm::raw_string_ostream os(ranges);
  size_t shown = 0;
  for (size_t lane = 0; lane < output.lanes.size(); ++lane) {
    if (output.lanes[lane] <= 0)
      continue;
    size_t end = lane;
    while (end + 1 < output.lanes.size() && output.lanes[end + 1] > 0)
      ++end;
    if (shown++ == 8) {
      os << ", …";
      break;
    }
    os << (shown > 1 ? ", " : "") << lane;
    if (end > lane)
      os << '-' << end;
    lane = end;
  }
  Line line = labelled("lanes");
  lines.push_back(std::move(line.add(ranges).add(
      " (" + llvm::Twine(affected) + " of " + llvm::Twine(output.lanes.size()) + " in a register)", Colour::Dim)));
  int64_t most = *std::max_element(output.lanes.begin(), output.lanes.end());
  constexpr size_t cells = 64;
  size_t perCell = (output.lanes.size() + cells - 1) / cells;
  static constexpr llvm::StringLiteral levels[] = {"·", "░", "▒", "▓", "█"};
  std::string strip;
  for (size_t begin = 0; begin < output.lanes.size(); begin += perCell) {
    int64_t count = 0;
    for (size_t lane = begin; lane < std::min(begin + perCell, output.lanes.size()); ++lane)
      count = std::max(count, output.lanes[lane]);
    double share = static_cast<double>(count) / static_cast<double>(most);
    strip += levels[count <= 0 ? 0 : static_cast<size_t>(std::ceil(share * 4))];
  }
  lines.push_back(std::move(labelled("").add(strip, Colour::Red)));
}

} // namespace pto::reports
