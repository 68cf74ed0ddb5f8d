// What holds for a program.
// One check for each property, so that a pass that breaks what an earlier one has established is found at once.
#include "compiler/passes/Properties.h"
#include "compiler/dialect/program/Names.h"
#include "compiler/dialect/program/OpRecord.h"
#include "compiler/passes/Memref.h"
#include "compiler/passes/WrapperDirections.h"
#include "mlir/IR/Dominance.h"
#include <set>

namespace pto::passes {

namespace {

using mlir::LogicalResult;
using mlir::Operation;
using mlir::Value;
using mlir::WalkResult;

/// Fails at the first operation of this kind for which `check` reports an error.
template <typename Op>
LogicalResult each(prog::FuncOp function, llvm::function_ref<LogicalResult(Op)> check) {
  WalkResult result =
      function.walk([&](Op op) { return failed(check(op)) ? WalkResult::interrupt() : WalkResult::advance(); });
  return mlir::failure(result.wasInterrupted());
}

LogicalResult checkValues(prog::FuncOp function, llvm::function_ref<LogicalResult(Value)> check) {
  LogicalResult result = mlir::success();
  forEachValue(function, [&](Value value) {
    if (succeeded(result) && statesMemref(value))
      result = check(value);
  });
  return result;
}

LogicalResult checkSSAForm(prog::FuncOp function) {
  mlir::DominanceInfo dominance(function);
  return each<Operation *>(function, [&](Operation *op) -> LogicalResult {
    for (auto [i, operand] : llvm::enumerate(op->getOperands()))
      if (!dominance.properlyDominates(operand, op))
        return op->emitError() << "operand " << i << " is used before it has a value";
    return mlir::success();
  });
}

LogicalResult checkFlatCalls(prog::FuncOp function) {
  return each<prog::WhileOp>(function, [](prog::WhileOp loop) -> LogicalResult {
    for (auto op : loop.getCondition().getOps<prog::BuiltinOp>())
      return op.emitError() << op.getCallee() << " is inside a condition: FlattenCallExpr must move it out";
    return mlir::success();
  });
}

LogicalResult checkMemrefs(prog::FuncOp function) {
  if (!holdsTiles(function))
    return mlir::success();
  return checkValues(function, [](Value value) -> LogicalResult {
    if (memrefOf(value))
      return mlir::success();
    return mlir::emitError(value.getLoc()) << "'" << prog::nameOf(value) << "' has no memref";
  });
}

LogicalResult checkAddresses(prog::FuncOp function) {
  if (!holdsTiles(function))
    return mlir::success();
  llvm::DenseMap<prog::MemorySpace, llvm::SmallVector<Memref, 8>> placed;
  llvm::DenseMap<prog::MemorySpace, std::set<std::tuple<llvm::StringRef, int64_t, int64_t>>> known;
  return checkValues(function, [&](Value value) -> LogicalResult {
    auto tile = mlir::dyn_cast<prog::TileType>(value.getType());
    Memref memref = tile ? memrefOf(value) : Memref();
    if (!memref)
      return mlir::success();
    // Many values lie in one allocation, which is looked at once.
    llvm::SmallVector<Memref, 8> &others = placed[tile.getMemory()];
    if (!known[tile.getMemory()].insert({memref.base.getValue(), memref.offset, memref.size}).second)
      return mlir::success();
    for (const Memref &other : others)
      if (memref.offset < other.offset + other.size && other.offset < memref.offset + memref.size &&
          other.base != memref.base)
        return mlir::emitError(value.getLoc())
               << "'" << prog::nameOf(value) << "' lies at " << memref.offset << " over the allocation '"
               << other.base.getValue() << "' at " << other.offset;
    others.push_back(memref);
    return mlir::success();
  });
}

LogicalResult checkNoUnrolledLoops(prog::FuncOp function) {
  return each<prog::ForOp>(function, [](prog::ForOp loop) -> LogicalResult {
    bool isLeft = loop.getKind() == "unroll" && !loop.getKeywords().get("chunk");
    return isLeft ? loop.emitError("a pl.unroll loop is left") : mlir::success();
  });
}

LogicalResult checkNoInCoreScopes(prog::FuncOp function) {
  return each<prog::ScopeOp>(function, [&](prog::ScopeOp scope) -> LogicalResult {
    if (!isInCore(scope))
      return mlir::success();
    return scope.emitError() << "an in-core scope is left"
                             << (runsOnCore(function) ? ": the function around it runs on a core already" : "");
  });
}

LogicalResult checkMemorySpaces(prog::FuncOp function) {
  if (!holdsTiles(function))
    return mlir::success();
  return checkValues(function, [](Value value) -> LogicalResult {
    auto tile = mlir::dyn_cast<prog::TileType>(value.getType());
    if (!tile || tile.getMemory() != prog::MemorySpace::Unset)
      return mlir::success();
    return mlir::emitError(value.getLoc()) << "tile '" << prog::nameOf(value) << "' has no memory";
  });
}

LogicalResult checkTileOps(prog::FuncOp function) {
  if (!runsOnCore(function))
    return mlir::success();
  return each<prog::BuiltinOp>(function, [](prog::BuiltinOp op) -> LogicalResult {
    // What only looks at global memory, or at one element of it, is done by a core as it is.
    constexpr prog::InKernel kept[] = {prog::InKernel::Tile, prog::InKernel::Global, prog::InKernel::Element,
                                       prog::InKernel::Question, prog::InKernel::View};
    if (llvm::is_contained(kept, op.record().inKernel))
      return mlir::success();
    return op.emitError() << op.getCallee() << " is left in a kernel: a core computes on tiles";
  });
}

LogicalResult checkCallDirections(prog::FuncOp function) {
  if (runsOnCore(function))
    return mlir::success();
  return each<prog::CallOp>(function, [](prog::CallOp call) -> LogicalResult {
    if (call.getDirections() || call.getArguments().empty())
      return mlir::success();
    return call.emitError() << "this call of '" << call.getCallee() << "' does not say what it does with its arguments";
  });
}

LogicalResult checkWrappers(prog::ProgramOp program) {
  for (auto &[wrapper, directions] : wrapperDirections(program)) {
    auto function = mlir::cast<prog::FuncOp>(wrapper);
    for (auto [i, direction] : llvm::enumerate(directions))
      if (function.getDirection(static_cast<unsigned>(i)) != direction)
        return function.emitError() << "parameter '" << prog::nameOf(function.getParameters()[i]) << "' of '"
                                    << function.getSymName() << "' is " << direction << " by what it is passed to";
  }
  return mlir::success();
}

struct Row {
  Property property;
  llvm::StringLiteral name;
  LogicalResult (*check)(prog::FuncOp function);
};

constexpr Row rows[] = {
    {SSAForm, "SSAForm", checkSSAForm},
    {FlatCalls, "FlatCalls", checkFlatCalls},
    {Memrefs, "Memrefs", checkMemrefs},
    {Addresses, "Addresses", checkAddresses},
    {Synchronized, "Synchronized", nullptr},
    {NoUnrolledLoops, "NoUnrolledLoops", checkNoUnrolledLoops},
    {NoInCoreScopes, "NoInCoreScopes", checkNoInCoreScopes},
    {MemorySpaces, "MemorySpaces", checkMemorySpaces},
    {ReturnOrder, "ReturnOrder", nullptr},
    {TileOps, "TileOps", checkTileOps},
    {CallDirections, "CallDirections", checkCallDirections},
};

} // namespace

std::string namesOf(unsigned properties) {
  std::string text;
  for (const Row &row : rows)
    if (properties & row.property)
      text += (text.empty() ? "" : ", ") + row.name.str();
  return text;
}

LogicalResult checkProperties(prog::ProgramOp program, unsigned properties) {
  for (const Row &row : rows)
    if (row.check && properties & row.property)
      for (auto function : program.getBody().getOps<prog::FuncOp>())
        if (failed(row.check(function)))
          return mlir::failure();
  return properties & CallDirections ? checkWrappers(program) : mlir::success();
}

} // namespace pto::passes
