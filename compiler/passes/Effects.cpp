// What an operation of the language does to memory, and on which pipe: what its record says, for the memories at hand.
#include "compiler/passes/Effects.h"
#include "compiler/dialect/program/OpRecord.h"
#include "llvm/ADT/STLExtras.h"

namespace pto::passes {

namespace {

using prog::BuiltinOp;
using prog::MemorySpace;
using prog::Role;
using prog::Work;

/// Who carries data between two memories.
Pipe carrier(MemorySpace from, MemorySpace to) {
  if (from == MemorySpace::Acc)
    return Pipe::FIX;
  if (from == MemorySpace::DDR)
    return Pipe::MTE2;
  if (from == MemorySpace::Mat)
    return to == MemorySpace::DDR ? Pipe::MTE3 : Pipe::MTE1;
  return to == MemorySpace::Vec ? Pipe::V : Pipe::MTE3;
}

/// To the result, or to global memory where nothing comes out.
Pipe carrierOf(BuiltinOp op) {
  return carrier(memoryOf(op.getArguments()[*carriedOperand(op)]),
                 op.getNumResults() ? memoryOf(op.getResult(0)) : MemorySpace::DDR);
}

} // namespace

MemorySpace memoryOf(mlir::Value value) {
  auto tile = mlir::dyn_cast<prog::TileType>(value.getType());
  return tile ? tile.getMemory() : MemorySpace::DDR;
}

std::optional<unsigned> carriedOperand(BuiltinOp op) {
  for (unsigned i = 0; i < op.getArguments().size(); ++i)
    if (prog::parameterOf(op, i).isRead())
      return i;
  return std::nullopt;
}

llvm::StringRef nameOf(Pipe pipe) {
  constexpr llvm::StringLiteral names[pipeCount] = {"MTE1", "MTE2", "MTE3", "M", "V", "S", "FIX"};
  return names[static_cast<unsigned>(pipe)];
}

std::optional<Pipe> pipeOf(BuiltinOp op) {
  switch (op.record().work) {
  case Work::Nobody:
  case Work::Sync:
    return std::nullopt;
  case Work::Scalar:
    return Pipe::S;
  case Work::Vector:
    return Pipe::V;
  case Work::Cube:
    return Pipe::M;
  case Work::Load:
    return Pipe::MTE2;
  case Work::Carry:
    return carrierOf(op);
  }
  llvm_unreachable("all kinds of work are listed");
}

std::optional<Sharing> sharingOf(BuiltinOp op) {
  for (auto [i, operand] : llvm::enumerate(op.getArguments()))
    if (const prog::Parameter &parameter = prog::parameterOf(op, static_cast<unsigned>(i)); parameter.isShared())
      return Sharing{operand, parameter.role != Role::View, parameter.role == Role::Out};
  return std::nullopt;
}

llvm::SmallVector<Access, 4> accessesOf(BuiltinOp op) {
  llvm::SmallVector<Access, 4> accesses;
  if (!pipeOf(op))
    return accesses;
  for (auto [i, operand] : llvm::enumerate(op.getArguments())) {
    const prog::Parameter &parameter = prog::parameterOf(op, static_cast<unsigned>(i));
    // What is stored into is written, not read; the result says so.
    if (parameter.isShaped() && parameter.role != Role::Out)
      accesses.push_back({operand, parameter.role == Role::Scratch});
  }
  for (mlir::Value result : op->getResults())
    if (prog::isShaped(result.getType()))
      accesses.push_back({result, true});
  return accesses;
}

} // namespace pto::passes
