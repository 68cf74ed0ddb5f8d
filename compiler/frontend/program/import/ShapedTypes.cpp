// Annotations of tensors, tiles and tuples.
// What else stands in the brackets may come in any order: each part says itself what it is.
#include "compiler/frontend/program/AstPrinter.h"
#include "compiler/frontend/program/import/TypeReader.h"
#include "mlir/IR/TypeRange.h"
#include "llvm/ADT/STLExtras.h"

namespace pto::frontend {

template <typename View>
bool TypeReader::readView(const Call *call, View &view) {
  llvm::ArrayRef<llvm::StringRef> fields = prog::fieldsOf(view);
  if (call->arguments.size() > fields.size())
    return fail(call->arguments[fields.size()], "a view has " + std::to_string(fields.size()) + " fields"), false;
  auto add = [&](llvm::StringRef field, const Expr *value) {
    mlir::Attribute attribute;
    Value known = evaluated(value);
    if (known.is(Value::Kind::None))
      return true;
    if (field == "valid_shape" || field == "stride") {
      prog::Dims dims = readDims(value);
      if (!dims)
        return false;
      attribute = dims.text();
    } else if (field == "start_offset") {
      prog::Dim dim = readDim(value);
      if (!dim)
        return false;
      attribute = dim.text();
    } else if (known.is(Value::Kind::Integer)) {
      attribute = prog::constantDim(&context, known.integer).text();
    } else if (known.is(Value::Kind::Path)) {
      attribute = mlir::StringAttr::get(&context, llvm::StringRef(known.text).rsplit('.').second);
    }
    std::string problem =
        attribute ? prog::setField(view, field, attribute) : "this is not a valid " + field.str() + " of a view";
    return problem.empty() || (fail(value, problem + (attribute ? ", found " + print(value) : "")), false);
  };
  for (auto [field, argument] : llvm::zip(fields, call->arguments))
    if (!add(field, argument))
      return false;
  for (const Keyword &keyword : call->keywords) {
    if (!llvm::is_contained(fields, keyword.name))
      return diagnostics.error(keyword.range,
                               "a view has no field '" + keyword.name.str() + "'" + didYouMean(keyword.name, fields)),
             false;
    if (!add(keyword.name, keyword.value))
      return false;
  }
  return true;
}

prog::Memref TypeReader::readMemref(const Call *call) {
  if (call->arguments.size() != 3 || !call->keywords.empty())
    return fail(call, "an allocation is pl.MemRef(base, offset, size)"), prog::Memref();
  const Expr *base = call->arguments[0];
  llvm::StringRef name;
  if (const auto *string = llvm::dyn_cast<String>(base))
    name = string->value;
  else if (const auto *variable = llvm::dyn_cast<Name>(base))
    name = variable->id;
  else
    return fail(base, "the base of an allocation is a name"), prog::Memref();
  Value offset = evaluated(call->arguments[1]), size = evaluated(call->arguments[2]);
  for (auto [value, where] : {std::pair(&offset, call->arguments[1]), {&size, call->arguments[2]}})
    if (!value->is(Value::Kind::Integer))
      return fail(where, "the offset and size of an allocation are integers"), prog::Memref();
  return {mlir::StringAttr::get(&context, name), offset.integer, size.integer};
}

/// `pl.NZ`
static std::optional<prog::TensorOrder> layoutNamed(const Value &value) {
  llvm::StringRef path = value.text;
  if (!value.is(Value::Kind::Path) || !path.consume_front("pl."))
    return std::nullopt;
  return prog::symbolizeTensorOrder(path);
}

ReadType TypeReader::readTensor(const Subscript *access, bool isDistributed) {
  Exprs parts = elementsOf(access->index);
  if (!llvm::isa<Tuple>(access->index) || parts.size() < 2)
    return fail(access->index, "a tensor is pl.Tensor[[dimensions], element type]"), ReadType();
  prog::Dims shape = readDims(parts[0]);
  std::optional<prog::DType> dtype = shape ? readDtype(parts[1]) : std::nullopt;
  if (!dtype)
    return {};
  prog::TensorView view;
  view.isDistributed = isDistributed;
  prog::Memref memref;
  ReadType result;
  result.hasView = isDistributed;
  for (const Expr *part : parts.drop_front(2)) {
    Value value = evaluated(part);
    const auto *call = value.is(Value::Kind::Expression) ? llvm::dyn_cast<Call>(value.expression) : nullptr;
    std::string callee = call ? resolvePath(call->callee, *scope) : "";
    if (callee == "pl.TensorView") {
      if (!readView(call, view))
        return {};
      result.hasView = true;
    } else if (callee == "pl.MemRef") {
      if (!(memref = readMemref(call)))
        return {};
    } else if (std::optional<prog::TensorOrder> layout = layoutNamed(value)) {
      result.hasView = true;
      view.layout = *layout;
    } else {
      fail(part, "a tensor has a layout (pl.ND, pl.DN, pl.NZ), a pl.TensorView or a pl.MemRef here, found " +
                     print(part) + reasonOf(value));
      return {};
    }
  }
  result.type = prog::TensorType::get(&context, shape, *dtype, view, memref);
  return result;
}

ReadType TypeReader::readTile(const Subscript *access) {
  Exprs parts = elementsOf(access->index);
  if (!llvm::isa<Tuple>(access->index) || parts.size() < 2)
    return fail(access->index, "a tile is pl.Tile[[dimensions], element type]"), ReadType();
  prog::Dims shape = readDims(parts[0]);
  std::optional<prog::DType> dtype = shape ? readDtype(parts[1]) : std::nullopt;
  if (!dtype)
    return {};
  ReadType result;
  const Call *view = nullptr;
  prog::Memref memref;
  prog::MemorySpace memory = prog::MemorySpace::Unset;
  for (const Expr *part : parts.drop_front(2)) {
    Value value = evaluated(part);
    const auto *call = value.is(Value::Kind::Expression) ? llvm::dyn_cast<Call>(value.expression) : nullptr;
    std::string callee = call ? resolvePath(call->callee, *scope) : "";
    llvm::StringRef path = value.text;
    if (callee == "pl.TileView") {
      view = call;
      result.hasView = true;
    } else if (callee == "pl.MemRef") {
      if (!(memref = readMemref(call)))
        return {};
    } else if (value.is(Value::Kind::Path) && path.consume_front("pl.Mem.")) {
      std::optional<prog::MemorySpace> named = prog::memoryNamed(path);
      if (!named) {
        std::vector<llvm::StringRef> names = prog::memoryNames();
        fail(part, "unknown memory '" + path.str() + "'" + didYouMean(path, names));
        return {};
      }
      memory = *named;
    } else {
      fail(part, "a tile has a memory (pl.Mem.Vec …), a pl.TileView or a pl.MemRef here, found " + print(part));
      return {};
    }
  }
  // What the view leaves out is implied, by the memory too.
  prog::TileView whole = prog::implicitView(shape, memory);
  if (view && !readView(view, whole))
    return {};
  if (view && prog::hasUnknown(whole.validShape)) {
    const auto *named =
        llvm::find_if(view->keywords, [](const Keyword &keyword) { return keyword.name == "valid_shape"; });
    result.validShape = named == view->keywords.end() ? view->arguments.front() : named->value;
  }
  result.type = prog::TileType::get(&context, shape, *dtype, memory, whole, memref);
  return result;
}

ReadType TypeReader::readTuple(const Subscript *access) {
  llvm::SmallVector<mlir::Type, 4> types;
  Exprs parts = llvm::isa<Tuple>(access->index) ? elementsOf(access->index) : Exprs(access->index);
  for (const Expr *part : parts) {
    ReadType type = read(part);
    if (!type)
      return {};
    types.push_back(type.type);
  }
  ReadType result{mlir::TupleType::get(&context, types)};
  result.isResultList = llvm::isa<Name>(access->base);
  return result;
}

} // namespace pto::frontend
