// What an operation of the language does to memory, and on which pipe.
// Names are matched in full; what is in no table computes on the vector unit, into a memory of its own.
#include "compiler/passes/Effects.h"
#include "compiler/dialect/program/Signatures.h"
#include "llvm/ADT/StringSwitch.h"

namespace pto::passes {

namespace {

using prog::BuiltinOp;
using prog::MemorySpace;

struct SharingRow {
  llvm::StringLiteral operation;
  unsigned argument;
  bool overwrites;
  bool isIntended;
};

constexpr SharingRow sharings[] = {
    {"tile.reshape", 0, false, false},        {"tile.slice", 0, false, false},
    {"tile.set_validshape", 0, false, false}, {"tensor.reshape", 0, false, false},
    {"tensor.slice", 0, false, false},        {"tensor.set_validshape", 0, false, false},
    {"tile.assemble", 0, true, false},        {"tile.scatter_update", 0, true, false},
    {"tile.matmul_acc", 0, true, false},      {"tile.gemv_acc", 0, true, false},
    {"tile.fillpad_inplace", 0, true, true},  {"tile.store", 2, true, true},
    {"tile.mscatter", 2, true, true},         {"tensor.assemble", 0, true, true},
    {"tensor.scatter_update", 0, true, true}, {"tile.write", 0, true, true},
    {"tensor.write", 0, true, true},          {"tensor.expand_clone", 1, true, true},
};

/// Operations that write an operand, and which: scratch tiles, and elements written one at a time.
bool isScratch(llvm::StringRef parameter) {
  return parameter == "tmp" || parameter == "tmp_tile" || parameter == "executed";
}

MemorySpace memoryOf(mlir::Value value) {
  auto tile = mlir::dyn_cast<prog::TileType>(value.getType());
  return tile ? tile.getMemory() : MemorySpace::DDR;
}

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

std::optional<Pipe> carrierOf(BuiltinOp op, unsigned source, unsigned target) {
  mlir::OperandRange values = op.getArguments();
  mlir::Value to = target < values.size() ? values[target] : op.getResult(0);
  return carrier(memoryOf(values[source]), memoryOf(to));
}

constexpr unsigned theResult = ~0U;

} // namespace

llvm::StringRef nameOf(Pipe pipe) {
  constexpr llvm::StringLiteral names[pipeCount] = {"MTE1", "MTE2", "MTE3", "M", "V", "S", "FIX"};
  return names[static_cast<unsigned>(pipe)];
}

std::optional<Pipe> pipeOf(BuiltinOp op) {
  llvm::StringRef name = op.getCallee();
  if (!name.starts_with("tile."))
    return name == "tensor.read" || name == "tensor.write" ? std::optional(Pipe::S) : std::nullopt;
  enum class Kind : uint8_t { Nothing, Scalar, Cube, Load, Move, Store, Assemble, Push, Vector };
  auto kind =
      llvm::StringSwitch<Kind>(name)
          .Cases("tile.alloc", "tile.create", "tile.reshape", "tile.slice", "tile.set_validshape", Kind::Nothing)
          .Cases("tile.get_block_idx", "tile.get_subblock_idx", "tile.get_block_num", Kind::Nothing)
          .Cases("tile.read", "tile.write", Kind::Scalar)
          .Cases("tile.matmul", "tile.matmul_acc", "tile.matmul_bias", "tile.batch_matmul", Kind::Cube)
          .Cases("tile.gemv", "tile.gemv_acc", "tile.gemv_bias", Kind::Cube)
          .Cases("tile.load", "tile.tpop_from_aic", "tile.tpop_from_aiv", Kind::Load)
          .Case("tile.move", Kind::Move)
          .Cases("tile.store", "tile.mscatter", "tile.tpush_to_aiv", "tile.tpush_to_aic", Kind::Store)
          .Case("tile.assemble", Kind::Assemble)
          .Default(Kind::Vector);
  switch (kind) {
  case Kind::Nothing:
    return std::nullopt;
  case Kind::Scalar:
    return Pipe::S;
  case Kind::Cube:
    return Pipe::M;
  case Kind::Load:
    return Pipe::MTE2;
  case Kind::Move:
    return carrierOf(op, 0, theResult);
  case Kind::Store:
  case Kind::Push:
    return carrier(memoryOf(op.getArguments()[0]), MemorySpace::DDR);
  case Kind::Assemble:
    return carrierOf(op, 1, theResult);
  case Kind::Vector:
    return Pipe::V;
  }
  return std::nullopt;
}

std::optional<Sharing> sharingOf(BuiltinOp op) {
  if (op.getNumResults() == 0)
    return std::nullopt;
  for (const SharingRow &row : sharings)
    if (row.operation == op.getCallee())
      return Sharing{prog::argumentsOf(op)[row.argument].values.front(), row.overwrites, row.isIntended};
  return std::nullopt;
}

bool worksElementByElement(BuiltinOp op) {
  constexpr llvm::StringLiteral names[] = {
      "tile.add",  "tile.sub", "tile.mul",  "tile.div",  "tile.maximum", "tile.minimum", "tile.and",   "tile.or",
      "tile.shl",  "tile.shr", "tile.adds", "tile.subs", "tile.muls",    "tile.divs",    "tile.maxs",  "tile.mins",
      "tile.ands", "tile.ors", "tile.shls", "tile.shrs", "tile.lrelu",   "tile.neg",     "tile.exp",   "tile.log",
      "tile.sqrt", "tile.abs", "tile.relu", "tile.not",  "tile.addc",    "tile.subc",    "tile.addsc", "tile.subsc"};
  return llvm::is_contained(names, op.getCallee());
}

llvm::SmallVector<Access, 4> accessesOf(BuiltinOp op) {
  llvm::SmallVector<Access, 4> accesses;
  if (!pipeOf(op))
    return accesses;
  const prog::Signature &signature = *prog::signatureOf(op.getCallee());
  std::vector<unsigned> operands = signature.operands();
  bool writesFirst = op.getCallee().ends_with(".write");
  std::optional<Sharing> sharing = sharingOf(op);
  for (auto [i, argument] : llvm::enumerate(prog::argumentsOf(op)))
    for (mlir::Value value : argument.values) {
      if (!prog::isShaped(value.getType()))
        continue;
      bool isWrite = (writesFirst && i == 0) || isScratch(signature.parameters[operands[i]].name);
      // What is stored into is written, not read; the result says so.
      bool isTarget = sharing && sharing->isIntended && value == sharing->operand;
      if (!isTarget)
        accesses.push_back({value, isWrite});
    }
  for (mlir::Value result : op->getResults())
    if (prog::isShaped(result.getType()))
      accesses.push_back({result, true});
  return accesses;
}

} // namespace pto::passes
