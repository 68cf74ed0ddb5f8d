// Paths are made only where a difference was found, so they are computed from the operation upwards.
#include "compiler/equality/Path.h"
#include "mlir/IR/SymbolTable.h"

using namespace mlir;

namespace pto::compiler {

static std::string labelOf(Operation *op) {
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

} // namespace pto::compiler
