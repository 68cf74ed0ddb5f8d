// Where tiles and tensors lie.
// Parameters and results of operations and calls say it in their type. A loop's values lie where their initial value
// lies, those of a branch or scope where the value lies that is yielded (the first branch's).
#pragma once

#include "compiler/dialect/program/Ops.h"
#include <optional>

namespace pto::passes {

/// Its offset is an address once AllocateMemoryAddr has run.
using prog::Memref;

/// The value whose type says where this one lies: itself, or what a loop, branch or scope takes it from.
mlir::Value storageOf(mlir::Value value);
/// None where nothing says it.
Memref memrefOf(mlir::Value value);

/// May this value's type say where it lies? Others follow from it.
bool statesMemref(mlir::Value value);
/// Of a value that states it; a parameter's change is a change of its function's type too.
void setMemref(mlir::Value value, const Memref &memref);
/// After memrefs have changed: results of branches and scopes get the types that reading the program would give them.
void restateMemrefs(prog::FuncOp function);

/// Empty for what is no tensor or tile, or whose size only the running program knows.
std::optional<int64_t> bytesOf(mlir::Type type);

/// Functions whose tiles are placed: those that run on a core, and those of no kind.
bool holdsTiles(prog::FuncOp function);

/// Functions that a core executes, not a program that hands tasks to cores.
bool runsOnCore(prog::FuncOp function);
/// A kernel will be made of it.
bool isInCore(prog::ScopeOp scope);

/// Visits parameters, results and the values of blocks, in the order of the program.
void forEachValue(prog::FuncOp function, llvm::function_ref<void(mlir::Value)> visit);

} // namespace pto::passes
