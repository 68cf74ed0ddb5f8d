// The types of the tile level, and the questions about tiles that verifiers ask.
//
// A tile lies in the memory that its word names: vec in Ub, mat in L1, left in L0a, right in L0b, acc in L0c, bias in
// Bt, scaling in Fb. `scaling` is also the word for the MX scales of left and right, which lie in 4 K of their own
// beside L0A and L0B: only what is done with the tile tells (the scale operands of tmatmul.mx, tget_scale_addr).
#pragma once

#include "compiler/dialect/Types.h"
#include <array>

namespace pto::ir {

// The set with only this type in it, as laneOf: elements may be f8E4M3 too, by which public kernels mean f8E4M3FN.
unsigned elementSetOf(mlir::Type element);

// Of one element on its own; the 4-bit types come in pairs and count as one.
int64_t bytesOf(mlir::Type element);

// Whether all rows follow each other, or all columns: no boxes.
inline bool isUnboxed(TileBufType tile) {
  return tile.getInner() == layout::Order::NoneBox;
}
inline bool isRowMajor(TileBufType tile) {
  return tile.getBlock() == layout::Order::RowMajor;
}

// Rows and columns of a box; 1 by 1 where there are none.
std::array<int64_t, 2> boxOf(TileBufType tile);

// A tile behind `!pto.tile_buf<`; null after an error.
mlir::Type parseTileBody(mlir::AsmParser &parser);

// The words of memories at the tile level: vec, mat, left ...
llvm::StringRef tileWordOf(MemorySpace space);
std::optional<MemorySpace> memorySpaceOf(llvm::StringRef word);

// The layout as it is called: ND, DN, NZ, ZN, ZZ or NN.
llvm::StringRef layoutNameOf(TileBufType tile);

} // namespace pto::ir
