// Binding and finding names.
#include "harness/case/Bindings.h"
#include "harness/case/Numbers.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace pto::harness {

BoundValue BoundValue::fromText(llvm::StringRef text) {
  BoundValue value{text.str(), std::nullopt};
  if (std::optional<Integer> integer = parseInteger(text))
    value.integer = integer->asSigned();
  return value;
}

Bindings Bindings::unknown() {
  Bindings result;
  result.everythingPoisoned = true;
  return result;
}

void Bindings::bind(std::string name, BoundValue value) {
  entries.push_back({std::move(name), std::move(value)});
}

const Bindings::Entry *Bindings::entryOf(llvm::StringRef name) const {
  for (const Entry &entry : entries)
    if (entry.name == name)
      return &entry;
  return nullptr;
}

const BoundValue *Bindings::find(llvm::StringRef name) const {
  static const BoundValue poisoned = BoundValue::poisoned();
  if (const Entry *entry = entryOf(name))
    return &entry->value;
  return everythingPoisoned ? &poisoned : nullptr;
}

const BoundValue *Bindings::read(llvm::StringRef name) const {
  if (const Entry *entry = entryOf(name))
    entry->wasRead = true;
  return find(name);
}

bool Bindings::wasRead(llvm::StringRef name) const {
  const Entry *entry = entryOf(name);
  return entry && entry->wasRead;
}

std::vector<llvm::StringRef> Bindings::names() const {
  std::vector<llvm::StringRef> names;
  for (const Entry &entry : entries)
    names.push_back(entry.name);
  return names;
}

bool isIdentifier(llvm::StringRef text) {
  return !text.empty() && !llvm::isDigit(text[0]) &&
         llvm::all_of(text, [](char c) { return llvm::isAlnum(c) || c == '_'; });
}

} // namespace pto::harness
