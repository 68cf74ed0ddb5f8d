// What the host passes, held against what the kernel takes.
#pragma once

#include "compiler/frontend/Diagnostics.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace pto::frontend {

struct HostArgument {
  std::string name;
  std::string dtype; // MLIR's spelling: f32, si16
  bool isScalar = false;
};

// The host's types that an argument of a kernel takes, in MLIR's spelling, the argument's own first: of a pointer,
// those of its elements.
llvm::SmallVector<std::string> hostTypesOf(mlir::Type argument);

// Every way in which the kernel cannot be launched with these arguments, in the order of the arguments, each at
// the place of the function or of its argument; empty where all is well.
//
// A buffer goes to a pointer into gm, a scalar to an integer, a float or an index. Element types agree where
// they are spelled the same; a signless iN of the kernel takes iN, siN and uiN, its siN takes iN and siN.
// Eight-bit floats, which the host has no type for, travel as the bytes of ui8 or i8, and an index as 64 bits.
std::vector<Diagnostic> checkAbi(mlir::func::FuncOp entry, llvm::ArrayRef<HostArgument> arguments);

} // namespace pto::frontend
