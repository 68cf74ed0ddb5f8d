// Attributes and types are walked without recursion.
#include "compiler/frontend/Nesting.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Location.h"
#include "mlir/IR/Types.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

using namespace mlir;

namespace pto::frontend {
namespace {

// How many levels of others an attribute or a type holds. What was measured once is not walked again.
class Depths {
public:
  unsigned of(Attribute attribute) { return isFlat(attribute) ? 0 : measured(Thing{attribute, {}}); }
  unsigned of(Type type) { return measured(Thing{{}, type}); }

private:
  struct Thing {
    Attribute attribute;
    Type type;

    const void *key() const { return attribute ? attribute.getAsOpaquePointer() : type.getAsOpaquePointer(); }
  };

  // Nearly all there are.
  static bool isFlat(Attribute attribute) {
    auto dictionary = dyn_cast<DictionaryAttr>(attribute);
    return dictionary ? dictionary.empty() : isa<FileLineColLoc, UnknownLoc>(attribute);
  }

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

} // namespace pto::frontend
