// What tensor operations are on tiles.
// Most are the tile operation of the same name. What the others are, their records say.
#include "compiler/passes/TensorOps.h"
#include "compiler/dialect/program/Dims.h"
#include "compiler/dialect/program/Names.h"

namespace pto::passes {

namespace {

using mlir::Value;
using prog::Argument;
using prog::BuiltinOp;
using prog::MemorySpace;

struct Conversion {
  BuiltinOp op;
  TileBuilder &builder;
  TileOf tileOf;

  llvm::SmallVector<Argument, 4> arguments = prog::argumentsOf(op);
  std::string name = prog::nameOf(op.getResult(0)).str();
  /// The operation of the same name on tiles.
  const prog::OpRecord *form = prog::tileForm(op.record());

  Value tensor(unsigned argument) { return arguments[argument].values.front(); }
  Value tile(unsigned argument) { return tileOf(tensor(argument), bringingOf(op, argument)); }
  prog::Dims shape() { return prog::shapeOf(op.getResult(0).getType()); }
  prog::DType dtype() { return *prog::elementTypeOf(op.getResult(0).getType()); }
  bool flag(llvm::StringRef keyword) {
    auto value = op.getKeywords().getAs<mlir::BoolAttr>(keyword);
    return value && value.getValue();
  }
  Value make(const prog::OpRecord &operation, llvm::ArrayRef<Value> tiles,
             llvm::ArrayRef<mlir::NamedAttribute> keywords = {}) {
    return builder.make(operation, tiles, keywords, name);
  }
};

/// The operation of the same name, tensors replaced by tiles.
Value sameName(Conversion &conversion) {
  const prog::OpRecord &form = *conversion.form;
  llvm::SmallVector<Argument, 4> arguments;
  for (auto [i, argument] : llvm::enumerate(conversion.arguments)) {
    arguments.push_back(argument);
    for (Value &value : arguments.back().values)
      if (prog::isShaped(value.getType()))
        value = conversion.tileOf(value, bringingOf(conversion.op, static_cast<unsigned>(i)));
  }
  if (arguments.size() > form.operands().size())
    return conversion.builder.fail("pl." + form.programName() + " takes no '" +
                                   conversion.op.record().parameters[arguments.size() - 1].name + "'");
  llvm::SmallVector<mlir::NamedAttribute, 4> keywords;
  for (mlir::NamedAttribute keyword : conversion.op.getKeywords())
    if (form.find(keyword.getName()))
      keywords.push_back(keyword);
  return conversion.builder.make(form, arguments, keywords, conversion.name);
}

/// Another look at a tile: what has no operation of its own there has another shape.
Value viewed(Conversion &conversion) {
  return conversion.form ? sameName(conversion) : conversion.builder.reshape(conversion.tile(0), conversion.shape());
}

/// A tile with a scalar keeps its elements' type, where a tensor takes the wider one.
Value withScalar(Conversion &conversion) {
  Value tile = conversion.builder.cast(conversion.tile(0), conversion.dtype());
  return conversion.make(*conversion.form, {tile, conversion.tensor(1)});
}

/// Two tiles; one that has a single row or column is repeated, by the operation itself where there is one for that.
Value broadcasting(Conversion &conversion) {
  prog::Dims shape = conversion.shape();
  Value left = conversion.tile(0), right = conversion.tile(1);
  if (!left || !right)
    return {};
  left = conversion.builder.expand(left, shape);
  prog::Dims rightShape = prog::shapeOf(right.getType());
  if (left && rightShape != shape && rightShape.size() == 2 && shape.size() == 2)
    for (auto [axis, prefix] : {std::pair(1u, "tile.row_expand_"), std::pair(0u, "tile.col_expand_")}) {
      const prog::OpRecord *expanding = prog::recordOf((prefix + conversion.op.record().shortName()).str());
      if (rightShape[axis].constant() == 1 && rightShape[1 - axis] == shape[1 - axis] && expanding)
        return conversion.make(*expanding, {left, right});
    }
  return conversion.make(*conversion.form, {left, conversion.builder.expand(right, shape)});
}

/// The scratch tile that a reduction needs is at least as wide as a vector register of the narrowest elements.
Value rowReduction(Conversion &conversion) {
  constexpr int64_t narrowest = 128;
  Value tile = conversion.tile(0);
  if (!tile)
    return {};
  prog::Dims shape = prog::shapeOf(tile.getType());
  prog::DimVector scratch(shape.begin(), shape.end());
  if (scratch.back().constant().value_or(0) < narrowest)
    scratch.back() = prog::constantDim(conversion.op.getContext(), narrowest);
  Value tmp = conversion.builder.empty({conversion.op.getContext(), scratch}, *prog::elementTypeOf(tile.getType()),
                                       MemorySpace::Vec, "tmp_tile");
  return conversion.make(*conversion.form, {tile, tmp});
}

Value rsqrt(Conversion &conversion) {
  Value tile = conversion.tile(0);
  if (!tile || !conversion.flag("high_precision"))
    return conversion.make("tile.rsqrt"_op, {tile});
  Value tmp = conversion.builder.empty(prog::shapeOf(tile.getType()), *prog::elementTypeOf(tile.getType()),
                                       MemorySpace::Vec, "rsqrt_tmp");
  return conversion.make("tile.rsqrt"_op, {tile, tmp});
}

Value matmul(Conversion &conversion) {
  if (conversion.flag("c_matrix_nz"))
    return conversion.builder.fail("a kernel's matmul cannot give its result in NZ layout: leave c_matrix_nz out");
  Value product = conversion.make("tile.matmul"_op, {conversion.tile(0), conversion.tile(1)});
  // What is only stored is rounded on the way out of the accumulator.
  bool isOnlyStored = llvm::all_of(conversion.op.getResult(0).getUses(), [](mlir::OpOperand &use) {
    auto user = mlir::dyn_cast<BuiltinOp>(use.getOwner());
    bool isSource = user && user.record().inKernel == prog::InKernel::Store && use.getOperandNumber() == 1;
    return isSource || mlir::isa<prog::ReturnOp>(use.getOwner());
  });
  return isOnlyStored ? product : conversion.builder.cast(product, conversion.dtype());
}

Value matmulAcc(Conversion &conversion) {
  return conversion.make("tile.matmul_acc"_op, {conversion.tile(0), conversion.tile(1), conversion.tile(2)});
}

Value assemble(Conversion &conversion) {
  return conversion.builder.make(
      "tile.assemble"_op,
      {Argument::single(conversion.tile(0)), Argument::single(conversion.tile(1)), conversion.arguments[2]}, {},
      conversion.name);
}

Value expandClone(Conversion &conversion) {
  return conversion.builder.expand(conversion.tile(0), conversion.shape());
}

struct Row {
  prog::InKernel what;
  Value (*convert)(Conversion &);
};

constexpr Row rows[] = {
    {prog::InKernel::View, viewed},           {prog::InKernel::Broadcast, broadcasting},
    {prog::InKernel::WithScalar, withScalar}, {prog::InKernel::RowReduction, rowReduction},
    {prog::InKernel::Rsqrt, rsqrt},           {prog::InKernel::Matmul, matmul},
    {prog::InKernel::MatmulAcc, matmulAcc},   {prog::InKernel::Store, assemble},
    {prog::InKernel::Fill, expandClone},
};

} // namespace

Bringing bringingOf(BuiltinOp op, unsigned operand) {
  const prog::OpRecord *form = prog::tileForm(op.record());
  if (!form || form->work != prog::Work::Cube)
    return {};
  MemorySpace memory = form->parameters[operand].memory;
  if (memory != MemorySpace::Left && memory != MemorySpace::Right)
    return {};
  auto flag = op.getKeywords().getAs<mlir::BoolAttr>(memory == MemorySpace::Left ? "a_trans" : "b_trans");
  return {MemorySpace::Mat, flag && flag.getValue()};
}

Value onTiles(BuiltinOp op, TileBuilder &builder, TileOf tileOf) {
  Conversion conversion{op, builder, tileOf};
  constexpr prog::InKernel byName[] = {prog::InKernel::SameName, prog::InKernel::Broadcast, prog::InKernel::WithScalar,
                                       prog::InKernel::RowReduction};
  if (!conversion.form && llvm::is_contained(byName, op.record().inKernel))
    return builder.fail("a kernel computes on tiles, and " + op.getCallee() + " has no form on them");
  for (const Row &row : rows)
    if (row.what == op.record().inKernel)
      return row.convert(conversion);
  return sameName(conversion);
}

} // namespace pto::passes
