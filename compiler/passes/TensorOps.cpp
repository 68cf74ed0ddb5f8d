// What tensor operations are on tiles.
// Most are the tile operation of the same name. The others have a row in the table below.
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
  std::string suffix = op.getCallee().substr(op.getCallee().find('.') + 1).str();

  Value tensor(unsigned argument) { return arguments[argument].values.front(); }
  Value tile(unsigned argument) { return tileOf(tensor(argument), bringingOf(op, argument)); }
  mlir::ArrayAttr shape() { return prog::shapeOf(op.getResult(0).getType()); }
  prog::DType dtype() { return *prog::elementTypeOf(op.getResult(0).getType()); }
  bool flag(llvm::StringRef keyword) {
    auto value = op.getKeywords().getAs<mlir::BoolAttr>(keyword);
    return value && value.getValue();
  }
  Value make(llvm::StringRef operation, llvm::ArrayRef<Value> tiles,
             llvm::ArrayRef<mlir::NamedAttribute> keywords = {}) {
    return builder.make(operation, tiles, keywords, name);
  }
};

/// The operation of the same name, tensors replaced by tiles.
Value sameName(Conversion &conversion) {
  std::string operation = "tile." + conversion.suffix;
  const prog::Signature *signature = prog::signatureOf(operation);
  if (!signature)
    return conversion.builder.fail("pl." + prog::programName(conversion.op.getCallee()) +
                                   " computes on a tensor in a kernel, and no operation on tiles does that");
  llvm::SmallVector<Argument, 4> arguments;
  for (auto [i, argument] : llvm::enumerate(conversion.arguments)) {
    arguments.push_back(argument);
    for (Value &value : arguments.back().values)
      if (prog::isShaped(value.getType()))
        value = conversion.tileOf(value, bringingOf(conversion.op, static_cast<unsigned>(i)));
  }
  if (arguments.size() > signature->operands().size())
    return conversion.builder.fail("pl." + prog::programName(operation) + " takes no '" +
                                   prog::signatureOf(conversion.op.getCallee())->parameters[arguments.size() - 1].name +
                                   "'");
  llvm::SmallVector<mlir::NamedAttribute, 4> keywords;
  for (mlir::NamedAttribute keyword : conversion.op.getKeywords())
    if (signature->find(keyword.getName()))
      keywords.push_back(keyword);
  return conversion.builder.make(operation, arguments, keywords, conversion.name);
}

/// A tile with a scalar keeps its elements' type, where a tensor takes the wider one.
Value withScalar(Conversion &conversion) {
  Value tile = conversion.builder.cast(conversion.tile(0), conversion.dtype());
  return conversion.make("tile." + conversion.suffix, {tile, conversion.tensor(1)});
}

/// Two tiles; one that has a single row or column is repeated, by the operation itself where there is one for that.
Value broadcasting(Conversion &conversion) {
  mlir::ArrayAttr shape = conversion.shape();
  Value left = conversion.tile(0), right = conversion.tile(1);
  if (!left || !right)
    return {};
  left = conversion.builder.expand(left, shape);
  mlir::ArrayAttr rightShape = prog::shapeOf(right.getType());
  if (left && rightShape != shape && rightShape.size() == 2 && shape.size() == 2)
    for (auto [axis, prefix] : {std::pair(1u, "tile.row_expand_"), std::pair(0u, "tile.col_expand_")}) {
      std::string operation = prefix + conversion.suffix;
      if (prog::constantOf(prog::Dim(rightShape[axis])) == 1 && rightShape[1 - axis] == shape[1 - axis] &&
          prog::signatureOf(operation))
        return conversion.make(operation, {left, right});
    }
  return conversion.make("tile." + conversion.suffix, {left, conversion.builder.expand(right, shape)});
}

