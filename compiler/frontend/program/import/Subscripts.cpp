// Subscripts: elements of tuples, and parts of tensors and tiles.
// `A[i, j]` reads, `A[i:j, :]` slices.
#include "compiler/dialect/program/Dims.h"
#include "compiler/dialect/program/OpTable.h"
#include "compiler/frontend/program/import/BodyImporter.h"
#include "llvm/Support/SaveAndRestore.h"

namespace pto::frontend {

using prog::operator""_op;

/// `out[i:j, 0] = x` stores a part, `out[i, j] = 1.0` an element.
bool BodyImporter::storePart(const Subscript *target, mlir::Value value) {
  const auto *variable = llvm::dyn_cast<Name>(target->base);
  mlir::Value base = variable ? expression(variable) : mlir::Value();
  if (!base)
    return variable ? false : (fail(target->base->range, "only a part of a variable can be assigned"), false);
  const auto *tuple = llvm::dyn_cast<Tuple>(target->index);
  Exprs indices = tuple ? tuple->elements : Exprs(target->index);
  llvm::SmallVector<mlir::Value, 4> offsets;
  {
    llvm::SaveAndRestore<bool> inIndex(takesIndices, true);
    for (const Expr *index : indices) {
      const auto *part = llvm::dyn_cast<Slice>(index);
      const Expr *start = part ? part->lower : index;
      offsets.push_back(start ? expression(start) : integer(0, index->range));
      if (!offsets.back())
        return false;
    }
  }
  bool isArray = mlir::isa<prog::ArrayType>(base.getType()), isTile = mlir::isa<prog::TileType>(base.getType());
  if (!isArray && !prog::isShaped(base.getType()))
    return fail(target->range,
                "only a tensor, a tile or an array has parts, found " + prog::programText(base.getType())),
           false;
  using prog::Argument;
  bool isElement = mlir::isa<prog::ScalarType>(value.getType());
  // Fewer indices: from the start of the dimensions behind them.
  if (!isArray && !isElement && prog::shapeOf(value.getType()).size() == prog::shapeOf(base.getType()).size())
    while (offsets.size() < prog::shapeOf(base.getType()).size())
      offsets.push_back(integer(0, target->range));
  Argument whole = Argument::single(base), stored = Argument::single(value), where = Argument::list(offsets);
  llvm::SmallVector<Argument, 4> arguments = {whole, where, stored};
  const prog::OpRecord *operation = isTile ? &"tile.write"_op : &"tensor.write"_op;
  if (isArray) {
    operation = &"array.update_element"_op;
    if (offsets.size() == 1)
      arguments[1] = Argument::single(offsets.front());
  } else if (!isElement && !isTile && mlir::isa<prog::TileType>(value.getType())) {
    operation = &"tile.store"_op;
    arguments = {stored, where, whole};
  } else if (!isElement) {
    operation = isTile ? &"tile.assemble"_op : &"tensor.assemble"_op;
    arguments = {whole, stored, where};
  }
  llvm::SmallVector<mlir::Value, 1> results;
  llvm::SmallVector<mlir::NamedAttribute, 1> none;
  return apply(*operation, arguments, none, target, {}, results, nullptr) &&
         bindTarget(variable, results.front(), variable);
}

mlir::Value BodyImporter::subscript(const Subscript *access) {
  if (isClosed(access))
    return constant(evaluated(access), access);
  if (std::optional<prog::Dim> dim = localDim(access))
    return dimension(*dim, access);
  mlir::Value base = expression(access->base);
  if (!base)
    return {};
  llvm::SaveAndRestore<bool> inIndex(takesIndices, true);
  const auto *tuple = llvm::dyn_cast<Tuple>(access->index);
  Exprs indices = tuple ? tuple->elements : Exprs(access->index);
  if (auto type = mlir::dyn_cast<mlir::TupleType>(base.getType())) {
    Value index = isClosed(access->index) ? evaluated(access->index) : Value();
    if (!index.is(Value::Kind::Integer))
      return fail(access->index->range,
                  "the index of a tuple is a constant integer, found '" + text(access->index) + "'");
    auto size = static_cast<int64_t>(type.size());
    int64_t at = index.integer < 0 ? index.integer + size : index.integer;
    if (at < 0 || at >= size)
      return fail(access->index->range, "index " + std::to_string(index.integer) + " is outside of its " +
                                            std::to_string(size) + " elements");
    if (auto made = base.getDefiningOp<prog::TupleOp>())
      return made.getElements()[static_cast<size_t>(at)];
    return builder.create<prog::ElementOp>(locate(access->range), type.getType(static_cast<size_t>(at)), base,
                                           static_cast<uint64_t>(at));
  }
  if (mlir::isa<prog::ArrayType>(base.getType()) && indices.size() == 1) {
    prog::Argument arguments[] = {prog::Argument::single(base), prog::Argument::single(expression(indices.front()))};
    llvm::SmallVector<mlir::Value, 1> results;
    llvm::SmallVector<mlir::NamedAttribute, 1> none;
    bool isRead =
        arguments[1].values.front() && apply("array.get_element"_op, arguments, none, access, {}, results, nullptr);
    return isRead ? results.front() : mlir::Value();
  }
  if (!prog::isShaped(base.getType()))
    return fail(access->range,
                "only a tensor, a tile or a tuple has elements, found " + prog::programText(base.getType()));
  size_t rank = prog::shapeOf(base.getType()).size();
  // Fewer indices of a tensor: all of the dimensions behind them, without those that an index picks from.
  if (indices.size() < rank && mlir::isa<prog::TensorType>(base.getType())) {
    Slice whole{{access->range}, nullptr, nullptr, nullptr};
    llvm::SmallVector<const Expr *, 4> padded(indices.begin(), indices.end());
    padded.resize(rank, &whole);
    return slice(base, padded, access, /*drops=*/true);
  }
  if (indices.size() != rank)
    return fail(access->index->range, std::to_string(indices.size()) + " indices for " + std::to_string(rank) +
                                          " dimensions of " + prog::programText(base.getType()));
  return slice(base, indices, access);
}

namespace {

/// By how much the end of a slice lies behind the end of a tile, which Python cuts off there.
std::optional<int64_t> overhang(mlir::Value base, unsigned axis, mlir::Value upper) {
  constexpr int64_t unknown = -1;
  if (!upper || !mlir::isa<prog::TileType>(base.getType()))
    return std::nullopt;
  int64_t size = prog::constantOf(prog::shapeOf(base.getType())[axis]).value_or(unknown);
  int64_t end = prog::constantOf(prog::dimOf(upper)).value_or(unknown);
  if (size == unknown || end <= size)
    return std::nullopt;
  return end - size;
}

} // namespace

mlir::Value BodyImporter::slice(mlir::Value base, Exprs indices, const Subscript *access, bool drops) {
  bool isTile = mlir::isa<prog::TileType>(base.getType());
  bool reads = llvm::none_of(indices, [](const Expr *index) { return llvm::isa<Slice>(index); });
  prog::Dims shape = prog::shapeOf(base.getType());
  llvm::SmallVector<mlir::Value, 4> extents, offsets, valid, dropped;
  bool narrows = false;
  for (auto [i, index] : llvm::enumerate(indices)) {
    const auto *part = llvm::dyn_cast<Slice>(index);
    if (part && part->step)
      return fail(part->step->range, "a slice has no step here");
    const Expr *start = part ? part->lower : index;
    mlir::Value lower = start ? expression(start) : integer(0, index->range);
    if (!lower)
      return {};
    offsets.push_back(lower);
    if (reads)
      continue;
    if (!part) {
      if (drops)
        dropped.push_back(integer(static_cast<int64_t>(i), index->range));
      extents.push_back(integer(1, index->range));
      valid.push_back(extents.back());
      continue;
    }
    mlir::Value upper;
    prog::Dim extent;
    if (part->upper) {
      upper = expression(part->upper);
      if (!upper)
        return {};
      extent = prog::differenceOf(upper, lower);
    } else {
      extent = prog::expressionDim("sub", shape[i], prog::dimOf(lower));
    }
    if (std::optional<int64_t> beyond = overhang(base, static_cast<unsigned>(i), upper))
      extent = prog::expressionDim("sub", extent, prog::constantDim(&context, *beyond));
    std::optional<int64_t> constantExtent = prog::constantOf(extent);
    if (constantExtent && *constantExtent <= 0)
      return fail(part->range, "this slice has no elements");
    std::optional<int64_t> size = prog::constantOf(shape[i]), from = prog::constantOf(prog::dimOf(lower));
    if (constantExtent) {
      extents.push_back(integer(*constantExtent, part->range));
      valid.push_back(extents.back());
    } else if (isTile && upper && size && from && *from < *size) {
      // A tile is allocated before the program runs: it gets all there may be, and its valid part is what is asked.
      extents.push_back(integer(*size - *from, part->range));
      mlir::Value end = makeBinary("min", upper, integer(*size, part->range), part);
      valid.push_back(*from == 0 ? end : makeBinary("sub", end, lower, part));
      narrows = true;
    } else if (isTile) {
      return fail(part->range, "the start of a tile's slice must be a constant: a tile is allocated before the "
                               "program runs");
    } else {
      if (!upper) {
        llvm::SmallVector<mlir::Value, 1> results;
        prog::Argument arguments[] = {prog::Argument::single(base),
                                      prog::Argument::single(integer(static_cast<int64_t>(i), part->range))};
        llvm::SmallVector<mlir::NamedAttribute, 1> none;
        if (!apply("tensor.dim"_op, arguments, none, access, {}, results, nullptr))
          return {};
        upper = results.front();
      }
      extents.push_back(prog::constantOf(prog::dimOf(lower)) == 0 ? upper : makeBinary("sub", upper, lower, part));
    }
  }
  const prog::OpRecord &operation =
      isTile ? (reads ? "tile.read"_op : "tile.slice"_op) : (reads ? "tensor.read"_op : "tensor.slice"_op);
  llvm::SmallVector<prog::Argument, 4> arguments = {prog::Argument::single(base)};
  if (!reads)
    arguments.push_back(prog::Argument::list(extents));
  arguments.push_back(prog::Argument::list(offsets));
  if (narrows)
    arguments.push_back(prog::Argument::list(valid));
  if (!dropped.empty()) {
    arguments.resize(4, prog::Argument::absent());
    arguments.push_back(prog::Argument::list(dropped));
  }
  llvm::SmallVector<mlir::Value, 1> results;
  llvm::SmallVector<mlir::NamedAttribute, 1> none;
  return apply(operation, arguments, none, access, {}, results, nullptr) ? results.front() : mlir::Value();
}

} // namespace pto::frontend
