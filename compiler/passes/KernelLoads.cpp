// How a kernel's tensors come onto its core.
// A view is loaded where it stands, everything else where it is used.
#include "compiler/dialect/program/Dims.h"
#include "compiler/dialect/program/Names.h"
#include "compiler/passes/KernelTiles.h"

namespace pto::passes {

using mlir::Operation;
using mlir::Value;
using prog::Argument;
using prog::BuiltinOp;

bool isView(BuiltinOp op) {
  return op.record().inKernel == prog::InKernel::View;
}

/// What a use of a view wants to have of it; empty where it is global memory that is wanted.
std::optional<Bringing> KernelTiles::demandOf(mlir::OpOperand &use) {
  Operation *user = use.getOwner();
  if (auto op = mlir::dyn_cast<BuiltinOp>(user)) {
    prog::InKernel what = op.record().inKernel;
    bool isGlobal = what == prog::InKernel::Tile || what == prog::InKernel::Element;
    bool isRead = prog::parameterOf(op, use.getOperandNumber()).isRead();
    return isRead && !isGlobal ? std::optional(bringingOf(op, use.getOperandNumber())) : std::nullopt;
  }
  auto wanted = [&](mlir::ValueRange targets, unsigned index) {
    return index < targets.size() && local.contains(targets[index]) ? std::optional(Bringing()) : std::nullopt;
  };
  if (mlir::isa<prog::YieldOp>(user))
    return wanted(user->getParentOp()->getResults(), use.getOperandNumber());
  if (mlir::isa<prog::ForOp>(user))
    return use.getOperandNumber() < 3 ? std::nullopt : wanted(user->getResults(), use.getOperandNumber() - 3);
  if (mlir::isa<prog::WhileOp>(user))
    return wanted(user->getResults(), use.getOperandNumber());
  return std::nullopt;
}

/// A view is loaded where it stands: what is stored later does not change it.
bool KernelTiles::loadView(BuiltinOp view) {
  dead.push_back(view);
  for (mlir::OpOperand &use : llvm::make_early_inc_range(view.getResult(0).getUses()))
    if (std::optional<Bringing> how = demandOf(use); how && !tileOf(view.getResult(0), view, *how))
      return false;
  return true;
}

/// What no round changes is loaded before the first one.
static Operation *beforeLoops(Value tensor, Operation *user) {
  Operation *before = user;
  for (Operation *around = user->getParentOp(); !mlir::isa<prog::FuncOp>(around); around = around->getParentOp()) {
    if (around->isAncestor(tensor.getParentBlock()->getParentOp()))
      break;
    if (mlir::isa<prog::ForOp, prog::WhileOp>(around))
      before = around;
  }
  return before;
}

Value KernelTiles::tileOf(Value tensor, Operation *user, Bringing how) {
  Value tile = mlir::isa<prog::TileType>(tensor.getType()) ? tensor : tiles.lookup(tensor);
  TileBuilder builder(user);
  if (tile) {
    // A product's operand that was computed here is brought to its memory later, by InferTileMemorySpace.
    auto rank = static_cast<int64_t>(prog::shapeOf(tile.getType()).size());
    return how.transposed ? builder.make("tile.transpose"_op, {tile, builder.index(rank - 2), builder.index(rank - 1)})
                          : tile;
  }
  for (const Loaded &each : loaded)
    if (each.tensor == tensor && each.how == how)
      return each.tile;
  Lineage::Roots roots = lineage.rootsOf(tensor);
  bool stays = llvm::none_of(roots, [&](Value root) { return written.contains(root); });
  auto view = tensor.getDefiningOp<BuiltinOp>();
  bool isTaken = view && isView(view);
  if (stays && !isTaken)
    builder.setInsertionPoint(user = beforeLoops(tensor, user));
  tile = load(tensor, builder, how);
  if (tile && (stays || isTaken))
    loaded.push_back({user->getBlock(), tensor, how, tile});
  return tile;
}

Value KernelTiles::load(Value tensor, TileBuilder &builder, Bringing how) {
  if (tensor.getDefiningOp<prog::UnsetOp>()) {
    prog::Dims shape = prog::shapeOf(tensor.getType());
    auto type = prog::TileType::get(builder.getContext(), shape, *prog::elementTypeOf(tensor.getType()), how.memory,
                                    prog::implicitView(shape, how.memory));
    return builder.create<prog::UnsetOp>(tensor.getLoc(), type);
  }
  auto view = tensor.getDefiningOp<BuiltinOp>();
  auto is = [&](const prog::OpRecord &record) { return view && view.is(record); };
  prog::Dims shape = prog::shapeOf(tensor.getType());
  if (is("tensor.reshape"_op) || is("tensor.view"_op)) {
    Value whole = load(view.getArguments().front(), builder, {});
    return how.transposed ? builder.fail("a reshaped tensor cannot be transposed on its way to a product")
                          : builder.reshape(whole, shape);
  }
  llvm::SmallVector<Argument, 4> arguments = view ? prog::argumentsOf(view) : llvm::SmallVector<Argument, 4>();
  if (!prog::productOf(shape))
    return builder.fail("'" + prog::nameOf(tensor) + "' is " + prog::programText(tensor.getType()) +
                        ", which a kernel would load as a whole: a tile's shape is static, slice it into such tiles");
  Value base = tensor;
  llvm::SmallVector<Value, 4> offsets = builder.zeros(shape.size()), extents = *builder.values(shape), valid = extents;
  if (is("tensor.set_validshape"_op)) {
    base = view.getArguments().front();
    valid = {arguments[1].values.front(), arguments[2].values.front()};
  }
  if (is("tensor.slice"_op) && arguments.size() > 3 && arguments[3].kind == Argument::Kind::List)
    valid = arguments[3].values;
  bool isFirst = true;
  // A slice of a slice starts where both offsets lead.
  for (auto slice = base.getDefiningOp<BuiltinOp>(); slice && slice.is("tensor.slice"_op);
       slice = base.getDefiningOp<BuiltinOp>()) {
    llvm::SmallVector<Argument, 4> of = prog::argumentsOf(slice);
    base = of[0].values.front();
    if (of.size() > 4 && of[4].kind == Argument::Kind::List) {
      llvm::SmallVector<int64_t, 2> dropped;
      for (Value axis : of[4].values)
        dropped.push_back(*prog::constantOf(prog::dimOf(axis)));
      llvm::sort(dropped);
      for (int64_t axis : dropped) {
        extents.insert(extents.begin() + axis, builder.index(1));
        offsets.insert(offsets.begin() + axis, builder.index(0));
        if (valid.size() < extents.size())
          valid.insert(valid.begin() + axis, builder.index(1));
      }
    }
    while (extents.size() < of[2].values.size()) {
      extents.insert(extents.begin(), builder.index(1));
      valid.insert(valid.begin(), builder.index(1));
      offsets.insert(offsets.begin(), builder.index(0));
    }
    for (auto [offset, more] : llvm::zip(offsets, of[2].values))
      offset = isFirst ? more : builder.sum(more, offset);
    isFirst = false;
  }
  Value tile = builder.make(
      "tile.load"_op, {Argument::single(base), Argument::list(offsets), Argument::list(extents), Argument::list(valid)},
      {builder.memory("target_memory", how.memory),
       builder.getNamedAttr("transpose", builder.getBoolAttr(how.transposed))},
      prog::nameOf(tensor));
  return extents.size() == shape.size() ? tile : builder.reshape(tile, shape);
}

} // namespace pto::passes
