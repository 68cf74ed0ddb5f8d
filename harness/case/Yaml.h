// A YAML file as a tree that remembers where everything stands. Aliases are followed, and bounded.
#pragma once

#include "harness/case/Diagnostics.h"
#include "llvm/Support/Error.h"
#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace pto::harness {

struct YamlNode {
  enum class Kind { Nothing, Text, List, Map };
  struct Entry {
    const YamlNode *key;
    const YamlNode *value;
  };

  Kind kind = Kind::Nothing;
  unsigned line = 0, column = 0;
  std::string text;
  bool isBare = false; ///< text without quotes, so that `true` may be a bool
  std::vector<const YamlNode *> items;
  std::vector<Entry> entries;

  /// Where the characters of `text` stand in the file: on one line, on the lines of a `|` block, or reshaped
  /// (escapes, folded lines), so that only the node itself has a place.
  enum class Layout { Reshaped, OneLine, Block };
  Layout layout = Layout::Reshaped;
  unsigned textLine = 0, textColumn = 0;

  /// How many nodes a walk over this one visits. Aliases make it more than there are.
  uint64_t weight = 1;

  const YamlNode *find(llvm::StringRef key) const;
  const YamlNode *findKey(llvm::StringRef key) const;
};

/// "text", "a list", "a map" or "nothing".
llvm::StringRef describe(YamlNode::Kind kind);

class YamlFile {
public:
  /// A file that is no YAML is one PlacedError. Duplicate keys are errors in `problems`; the first one counts.
  static llvm::Expected<std::unique_ptr<YamlFile>> parse(std::string path, std::string source, Diagnostics &problems);

  const YamlNode &root() const { return *rootNode; }
  const std::string &path() const { return filePath; }
  Place placeOf(const YamlNode &node) const { return {filePath, node.line, node.column}; }
  /// The place of one character of a node's text.
  Place placeOf(const YamlNode &node, size_t offset) const;
  Place whole() const { return {filePath}; }

private:
  friend class YamlBuilder;
  std::string filePath;
  std::deque<YamlNode> nodes;
  const YamlNode *rootNode = nullptr;
};

} // namespace pto::harness
