// Gives every tile and tensor of a core's function a memref, and every memref of a core's memory an allocation.
// Copies are made first where values that have to share a place are needed at the same time.
#include "compiler/dialect/program/Dims.h"
#include "compiler/dialect/program/Names.h"
#include "compiler/passes/Effects.h"
#include "compiler/passes/FunctionPass.h"
#include "compiler/passes/Memref.h"
#include "compiler/passes/Passes.h"
#include "compiler/passes/Storage.h"
#include "compiler/passes/TileBuilder.h"
#include "llvm/ADT/StringSet.h"

namespace pto::passes {

namespace {

using mlir::Operation;
using mlir::Value;
using prog::MemorySpace;

Value copyBefore(Operation *user, Value value) {
  return TileBuilder(user).move(value, mlir::cast<prog::TileType>(prog::withoutMemref(value.getType())));
}

/// Two values that change places need a third place, so copies of several go all out first and then all in.
mlir::LogicalResult copy(llvm::ArrayRef<Conflict> conflicts, const llvm::DenseSet<Operation *> &made,
                         llvm::SmallVectorImpl<Operation *> &copies) {
  unsigned rounds = conflicts.size() > 1 ? 2 : 1;
  for (unsigned round = 0; round < rounds; ++round)
    for (const Conflict &conflict : conflicts) {
      Value value = conflict.user->getOperand(conflict.operand);
      auto memory = mlir::cast<prog::TileType>(value.getType()).getMemory();
      Operation *maker = value.getDefiningOp();
      if (memory == MemorySpace::Acc || (round == 0 && maker && made.contains(maker)))
        return conflict.user->emitError()
               << (prog::nameOf(value).empty() ? "this tile" : "'" + prog::nameOf(value).str() + "'")
               << " is changed or passed on here while its old value is needed later; a "
               << "tile in " << prog::nameOf(memory) << " cannot be copied: use a tile of its own for each";
      Value copied = copyBefore(conflict.user, value);
      copies.push_back(copied.getDefiningOp());
      conflict.user->setOperand(conflict.operand, copied);
    }
  return mlir::success();
}

class Placement {
public:
  Placement(prog::FuncOp function, const Storage &storage) : function(function), storage(storage) {
    forEachValue(function, [&](Value value) {
      names.insert(prog::nameOf(value));
      if (auto op = value.getDefiningOp<prog::BuiltinOp>(); op && op.is("tile.alloc"_op))
        allocated.insert(prog::nameOf(value));
      if (Memref stated = statesMemref(value) ? prog::memrefOf(value.getType()) : Memref()) {
        memrefs.try_emplace(storage.placeOf(value), stated);
        names.insert(stated.base);
        int64_t &size = basesStated[stated.base];
        size = std::max(size, stated.offset + stated.size);
      }
    });
  }

  mlir::LogicalResult run() {
    bool failed = false;
    forEachValue(function, [&](Value value) { failed |= !prog::isShaped(value.getType()) ? false : !measure(value); });
    if (failed)
      return mlir::failure();
    builder.setInsertionPointToStart(&function.getBlock());
    forEachValue(function, [&](Value value) {
      if (!statesMemref(value))
        return;
      Memref own = prog::memrefOf(value.getType());
      if (own)
        allocateStated(own, value);
      else
        setMemref(value, place(value));
    });
    restateMemrefs(function);
    return mlir::success();
  }

private:
  bool measure(Value value) {
    auto tile = mlir::dyn_cast<prog::TileType>(value.getType());
    auto complain = [&](const llvm::Twine &what) {
      mlir::emitError(value.getLoc()) << "tile '" << prog::nameOf(value) << "' " << what;
      return false;
    };
    if (tile && tile.getMemory() == MemorySpace::Unset)
      return complain("has no memory yet: annotate it with one (pl.Mem.Vec), or run InferTileMemorySpace first");
    std::optional<int64_t> bytes = bytesOf(value.getType());
    if (tile && !bytes)
      return complain("has a shape that is known only at run time, " + prog::programText(tile.getShape()) +
                      ": a tile's shape is static, its valid shape may be dynamic");
    if (Memref own = statesMemref(value) && tile ? prog::memrefOf(tile) : Memref(); own && own.size < *bytes)
      return complain("takes " + llvm::Twine(*bytes) + " bytes, its memref has " + llvm::Twine(own.size));
    int64_t &size = sizes[storage.placeOf(value)];
    size = std::max(size, bytes.value_or(0));
    return true;
  }

  const Memref &place(Value value) {
    Value root = storage.placeOf(value);
    Memref &memref = memrefs[root];
    if (memref)
      return memref;
    auto tile = mlir::dyn_cast<prog::TileType>(value.getType());
    MemorySpace memory = tile ? tile.getMemory() : MemorySpace::DDR;
    do
      memref.base = builder.getStringAttr("mem_" + prog::nameOf(memory).lower() + "_" + std::to_string(next++));
    while (names.contains(memref.base));
    memref.size = sizes.lookup(root);
    if (memory != MemorySpace::DDR)
      allocate(memref, memory, value.getLoc());
    return memref;
  }

  /// What the program itself says stays.
  void allocateStated(Memref memref, Value value) {
    auto tile = mlir::dyn_cast<prog::TileType>(value.getType());
    if (!tile || !allocated.insert(memref.base.getValue()).second)
      return;
    memref.size = basesStated.lookup(memref.base);
    allocate(memref, tile.getMemory(), value.getLoc());
  }

  void allocate(const Memref &memref, MemorySpace memory, mlir::Location location) {
    mlir::NamedAttribute keywords[] = {builder.memory("memory_space", memory),
                                       builder.getNamedAttr("size", builder.getI64IntegerAttr(memref.size))};
    builder.create<prog::BuiltinOp>(prog::named(location, memref.base.getValue()),
                                    prog::PtrType::get(builder.getContext()), "tile.alloc"_op, std::nullopt, keywords);
  }

  prog::FuncOp function;
  const Storage &storage;
  TileBuilder builder{function};
  llvm::StringSet<> names, allocated;
  llvm::DenseMap<mlir::StringAttr, int64_t> basesStated;
  llvm::DenseMap<Value, int64_t> sizes;
  llvm::DenseMap<Value, Memref> memrefs;
  unsigned next = 0;
};

class InitMemRef : public FunctionPass<InitMemRef> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(InitMemRef)
  static constexpr llvm::StringLiteral name = "InitMemRef";

  mlir::LogicalResult runOn(prog::FuncOp function) {
    if (!holdsTiles(function))
      return mlir::success();
    llvm::DenseSet<Operation *> made;
    for (;;) {
      Storage storage(function);
      if (storage.conflicts().empty())
        return Placement(function, storage).run();
      llvm::SmallVector<Operation *, 4> copies;
      for (const auto &[cause, conflicts] : storage.conflicts())
        if (failed(copy(conflicts, made, copies)))
          return mlir::failure();
      made.insert(copies.begin(), copies.end());
    }
  }
};

} // namespace

std::unique_ptr<mlir::Pass> createInitMemRef() {
  return std::make_unique<InitMemRef>();
}

} // namespace pto::passes
