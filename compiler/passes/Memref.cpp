// Where tiles and tensors lie.
// The rules are those by which reading a program gives types to loops, branches and scopes.
#include "compiler/passes/Memref.h"
#include "compiler/dialect/program/Dims.h"

namespace pto::passes {

namespace {

using mlir::Block;
using mlir::Type;
using mlir::Value;

/// What the block hands on: null where it leaves the loop instead.
Value yielded(Block &block, unsigned index) {
  auto yield = mlir::cast<prog::YieldOp>(block.back());
  return index < yield.getNumOperands() ? yield.getOperand(index) : Value();
}

/// One step towards the storage; the value itself at the end.
Value step(Value value) {
  if (auto argument = mlir::dyn_cast<mlir::BlockArgument>(value)) {
    mlir::Operation *owner = argument.getOwner()->getParentOp();
    unsigned index = argument.getArgNumber();
    if (auto loop = mlir::dyn_cast<prog::ForOp>(owner))
      return index == 0 ? value : loop.getInits()[index - 1];
    if (auto loop = mlir::dyn_cast<prog::WhileOp>(owner))
      return loop.getInits()[index];
    return value;
  }
  auto result = mlir::cast<mlir::OpResult>(value);
  unsigned index = result.getResultNumber();
  if (auto loop = mlir::dyn_cast<prog::ForOp>(result.getOwner()))
    return loop.getInits()[index];
  if (auto loop = mlir::dyn_cast<prog::WhileOp>(result.getOwner()))
    return loop.getInits()[index];
  if (auto branch = mlir::dyn_cast<prog::IfOp>(result.getOwner())) {
    Value first = yielded(branch.getThenRegion().front(), index);
    return first ? first : yielded(branch.getElseRegion().front(), index);
  }
  if (auto scope = mlir::dyn_cast<prog::ScopeOp>(result.getOwner()))
    return yielded(scope.getBody().front(), index);
  return value;
}

} // namespace

Value storageOf(Value value) {
  for (Value next = step(value); next && next != value; next = step(value))
    value = next;
  return value;
}

Memref memrefOf(Value value) {
  return prog::memrefOf(storageOf(value).getType());
}

bool statesMemref(Value value) {
  if (!prog::isShaped(value.getType()))
    return false;
  if (auto argument = mlir::dyn_cast<mlir::BlockArgument>(value))
    return mlir::isa<prog::FuncOp>(argument.getOwner()->getParentOp());
  return mlir::isa<prog::BuiltinOp, prog::CallOp, prog::UnsetOp>(value.getDefiningOp());
}

void setMemref(Value value, const Memref &memref) {
  value.setType(prog::withMemref(value.getType(), memref));
  auto argument = mlir::dyn_cast<mlir::BlockArgument>(value);
  if (!argument)
    return;
  auto function = mlir::cast<prog::FuncOp>(argument.getOwner()->getParentOp());
  function.setFunctionType(mlir::FunctionType::get(value.getContext(), function.getBlock().getArgumentTypes(),
                                                   function.getType().getResults()));
}

void restateMemrefs(prog::FuncOp function) {
  function.walk([](mlir::Operation *op) {
    if (!mlir::isa<prog::IfOp, prog::ScopeOp>(op))
      return;
    for (mlir::OpResult result : op->getResults())
      if (prog::isShaped(result.getType()))
        result.setType(prog::withMemref(result.getType(), prog::memrefOf(step(result).getType())));
  });
}

std::optional<int64_t> bytesOf(Type type) {
  prog::Dims shape = prog::shapeOf(type);
  std::optional<int64_t> elements = shape ? prog::productOf(shape) : std::nullopt;
  if (!elements)
    return std::nullopt;
  int64_t bits = prog::bitsOf(*prog::elementTypeOf(type));
  int64_t total = 0;
  if (llvm::MulOverflow(*elements, bits, total))
    return std::nullopt;
  return total / 8 + (total % 8 != 0);
}

bool runsOnCore(prog::FuncOp function) {
  constexpr llvm::StringLiteral kinds[] = {"InCore", "AIC", "AIV"};
  return llvm::is_contained(kinds, function.getKind());
}

bool isInCore(prog::ScopeOp scope) {
  return scope.getKind() == "incore" || scope.getKind() == "auto_incore";
}

bool holdsTiles(prog::FuncOp function) {
  return runsOnCore(function) || function.getKind() == "Opaque";
}

void forEachValue(prog::FuncOp function, llvm::function_ref<void(Value)> visit) {
  for (mlir::BlockArgument parameter : function.getParameters())
    visit(parameter);
  function.getBody().walk<mlir::WalkOrder::PreOrder>([&](mlir::Operation *op) {
    for (mlir::Region &region : op->getRegions())
      for (mlir::BlockArgument argument : region.getArguments())
        visit(argument);
    for (Value result : op->getResults())
      visit(result);
  });
}

} // namespace pto::passes
