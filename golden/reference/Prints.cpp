#include "golden/reference/Prints.h"
#include <utility>

namespace pto::golden {
namespace {

constexpr size_t mostNotes = 50;
constexpr size_t longestNote = 500;
constexpr size_t mostCharacters = 8000;

} // namespace

void Prints::add(llvm::StringRef text) {
  text = text.rtrim();
  if (text.empty())
    return;
  if (notes.size() == mostNotes || characters >= mostCharacters) {
    ++leftOut;
    return;
  }
  llvm::StringRef shown = text.take_front(longestNote);
  // Not in the middle of a character of several bytes.
  if (shown.size() < text.size())
    while (!shown.empty() && (static_cast<unsigned char>(text[shown.size()]) & 0xC0) == 0x80)
      shown = shown.drop_back();
  std::string note = "the golden prints: " + shown.str();
  if (shown.size() < text.size())
    note += " … " + std::to_string(text.size() - shown.size()) + " characters more";
  characters += shown.size();
  notes.push_back(std::move(note));
}

std::vector<std::string> Prints::take() {
  if (leftOut)
    notes.push_back("the golden prints: … " + std::to_string(leftOut) + " more");
  leftOut = characters = 0;
  return std::exchange(notes, {});
}

} // namespace pto::golden
