// The tensors of one kernel.
// What is decided on lineage, before anything is changed; the kernel is then rewritten in its own order.
#include "compiler/passes/KernelTiles.h"
#include "compiler/dialect/program/Dims.h"
#include "compiler/dialect/program/Names.h"
#include "compiler/passes/Effects.h"
#include "compiler/passes/Memref.h"
#include "compiler/passes/ParameterUses.h"

namespace pto::passes {

namespace {

using mlir::Operation;
using mlir::Value;
using prog::Argument;
using prog::BuiltinOp;
using prog::InKernel;
using prog::MemorySpace;

bool isTensor(Value value) {
  return mlir::isa<prog::TensorType>(value.getType());
}

mlir::ValueRange carriedIn(Operation *loop) {
  if (auto counted = mlir::dyn_cast<prog::ForOp>(loop))
    return counted.getCarried();
  return mlir::cast<prog::WhileOp>(loop).getBody().getArguments();
}

/// A loop's accumulator lies where the products are made.
bool accumulates(Value value) {
  return llvm::any_of(value.getUses(), [](mlir::OpOperand &use) {
    Operation *user = use.getOwner();
    if (auto op = mlir::dyn_cast<BuiltinOp>(user))
      return op.record().inKernel == InKernel::MatmulAcc && use.getOperandNumber() == 0;
    if (auto loop = mlir::dyn_cast<prog::ForOp>(user))
      return use.getOperandNumber() > 2 && accumulates(loop.getCarried()[use.getOperandNumber() - 3]);
    return mlir::isa<prog::WhileOp>(user) && accumulates(carriedIn(user)[use.getOperandNumber()]);
  });
}

} // namespace

bool KernelTiles::isLocal(Value tensor) {
  return llvm::any_of(lineage.rootsOf(tensor), [&](Value root) {
    auto argument = mlir::dyn_cast<mlir::BlockArgument>(root);
    return !(argument && argument.getOwner() == &function.getBlock()) && !root.getDefiningOp<prog::CallOp>();
  });
}

mlir::BlockArgument KernelTiles::addOutput(prog::FuncOp function, mlir::Type type, llvm::StringRef name,
                                           mlir::Location location) {
  mlir::BlockArgument output = function.getBlock().addArgument(type, prog::named(location, name));
  mlir::OpBuilder builder(function);
  llvm::SmallVector<mlir::Attribute, 8> directions(function.getDirections().begin(), function.getDirections().end());
  directions.push_back(builder.getStringAttr("out"));
  function.setDirectionsAttr(builder.getArrayAttr(directions));
  function.setFunctionType(mlir::FunctionType::get(function.getContext(), function.getBlock().getArgumentTypes(),
                                                   function.getType().getResults()));
  return output;
}

bool KernelTiles::scattersInto(Value root) {
  mlir::WalkResult found = function.walk([&](BuiltinOp op) {
    bool scatters = op.record().inKernel == InKernel::Scatter && lineage.rootsOf(op.getArguments()[0]).contains(root);
    return scatters ? mlir::WalkResult::interrupt() : mlir::WalkResult::advance();
  });
  return found.wasInterrupted();
}

/// A tensor that the kernel makes for its result is made by its caller.
bool KernelTiles::promote(unsigned result) {
  Value value = function.getBlock().getTerminator()->getOperand(result);
  if (!isTensor(value))
    return false;
  Lineage::Roots roots = lineage.rootsOf(value);
  auto made = roots.size() == 1 ? roots.front().getDefiningOp<BuiltinOp>() : BuiltinOp();
  // Scattering works on tiles only; what is returned as it was made has nothing in it.
  if (!made || !made.is("tensor.create"_op) || made->getBlock() != &function.getBlock() || value == roots.front() ||
      scattersInto(made.getResult(0)))
    return false;
  mlir::BlockArgument output =
      addOutput(function, made.getResult(0).getType(), prog::nameOf(made.getResult(0)), made.getLoc());
  made.getResult(0).replaceAllUsesWith(output);
  made.erase();
  outputs.push_back(result);
  return true;
}

bool KernelTiles::run() {
  Operation *exit = function.getBlock().getTerminator();
  for (unsigned i = 0; i < exit->getNumOperands(); ++i)
    promote(i);
  forEachValue(function, [&](Value value) {
    if (isTensor(value) && isLocal(value))
      local.insert(value);
    auto op = value.getDefiningOp<BuiltinOp>();
    std::optional<Sharing> sharing = op ? sharingOf(op) : std::nullopt;
    if (sharing && sharing->overwrites && isTensor(value))
      for (Value root : lineage.rootsOf(value))
        written.insert(root);
  });
  if (!visit(function.getBlock(), {}))
    return false;
  for (unsigned i = 0; i < exit->getNumOperands(); ++i)
    if (mlir::isa<prog::TensorType>(function.getType().getResult(i)) && isGivenBack(exit->getOperand(i)) &&
        !giveBack(i))
      return false;
  function.walk([&](prog::UnsetOp op) { dead.push_back(op); });
  for (Operation *op : llvm::reverse(dead))
    if (op->use_empty())
      op->erase();
  setDirections();
  return true;
}

/// What was said to be read only may be stored into.
void KernelTiles::setDirections() {
  llvm::DenseMap<Value, Use> uses = usesOf(function);
  llvm::SmallVector<llvm::StringRef, 8> directions;
  for (mlir::BlockArgument parameter : function.getParameters()) {
    Use use = uses.lookup(parameter);
    llvm::StringRef declared = function.getDirection(parameter.getArgNumber());
    bool isMore = declared == "in" && isTensor(parameter) && use.isWritten;
    directions.push_back(!isMore ? declared : use.isRead ? "inout" : "out");
  }
  function.setDirectionsAttr(mlir::OpBuilder(function).getStrArrayAttr(directions));
}

/// A caller gets what lies in a parameter; a part of one, or another shape, it gets a copy of.
bool KernelTiles::isGivenBack(Value value) {
  auto view = storageOf(value).getDefiningOp<BuiltinOp>();
  return isTile(value) || (view && isView(view));
}

bool KernelTiles::giveBack(unsigned result) {
  Operation *exit = function.getBlock().getTerminator();
  mlir::Type type = prog::withoutMemref(function.getType().getResult(result));
  Value tile = tileOf(exit->getOperand(result), exit);
  if (!tile)
    return false;
  TileBuilder builder(exit);
  if (prog::hasUnknown(prog::shapeOf(type)))
    return static_cast<bool>(builder.fail("result " + llvm::Twine(result) + " has a shape that is known only " +
                                          "at run time: store it into an Out parameter"));
  mlir::BlockArgument output = addOutput(function, type, "ret" + std::to_string(result) + "_out", tile.getLoc());
  Value stored = builder.make(
      "tile.store"_op,
      {Argument::single(tile), Argument::list(builder.zeros(prog::shapeOf(type).size())), Argument::single(output)}, {},
      "ret" + std::to_string(result));
  exit->setOperand(result, stored);
  outputs.push_back(result);
  return true;
}

bool KernelTiles::visit(mlir::Block &block, mlir::ValueRange targets) {
  for (Operation &op : llvm::make_early_inc_range(block))
    if (!visit(&op))
      return false;
  if (mlir::isa<prog::YieldOp>(block.back()) && !handOver(&block.back(), targets))
    return false;
  llvm::erase_if(loaded, [&](const Loaded &each) { return each.home == &block; });
  return true;
}

bool KernelTiles::visit(Operation *op) {
  if (auto builtin = mlir::dyn_cast<BuiltinOp>(op))
    return convert(builtin);
  if (mlir::isa<prog::ForOp>(op))
    return loop(op, 3);
  if (mlir::isa<prog::WhileOp>(op))
    return loop(op, 0);
  if (auto each = mlir::dyn_cast<prog::IfOp>(op))
    return branch(each);
  if (auto scope = mlir::dyn_cast<prog::ScopeOp>(op)) {
    mlir::Block &body = scope.getBody().front();
    if (!visit(body, op->getResults()))
      return false;
    for (auto [result, value] : llvm::zip(op->getResults(), body.getTerminator()->getOperands()))
      result.setType(value.getType());
    return true;
  }
  if (mlir::isa<prog::BreakOp, prog::ContinueOp>(op))
    return handOver(op, carriedIn(loops.back()));
  if (auto tuple = mlir::dyn_cast<prog::TupleOp>(op)) {
    for (mlir::OpOperand &operand : op->getOpOperands())
      if (auto tile = tiles.find(operand.get()); tile != tiles.end())
        operand.set(tile->second);
    tuple.getResult().setType(mlir::TupleType::get(op->getContext(), op->getOperandTypes()));
  } else if (auto element = mlir::dyn_cast<prog::ElementOp>(op)) {
    auto type = mlir::cast<mlir::TupleType>(element.getTuple().getType());
    element.getResult().setType(type.getType(element.getIndex()));
  } else if (auto call = mlir::dyn_cast<prog::CallOp>(op)) {
    for (Value argument : call.getArguments())
      if (isTensor(argument) && isTile(argument)) {
        call.emitError() << "'" << prog::nameOf(argument) << "' is a tile of this kernel, '" << call.getCallee()
                         << "' takes a tensor in global memory: store it into one first";
        return false;
      }
  }
  return true;
}

bool KernelTiles::convert(BuiltinOp op) {
  Value first = op.getArguments().empty() ? Value() : op.getArguments().front();
  bool onTile = first && isTile(first);
  TileBuilder builder(op);
  switch (op.record().inKernel) {
  case InKernel::Tile:
    return readsGlobal(op);
  case InKernel::Global:
    return true;
  case InKernel::Create:
    return create(op);
  case InKernel::Element:
    if (!onTile)
      return true;
    break;
  case InKernel::Question:
    return !onTile || answer(op, builder);
  case InKernel::View:
    if (!onTile)
      return loadView(op);
    break;
  case InKernel::Store:
    if (!onTile)
      return store(op);
    break;
  case InKernel::Fill:
    if (!isTile(op.getArguments()[1]))
      return fill(op);
    break;
  case InKernel::Scatter:
    if (!onTile)
      return static_cast<bool>(builder.fail("a kernel cannot scatter into global memory: load '" + prog::nameOf(first) +
                                            "' and store the result"));
    break;
  default:
    break;
  }
  Value result = onTiles(op, builder, [&](Value tensor, Bringing how) { return tileOf(tensor, op, how); });
  if (!result)
    return false;
  if (isTensor(op.getResult(0)))
    tiles[op.getResult(0)] = result;
  else
    op.getResult(0).replaceAllUsesWith(result);
  dead.push_back(op);
  return true;
}

/// A tile's dimension, known or computed as its shape says.
bool KernelTiles::answer(BuiltinOp op, TileBuilder &builder) {
  int64_t axis = prog::constantOf(prog::dimOf(op.getArguments()[1])).value_or(0);
  prog::Dims shape = prog::shapeOf(op.getArguments()[0].getType());
  op.getResult(0).replaceAllUsesWith(
      builder.value(shape[static_cast<size_t>(axis < 0 ? axis + static_cast<int64_t>(shape.size()) : axis)]));
  dead.push_back(op);
  return true;
}

/// Operations on tiles may name tensors, which have to be in global memory.
bool KernelTiles::readsGlobal(BuiltinOp op) {
  for (Value operand : op.getArguments())
    if (isTensor(operand) && isTile(operand)) {
      op.emitError() << "'" << prog::nameOf(operand) << "' is a tile of this kernel, " << op.getCallee()
                     << " takes a tensor in global memory: an Out parameter is one";
      return false;
    }
  return true;
}

bool KernelTiles::create(BuiltinOp op) {
  TileBuilder builder(op);
  Value made = op.getResult(0);
  auto type = mlir::cast<prog::TensorType>(made.getType());
  if (type.getView() != prog::TensorView())
    return static_cast<bool>(builder.fail("a kernel's own tensor is a tile, which has no layout of global memory"));
  MemorySpace memory = op.is("tensor.create_l1"_op) ? MemorySpace::Mat
                       : accumulates(made)          ? MemorySpace::Acc
                                                    : MemorySpace::Vec;
  Value tile = builder.empty(type.getShape(), type.getDtype(), memory, prog::nameOf(made));
  tiles[made] = tile;
  dead.push_back(op);
  return static_cast<bool>(tile);
}

bool KernelTiles::store(BuiltinOp op) {
  TileBuilder builder(op);
  llvm::SmallVector<Argument, 4> arguments = prog::argumentsOf(op);
  return store(op, builder, tileOf(arguments[1].values.front(), op), arguments[2], arguments[0]);
}

bool KernelTiles::store(BuiltinOp op, TileBuilder &builder, Value source, const Argument &offsets,
                        const Argument &target) {
  Value stored =
      builder.make("tile.store"_op, {Argument::single(source), offsets, target}, {}, prog::nameOf(op.getResult(0)));
  if (!stored)
    return false;
  op.getResult(0).replaceAllUsesWith(stored);
  op.erase();
  return true;
}

bool KernelTiles::loop(Operation *op, unsigned firstInit) {
  mlir::ValueRange carried = carriedIn(op);
  for (unsigned i = 0; i < op->getNumResults(); ++i) {
    if (!local.contains(op->getResult(i)))
      continue;
    Value tile = tileOf(op->getOperand(firstInit + i), op);
    if (!tile)
      return false;
    op->setOperand(firstInit + i, tile);
    for (Value value : {Value(op->getResult(i)), carried[i]})
      value.setType(tile.getType());
    if (auto conditional = mlir::dyn_cast<prog::WhileOp>(op))
      conditional.getCondition().getArgument(i).setType(tile.getType());
  }
  loops.push_back(op);
  for (mlir::Region &region : op->getRegions())
    if (!visit(region.front(), carried))
      return false;
  loops.pop_back();
  return true;
}

bool KernelTiles::branch(prog::IfOp op) {
  bool typed = false;
  for (mlir::Region *region : {&op.getThenRegion(), &op.getElseRegion()}) {
    if (!visit(region->front(), op.getResults()))
      return false;
    Operation *yield = region->front().getTerminator();
    // The first branch that comes to its end says what the result is.
    if (!typed && yield->getNumOperands()) {
      typed = true;
      for (auto [result, value] : llvm::zip(op.getResults(), yield->getOperands()))
        if (local.contains(result))
          result.setType(value.getType());
    }
  }
  return true;
}

/// What a block hands on becomes a tile where its target is one, in the same memory.
bool KernelTiles::handOver(Operation *from, mlir::ValueRange targets) {
  for (unsigned i = 0; i < from->getNumOperands(); ++i) {
    if (!local.contains(targets[i]))
      continue;
    Value tile = tileOf(from->getOperand(i), from);
    if (!tile)
      return false;
    if (auto target = mlir::dyn_cast<prog::TileType>(targets[i].getType()))
      if (MemorySpace wanted = target.getMemory();
          wanted != MemorySpace::Unset && mlir::cast<prog::TileType>(tile.getType()).getMemory() != wanted) {
        TileBuilder builder(from);
        tile = builder.make("tile.move"_op, {tile}, {builder.memory("target_memory", wanted)});
        if (!tile)
          return false;
      }
    from->setOperand(i, tile);
  }
  return true;
}

} // namespace pto::passes
