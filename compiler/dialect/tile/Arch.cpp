// Which architecture a module names.
#include "compiler/dialect/tile/Arch.h"
#include "base/MemorySizes.h"

using namespace mlir;

namespace pto::ir {

Archs archsOf(Operation *op) {
  for (Operation *around = op; around; around = around->getParentOp())
    if (auto arch = around->getAttrOfType<StringAttr>("pto.target_arch"))
      return arch.getValue().equals_insensitive("a5") ? Archs::A5 : Archs::A2A3;
  return Archs::Either;
}

StringRef nameOf(Archs archs) {
  return archs == Archs::A5 ? "a5" : archs == Archs::A2A3 ? "a2a3" : "a2a3 or a5";
}

int64_t capacityOf(MemorySpace space, Archs archs) {
  const MemorySizes &sizes = includes(archs, Archs::A5) ? sizesOfA5 : sizesOfA2A3;
  switch (space) {
  case MemorySpace::Gm:
    return 0;
  case MemorySpace::Ub:
    return sizes.ub;
  case MemorySpace::L1:
    return sizes.l1;
  case MemorySpace::L0a:
    return sizes.l0a;
  case MemorySpace::L0b:
    return sizes.l0b;
  case MemorySpace::L0c:
    return sizes.l0c;
  case MemorySpace::Bt:
    return sizes.bt;
  case MemorySpace::Fb:
    return sizes.fb;
  }
  llvm_unreachable("every memory has a size");
}

} // namespace pto::ir
