// Collecting diagnostics, and the phrases that messages share.
#include "harness/case/Diagnostics.h"
#include "llvm/ADT/StringExtras.h"
#include <algorithm>

namespace pto::harness {

static constexpr size_t mostErrors = 1000;

void Diagnostics::add(Place place, std::string message) {
  if (errors.size() == mostErrors)
    return;
  if (seen.emplace(place, message).second)
    errors.push_back({std::move(place), std::move(message)});
}

std::vector<Diagnostic> Diagnostics::take() {
  std::stable_sort(errors.begin(), errors.end(),
                   [](const Diagnostic &a, const Diagnostic &b) { return a.place < b.place; });
  if (errors.size() == mostErrors)
    errors.push_back({{errors.front().place.file}, "too many errors: only the first are shown"});
  seen.clear();
  return std::move(errors);
}

std::string quote(llvm::StringRef text) {
  constexpr size_t longest = 60;
  std::string shown = "'";
  for (char c : text.take_front(longest)) {
    if (c == '\n')
      shown += "\\n";
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      shown += '?';
    else
      shown += c;
  }
  // A cut in the middle of a UTF-8 sequence would make the message unprintable.
  if (text.size() > longest) {
    while ((static_cast<unsigned char>(shown.back()) & 0xc0) == 0x80)
      shown.pop_back();
    if (static_cast<unsigned char>(shown.back()) >= 0xc0)
      shown.pop_back();
    shown += "…";
  }
  return shown + "'";
}

} // namespace pto::harness