/// The scratch tile that a reduction needs is at least as wide as a vector register of the narrowest elements.
Value rowReduction(Conversion &conversion) {
  constexpr int64_t narrowest = 128;
  Value tile = conversion.tile(0);
  if (!tile)
    return {};
  mlir::ArrayAttr shape = prog::shapeOf(tile.getType());
  llvm::SmallVector<mlir::Attribute, 4> scratch(shape.begin(), shape.end());
  if (prog::constantOf(prog::Dim(scratch.back())).value_or(0) < narrowest)
    scratch.back() = prog::constantDim(conversion.op.getContext(), narrowest);
  Value tmp = conversion.builder.empty(conversion.builder.getArrayAttr(scratch), *prog::elementTypeOf(tile.getType()),
                                       MemorySpace::Vec, "tmp_tile");
  return conversion.make("tile." + conversion.suffix, {tile, tmp});
}

Value rsqrt(Conversion &conversion) {
  Value tile = conversion.tile(0);
  if (!tile || !conversion.flag("high_precision"))
    return conversion.make("tile.rsqrt", {tile});
  Value tmp = conversion.builder.empty(prog::shapeOf(tile.getType()), *prog::elementTypeOf(tile.getType()),
                                       MemorySpace::Vec, "rsqrt_tmp");
  return conversion.make("tile.rsqrt", {tile, tmp});
}

Value matmul(Conversion &conversion) {
  if (conversion.flag("c_matrix_nz"))
    return conversion.builder.fail("a kernel's matmul cannot give its result in NZ layout: leave c_matrix_nz out");
  Value product = conversion.make("tile.matmul", {conversion.tile(0), conversion.tile(1)});
  // What is only stored is rounded on the way out of the accumulator.
  bool isOnlyStored = llvm::all_of(conversion.op.getResult(0).getUses(), [](mlir::OpOperand &use) {
    auto user = mlir::dyn_cast<BuiltinOp>(use.getOwner());
    bool isSource = user && user.getCallee() == "tensor.assemble" && use.getOperandNumber() == 1;
    return isSource || mlir::isa<prog::ReturnOp>(use.getOwner());
  });
  return isOnlyStored ? product : conversion.builder.cast(product, conversion.dtype());
}

Value matmulAcc(Conversion &conversion) {
  return conversion.make("tile.matmul_acc", {conversion.tile(0), conversion.tile(1), conversion.tile(2)});
}

Value assemble(Conversion &conversion) {
  return conversion.builder.make(
      "tile.assemble",
      {Argument::single(conversion.tile(0)), Argument::single(conversion.tile(1)), conversion.arguments[2]}, {},
      conversion.name);
}

Value expandClone(Conversion &conversion) {
  return conversion.builder.expand(conversion.tile(0), conversion.shape());
}

struct Row {
  llvm::StringLiteral operation;
  Value (*convert)(Conversion &);
};

constexpr Row rows[] = {
    {"tensor.add", broadcasting},
    {"tensor.sub", broadcasting},
    {"tensor.mul", broadcasting},
    {"tensor.div", broadcasting},
    {"tensor.maximum", broadcasting},
    {"tensor.adds", withScalar},
    {"tensor.subs", withScalar},
    {"tensor.muls", withScalar},
    {"tensor.divs", withScalar},
    {"tensor.row_sum", rowReduction},
    {"tensor.row_max", rowReduction},
    {"tensor.row_min", rowReduction},
    {"tensor.rsqrt", rsqrt},
    {"tensor.matmul", matmul},
    {"tensor.matmul_acc", matmulAcc},
    {"tensor.assemble", assemble},
    {"tensor.expand_clone", expandClone},
};

struct FactorRow {
  llvm::StringLiteral operation;
  unsigned left;
};
constexpr FactorRow products[] = {{"tensor.matmul", 0}, {"tensor.matmul_acc", 1}};

} // namespace

Bringing bringingOf(BuiltinOp op, unsigned argument) {
  for (const FactorRow &row : products)
    if (row.operation == op.getCallee() && (argument == row.left || argument == row.left + 1)) {
      auto flag = op.getKeywords().getAs<mlir::BoolAttr>(argument == row.left ? "a_trans" : "b_trans");
      return {MemorySpace::Mat, flag && flag.getValue()};
    }
  return {};
}

Value onTiles(BuiltinOp op, TileBuilder &builder, TileOf tileOf) {
  Conversion conversion{op, builder, tileOf};
  for (const Row &row : rows)
    if (row.operation == op.getCallee())
      return row.convert(conversion);
  return sameName(conversion);
}

} // namespace pto::passes
