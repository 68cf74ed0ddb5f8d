// Are two programs the same, whatever their variables are called and wherever they were written?
#pragma once

#include "compiler/dialect/program/Ops.h"
#include <optional>
#include <string>

namespace pto::compiler {

struct ProgramEqualityOptions {
  // Also compare where tensors and tiles are allocated: a wrong allocation is invisible without it.
  bool memrefs = false;
};

// The first place where two programs are not the same.
struct ProgramDifference {
  std::string path;        // ['main'].body[1].value
  std::string reason;      // constant 1 != 2
  std::string left, right; // the functions there, as program text, the statement marked in the margin
  // Of the statements, or of the function that only one of them has; null where there is none.
  mlir::LocationAttr leftPlace = {}, rightPlace = {};

  // `['main'].body[1].value: constant 1 != 2`
  std::string summary() const { return path + ": " + reason; }
};

// Equal up to source positions, names of variables, symbols and programs, the order of functions, keywords and
// attributes; a view that is implied equals none. INDEX equals INT64 in the variables of loops and in constants only.
std::optional<ProgramDifference> compare(prog::ProgramOp left, prog::ProgramOp right,
                                         ProgramEqualityOptions options = {});
std::optional<ProgramDifference> compare(prog::FuncOp left, prog::FuncOp right, ProgramEqualityOptions options = {});

// Programs that are equal have the same hash, in one process.
llvm::hash_code structuralHash(prog::ProgramOp program);

} // namespace pto::compiler
