// Makes operations of the language where tensors become tiles.
// Whatever does not fit is reported at the operation that is being converted.
#pragma once

#include "compiler/dialect/program/OpTable.h"
#include "mlir/IR/Builders.h"

namespace pto::passes {

using prog::operator""_op;

class TileBuilder : public mlir::OpBuilder {
public:
  /// Before `op`, which errors are reported at and whose place the new operations have.
  explicit TileBuilder(mlir::Operation *op) : OpBuilder(op), origin(op) {}

  /// Keywords that are not given take their default. Null, reported, if the arguments do not fit.
  mlir::Value make(const prog::OpRecord &operation, llvm::ArrayRef<prog::Argument> arguments,
                   llvm::ArrayRef<mlir::NamedAttribute> keywords = {}, llvm::StringRef name = {});
  mlir::Value make(const prog::OpRecord &operation, llvm::ArrayRef<mlir::Value> arguments,
                   llvm::ArrayRef<mlir::NamedAttribute> keywords = {}, llvm::StringRef name = {});

  mlir::NamedAttribute word(llvm::StringRef keyword, const llvm::Twine &value);
  mlir::NamedAttribute memory(llvm::StringRef keyword, prog::MemorySpace memory);
  mlir::NamedAttribute dtype(llvm::StringRef keyword, prog::DType dtype);

  mlir::Value index(int64_t value);
  /// Null for one that only the running program knows.
  mlir::Value value(prog::Dim dim);
  /// Empty, not reported, if one of them is not known.
  std::optional<llvm::SmallVector<mlir::Value, 4>> values(prog::Dims dims);
  /// Computed here if both are known, as reading the sum would.
  mlir::Value sum(mlir::Value left, mlir::Value right);
  llvm::SmallVector<mlir::Value, 4> zeros(size_t count);

  /// With another element type, if it has not this one.
  mlir::Value cast(mlir::Value tile, prog::DType dtype);
  /// The tile brought elsewhere, or copied.
  mlir::Value move(mlir::Value tile, prog::TileType to);
  /// A tile in Vec that nothing is in yet.
  mlir::Value empty(prog::Dims shape, prog::DType dtype, prog::MemorySpace memory = prog::MemorySpace::Vec,
                    llvm::StringRef name = {});
  /// With rows or columns of one element repeated; a shape of fewer dimensions is filled with ones on the left.
  mlir::Value expand(mlir::Value tile, prog::Dims shape);
  mlir::Value reshape(mlir::Value tile, prog::Dims shape);

  /// Null, so that a caller can hand it on.
  mlir::Value fail(const llvm::Twine &message);

private:
  mlir::Operation *origin;
};

} // namespace pto::passes
