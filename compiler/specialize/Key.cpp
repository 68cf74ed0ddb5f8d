// Everything that decides what a specialization gives, as one text.
// Every part carries its length, so that no two lists of parts run together to the same text.
#include "compiler/specialize/Key.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/SHA256.h"

namespace pto::specialize {

namespace {

/// Raised when the same request would give another program.
constexpr llvm::StringLiteral version = "specialize 2";

class KeyWriter {
public:
  std::string text;

  void part(llvm::StringRef name, llvm::StringRef value) {
    ((text += name) += ' ') += std::to_string(value.size());
    ((text += ':') += value) += '\n';
  }

  /// `True`, `1` and `1.0` differ by kind, floats by their bits.
  void value(llvm::StringRef name, const Value &value) {
    std::string bits = value.is(Value::Kind::Float)  ? llvm::utohexstr(llvm::bit_cast<uint64_t>(value.real))
                       : value.is(Value::Kind::Path) ? value.text
                                                     : std::to_string(value.integer);
    part(name, describe(value.kind).str() + " " + bits);
  }

  void parameter(llvm::StringRef name, const BoundParameter &bound) {
    part("parameter", name);
    part("kind", bound.type.shape ? "tensor" : "scalar");
    part("dtype", bound.type.dtype ? prog::programName(*bound.type.dtype) : "");
    // A dynamic dimension is its symbol here, whatever its size.
    for (const Dimension &dimension : bound.type.shape.value_or(Shape()))
      part(dimension.isConstant() ? "size" : "symbol",
           dimension.isConstant() ? std::to_string(dimension.size) : dimension.symbol);
    if (bound.value)
      value("value", *bound.value);
  }
};

} // namespace

std::string CacheKey::digest() const {
  llvm::SHA256 hash;
  hash.update(text);
  return llvm::toHex(hash.final(), true);
}

CacheKey cacheKey(const EntryPoint &entry, const Request &request, llvm::ArrayRef<BoundParameter> bound) {
  KeyWriter key;
  key.text.reserve(512);
  key.part("version", version);
  key.part("source", entry.outline().sourceHash());
  key.part("file", request.file);
  key.part("entry", entry.definition().path);
  key.part("function", entry.function() ? entry.function()->name() : "");
  for (auto [i, parameter] : llvm::enumerate(bound))
    key.parameter(entry.function()->parameters[i].name, parameter);
  // As given, before a parameter's type made an integer a float.
  std::map<llvm::StringRef, const Value *> given;
  for (const Argument &argument : request.arguments)
    if (argument.value)
      given[argument.name] = &*argument.value;
  for (const auto &[name, value] : given) {
    key.part("given", name);
    key.value("value", *value);
  }
  key.part("platform", request.platform);
  key.part("strategy", request.strategy);
  for (const auto &[name, value] : request.options) {
    key.part("option", name);
    key.part("value", value);
  }
  return {std::move(key.text)};
}

} // namespace pto::specialize
