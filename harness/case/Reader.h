// Typed access to the values of a case file at one point of its matrix: placeholders replaced, every mistake
// reported at its place.
#pragma once

#include "harness/case/Bindings.h"
#include "harness/case/Numbers.h"
#include "harness/case/Yaml.h"
#include "llvm/ADT/ArrayRef.h"

namespace pto::harness {

/// Every function gives nothing where the value is wrong, which has then been reported, or cannot be known, because
/// it depends on something that was.
class Reader {
public:
  Reader(const YamlFile &file, const Bindings &bindings, Diagnostics &problems)
      : file(file), bindings(bindings), problems(problems) {}

  void fail(const YamlNode &node, std::string message) { problems.add(file.placeOf(node), std::move(message)); }

  bool expect(const YamlNode &node, YamlNode::Kind kind, llvm::StringRef what);
  std::optional<std::string> text(const YamlNode &node, llvm::StringRef what);
  std::optional<Integer> integer(const YamlNode &node, llvm::StringRef what);
  std::optional<uint64_t> integerIn(const YamlNode &node, llvm::StringRef what, uint64_t low, uint64_t high);
  std::optional<double> number(const YamlNode &node, llvm::StringRef what);
  std::optional<bool> boolean(const YamlNode &node, llvm::StringRef what);
  /// The value of an expression that stands without `${ }`.
  std::optional<BoundValue> expression(const YamlNode &node, llvm::StringRef what);

  Place placeOf(const YamlNode &node) const { return file.placeOf(node); }
  Place placeOf(const YamlNode &node, size_t offset) const { return file.placeOf(node, offset); }
  const Bindings &boundNames() const { return bindings; }
  Diagnostics &diagnostics() { return problems; }

private:
  const YamlFile &file;
  const Bindings &bindings;
  Diagnostics &problems;
};

/// One key that a map of the case may have.
template <class Target>
struct Key {
  llvm::StringLiteral name;
  std::optional<YamlNode::Kind> kind; ///< nothing: more than one kind is right
  llvm::StringLiteral meaning;        ///< "'dtype' must be MEANING"
  bool isRequired;
  void (*read)(Reader &, const YamlNode &, Target &);
};

/// Hands each value of a map to the key it belongs to. `owner` is what the map describes: "an argument".
template <class Target>
void readMap(Reader &reader, const YamlNode &map, llvm::StringRef owner, llvm::ArrayRef<Key<Target>> keys,
             Target &target);

} // namespace pto::harness

#include "harness/case/Reader.hpp"
