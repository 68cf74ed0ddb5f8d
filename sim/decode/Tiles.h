// Decoding operations on tiles and views: what its files share.
#pragma once

#include "compiler/dialect/tile/Types.h"
#include "sim/decode/Decoder.h"
#include "sim/ops/tiles/Tiles.h"

namespace pto::sim {

TileOperand operandOf(Decoder &decoder, mlir::Operation *op, mlir::Value value);
void emitCopy(Decoder &decoder, mlir::Operation *op, uint32_t from, uint32_t to);

template <class Form>
Instruction &emitTileOp(Decoder &decoder, mlir::Operation *op, const Code &code, Form form) {
  Instruction &emitted = decoder.emit(op, code);
  emitted.carry(decoder.keep(std::move(form)));
  return emitted;
}

/// Registers of a vector instruction that only this operation uses.
void giveRegisters(Decoder &decoder, Instruction &vector, unsigned operands);

/// A scalar in the type of the elements that it meets: the register that has it.
uint32_t scalarOf(Decoder &decoder, mlir::Operation *op, mlir::Value value, mlir::Type element);

inline mlir::Type elementOf(mlir::Value tile) {
  return mlir::cast<ir::TileBufType>(tile.getType()).getElementType();
}

/// As CTRL codes it; 0 where no atomic store has it.
unsigned atomicTypeOf(mlir::Type element);

/// An instruction that orders others, as a micro operation without form becomes it.
template <class Payload>
void emitOrder(Decoder &decoder, mlir::Operation *op, llvm::StringRef like, Payload payload) {
  decoder.emit(op, *opTable().find(like, "", LaneType::None)).carry(payload);
}

/// Nothing orders the pipes of a kernel that says nothing of them: the assembler does, so each operation waits for all
/// before it.
void orderAfter(Decoder &decoder, mlir::Operation *op);

template <DecodeFunction decode>
void ordered(Decoder &decoder, mlir::Operation *op) {
  decode(decoder, op);
  orderAfter(decoder, op);
}

template <class Op>
void add(DecodeTable &table, DecodeFunction decode) {
  table[Op::getOperationName()] = decode;
}

void addTileViews(DecodeTable &table);
void addTileElements(DecodeTable &table);
void addTileMoves(DecodeTable &table);
void addTileGathers(DecodeTable &table);
void addTileOrder(DecodeTable &table);
void addTilePipes(DecodeTable &table);

} // namespace pto::sim
