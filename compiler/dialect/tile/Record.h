// What the text, the checks and the readers of a tile operation follow: its operands and its rules. Base.td writes
// them.
#pragma once

#include "compiler/dialect/Traits.h"
#include "compiler/dialect/tile/Arch.h"
#include "compiler/dialect/tile/Types.h"
#include "mlir/IR/OpImplementation.h"
#include <vector>

namespace pto::ir::tile {

// Which types elements may have. Signed, unsigned and signless integers count as one.
namespace elements {
inline constexpr unsigned i8 = laneI8 | laneU8, i16 = laneI16 | laneU16, i32 = laneI32 | laneU32,
                          i64 = laneI64 | laneU64, f16 = laneF16, bf16 = laneBF16, f32 = laneF32, f8 = laneF8,
                          hif8 = laneHiF8, f4 = laneF4, u32 = laneU32, arith = i16 | i32 | f16 | f32, any = anyLanes;
} // namespace elements

// Which memories a tile may lie in: a bit each.
using Memories = unsigned;
namespace memories {
inline constexpr Memories bit(MemorySpace space) {
  return 1u << unsigned(space);
}
inline constexpr Memories vec = bit(MemorySpace::Ub), mat = bit(MemorySpace::L1), left = bit(MemorySpace::L0a),
                          right = bit(MemorySpace::L0b), acc = bit(MemorySpace::L0c), bias = bit(MemorySpace::Bt),
                          scaling = bit(MemorySpace::Fb), anywhere = vec | mat | left | right | acc | bias | scaling;
} // namespace memories

// Data: the tiles whose types and shapes belong together. Aside: a tile with its own.
enum class Role : uint8_t { Data, Aside, Scratch, View, Scalar };

struct Slot {
  llvm::StringRef name;
  Role role;
  struct {
    unsigned a2a3, a5;
  } elements;
  Memories memories;
  bool isOptional;
  llvm::StringRef word; // that announces it behind the types, where there is one

  bool isTile() const { return role == Role::Data || role == Role::Aside || role == Role::Scratch; }
};

// One operand of one operation.
struct Filled {
  const Slot *slot;
  mlir::Value value;
  TileBufType tile; // null for what is none
};

class Operands;
using Rule = mlir::LogicalResult (*)(const Operands &);
// Pattern: maskPattern inside, behind a comma, and its axis among the types; the rest behind.
enum class WordsAt : uint8_t { Trailing, Inner, Pattern };

struct Record {
  std::vector<Slot> ins, outs;
  std::vector<Rule> rules;
  WordsAt wordsAt;
};

// The operands of an operation by the slots that they fill.
class Operands {
public:
  Operands(mlir::Operation *op, const Record &record);

  mlir::Operation *op;
  Archs archs;
  llvm::SmallVector<Filled> filled; // in the order of the text; those left out are not here
  size_t ins;                       // how many of them are inputs

  // Null where it is left out or no tile.
  TileBufType tile(llvm::StringRef name) const;
  mlir::Value value(llvm::StringRef name) const;
  // Those of that role, inputs first.
  llvm::SmallVector<Filled> all(Role role) const;

  // "lhs is !pto.tile_buf<...>; " and what follows.
  mlir::InFlightDiagnostic error(const Filled &found) const;
};

mlir::ParseResult parse(mlir::OpAsmParser &parser, mlir::OperationState &state, const Record &record);
void print(mlir::OpAsmPrinter &printer, mlir::Operation *op, const Record &record);
mlir::LogicalResult verify(mlir::Operation *op, const Record &record);

} // namespace pto::ir::tile

namespace pto::ir::traits {

// Its operands are as its record says.
template <typename ConcreteOp>
class TileRecord : public mlir::OpTrait::TraitBase<ConcreteOp, TileRecord> {
public:
  static mlir::LogicalResult verifyTrait(mlir::Operation *op) { return tile::verify(op, ConcreteOp::record()); }
};

} // namespace pto::ir::traits
