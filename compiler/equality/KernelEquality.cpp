// Two operations are walked side by side; values and blocks are paired the first time they are met, and
// every later meeting must agree with that pair.
#include "compiler/equality/Kinds.h"
#include "compiler/equality/Pairing.h"
#include "mlir/IR/Block.h"
#include "mlir/IR/Region.h"
#include "mlir/IR/SymbolTable.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;

namespace pto::equality {
namespace {

template <typename Printable>
std::string spelled(Printable value) {
  std::string text;
  llvm::raw_string_ostream(text) << value;
  return text;
}

std::string textOf(Operation *op) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  op->print(stream, OpPrintingFlags().skipRegions());
  return text;
}

// Where an operation stands, counted from a root, whose label is the first word: module.func @vadd.body[12].pto.vadd.
// Made only where a difference was found, so from the operation upwards.
std::string labelOf(Operation *op) {
  StringRef name = op->getName().getStringRef();
  std::string label = name == "builtin.module" ? "module" : name == "func.func" ? "func" : name.str();
  if (auto symbol = op->getAttrOfType<StringAttr>(SymbolTable::getSymbolAttrName()))
    label += (" @" + symbol.getValue()).str();
  return label;
}

std::string pathTo(Block *block) {
  Region *region = block->getParent();
  std::string path;
  if (region->getParentOp()->getNumRegions() > 1)
    path = "region[" + std::to_string(region->getRegionNumber()) + "].";
  if (region->hasOneBlock())
    return path + "body";
  return path + "block[" + std::to_string(std::distance(region->begin(), Region::iterator(block))) + "]";
}

std::string pathTo(Operation *op, Operation *root) {
  if (op == root || !op->getBlock())
    return labelOf(op);
  Block *block = op->getBlock();
  size_t index = std::distance(block->begin(), Block::iterator(op));
  return pathTo(block->getParentOp(), root) + "." + pathTo(block) + "[" + std::to_string(index) + "]." + labelOf(op);
}

// What of an operation differs: operand[1], body.argument[0]. Spelled out only where something does.
struct Part {
  StringRef name;
  Block *block = nullptr;
  std::optional<unsigned> index = std::nullopt;

  std::string str() const {
    std::string text = block ? pathTo(block) + "." + name.str() : name.str();
    return index ? text + "[" + std::to_string(*index) + "]" : text;
  }
};

class Comparison {
public:
  explicit Comparison(Operation *root) : root(root) {}

  // True where they are the same; otherwise `difference` says what is not.
  bool areSame(Operation *left, Operation *right) {
    return sameThing(left, right, {""}, left->getName(), right->getName()) &&
           sameValues(left, right, {"operand"}, left->getOperands(), right->getOperands(),
                      "not the same value on both sides") &&
           sameAttributes(left, right) &&
           sameValues(left, right, {"result"}, left->getResults(), right->getResults(), usedElsewhere) &&
           sameSuccessors(left, right) && sameRegions(left, right);
  }

  std::optional<Difference> difference;

private:
  // A value may have been used before it is defined here; its pair must be the one from then.
  static constexpr StringLiteral usedElsewhere = "used in other places on the two sides";

  bool differ(Operation *left, Operation *right, const std::string &part, std::string reason) {
    std::string path = pathTo(left, root);
    difference = {part.empty() ? path : path + "." + part,
                  std::move(reason),
                  textOf(left),
                  textOf(right),
                  left->getLoc(),
                  right->getLoc()};
    return false;
  }

  bool sameCount(Operation *left, Operation *right, const Part &part, StringRef ofWhat, size_t leftCount,
                 size_t rightCount) {
    return leftCount == rightCount ||
           differ(left, right, part.str() + ofWhat.str(),
                  std::to_string(leftCount) + " on the left, " + std::to_string(rightCount) + " on the right");
  }

  template <typename Printable>
  bool sameThing(Operation *left, Operation *right, const Part &part, Printable leftThing, Printable rightThing) {
    return leftThing == rightThing ||
           differ(left, right, part.str(),
                  spelled(leftThing) + " on the left, " + spelled(rightThing) + " on the right");
  }

