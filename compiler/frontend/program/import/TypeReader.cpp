// Annotations to types.
// What else stands in the brackets may come in any order: each part says itself what it is.
#include "compiler/frontend/program/import/TypeReader.h"
#include "compiler/dialect/program/TileView.h"
#include "compiler/frontend/program/AstPrinter.h"
#include "mlir/IR/TypeRange.h"
#include "llvm/ADT/STLExtras.h"

namespace pto::program {

namespace {

using mlir::ArrayAttr;
using mlir::DictionaryAttr;
using mlir::StringAttr;

Exprs elementsOf(const Expr *expression) {
  if (const auto *tuple = llvm::dyn_cast<Tuple>(expression))
    return tuple->elements;
  if (const auto *list = llvm::dyn_cast<List>(expression))
    return list->elements;
  return {};
}

bool isList(const Expr *expression) {
  return llvm::isa<Tuple, List>(expression);
}

const char *dimOperator(BinaryOperator op) {
  switch (op) {
  case BinaryOperator::Add:
    return "add";
  case BinaryOperator::Sub:
    return "sub";
  case BinaryOperator::Mul:
    return "mul";
  case BinaryOperator::FloorDiv:
    return "floordiv";
  case BinaryOperator::FloorMod:
    return "mod";
  default:
    return nullptr;
  }
}

constexpr llvm::StringLiteral typeNames[] = {"pl.Tensor", "pl.Tile", "pl.Scalar", "pl.Tuple",
                                             "pl.Array",  "pl.Ptr",  "pl.Out",    "pl.InOut"};

/// Why a value is not known; nothing for others.
std::string reasonOf(const Value &value) {
  return value.is(Value::Kind::Unknown) ? ", which is " + value.text : "";
}

} // namespace

std::nullptr_t TypeReader::fail(const Expr *where, std::string message) {
  diagnostics.error(where->range, std::move(message));
  return nullptr;
}

bool TypeReader::isSilent(const Expr *annotation) const {
  return llvm::isa<String, OpaqueExpr>(annotation) || resolvePath(annotation, *scope) == "pl.UnknownType";
}

std::optional<prog::DType> TypeReader::readDtype(const Expr *expression) {
  Value value = evaluate(expression, *scope);
  llvm::StringRef path = value.text;
  if (value.is(Value::Kind::Path) && path.consume_front("pl."))
    if (std::optional<prog::DType> dtype = prog::dtypeNamed(path))
      return dtype;
  std::vector<llvm::StringRef> names = prog::dtypeNames();
  std::string hint = value.is(Value::Kind::Path) ? didYouMean(path, names) : "";
  fail(expression, "expected an element type like pl.FP32, found " + print(expression) + reasonOf(value) + hint);
  return std::nullopt;
}

ReadType TypeReader::readParameter(const Expr *annotation, llvm::StringRef &direction) {
  direction = "in";
  if (const auto *access = llvm::dyn_cast<Subscript>(annotation)) {
    std::string path = resolvePath(access->base, *scope);
    if (path == "pl.Out" || path == "pl.InOut") {
      direction = path == "pl.Out" ? "out" : "inout";
      return read(access->index);
    }
  }
  return read(annotation);
}

ReadType TypeReader::read(const Expr *annotation) {
  Value value = evaluate(annotation, *scope);
  // A name for a type: read it where it was defined.
  if (value.is(Value::Kind::Expression) && value.expression != annotation) {
    TypeReader there(context, diagnostics, *value.home, localDim);
    return there.read(value.expression);
  }
  if (const auto *access = llvm::dyn_cast<Subscript>(annotation)) {
    std::string path = resolvePath(access->base, *scope);
    const auto *base = llvm::dyn_cast<Name>(access->base);
    if (path == "pl.Tensor")
      return readTensor(access);
    if (path == "pl.Tile")
      return readTile(access);
    if (path == "pl.Tuple" || (base && (base->id == "tuple" || base->id == "Tuple")))
      return readTuple(access);
    if (path == "pl.Scalar") {
      std::optional<prog::DType> dtype = readDtype(access->index);
      return dtype ? ReadType{prog::ScalarType::get(&context, *dtype)} : ReadType();
    }
    if (path == "pl.Array") {
      Exprs parts = elementsOf(access->index);
      Value size = parts.size() == 2 ? evaluate(parts[0], *scope) : Value();
      if (!size.is(Value::Kind::Integer) || size.integer < 0)
        return fail(access->index, "an array is pl.Array[size, element type]"), ReadType();
      std::optional<prog::DType> dtype = readDtype(parts[1]);
      return dtype ? ReadType{prog::ArrayType::get(&context, size.integer, *dtype)} : ReadType();
    }
    if (path == "pl.Out" || path == "pl.InOut")
      return fail(annotation, "only a parameter has a direction"), ReadType();
  }
  llvm::StringRef path = value.text;
  if (value.is(Value::Kind::Path) && path.consume_front("pl.")) {
    if (path == "Ptr" || path == "MemRefType")
      return {prog::PtrType::get(&context)};
    if (std::optional<prog::DType> dtype = prog::dtypeNamed(path))
      return {prog::ScalarType::get(&context, *dtype)};
    if (path == "Tensor" || path == "Tile" || path == "Scalar")
      return fail(annotation, "pl." + path.str() + " needs its " + (path == "Scalar" ? "" : "shape and ") +
                                  "element type in brackets"),
             ReadType();
  }
  std::vector<llvm::StringRef> known(std::begin(typeNames), std::end(typeNames));
  const auto *access = llvm::dyn_cast<Subscript>(annotation);
  std::string named = access ? resolvePath(access->base, *scope) : value.is(Value::Kind::Path) ? value.text : "";
  fail(annotation, "expected a type, found " + print(annotation) + (named.empty() ? "" : didYouMean(named, known)));
  return {};
}

prog::Dim TypeReader::dimOf(const Value &value, const Expr *expression) {
  if (value.is(Value::Kind::Integer)) {
    if (value.integer >= 0)
      return prog::constantDim(&context, value.integer);
    return fail(expression, "a dimension cannot be negative, found " + std::to_string(value.integer)), nullptr;
  }
  if (value.is(Value::Kind::Symbol))
    return prog::symbolDim(&context, value.text);
  return nullptr;
}

prog::Dim TypeReader::readDim(const Expr *expression) {
  if (const auto *name = llvm::dyn_cast<Name>(expression); name && localDim)
    if (std::optional<prog::Dim> dim = localDim(name->id))
      return *dim;
  unsigned errors = diagnostics.errorCount();
  Value value = evaluate(expression, *scope);
  if (prog::Dim dim = dimOf(value, expression))
    return dim;
  if (diagnostics.errorCount() != errors)
    return nullptr;
  if (const auto *binary = llvm::dyn_cast<Binary>(expression))
    if (const char *op = dimOperator(binary->op)) {
      prog::Dim left = readDim(binary->left), right = left ? readDim(binary->right) : nullptr;
      return left && right ? prog::expressionDim(op, left, right) : nullptr;
    }
  if (const auto *call = llvm::dyn_cast<Call>(expression)) {
    const auto *name = llvm::dyn_cast<Name>(call->callee);
    std::string path = name ? name->id.str() : resolvePath(call->callee, *scope);
    bool minimum = path == "min" || path == "pl.min";
    if ((minimum || path == "max" || path == "pl.max") && call->arguments.size() == 2) {
      prog::Dim left = readDim(call->arguments[0]), right = left ? readDim(call->arguments[1]) : nullptr;
      return left && right ? prog::expressionDim(minimum ? "min" : "max", left, right) : nullptr;
    }
    if (path == "pl.const" && !call->arguments.empty())
      return readDim(call->arguments[0]);
  }
  std::string why = value.is(Value::Kind::Unknown) ? value.text : describe(value.kind).str();
  return fail(expression, "a dimension is an integer or a pl.dynamic, this is " + why), nullptr;
}

ArrayAttr TypeReader::readDims(const Expr *expression) {
  llvm::SmallVector<mlir::Attribute, 4> dims;
  if (isList(expression)) {
    for (const Expr *element : elementsOf(expression)) {
      prog::Dim dim = readDim(element);
      if (!dim)
        return {};
      dims.push_back(dim);
    }
    return ArrayAttr::get(&context, dims);
  }
  Value value = evaluate(expression, *scope);
  if (!value.isSequence())
    return fail(expression, "expected a list of dimensions, found " + print(expression)), ArrayAttr();
  for (const Value &element : value.elements()) {
    prog::Dim dim = dimOf(element, expression);
    if (!dim)
      return fail(expression, "dimension " + print(element) + " is neither an integer nor a pl.dynamic"), ArrayAttr();
    dims.push_back(dim);
  }
  return ArrayAttr::get(&context, dims);
}

DictionaryAttr TypeReader::readView(const Call *call, llvm::ArrayRef<llvm::StringRef> fields, bool &failed) {
  llvm::SmallVector<mlir::NamedAttribute, 4> entries;
  failed = true;
  if (call->arguments.size() > fields.size())
    return fail(call->arguments[fields.size()], "a view has " + std::to_string(fields.size()) + " fields"),
           DictionaryAttr();
  auto add = [&](llvm::StringRef field, const Expr *value) {
    mlir::Attribute attribute;
    Value known = evaluate(value, *scope);
    if (known.is(Value::Kind::None))
      return true;
    if (field == "valid_shape" || field == "stride")
      attribute = readDims(value);
    else if (field == "start_offset")
      attribute = readDim(value);
    else if (field == "fractal" && known.is(Value::Kind::Integer))
      attribute = prog::constantDim(&context, known.integer);
    else if (known.is(Value::Kind::Path))
      attribute = StringAttr::get(&context, llvm::StringRef(known.text).rsplit('.').second);
    else
      fail(value, "this is no " + field.str() + " of a view");
    if (attribute)
      entries.emplace_back(StringAttr::get(&context, field), attribute);
    return static_cast<bool>(attribute);
  };
  for (auto [field, argument] : llvm::zip(fields, call->arguments))
    if (!add(field, argument))
      return {};
  for (const Keyword &keyword : call->keywords) {
    if (!llvm::is_contained(fields, keyword.name))
      return diagnostics.error(keyword.range,
                               "a view has no field '" + keyword.name.str() + "'" + didYouMean(keyword.name, fields)),
             DictionaryAttr();
    if (!add(keyword.name, keyword.value))
      return {};
  }
  failed = false;
  return entries.empty() ? DictionaryAttr() : DictionaryAttr::get(&context, entries);
}

DictionaryAttr TypeReader::readMemref(const Call *call) {
  if (call->arguments.size() != 3 || !call->keywords.empty())
    return fail(call, "an allocation is pl.MemRef(base, offset, size)"), DictionaryAttr();
  const Expr *base = call->arguments[0];
  llvm::StringRef name;
  if (const auto *string = llvm::dyn_cast<String>(base))
    name = string->value;
  else if (const auto *variable = llvm::dyn_cast<Name>(base))
    name = variable->id;
  else
    return fail(base, "the base of an allocation is a name"), DictionaryAttr();
  Value offset = evaluate(call->arguments[1], *scope), size = evaluate(call->arguments[2], *scope);
  for (auto [value, where] : {std::pair(&offset, call->arguments[1]), {&size, call->arguments[2]}})
    if (!value->is(Value::Kind::Integer))
      return fail(where, "the offset and size of an allocation are integers"), DictionaryAttr();
  mlir::NamedAttribute entries[] = {{StringAttr::get(&context, "base"), StringAttr::get(&context, name)},
                                    {StringAttr::get(&context, "offset"), prog::constantDim(&context, offset.integer)},
                                    {StringAttr::get(&context, "size"), prog::constantDim(&context, size.integer)}};
  return DictionaryAttr::get(&context, entries);
}

ReadType TypeReader::readTensor(const Subscript *access) {
  Exprs parts = elementsOf(access->index);
  if (!llvm::isa<Tuple>(access->index) || parts.size() < 2)
    return fail(access->index, "a tensor is pl.Tensor[[dimensions], element type]"), ReadType();
  ArrayAttr shape = readDims(parts[0]);
  std::optional<prog::DType> dtype = shape ? readDtype(parts[1]) : std::nullopt;
  if (!dtype)
    return {};
  DictionaryAttr view, memref;
  ReadType result;
  for (const Expr *part : parts.drop_front(2)) {
    Value value = evaluate(part, *scope);
    const auto *call = value.is(Value::Kind::Expression) ? llvm::dyn_cast<Call>(value.expression) : nullptr;
    std::string callee = call ? resolvePath(call->callee, *scope) : "";
    if (callee == "pl.TensorView") {
      bool failed = false;
      view = readView(call, {"stride", "layout", "valid_shape"}, failed);
      if (failed)
        return {};
      result.hasView = true;
    } else if (callee == "pl.MemRef") {
      if (!(memref = readMemref(call)))
        return {};
    } else if (value.is(Value::Kind::Path) &&
               llvm::is_contained({"pl.ND", "pl.DN", "pl.NZ"}, llvm::StringRef(value.text))) {
      result.hasView = true;
      if (value.text != "pl.ND") {
        mlir::NamedAttribute layout(StringAttr::get(&context, "layout"),
                                    StringAttr::get(&context, llvm::StringRef(value.text).drop_front(3)));
        view = DictionaryAttr::get(&context, layout);
      }
    } else {
      fail(part, "a tensor has a layout (pl.ND, pl.DN, pl.NZ), a pl.TensorView or a pl.MemRef here, found " +
                     print(part) + reasonOf(value));
      return {};
    }
  }
  if (view && view.size() == 1 && view.get("layout") == StringAttr::get(&context, "ND"))
    view = {};
  result.type = prog::TensorType::get(&context, shape, *dtype, view, memref);
  return result;
}

ReadType TypeReader::readTile(const Subscript *access) {
  Exprs parts = elementsOf(access->index);
  if (!llvm::isa<Tuple>(access->index) || parts.size() < 2)
    return fail(access->index, "a tile is pl.Tile[[dimensions], element type]"), ReadType();
  ArrayAttr shape = readDims(parts[0]);
  std::optional<prog::DType> dtype = shape ? readDtype(parts[1]) : std::nullopt;
  if (!dtype)
    return {};
  ReadType result;
  DictionaryAttr view, memref;
  prog::MemorySpace memory = prog::MemorySpace::Unset;
  for (const Expr *part : parts.drop_front(2)) {
    Value value = evaluate(part, *scope);
    const auto *call = value.is(Value::Kind::Expression) ? llvm::dyn_cast<Call>(value.expression) : nullptr;
    std::string callee = call ? resolvePath(call->callee, *scope) : "";
    llvm::StringRef path = value.text;
    if (callee == "pl.TileView") {
      bool failed = false;
      view = readView(call, {"valid_shape", "stride", "start_offset", "blayout", "slayout", "fractal", "pad"}, failed);
      if (failed)
        return {};
      result.hasView = true;
    } else if (callee == "pl.MemRef") {
      if (!(memref = readMemref(call)))
        return {};
    } else if (value.is(Value::Kind::Path) && path.consume_front("pl.Mem.")) {
      std::optional<prog::MemorySpace> named = prog::memoryNamed(path);
      if (!named) {
        std::vector<llvm::StringRef> names = prog::memoryNames();
        fail(part, "there is no memory '" + path.str() + "'" + didYouMean(path, names));
        return {};
      }
      memory = *named;
    } else {
      fail(part, "a tile has a memory (pl.Mem.Vec …), a pl.TileView or a pl.MemRef here, found " + print(part));
      return {};
    }
  }
  auto stated = prog::TileType::get(&context, shape, *dtype, memory, view, memref);
  result.type = prog::tileWith(shape, *dtype, memory, prog::viewOf(stated), memref);
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

} // namespace pto::program
