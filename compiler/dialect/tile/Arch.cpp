// The sizes are those of the public buffer limits.
#include "compiler/dialect/tile/Arch.h"

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
  struct Size {
    int64_t a2a3, a5; // in K
  };
  auto sizeOf = [&]() -> Size {
    switch (space) {
    case MemorySpace::Gm:
      return {0, 0};
    case MemorySpace::Ub:
      return {192, 256};
    case MemorySpace::L1:
      return {512, 512};
    case MemorySpace::L0a:
    case MemorySpace::L0b:
      return {64, 64};
    case MemorySpace::L0c:
      return {128, 256};
    case MemorySpace::Bt:
      return {1, 4};
    case MemorySpace::Fb:
      return {2, 4};
    }
    llvm_unreachable("every memory has a size");
  };
  Size size = sizeOf();
  constexpr int64_t K = 1024;
  return (includes(archs, Archs::A5) ? size.a5 : size.a2a3) * K;
}

} // namespace pto::ir