  bool sameValues(Operation *left, Operation *right, Part part, ValueRange leftValues, ValueRange rightValues,
                  StringRef unpaired) {
    if (!sameCount(left, right, part, "s", leftValues.size(), rightValues.size()))
      return false;
    for (auto [index, leftValue, rightValue] : llvm::enumerate(leftValues, rightValues)) {
      part.index = index;
      if (!sameThing(left, right, part, leftValue.getType(), rightValue.getType()))
        return false;
      if (!values.agree(leftValue, rightValue))
        return differ(left, right, part.str(), unpaired.str());
    }
    return true;
  }

  bool sameAttributes(Operation *left, Operation *right) {
    // Making attributes of properties takes longer than all the rest.
    if (left->getRawDictionaryAttrs() == right->getRawDictionaryAttrs() &&
        left->getName().compareOpProperties(left->getPropertiesStorage(), right->getPropertiesStorage()))
      return true;
    DictionaryAttr leftAttributes = left->getAttrDictionary(), rightAttributes = right->getAttrDictionary();
    for (NamedAttribute attribute : leftAttributes) {
      std::string part = "attribute[" + attribute.getName().str() + "]";
      Attribute other = rightAttributes.get(attribute.getName());
      if (!other)
        return differ(left, right, part, spelled(attribute.getValue()) + " on the left, none on the right");
      if (!sameThing(left, right, {part}, attribute.getValue(), other))
        return false;
    }
    for (NamedAttribute attribute : rightAttributes)
      if (!leftAttributes.get(attribute.getName()))
        return differ(left, right, "attribute[" + attribute.getName().str() + "]",
                      "none on the left, " + spelled(attribute.getValue()) + " on the right");
    // Properties that are no attributes show up only here.
    return sameThing(left, right, {"properties"}, left->getPropertiesAsAttribute(), right->getPropertiesAsAttribute());
  }

  bool sameSuccessors(Operation *left, Operation *right) {
    if (!sameCount(left, right, {"successors"}, "", left->getNumSuccessors(), right->getNumSuccessors()))
      return false;
    for (unsigned i = 0; i < left->getNumSuccessors(); ++i)
      if (!blocks.agree(left->getSuccessor(i), right->getSuccessor(i)))
        return differ(left, right, Part{"successor", nullptr, i}.str(), "not the same block on both sides");
    return true;
  }

  bool sameRegions(Operation *left, Operation *right) {
    if (!sameCount(left, right, {"regions"}, "", left->getNumRegions(), right->getNumRegions()))
      return false;
    for (auto [index, leftRegion, rightRegion] : llvm::enumerate(left->getRegions(), right->getRegions())) {
      if (!sameCount(left, right, {"region", nullptr, index}, ".blocks", leftRegion.getBlocks().size(),
                     rightRegion.getBlocks().size()))
        return false;
      for (auto [leftBlock, rightBlock] : llvm::zip_equal(leftRegion, rightRegion))
        if (!sameBlock(left, right, leftBlock, rightBlock))
          return false;
    }
    return true;
  }

  bool sameBlock(Operation *leftParent, Operation *rightParent, Block &left, Block &right) {
    if (!blocks.agree(&left, &right))
      return differ(leftParent, rightParent, pathTo(&left), "reached from other places on the two sides");
    if (!sameValues(leftParent, rightParent, {"argument", &left}, left.getArguments(), right.getArguments(),
                    usedElsewhere))
      return false;
    auto leftOp = left.begin(), rightOp = right.begin();
    for (; leftOp != left.end() && rightOp != right.end(); ++leftOp, ++rightOp)
      if (!areSame(&*leftOp, &*rightOp))
        return false;
    if (leftOp == left.end() && rightOp == right.end())
      return true;
    bool isLeftLonger = leftOp != left.end();
    Operation *extra = isLeftLonger ? &*leftOp : &*rightOp;
    size_t common = std::distance(left.begin(), leftOp);
    differ(leftParent, rightParent, pathTo(&left) + "[" + std::to_string(common) + "]",
           isLeftLonger ? "only on the left" : "only on the right");
    difference->left = difference->right = "";
    difference->leftPlace = difference->rightPlace = {};
    (isLeftLonger ? difference->left : difference->right) = textOf(extra);
    (isLeftLonger ? difference->leftPlace : difference->rightPlace) = extra->getLoc();
    return false;
  }

  Operation *root;
  Pairing<Value> values;
  Pairing<Block *> blocks;
};

} // namespace

std::optional<Difference> compareKernels(Operation *left, Operation *right) {
  Comparison comparison(left);
  comparison.areSame(left, right);
  return std::move(comparison.difference);
}

} // namespace pto::equality
