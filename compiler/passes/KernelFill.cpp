// Fills a tensor in global memory with rows or columns that are repeated.
// A tile operation repeats one row or one column; what is repeated over slabs of a tensor is stored slab by slab.
#include "compiler/dialect/program/Dims.h"
#include "compiler/dialect/program/Names.h"
#include "compiler/passes/KernelTiles.h"

namespace pto::passes {

using mlir::Value;
using prog::Argument;

bool KernelTiles::fill(prog::BuiltinOp op) {
  TileBuilder builder(op);
  Value input = op.getArguments()[0], target = op.getArguments()[1];
  prog::Dims own = prog::shapeOf(input.getType()), shape = prog::shapeOf(target.getType());
  bool hasSlabs = own.size() == 3 && shape.size() == 3 && shape[0].constant() != 1;
  bool repeatsSlab = hasSlabs && own[0].constant() == 1;
  bool repeatsRows = hasSlabs && own[1].constant() == 1 && shape[1].constant() != 1;
  if (!repeatsSlab && !repeatsRows)
    return store(op, builder, builder.expand(tileOf(input, op), shape), Argument::list(builder.zeros(shape.size())),
                 Argument::single(target));

  prog::Dim one = prog::constantDim(op.getContext(), 1);
  prog::Dims slab(op.getContext(), {one, shape[1], shape[2]}), part(op.getContext(), {one, own[1], own[2]});
  bool isGlobal = !isTile(input) && mlir::isa<mlir::BlockArgument>(input);
  Value whole = repeatsSlab || !isGlobal ? tileOf(input, op) : input;
  Value repeated = repeatsSlab ? builder.expand(whole, slab) : whole;
  std::optional<llvm::SmallVector<Value, 4>> extents = builder.values(part);
  Value slabs = builder.value(shape[0]);
  if (!repeated || !extents || !slabs)
    return repeated &&
           builder.fail("what is repeated along rows has a static shape, this one has " + prog::programText(own));
  auto loop =
      builder.create<prog::ForOp>(prog::named(op.getLoc(), prog::nameOf(op.getResult(0))), target.getType(), "range",
                                  builder.index(0), slabs, builder.index(1), target, builder.getDictionaryAttr({}));
  mlir::Block &body = loop.getBody().emplaceBlock();
  Value at = body.addArgument(slabs.getType(), prog::named(op.getLoc(), "i"));
  Value carried = body.addArgument(target.getType(), prog::named(op.getLoc(), prog::nameOf(target)));
  builder.setInsertionPointToStart(&body);
  Argument offsets = Argument::list({at, builder.index(0), builder.index(0)});
  if (!repeatsSlab)
    repeated = builder.expand(
        isGlobal ? builder.make("tile.load"_op,
                                {Argument::single(input), offsets, Argument::list(*extents), Argument::list(*extents)})
                 : builder.make("tile.slice"_op, {Argument::single(whole), Argument::list(*extents), offsets}),
        slab);
  Value stored = builder.make("tile.store"_op, {Argument::single(repeated), offsets, Argument::single(carried)}, {},
                              prog::nameOf(op.getResult(0)));
  if (!stored)
    return false;
  builder.create<prog::YieldOp>(op.getLoc(), stored);
  op.getResult(0).replaceAllUsesWith(loop.getResult(0));
  op.erase();
  return true;
}

} // namespace pto::passes
