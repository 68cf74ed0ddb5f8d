// The types of a program: text, checks, comparison.
// `[64, "M"] x fp32` is the shape and the element type; dimensions are checked where types are made.
#include "compiler/dialect/program/Types.h"
#include "compiler/dialect/program/Dialect.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

namespace pto::prog {

namespace {

using mlir::ArrayAttr;
using mlir::AsmParser;
using mlir::AsmPrinter;
using mlir::DictionaryAttr;
using mlir::Type;

void printDtype(AsmPrinter &printer, DType dtype) {
  printer << mnemonicOf(dtype);
}

mlir::ParseResult parseDtype(AsmParser &parser, DType &dtype) {
  llvm::StringRef word;
  llvm::SMLoc where = parser.getCurrentLocation();
  if (parser.parseKeyword(&word))
    return mlir::failure();
  std::optional<DType> found = dtypeWithMnemonic(word);
  if (!found)
    return parser.emitError(where, "'") << word << "' is not an element type; fp32, bf16, int32 and index are";
  dtype = *found;
  return mlir::success();
}

/// What stands behind the element type: `, Vec`, `, view = {...}`, `, memref = {...}`.
struct Rest {
  MemorySpace memory = MemorySpace::Unset;
  DictionaryAttr view;
  Memref memref;
};

mlir::ParseResult parseRest(AsmParser &parser, Rest &rest, bool hasMemory) {
  while (succeeded(parser.parseOptionalComma())) {
    llvm::StringRef word;
    llvm::SMLoc where = parser.getCurrentLocation();
    DictionaryAttr memref;
    if (parser.parseKeyword(&word))
      return mlir::failure();
    if (word == "view") {
      if (parser.parseEqual() || parser.parseAttribute(rest.view))
        return mlir::failure();
    } else if (word == "memref") {
      if (parser.parseEqual() || parser.parseAttribute(memref))
        return mlir::failure();
      if (std::string problem = readMemref(memref, rest.memref); !problem.empty())
        return parser.emitError(where) << problem << ", found " << memref;
    } else if (std::optional<MemorySpace> memory = hasMemory ? memoryNamed(word) : std::nullopt) {
      rest.memory = *memory;
    } else {
      return parser.emitError(where, "'") << word << "' is neither 'view' nor 'memref' nor a memory of this type";
    }
  }
  return mlir::success();
}

void printRest(AsmPrinter &printer, DictionaryAttr view, const Memref &memref) {
  if (view)
    printer << ", view = " << view;
  if (memref)
    printer << ", memref = " << textOf(memref);
}

mlir::ParseResult parseShape(AsmParser &parser, Dims &shape) {
  ArrayAttr text;
  llvm::SMLoc where = parser.getCurrentLocation();
  if (parser.parseAttribute(text))
    return mlir::failure();
  for (mlir::Attribute dim : text) {
    if (!Dim::of(dim))
      return parser.emitError(where)
             << dim << " is not a dimension: an integer, a symbol's name, [operator, left, right] or unit";
    if (std::optional<int64_t> value = Dim::of(dim).constant(); value && *value < 0)
      return parser.emitError(where) << "a dimension cannot be negative, found " << *value;
  }
  shape = Dims::of(text);
  return mlir::success();
}

template <typename View>
mlir::ParseResult completeView(AsmParser &parser, DictionaryAttr stated, View &view) {
  if (stated)
    for (mlir::NamedAttribute field : stated)
      if (std::string problem = setField(view, field.getName(), field.getValue()); !problem.empty())
        return parser.emitError(parser.getNameLoc()) << problem << ", found " << field.getValue();
  return mlir::success();
}

} // namespace

Type ScalarType::parse(AsmParser &parser) {
  DType dtype = DType::F32;
  if (parser.parseLess() || parseDtype(parser, dtype) || parser.parseGreater())
    return {};
  return get(parser.getContext(), dtype);
}

void ScalarType::print(AsmPrinter &printer) const {
  printer << '<';
  printDtype(printer, getDtype());
  printer << '>';
}

Type TensorType::parse(AsmParser &parser) {
  Dims shape;
  DType dtype = DType::F32;
  Rest rest;
  TensorView view;
  if (parser.parseLess() || parseShape(parser, shape) || parser.parseKeyword("x") || parseDtype(parser, dtype) ||
      parseRest(parser, rest, false) || parser.parseGreater() || completeView(parser, rest.view, view))
    return {};
  return get(parser.getContext(), shape, dtype, view, rest.memref);
}

void TensorType::print(AsmPrinter &printer) const {
  printer << '<' << getShape().text() << " x ";
  printDtype(printer, getDtype());
  printRest(printer, textOf(getView(), getContext()), getMemref());
  printer << '>';
}

Type TileType::parse(AsmParser &parser) {
  Dims shape;
  DType dtype = DType::F32;
  Rest rest;
  if (parser.parseLess() || parseShape(parser, shape) || parser.parseKeyword("x") || parseDtype(parser, dtype) ||
      parseRest(parser, rest, true) || parser.parseGreater())
    return {};
  TileView view = implicitView(shape, rest.memory);
  if (completeView(parser, rest.view, view))
    return {};
  return get(parser.getContext(), shape, dtype, rest.memory, view, rest.memref);
}

void TileType::print(AsmPrinter &printer) const {
  printer << '<' << getShape().text() << " x ";
  printDtype(printer, getDtype());
  if (getMemory() != MemorySpace::Unset)
    printer << ", " << nameOf(getMemory());
  printRest(printer, textOf(getView(), getImplicitView(), getContext()), getMemref());
  printer << '>';
}

Type ArrayType::parse(AsmParser &parser) {
  int64_t size = 0;
  DType dtype = DType::F32;
  if (parser.parseLess() || parser.parseInteger(size) || parser.parseKeyword("x") || parseDtype(parser, dtype) ||
      parser.parseGreater())
    return {};
  return get(parser.getContext(), size, dtype);
}

void ArrayType::print(AsmPrinter &printer) const {
  printer << '<' << getSize() << " x ";
  printDtype(printer, getDtype());
  printer << '>';
}

std::string programText(Type type) {
  std::string text;
  auto part = [](const std::string &text) { return text.empty() ? text : ", " + text; };
  llvm::TypeSwitch<Type>(type)
      .Case<ScalarType>([&](ScalarType scalar) { text = "pl.Scalar[pl." + programName(scalar.getDtype()).str() + "]"; })
      .Case<TensorType>([&](TensorType tensor) {
        text = (tensor.getView().isDistributed ? "pl.distributed.DistributedTensor[" : "pl.Tensor[") +
               programText(tensor.getShape()) + ", pl." + programName(tensor.getDtype()).str() +
               part(programText(tensor.getView())) + part(programText(tensor.getMemref())) + "]";
      })
      .Case<TileType>([&](TileType tile) {
        llvm::StringRef memory = nameOf(tile.getMemory());
        text = "pl.Tile[" + programText(tile.getShape()) + ", pl." + programName(tile.getDtype()).str() +
               part(programText(tile.getMemref())) + part(memory.empty() ? "" : "pl.Mem." + memory.str()) +
               part(programText(tile.getView(), tile.getImplicitView())) + "]";
      })
      .Case<ArrayType>([&](ArrayType array) {
        text = "pl.Array[" + std::to_string(array.getSize()) + ", pl." + programName(array.getDtype()).str() + "]";
      })
      .Case<PtrType>([&](PtrType) { text = "pl.Ptr"; })
      .Case<mlir::TupleType>([&](mlir::TupleType tuple) {
        for (Type element : tuple.getTypes())
          text += (text.empty() ? "" : ", ") + programText(element);
        text = "pl.Tuple[" + (text.empty() ? "()" : text) + "]";
      })
      .Default([&](Type) { text = "a type that is not the language's"; });
  return text;
}

bool isShaped(Type type) {
  return mlir::isa<TensorType, TileType>(type);
}

Dims shapeOf(Type type) {
  if (auto tensor = mlir::dyn_cast<TensorType>(type))
    return tensor.getShape();
  if (auto tile = mlir::dyn_cast<TileType>(type))
    return tile.getShape();
  return {};
}

std::optional<DType> elementTypeOf(Type type) {
  return llvm::TypeSwitch<Type, std::optional<DType>>(type)
      .Case<ScalarType, TensorType, TileType, ArrayType>([](auto typed) { return typed.getDtype(); })
      .Default([](Type) { return std::nullopt; });
}

bool compatible(Type left, Type right) {
  if (left.getTypeID() != right.getTypeID())
    return false;
  if (auto tuple = mlir::dyn_cast<mlir::TupleType>(left)) {
    auto other = mlir::cast<mlir::TupleType>(right);
    return tuple.size() == other.size() && llvm::all_of(llvm::zip(tuple.getTypes(), other.getTypes()), [](auto pair) {
             return compatible(std::get<0>(pair), std::get<1>(pair));
           });
  }
  if (!isShaped(left))
    return true;
  Dims a = shapeOf(left), b = shapeOf(right);
  return elementTypeOf(left) == elementTypeOf(right) && a.size() == b.size() &&
         llvm::all_of(llvm::zip(a, b), [](auto pair) { return mayBeEqual(std::get<0>(pair), std::get<1>(pair)); });
}

Memref memrefOf(Type type) {
  if (auto tensor = mlir::dyn_cast<TensorType>(type))
    return tensor.getMemref();
  if (auto tile = mlir::dyn_cast<TileType>(type))
    return tile.getMemref();
  return {};
}

Type withMemref(Type type, const Memref &memref) {
  if (auto tensor = mlir::dyn_cast<TensorType>(type))
    return TensorType::get(type.getContext(), tensor.getShape(), tensor.getDtype(), tensor.getView(), memref);
  if (auto tile = mlir::dyn_cast<TileType>(type))
    return TileType::get(type.getContext(), tile.getShape(), tile.getDtype(), tile.getMemory(), tile.getView(), memref);
  return type;
}

Type withoutMemref(Type type) {
  return withMemref(type, {});
}

TileType withMemory(TileType type, MemorySpace memory) {
  TileView view = type.getView(), before = type.getImplicitView(), after = implicitView(type.getShape(), memory);
  // A layout that was chosen stays as a whole.
  if (view.block == before.block && view.inner == before.inner && view.fractal == before.fractal)
    view = rebased(view, before, after);
  return TileType::get(type.getContext(), type.getShape(), type.getDtype(), memory, view, type.getMemref());
}

Type withShape(Type type, Dims shape) {
  if (auto tensor = mlir::dyn_cast<TensorType>(type))
    return TensorType::get(type.getContext(), shape, tensor.getDtype(), tensor.getView(), tensor.getMemref());
  auto tile = mlir::cast<TileType>(type);
  return TileType::get(type.getContext(), shape, tile.getDtype(), tile.getMemory(),
                       rebased(tile.getView(), tile.getImplicitView(), implicitView(shape, tile.getMemory())),
                       tile.getMemref());
}

} // namespace pto::prog

#define GET_ATTRDEF_CLASSES
#include "compiler/dialect/program/Attributes.cpp.inc"
#define GET_TYPEDEF_CLASSES
#include "compiler/dialect/program/Types.cpp.inc"

namespace pto::prog {

void ProgDialect::registerTypes() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "compiler/dialect/program/Types.cpp.inc"
      >();
}

void ProgDialect::registerAttributes() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "compiler/dialect/program/Attributes.cpp.inc"
      >();
}

} // namespace pto::prog
