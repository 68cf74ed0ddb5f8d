// Are two kernels or two programs the same, whatever their values are called and wherever they were written?
#pragma once

#include "mlir/IR/Operation.h"
#include <optional>
#include <string>

namespace pto::equality {

/// The first place, in program order, where two sides are not the same.
struct Difference {
  std::string path;        ///< module.func @vadd.body[12].pto.vadd.operand[1], or ['main'].body[1].value
  std::string reason;      ///< "is f16 on the left, f32 on the right"
  std::string left, right; ///< there, as text: a kernel's operations; a program's functions, the statement marked
  mlir::LocationAttr leftPlace = {}, rightPlace = {}; ///< null where a side has nothing there

  /// `['main'].body[1].value: constant 1 != 2`
  std::string summary() const { return path + ": " + reason; }
  /// With the line of each side below it.
  std::string message() const;
};

struct ProgramEqualityOptions {
  /// Also compare where tensors and tiles are allocated: a wrong allocation is invisible without it.
  bool memrefs = false;
};

/// Both sides must live in one context, and be of one kind.
///
/// Programs and their functions, or modules that hold one, are equal up to source positions, names of variables,
/// symbols and programs, the order of functions, keywords and attributes; a view that is implied equals none. INDEX
/// equals INT64 in the variables of loops and in constants only.
///
/// All else is equal up to locations, names of values and blocks, and the order of attributes; over regions, blocks,
/// successors and nested modules.
std::optional<Difference> compare(mlir::Operation *left, mlir::Operation *right, ProgramEqualityOptions options = {});

/// What is equal has the same hash, in one context and one process.
llvm::hash_code structuralHash(mlir::Operation *op);

} // namespace pto::equality
