// Gives every allocation its address.
// One after the other in each memory, behind what is reserved for other cores; over the platform's capacity is an
// error.
#include "compiler/Platforms.h"
#include "compiler/dialect/program/Dims.h"
#include "compiler/dialect/program/Names.h"
#include "compiler/dialect/program/OpTable.h"
#include "compiler/passes/FunctionPass.h"
#include "compiler/passes/Memref.h"
#include "compiler/passes/Passes.h"
#include "compiler/passes/Platform.h"
#include "llvm/Support/MathExtras.h"

namespace pto::passes {

using prog::operator""_op;

namespace {

using mlir::Value;
using prog::BuiltinOp;
using prog::MemorySpace;

int64_t keywordOf(BuiltinOp op, llvm::StringRef key) {
  auto value = op.getKeywords().getAs<mlir::IntegerAttr>(key);
  return value ? value.getInt() : 0;
}

std::optional<MemorySpace> memoryOf(BuiltinOp alloc) {
  auto word = alloc.getKeywords().getAs<prog::NameAttr>("memory_space");
  return word ? prog::memoryNamed(word.getValue().rsplit('.').second) : std::nullopt;
}

class AllocateMemoryAddr : public FunctionPass<AllocateMemoryAddr> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(AllocateMemoryAddr)
  static constexpr llvm::StringLiteral name = "AllocateMemoryAddr";

  AllocateMemoryAddr() = default;
  AllocateMemoryAddr(const AllocateMemoryAddr &other) : FunctionPass(other) {}

  mlir::LogicalResult runOn(prog::FuncOp function) {
    const Platform *target = platformNamed(platform);
    if (!target)
      return function.emitError() << "unknown platform '" << platform << "'; expected one of " << platformNames();
    llvm::DenseMap<MemorySpace, int64_t> used;
    if (failed(reserve(function, used)))
      return mlir::failure();
    llvm::DenseMap<mlir::StringAttr, int64_t> addresses;
    for (auto op : function.getBlock().getOps<BuiltinOp>()) {
      std::optional<MemorySpace> memory = op.is("tile.alloc"_op) ? memoryOf(op) : std::nullopt;
      if (!memory || *memory == MemorySpace::DDR)
        continue;
      int64_t address = static_cast<int64_t>(llvm::alignTo(static_cast<uint64_t>(used[*memory]), memoryAlignment));
      int64_t size = keywordOf(op, "size"), capacity = target->capacity(*memory);
      if (size > capacity || address > capacity - size)
        return op.emitError() << "the tiles of '" << function.getSymName() << "' do not fit into "
                              << prog::nameOf(*memory) << ": '" << firstIn(function, op) << "' takes " << size
                              << " bytes at address " << address << ", " << target->name << " has " << capacity
                              << "; use smaller tiles, or fewer at the same time";
      used[*memory] = address + size;
      addresses[mlir::StringAttr::get(op.getContext(), prog::nameOf(op.getResult(0)))] = address;
    }
    forEachValue(function, [&](Value value) {
      if (!statesMemref(value))
        return;
      Memref memref = memrefOf(value);
      auto address = addresses.find(memref.base);
      if (address == addresses.end())
        return;
      memref.offset = address->second;
      setMemref(value, memref);
    });
    restateMemrefs(function);
    return mlir::success();
  }

  Option<std::string> platform{*this, "platform", llvm::cl::desc("whose memories"),
                               llvm::cl::init(defaultPlatform.str())};

private:
  /// Buffers that another core writes into lie first, in the memory that this kind of core receives in.
  mlir::LogicalResult reserve(prog::FuncOp function, llvm::DenseMap<MemorySpace, int64_t> &used) {
    MemorySpace memory = function.getKind() == "AIC" ? MemorySpace::Mat : MemorySpace::Vec;
    struct Window {
      int64_t begin, end;
    };
    llvm::SmallVector<Window, 2> windows;
    int64_t &end = used[memory];
    mlir::WalkResult result = function.walk([&](BuiltinOp op) {
      if (!op.is("system.reserve_buffer"_op))
        return mlir::WalkResult::advance();
      int64_t base = keywordOf(op, "base"), size = keywordOf(op, "size");
      if (base < 0) {
        base = static_cast<int64_t>(llvm::alignTo(static_cast<uint64_t>(end), memoryAlignment));
        llvm::SmallVector<mlir::NamedAttribute, 4> keywords(op.getKeywords().begin(), op.getKeywords().end());
        for (mlir::NamedAttribute &entry : keywords)
          if (entry.getName() == "base")
            entry.setValue(mlir::IntegerAttr::get(mlir::IntegerType::get(op.getContext(), 64), base));
        op.setKeywordsAttr(mlir::DictionaryAttr::get(op.getContext(), keywords));
      }
      for (Window other : windows)
        if (base < other.end && other.begin < base + size) {
          op.emitError() << "this buffer takes bytes " << base << " to " << base + size << " of "
                         << prog::nameOf(memory) << ", another one " << other.begin << " to " << other.end;
          return mlir::WalkResult::interrupt();
        }
      windows.push_back({base, base + size});
      end = std::max(end, base + size);
      return mlir::WalkResult::advance();
    });
    return mlir::failure(result.wasInterrupted());
  }

  /// The user knows tiles, not allocations.
  static std::string firstIn(prog::FuncOp function, BuiltinOp alloc) {
    llvm::StringRef base = prog::nameOf(alloc.getResult(0));
    std::string found = base.str();
    bool isFound = false;
    forEachValue(function, [&](Value value) {
      if (isFound || !mlir::isa<prog::TileType>(value.getType()))
        return;
      Memref memref = memrefOf(value);
      isFound = memref && memref.base == base && !prog::nameOf(value).empty();
      if (isFound)
        found = prog::nameOf(value).str();
    });
    return found;
  }
};

} // namespace

std::unique_ptr<mlir::Pass> createAllocateMemoryAddr(llvm::StringRef platform) {
  auto pass = std::make_unique<AllocateMemoryAddr>();
  pass->platform = platform.str();
  return pass;
}

} // namespace pto::passes
