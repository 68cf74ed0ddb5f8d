// What tensor operations are on tiles.
#pragma once

#include "compiler/passes/TileBuilder.h"

namespace pto::passes {

/// How an operand is brought onto the core if it lies in global memory.
struct Bringing {
  prog::MemorySpace memory = prog::MemorySpace::Vec;
  bool transposed = false;

  bool operator==(const Bringing &) const = default;
};
Bringing bringingOf(prog::BuiltinOp op, unsigned argument);

/// Gives the tile that stands for an argument of the operation.
using TileOf = llvm::function_ref<mlir::Value(mlir::Value tensor, Bringing how)>;

/// The tile that the operation computes. Null, reported, if nothing on tiles computes it.
mlir::Value onTiles(prog::BuiltinOp op, TileBuilder &builder, TileOf tileOf);

} // namespace pto::passes
