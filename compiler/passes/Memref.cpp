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

mlir::DictionaryAttr statedMemref(Type type) {
  if (auto tensor = mlir::dyn_cast<prog::TensorType>(type))
    return tensor.getMemref();
  if (auto tile = mlir::dyn_cast<prog::TileType>(type))
    return tile.getMemref();
  return {};
}

Type withStatedMemref(Type type, mlir::DictionaryAttr memref) {
  if (auto tensor = mlir::dyn_cast<prog::TensorType>(type))
    return prog::TensorType::get(type.getContext(), tensor.getShape(), tensor.getDtype(), tensor.getView(), memref);
  if (auto tile = mlir::dyn_cast<prog::TileType>(type))
    return prog::TileType::get(type.getContext(), tile.getShape(), tile.getDtype(), tile.getMemory(), tile.getView(),
                               memref);
  return type;
}

} // namespace

Value storageOf(Value value) {
  for (Value next = step(value); next && next != value; next = step(value))
    value = next;
  return value;
}

std::optional<Memref> memrefOf(Value value) {
  mlir::DictionaryAttr stated = statedMemref(storageOf(value).getType());
  if (!stated)
    return std::nullopt;
  auto integer = [&](llvm::StringRef key) { return prog::constantOf(stated.get(key)).value_or(0); };
  return Memref{stated.getAs<mlir::StringAttr>("base").str(), integer("offset"), integer("size")};
}

bool statesMemref(Value value) {
  if (!prog::isShaped(value.getType()))
    return false;
  if (auto argument = mlir::dyn_cast<mlir::BlockArgument>(value))
    return mlir::isa<prog::FuncOp>(argument.getOwner()->getParentOp());
  return mlir::isa<prog::BuiltinOp, prog::CallOp, prog::UnsetOp>(value.getDefiningOp());
}

void setMemref(Value value, const Memref &memref) {
  mlir::MLIRContext *context = value.getContext();
  auto key = [&](llvm::StringRef name) { return mlir::StringAttr::get(context, name); };
  mlir::NamedAttribute entries[] = {{key("base"), key(memref.base)},
                                    {key("offset"), prog::constantDim(context, memref.offset)},
                                    {key("size"), prog::constantDim(context, memref.size)}};
  value.setType(withStatedMemref(value.getType(), mlir::DictionaryAttr::get(context, entries)));
  auto argument = mlir::dyn_cast<mlir::BlockArgument>(value);
  if (!argument)
    return;
  auto function = mlir::cast<prog::FuncOp>(argument.getOwner()->getParentOp());
  function.setFunctionType(
      mlir::FunctionType::get(context, function.getBlock().getArgumentTypes(), function.getType().getResults()));
}

void restateMemrefs(prog::FuncOp function) {
  function.walk([](mlir::Operation *op) {
    if (!mlir::isa<prog::IfOp, prog::ScopeOp>(op))
      return;
    for (mlir::OpResult result : op->getResults())
      if (prog::isShaped(result.getType()))
        result.setType(withStatedMemref(result.getType(), statedMemref(step(result).getType())));
  });
}

std::optional<int64_t> bytesOf(Type type) {
  mlir::ArrayAttr shape = prog::shapeOf(type);
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
