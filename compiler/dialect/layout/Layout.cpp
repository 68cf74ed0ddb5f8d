// How a tile's elements lie in its memory.
#include "compiler/dialect/layout/Layout.h"
#include "llvm/ADT/StringSwitch.h"

#include "compiler/dialect/layout/Layout.cpp.inc"

namespace pto::layout {

llvm::hash_code hash_value(const TileLayout &layout) {
  return llvm::hash_combine(layout.validShape, layout.block, layout.inner, layout.fractal, layout.pad);
}

} // namespace pto::layout
