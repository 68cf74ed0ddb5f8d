// Two operations are walked side by side; values and blocks are paired the first time they are met, and
// every later meeting must agree with that pair.
#include "compiler/equality/StructuralEquality.h"
#include "compiler/equality/Path.h"
#include "mlir/IR/Block.h"
#include "mlir/IR/Region.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;

namespace pto::compiler {
namespace {

template <typename Printable>
std::string spelled(Printable value) {
  std::string text;
  llvm::raw_string_ostream(text) << value;
  return text;
}

std::string textOf(Operation *op) {
  if (!op)
    return "";
  std::string text;
  llvm::raw_string_ostream stream(text);
  op->print(stream, OpPrintingFlags().skipRegions());
  return text;
}

// A one-to-one pairing that grows.
template <typename Thing>
class Pairing {
public:
  bool agree(Thing left, Thing right) {
    auto [toRight, isNewLeft] = rightOf.try_emplace(left, right);
    auto [toLeft, isNewRight] = leftOf.try_emplace(right, left);
    return toRight->second == right && toLeft->second == left;
  }

private:
  llvm::DenseMap<Thing, Thing> rightOf, leftOf;
};

class Comparison {
public:
  explicit Comparison(Operation *root) : root(root) {}

  // True where they are the same; otherwise `difference` says what is not.
  bool areSame(Operation *left, Operation *right) {
    return sameName(left, right) && sameOperands(left, right) && sameAttributes(left, right) &&
           sameResults(left, right) && sameSuccessors(left, right) && sameRegions(left, right);
  }

  std::optional<Difference> difference;

private:
  bool differ(Operation *left, Operation *right, const std::string &place, std::string reason) {
    std::string path = pathTo(left, root);
    difference = Difference{place.empty() ? path : path + "." + place, std::move(reason), textOf(left), textOf(right)};
    return false;
  }

  template <typename Count>
  bool sameCount(Operation *left, Operation *right, const std::string &what, Count leftCount, Count rightCount) {
    return leftCount == rightCount ||
           differ(left, right, what,
                  std::to_string(leftCount) + " on the left, " + std::to_string(rightCount) + " on the right");
  }

  template <typename Printable>
  bool sameThing(Operation *left, Operation *right, const std::string &place, Printable leftThing,
                 Printable rightThing) {
    return leftThing == rightThing ||
           differ(left, right, place, spelled(leftThing) + " on the left, " + spelled(rightThing) + " on the right");
  }

  bool sameName(Operation *left, Operation *right) {
    return sameThing(left, right, "", left->getName(), right->getName());
  }

  bool sameOperands(Operation *left, Operation *right) {
    if (!sameCount(left, right, "operands", left->getNumOperands(), right->getNumOperands()))
      return false;
    for (unsigned i = 0; i < left->getNumOperands(); ++i) {
      std::string place = "operand[" + std::to_string(i) + "]";
      Value leftValue = left->getOperand(i), rightValue = right->getOperand(i);
      if (!sameThing(left, right, place, leftValue.getType(), rightValue.getType()))
        return false;
      if (!values.agree(leftValue, rightValue))
        return differ(left, right, place, "not the same value on both sides");
    }
    return true;
  }

  bool sameAttributes(Operation *left, Operation *right) {
    DictionaryAttr leftAttributes = left->getAttrDictionary(), rightAttributes = right->getAttrDictionary();
    if (leftAttributes != rightAttributes) {
      for (NamedAttribute attribute : leftAttributes) {
        std::string place = "attribute[" + attribute.getName().str() + "]";
        Attribute other = rightAttributes.get(attribute.getName());
        if (!other)
          return differ(left, right, place, spelled(attribute.getValue()) + " on the left, none on the right");
        if (!sameThing(left, right, place, attribute.getValue(), other))
          return false;
      }
      for (NamedAttribute attribute : rightAttributes)
        if (!leftAttributes.get(attribute.getName()))
          return differ(left, right, "attribute[" + attribute.getName().str() + "]",
                        "none on the left, " + spelled(attribute.getValue()) + " on the right");
    }
    // Properties that are no attributes show up only here.
    return sameThing(left, right, "properties", left->getPropertiesAsAttribute(), right->getPropertiesAsAttribute());
  }

  // A value may have been used before it is defined here; its pair must be the one from then.
  bool sameResults(Operation *left, Operation *right) {
    if (!sameCount(left, right, "results", left->getNumResults(), right->getNumResults()))
      return false;
    for (unsigned i = 0; i < left->getNumResults(); ++i) {
      std::string place = "result[" + std::to_string(i) + "]";
      Value leftValue = left->getResult(i), rightValue = right->getResult(i);
      if (!sameThing(left, right, place, leftValue.getType(), rightValue.getType()))
        return false;
      if (!values.agree(leftValue, rightValue))
        return differ(left, right, place, "used in other places on the two sides");
    }
    return true;
  }

