// What an operation of the language does to memory, and on which pipe.
// Facts of the operation are in its record (dialect/program/OpTable.h); which pipe carries what is here.
#pragma once

#include "compiler/dialect/program/MemorySpace.h"
#include "compiler/dialect/program/Ops.h"
#include <optional>

namespace pto::passes {

/// In the order of the language's PipeType.
enum class Pipe : uint8_t { MTE1, MTE2, MTE3, M, V, S, FIX };
constexpr unsigned pipeCount = 7;
llvm::StringRef nameOf(Pipe pipe);

/// Empty for what no pipe executes: declarations, views, questions about shapes.
std::optional<Pipe> pipeOf(prog::BuiltinOp op);

/// Where a tensor or tile lies.
prog::MemorySpace memoryOf(mlir::Value value);
/// The first operand that is read.
std::optional<unsigned> carriedOperand(prog::BuiltinOp op);

struct Sharing {
  /// The operand whose memory the result lies in.
  mlir::Value operand;
  /// The operand's old content is gone afterwards; a view leaves it as it is.
  bool overwrites = false;
  /// The program asks for the change in place, so that nobody may save the old content from it.
  bool isIntended = false;
};
/// Empty if the result has a memory of its own.
std::optional<Sharing> sharingOf(prog::BuiltinOp op);

struct Access {
  mlir::Value value;
  bool isWrite = false;
};
/// Tiles and tensors that are read and written, the result included.
llvm::SmallVector<Access, 4> accessesOf(prog::BuiltinOp op);

} // namespace pto::passes
