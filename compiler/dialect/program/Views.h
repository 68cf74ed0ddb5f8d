// How the elements of a tensor or tile lie, and where: what its type says beside shape, element type and memory.
#pragma once

#include "compiler/dialect/layout/Layout.h"
#include "compiler/dialect/program/MemorySpace.h"

namespace pto::prog {

using namespace layout;
using layout::programText;

struct TileView : TileLayout {
  /// Null without one.
  Dims stride;
  Dim startOffset;

  bool operator==(const TileView &) const = default;
};

struct TensorView {
  TensorOrder layout = TensorOrder::ND;
  /// Null where nothing is said: dense, and all of it.
  Dims stride;
  Dims validShape;
  /// A window of several devices' memory: what pl.distributed.DistributedTensor says.
  bool isDistributed = false;

  bool operator==(const TensorView &) const = default;
};

/// An allocation; without a base there is none.
struct Memref {
  mlir::StringAttr base;
  int64_t offset = 0;
  int64_t size = 0;

  explicit operator bool() const { return static_cast<bool>(base); }
  bool operator==(const Memref &) const = default;
};

llvm::hash_code hash_value(const TileView &view);
llvm::hash_code hash_value(const TensorView &view);
llvm::hash_code hash_value(const Memref &memref);

/// What a tile of this shape in this memory has when nothing is said about it.
TileView implicitView(Dims shape, MemorySpace memory);
/// What was implied by the one view is implied by the other one.
TileView rebased(TileView view, const TileView &before, const TileView &after);

/// Fields in the order in which a program may give them without a name.
llvm::ArrayRef<llvm::StringRef> fieldsOf(const TileView &);
llvm::ArrayRef<llvm::StringRef> fieldsOf(const TensorView &);
/// `blayout = "col_major"`, `valid_shape = [64, "M"]`. What is wrong with it; empty if nothing is.
std::string setField(TileView &view, llvm::StringRef field, mlir::Attribute value);
std::string setField(TensorView &view, llvm::StringRef field, mlir::Attribute value);
/// What differs from what is implied; null if nothing does.
mlir::DictionaryAttr textOf(const TileView &view, const TileView &implied, mlir::MLIRContext *context);
mlir::DictionaryAttr textOf(const TensorView &view, mlir::MLIRContext *context);

/// `{base = "mem", offset = 0, size = 64}`
mlir::DictionaryAttr textOf(const Memref &memref);
std::string readMemref(mlir::DictionaryAttr text, Memref &memref);

/// `pl.TileView(blayout=pl.TileLayout.col_major)`, `pl.MemRef("mem", 0, 64)`; empty where nothing is said.
std::string programText(const TileView &view, const TileView &implied);
std::string programText(const TensorView &view);
std::string programText(const Memref &memref);

} // namespace pto::prog
