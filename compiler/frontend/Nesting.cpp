// Brackets are counted outside of strings and comments; attributes and types are walked without recursion.
#include "compiler/frontend/Nesting.h"
#include "mlir/IR/Attributes.h"
#include "mlir/IR/Types.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

using namespace mlir;

namespace pto::compiler {
namespace {

constexpr size_t maxAffineLength = 1000;

class TextWalk {
public:
  TextWalk(StringRef text, unsigned limit) : text(text), limit(limit) {}

  std::optional<TooDeep> run() {
    for (; at < text.size() && !found; ++at)
      step(text[at]);
    return found;
  }

private:
  void step(char c) {
    if (affineStart && at - *affineStart > maxAffineLength)
      return report("an affine expression goes on for more than " + std::to_string(maxAffineLength) +
                    " characters here");
    switch (c) {
    case '\n':
      ++line;
      lineStart = at + 1;
      return;
    case '/':
      if (rest().starts_with("//"))
        at = std::min(text.find('\n', at), text.size()) - 1;
      return;
    case '"':
      return skipString();
    case '(':
    case '[':
    case '{':
    case '<':
      if (++depth > limit)
        report("brackets nest more than " + std::to_string(limit) + " levels deep here");
      return;
    case ')':
    case ']':
    case '}':
    case '>':
      return close();
    case '-':
      at += rest().starts_with("->") ? 1 : 0;
      return;
    case 'a':
      if (!affineStart && (rest().starts_with("affine_map<") || rest().starts_with("affine_set<"))) {
        affineStart = at;
        affineDepth = depth;
      }
      return;
    }
  }

  void close() {
    if (rest().starts_with(">="))
      return; // a comparison
    depth -= depth == 0 ? 0 : 1;
    if (depth <= affineDepth)
      affineStart.reset();
  }

  void skipString() {
    for (++at; at < text.size() && text[at] != '"' && text[at] != '\n'; ++at)
      at += text[at] == '\\' ? 1 : 0;
    if (at < text.size() && text[at] == '\n')
      --at;
  }

  void report(std::string what) { found = TooDeep{line, static_cast<unsigned>(at - lineStart) + 1, std::move(what)}; }

  StringRef rest() const { return text.substr(at); }

  StringRef text;
  unsigned limit;
  size_t at = 0, lineStart = 0;
  unsigned line = 1, depth = 0, affineDepth = 0;
  std::optional<size_t> affineStart;
  std::optional<TooDeep> found;
};

// How many levels of others an attribute or a type holds. What was measured once is not walked again.
class Depths {
public:
  unsigned of(Attribute attribute) { return measured(Thing{attribute, {}}); }
  unsigned of(Type type) { return measured(Thing{{}, type}); }

private:
  struct Thing {
    Attribute attribute;
    Type type;

    const void *key() const { return attribute ? attribute.getAsOpaquePointer() : type.getAsOpaquePointer(); }
  };

  static SmallVector<Thing> partsOf(const Thing &thing) {
    SmallVector<Thing> parts;
    auto addAttribute = [&](Attribute part) { parts.push_back({part, {}}); };
    auto addType = [&](Type part) { parts.push_back({{}, part}); };
    if (thing.attribute)
      thing.attribute.walkImmediateSubElements(addAttribute, addType);
    else
      thing.type.walkImmediateSubElements(addAttribute, addType);
    return parts;
  }

  unsigned measured(Thing root) {
    SmallVector<Thing> open = {root};
    while (!open.empty()) {
      Thing thing = open.back();
      if (depths.count(thing.key())) {
        open.pop_back();
        continue;
      }
      unsigned deepest = 0;
      size_t before = open.size();
      for (const Thing &part : partsOf(thing)) {
        auto known = depths.find(part.key());
        if (known == depths.end())
          open.push_back(part);
        else
          deepest = std::max(deepest, known->second + 1);
      }
      if (open.size() == before) {
        depths[thing.key()] = deepest;
        open.pop_back();
      }
    }
    return depths[root.key()];
  }

  llvm::DenseMap<const void *, unsigned> depths;
};

} // namespace

std::optional<TooDeep> findTooDeep(StringRef text, unsigned limit) {
  return TextWalk(text, limit).run();
}

Operation *findTooDeepIn(Operation *root, unsigned limit) {
  Depths depths;
  Operation *found = nullptr;
  root->walk([&](Operation *op) {
    unsigned deepest = std::max(depths.of(op->getAttrDictionary()), depths.of(Attribute(op->getLoc())));
    for (Type type : op->getResultTypes())
      deepest = std::max(deepest, depths.of(type));
    for (Region &region : op->getRegions())
      for (Block &block : region)
        for (BlockArgument argument : block.getArguments())
          deepest = std::max({deepest, depths.of(argument.getType()), depths.of(Attribute(argument.getLoc()))});
    if (deepest <= limit)
      return WalkResult::advance();
    found = op;
    return WalkResult::interrupt();
  });
  return found;
}

} // namespace pto::compiler
