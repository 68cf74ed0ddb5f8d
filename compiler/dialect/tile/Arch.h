// The architectures that a module may be meant for, and how large their memories are.
#pragma once

#include "compiler/dialect/Attributes.h"
#include "mlir/IR/Operation.h"

namespace pto::ir {

// A module that names none may be meant for either: what one of them allows passes.
enum class Archs : uint8_t { A2A3 = 1, A5 = 2, Either = 3 };

inline bool includes(Archs archs, Archs one) {
  return (uint8_t(archs) & uint8_t(one)) != 0;
}

// By pto.target_arch of the nearest module that has one.
Archs archsOf(mlir::Operation *op);
// "a2a3", "a5", or "a2a3 or a5".
llvm::StringRef nameOf(Archs archs);

// In bytes, the larger one where it may be either; 0 for gm.
int64_t capacityOf(MemorySpace space, Archs archs);

} // namespace pto::ir
