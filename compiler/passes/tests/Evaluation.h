// Computes what a program computes, in double: on tensors before the passes, on tiles after them.
// Knows matrices, nothing of memories or pipes: it is what a conversion is held against.
#pragma once

#include "compiler/dialect/program/Ops.h"
#include <memory>
#include <string>
#include <vector>

namespace pto::passes::tests {

struct Matrix {
  size_t rows = 0, columns = 0;
  std::vector<double> elements;

  Matrix(size_t rows, size_t columns, double fill = 0) : rows(rows), columns(columns), elements(rows * columns, fill) {}
  /// Of a matrix with one row or column the one there is.
  double at(size_t row, size_t column) const {
    return elements[(rows == 1 ? 0 : row) * columns + (columns == 1 ? 0 : column)];
  }
  double &at(size_t row, size_t column) { return elements[row * columns + column]; }
};

class Evaluation {
public:
  explicit Evaluation(prog::ProgramOp program) : program(program) {}

  /// A scalar is a matrix of one element. Arguments that the function writes into change.
  using Values = std::vector<std::shared_ptr<Matrix>>;
  Values run(llvm::StringRef function, const Values &arguments);

  /// What stands in the way; empty if nothing.
  std::string problem;

private:
  Values run(mlir::Block &block);
  Values run(prog::BuiltinOp op);
  Values loop(prog::ForOp op);
  std::shared_ptr<Matrix> &of(mlir::Value value) { return values[value]; }
  Values of(mlir::ValueRange range);
  void set(mlir::ValueRange range, const Values &given);
  double scalar(mlir::Value value);
  size_t index(mlir::Value value) { return static_cast<size_t>(scalar(value)); }

  prog::ProgramOp program;
  llvm::DenseMap<mlir::Value, std::shared_ptr<Matrix>> values;
};

} // namespace pto::passes::tests
