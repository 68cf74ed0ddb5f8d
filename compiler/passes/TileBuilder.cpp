// Makes operations of the language where tensors become tiles.
#include "compiler/passes/TileBuilder.h"
#include "compiler/dialect/program/Dims.h"
#include "compiler/dialect/program/Names.h"

namespace pto::passes {

using mlir::Value;
using Values = llvm::SmallVector<Value, 4>;

Value TileBuilder::fail(const llvm::Twine &message) {
  origin->emitError() << message;
  return {};
}

Value TileBuilder::make(const prog::OpRecord &operation, llvm::ArrayRef<prog::Argument> arguments,
                        llvm::ArrayRef<mlir::NamedAttribute> given, llvm::StringRef name) {
  for (const prog::Argument &argument : arguments)
    if (llvm::is_contained(argument.values, Value()))
      return {};
  llvm::SmallVector<mlir::NamedAttribute, 4> keywords(given);
  for (const prog::Parameter &parameter : operation.parameters) {
    bool isGiven = llvm::any_of(given, [&](mlir::NamedAttribute each) { return each.getName() == parameter.name; });
    if (parameter.isKeyword && !isGiven)
      if (mlir::Attribute usual = prog::defaultValue(parameter, getContext()))
        keywords.push_back(getNamedAttr(parameter.name, usual));
  }
  prog::Result result = prog::resultOf({operation, arguments, getDictionaryAttr(keywords), getContext()});
  if (auto *mismatch = std::get_if<prog::Mismatch>(&result))
    return fail("this cannot become pl." + operation.programName() + ": " + mismatch->message);
  mlir::Location location =
      name.empty() ? prog::named(origin->getLoc(), llvm::StringRef()) : prog::named(origin->getLoc(), name);
  return create<prog::BuiltinOp>(location, std::get<mlir::Type>(result), operation, arguments, keywords).getResult(0);
}

Value TileBuilder::make(const prog::OpRecord &operation, llvm::ArrayRef<Value> values,
                        llvm::ArrayRef<mlir::NamedAttribute> keywords, llvm::StringRef name) {
  llvm::SmallVector<prog::Argument, 4> arguments;
  for (Value value : values)
    arguments.push_back(prog::Argument::single(value));
  return make(operation, arguments, keywords, name);
}

mlir::NamedAttribute TileBuilder::word(llvm::StringRef keyword, const llvm::Twine &value) {
  return getNamedAttr(keyword, prog::NameAttr::get(getContext(), value.str()));
}
mlir::NamedAttribute TileBuilder::memory(llvm::StringRef keyword, prog::MemorySpace memory) {
  return word(keyword, "Mem." + prog::nameOf(memory));
}
mlir::NamedAttribute TileBuilder::dtype(llvm::StringRef keyword, prog::DType dtype) {
  return word(keyword, prog::programName(dtype));
}

Value TileBuilder::index(int64_t value) {
  return create<prog::ConstOp>(prog::named(origin->getLoc(), llvm::StringRef()),
                               prog::ScalarType::get(getContext(), prog::DType::Index), getI64IntegerAttr(value));
}

Value TileBuilder::value(prog::Dim dim) {
  if (std::optional<int64_t> constant = prog::constantOf(dim))
    return index(*constant);
  mlir::Location location = prog::named(origin->getLoc(), llvm::StringRef());
  mlir::Type type = prog::ScalarType::get(getContext(), prog::DType::Index);
  if (std::optional<llvm::StringRef> symbol = dim.symbol())
    return create<prog::SymbolOp>(location, type, *symbol);
  std::optional<prog::Dim::Expression> expression = dim.expression();
  if (!expression)
    return {};
  Value left = value(expression->left), right = value(expression->right);
  if (!left || !right)
    return {};
  return create<prog::BinaryOp>(location, type, expression->op, left, right);
}

std::optional<Values> TileBuilder::values(prog::Dims dims) {
  Values values;
  for (prog::Dim dim : dims) {
    values.push_back(value(dim));
    if (!values.back())
      return std::nullopt;
  }
  return values;
}

Value TileBuilder::sum(Value left, Value right) {
  std::optional<int64_t> a = prog::constantOf(prog::dimOf(left)), b = prog::constantOf(prog::dimOf(right));
  int64_t total = 0;
  if (a && b && !llvm::AddOverflow(*a, *b, total))
    return index(total);
  return create<prog::BinaryOp>(prog::named(origin->getLoc(), llvm::StringRef()), left.getType(), "add", left, right);
}

Values TileBuilder::zeros(size_t count) {
  Values values;
  for (size_t i = 0; i < count; ++i)
    values.push_back(index(0));
  return values;
}

Value TileBuilder::move(Value tile, prog::TileType to) {
  return create<prog::BuiltinOp>(prog::named(origin->getLoc(), prog::nameOf(tile)), to, "tile.move"_op,
                                 prog::Argument::single(tile), memory("target_memory", to.getMemory()))
      .getResult(0);
}

Value TileBuilder::cast(Value tile, prog::DType wanted) {
  if (!tile || prog::elementTypeOf(tile.getType()) == wanted)
    return tile;
  // To the nearest, as whatever a result is compared with rounds.
  return make("tile.cast"_op, {tile}, {dtype("target_type", wanted), getNamedAttr("mode", getStringAttr("rint"))});
}

Value TileBuilder::empty(prog::Dims shape, prog::DType elements, prog::MemorySpace where, llvm::StringRef name) {
  if (std::optional<Values> extents = values(shape))
    return make("tile.create"_op, {prog::Argument::list(*extents)},
                {dtype("dtype", elements), memory("target_memory", where)}, name);
  return fail("a tile has a static shape, this one would have " + prog::programText(shape));
}

Value TileBuilder::reshape(Value tile, prog::Dims shape) {
  if (!tile || prog::shapeOf(tile.getType()) == shape)
    return tile;
  std::optional<Values> extents = values(shape);
  if (!extents)
    return fail("a tile has a static shape, this one would have " + prog::programText(shape));
  return make("tile.reshape"_op, {prog::Argument::single(tile), prog::Argument::list(*extents)});
}

Value TileBuilder::expand(Value tile, prog::Dims shape) {
  if (!tile)
    return {};
  prog::Dims own = prog::shapeOf(tile.getType());
  prog::DimVector filled(shape.size() - own.size(), prog::constantDim(getContext(), 1));
  filled.append(own.begin(), own.end());
  prog::Dims whole(getContext(), filled);
  tile = reshape(tile, whole);
  if (!tile || whole == shape)
    return tile;
  prog::DType elements = *prog::elementTypeOf(tile.getType());
  bool hasOneColumn = prog::constantOf(filled.back()) == 1 && prog::constantOf(shape[shape.size() - 1]) != 1;
  bool hasOneRow = filled.size() > 1 && prog::constantOf(filled[filled.size() - 2]) == 1 &&
                   prog::constantOf(shape[shape.size() - 2]) != 1;
  // Rows are repeated in all of a tile, not in each of its slabs.
  hasOneRow &= filled.size() < 3 || prog::productOf({getContext(), llvm::ArrayRef(filled).drop_back(2)}) == 1;
  if (hasOneColumn && !hasOneRow)
    return make("tile.row_expand"_op, {empty(shape, elements), tile});
  if (hasOneRow && !hasOneColumn)
    return make("tile.col_expand"_op, {empty(shape, elements), tile});
  return fail("a tile of " + prog::programText(own) + " cannot be repeated to " + prog::programText(shape) +
              ": one row or one column can");
}

} // namespace pto::passes
