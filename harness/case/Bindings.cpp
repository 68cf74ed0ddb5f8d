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
  values.emplace_back(std::move(name), std::move(value));
}

const BoundValue *Bindings::find(llvm::StringRef name) const {
  static const BoundValue poisoned = BoundValue::poisoned();
  for (const auto &[bound, value] : values)
    if (bound == name)
      return &value;
  return everythingPoisoned ? &poisoned : nullptr;
}

std::vector<llvm::StringRef> Bindings::names() const {
  std::vector<llvm::StringRef> names;
  for (const auto &[name, value] : values)
    names.push_back(name);
  return names;
}

bool isIdentifier(llvm::StringRef text) {
  return !text.empty() && !llvm::isDigit(text[0]) &&
         llvm::all_of(text, [](char c) { return llvm::isAlnum(c) || c == '_'; });
}

} // namespace pto::harness
