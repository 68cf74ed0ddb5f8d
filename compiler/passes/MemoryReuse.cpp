// Lets tiles that are never needed at the same time share an allocation.
// First fit, in the order of the program, within one memory, where the size suffices.
#include "compiler/dialect/program/Names.h"
#include "compiler/dialect/program/OpTable.h"
#include "compiler/passes/FunctionPass.h"
#include "compiler/passes/Lifetimes.h"
#include "compiler/passes/Memref.h"
#include "compiler/passes/Passes.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringSet.h"

namespace pto::passes {

using prog::operator""_op;

namespace {

using mlir::Value;

struct Buffer {
  Memref memref;
  prog::MemorySpace memory = prog::MemorySpace::Unset;
  Lifespan needed;

  bool canTake(const Buffer &other) const {
    return memory == other.memory && memref.size >= other.memref.size && !needed.overlaps(other.needed);
  }
};

class MemoryReuse : public FunctionPass<MemoryReuse> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(MemoryReuse)
  static constexpr llvm::StringLiteral name = "MemoryReuse";

  mlir::LogicalResult runOn(prog::FuncOp function) {
    Lifetimes lifetimes(function);
    llvm::MapVector<mlir::StringAttr, Buffer> buffers;
    forEachValue(function, [&](Value value) {
      auto tile = mlir::dyn_cast<prog::TileType>(value.getType());
      Memref memref = tile ? memrefOf(value) : Memref();
      if (!memref)
        return;
      Buffer &buffer = buffers[memref.base];
      buffer.memref = memref;
      buffer.memory = tile.getMemory();
      buffer.needed.add(lifetimes.of(value));
    });

    llvm::SmallVector<Buffer *, 8> kept;
    llvm::DenseMap<mlir::StringAttr, Memref> moved;
    for (auto &[base, buffer] : buffers) {
      auto *taker = llvm::find_if(kept, [&](Buffer *each) { return each->canTake(buffer); });
      if (taker == kept.end()) {
        kept.push_back(&buffer);
        continue;
      }
      (*taker)->needed.add(buffer.needed);
      moved[base] = (*taker)->memref;
    }
    if (moved.empty())
      return mlir::success();

    forEachValue(function, [&](Value value) {
      if (auto place = statesMemref(value) ? moved.find(memrefOf(value).base) : moved.end(); place != moved.end())
        setMemref(value, place->second);
    });
    restateMemrefs(function);
    for (auto op : llvm::make_early_inc_range(function.getBlock().getOps<prog::BuiltinOp>()))
      if (op.is("tile.alloc"_op) && op->use_empty() &&
          moved.contains(mlir::StringAttr::get(function.getContext(), prog::nameOf(op.getResult(0)))))
        op->erase();
    return mlir::success();
  }
};

} // namespace

std::unique_ptr<mlir::Pass> createMemoryReuse() {
  return std::make_unique<MemoryReuse>();
}

} // namespace pto::passes