  bool sameSuccessors(Operation *left, Operation *right) {
    if (!sameCount(left, right, "successors", left->getNumSuccessors(), right->getNumSuccessors()))
      return false;
    for (unsigned i = 0; i < left->getNumSuccessors(); ++i)
      if (!blocks.agree(left->getSuccessor(i), right->getSuccessor(i)))
        return differ(left, right, "successor[" + std::to_string(i) + "]", "not the same block on both sides");
    return true;
  }

  bool sameRegions(Operation *left, Operation *right) {
    if (!sameCount(left, right, "regions", left->getNumRegions(), right->getNumRegions()))
      return false;
    for (unsigned i = 0; i < left->getNumRegions(); ++i) {
      Region &leftRegion = left->getRegion(i), &rightRegion = right->getRegion(i);
      std::string place = "region[" + std::to_string(i) + "].blocks";
      if (!sameCount(left, right, place, leftRegion.getBlocks().size(), rightRegion.getBlocks().size()))
        return false;
      for (auto [leftBlock, rightBlock] : llvm::zip_equal(leftRegion, rightRegion))
        if (!sameBlock(left, right, leftBlock, rightBlock))
          return false;
    }
    return true;
  }

  bool sameBlock(Operation *leftParent, Operation *rightParent, Block &left, Block &right) {
    std::string place = pathTo(&left);
    if (!blocks.agree(&left, &right))
      return differ(leftParent, rightParent, place, "reached from other places on the two sides");
    if (!sameCount(leftParent, rightParent, place + ".arguments", left.getNumArguments(), right.getNumArguments()))
      return false;
    for (unsigned i = 0; i < left.getNumArguments(); ++i) {
      std::string argument = place + ".argument[" + std::to_string(i) + "]";
      BlockArgument leftArgument = left.getArgument(i), rightArgument = right.getArgument(i);
      if (!sameThing(leftParent, rightParent, argument, leftArgument.getType(), rightArgument.getType()))
        return false;
      if (!values.agree(leftArgument, rightArgument))
        return differ(leftParent, rightParent, argument, "used in other places on the two sides");
    }
    auto leftOp = left.begin(), rightOp = right.begin();
    for (; leftOp != left.end() && rightOp != right.end(); ++leftOp, ++rightOp)
      if (!areSame(&*leftOp, &*rightOp))
        return false;
    if (leftOp == left.end() && rightOp == right.end())
      return true;
    bool isLeftLonger = leftOp != left.end();
    Operation *extra = isLeftLonger ? &*leftOp : &*rightOp;
    differ(leftParent, rightParent, place + "[" + std::to_string(std::min(sizeOf(left), sizeOf(right))) + "]",
           isLeftLonger ? "only on the left" : "only on the right");
    difference->left = isLeftLonger ? textOf(extra) : "";
    difference->right = isLeftLonger ? "" : textOf(extra);
    return false;
  }

  static size_t sizeOf(Block &block) { return std::distance(block.begin(), block.end()); }

  Operation *root;
  Pairing<Value> values;
  Pairing<Block *> blocks;
};

// Values and blocks count by the order in which they are first met, which equal operations share.
class Hash {
public:
  void add(Operation *op) {
    mix(op->getName().getAsOpaquePointer(), op->getAttrDictionary().getAsOpaquePointer(), op->getNumOperands(),
        op->getNumResults(), op->getNumSuccessors(), op->getNumRegions());
    for (Value operand : op->getOperands())
      add(operand);
    for (Value result : op->getResults())
      add(result);
    for (Block *successor : op->getSuccessors())
      mix(blocks.try_emplace(successor, blocks.size()).first->second);
    for (Region &region : op->getRegions()) {
      mix(region.getBlocks().size());
      for (Block &block : region)
        add(block);
    }
  }

  llvm::hash_code value = llvm::hash_code(0);

private:
  template <typename... Parts>
  void mix(Parts... parts) {
    value = llvm::hash_combine(value, parts...);
  }

  void add(Value v) { mix(v.getType().getAsOpaquePointer(), values.try_emplace(v, values.size()).first->second); }

  void add(Block &block) {
    mix(blocks.try_emplace(&block, blocks.size()).first->second, block.getNumArguments());
    for (BlockArgument argument : block.getArguments())
      add(Value(argument));
    for (Operation &op : block)
      add(&op);
  }

  llvm::DenseMap<Value, unsigned> values;
  llvm::DenseMap<Block *, unsigned> blocks;
};

} // namespace

std::optional<Difference> compare(Operation *left, Operation *right) {
  Comparison comparison(left);
  comparison.areSame(left, right);
  return std::move(comparison.difference);
}

llvm::hash_code structuralHash(Operation *op) {
  Hash hash;
  hash.add(op);
  return hash.value;
}

} // namespace pto::compiler
