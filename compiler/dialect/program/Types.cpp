// The types of a program: text, checks, comparison.
// `[64, "M"] x fp32` is the shape and the element type; dimensions are checked where types are made.
#include "compiler/dialect/program/Types.h"
#include "compiler/dialect/program/Dialect.h"
#include "compiler/dialect/program/Dims.h"
#include "compiler/dialect/program/TileView.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

namespace pto::prog {

namespace {

using mlir::ArrayAttr;
using mlir::AsmParser;
using mlir::AsmPrinter;
using mlir::DictionaryAttr;
using mlir::LogicalResult;
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

/// `, view = {...}`, `, memref = {...}`; other words are taken by `word`.
mlir::ParseResult parseRest(AsmParser &parser, DictionaryAttr &view, DictionaryAttr &memref, MemorySpace *memory) {
  while (succeeded(parser.parseOptionalComma())) {
    llvm::StringRef word;
    llvm::SMLoc where = parser.getCurrentLocation();
    if (parser.parseKeyword(&word))
      return mlir::failure();
    if (word == "view" || word == "memref") {
      if (parser.parseEqual() || parser.parseAttribute(word == "view" ? view : memref))
        return mlir::failure();
      continue;
    }
    std::optional<MemorySpace> found = memory ? memoryNamed(word) : std::nullopt;
    if (!found)
      return parser.emitError(where, "'") << word << "' is neither 'view' nor 'memref' nor a memory of this type";
    *memory = *found;
  }
  return mlir::success();
}

void printRest(AsmPrinter &printer, DictionaryAttr view, DictionaryAttr memref) {
  if (view)
    printer << ", view = " << view;
  if (memref)
    printer << ", memref = " << memref;
}

bool isDim(mlir::Attribute attribute) {
  if (auto parts = mlir::dyn_cast<ArrayAttr>(attribute))
    return parts.size() == 3 && mlir::isa<mlir::StringAttr>(parts[0]) && isDim(parts[1]) && isDim(parts[2]);
  auto integer = mlir::dyn_cast<mlir::IntegerAttr>(attribute);
  return mlir::isa<mlir::StringAttr, mlir::UnitAttr>(attribute) || (integer && integer.getType().isInteger(64));
}

LogicalResult verifyDims(llvm::function_ref<mlir::InFlightDiagnostic()> emitError, ArrayAttr shape) {
  for (mlir::Attribute dim : shape) {
    if (!isDim(dim))
      return emitError() << dim << " is not a dimension: an integer, a symbol's name, [operator, left, right] or unit";
    std::optional<int64_t> value = constantOf(dim);
    if (value && *value < 0)
      return emitError() << "a dimension cannot be negative, found " << *value;
  }
  return mlir::success();
}

std::string viewText(llvm::StringRef name, DictionaryAttr view) {
  std::string text;
  for (mlir::NamedAttribute entry : view) {
    llvm::StringRef key = entry.getName().getValue();
    std::string value;
    if (auto word = mlir::dyn_cast<mlir::StringAttr>(entry.getValue()); word && key != "start_offset")
      value = (key == "pad" ? "pl.PadValue." : key == "layout" ? "pl.TensorLayout." : "pl.TileLayout.") + word.str();
    else if (auto dims = mlir::dyn_cast<ArrayAttr>(entry.getValue()); dims && key != "start_offset")
      value = programText(dims);
    else
      value = programText(Dim(entry.getValue()));
    text += (text.empty() ? "" : ", ") + key.str() + "=" + value;
  }
  return ", pl." + name.str() + "(" + text + ")";
}

std::string memrefText(DictionaryAttr memref) {
  auto base = memref.getAs<mlir::StringAttr>("base");
  mlir::Attribute offset = memref.get("offset"), size = memref.get("size");
  return ", pl.MemRef(\"" + (base ? base.str() : "") + "\", " + (offset ? programText(Dim(offset)) : "0") + ", " +
         (size ? programText(Dim(size)) : "0") + ")";
}

} // namespace

Type ScalarType::parse(AsmParser &parser) {
  DType dtype = DType::FP32;
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
  ArrayAttr shape;
  DType dtype = DType::FP32;
  DictionaryAttr view, memref;
  llvm::SMLoc where = parser.getCurrentLocation();
  if (parser.parseLess() || parser.parseAttribute(shape) || parser.parseKeyword("x") || parseDtype(parser, dtype) ||
      parseRest(parser, view, memref, nullptr) || parser.parseGreater())
    return {};
  return getChecked([&] { return parser.emitError(where); }, parser.getContext(), shape, dtype, view, memref);
}

void TensorType::print(AsmPrinter &printer) const {
  printer << '<' << getShape() << " x ";
  printDtype(printer, getDtype());
  printRest(printer, getView(), getMemref());
  printer << '>';
}

LogicalResult TensorType::verify(llvm::function_ref<mlir::InFlightDiagnostic()> emitError, ArrayAttr shape, DType,
                                 DictionaryAttr, DictionaryAttr) {
  return verifyDims(emitError, shape);
}

Type TileType::parse(AsmParser &parser) {
  ArrayAttr shape;
  DType dtype = DType::FP32;
  MemorySpace memory = MemorySpace::Unset;
  DictionaryAttr view, memref;
  llvm::SMLoc where = parser.getCurrentLocation();
  if (parser.parseLess() || parser.parseAttribute(shape) || parser.parseKeyword("x") || parseDtype(parser, dtype) ||
      parseRest(parser, view, memref, &memory) || parser.parseGreater())
    return {};
  return getChecked([&] { return parser.emitError(where); }, parser.getContext(), shape, dtype, memory, view, memref);
}

void TileType::print(AsmPrinter &printer) const {
  printer << '<' << getShape() << " x ";
  printDtype(printer, getDtype());
  if (getMemory() != MemorySpace::Unset)
    printer << ", " << nameOf(getMemory());
  printRest(printer, getView(), getMemref());
  printer << '>';
}

LogicalResult TileType::verify(llvm::function_ref<mlir::InFlightDiagnostic()> emitError, ArrayAttr shape, DType,
                               MemorySpace, DictionaryAttr, DictionaryAttr) {
  return verifyDims(emitError, shape);
}

Type ArrayType::parse(AsmParser &parser) {
  int64_t size = 0;
  DType dtype = DType::FP32;
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
  llvm::TypeSwitch<Type>(type)
      .Case<ScalarType>([&](ScalarType scalar) { text = "pl.Scalar[pl." + nameOf(scalar.getDtype()).str() + "]"; })
      .Case<TensorType>([&](TensorType tensor) {
        text = "pl.Tensor[" + programText(tensor.getShape()) + ", pl." + nameOf(tensor.getDtype()).str();
        auto layout = tensor.getView() ? tensor.getView().getAs<mlir::StringAttr>("layout") : mlir::StringAttr();
        if (layout && tensor.getView().size() == 1)
          text += ", pl." + layout.str();
        else if (tensor.getView())
          text += viewText("TensorView", tensor.getView());
        text += (tensor.getMemref() ? memrefText(tensor.getMemref()) : "") + "]";
      })
      .Case<TileType>([&](TileType tile) {
        text = "pl.Tile[" + programText(tile.getShape()) + ", pl." + nameOf(tile.getDtype()).str();
        text += tile.getMemref() ? memrefText(tile.getMemref()) : "";
        if (tile.getMemory() != MemorySpace::Unset)
          text += ", pl.Mem." + nameOf(tile.getMemory()).str();
        text += (tile.getView() ? viewText("TileView", tile.getView()) : "") + "]";
      })
      .Case<ArrayType>([&](ArrayType array) {
        text = "pl.Array[" + std::to_string(array.getSize()) + ", pl." + nameOf(array.getDtype()).str() + "]";
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

ArrayAttr shapeOf(Type type) {
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
  ArrayAttr a = shapeOf(left), b = shapeOf(right);
  return elementTypeOf(left) == elementTypeOf(right) && a.size() == b.size() &&
         llvm::all_of(llvm::zip(a, b), [](auto pair) { return mayBeEqual(std::get<0>(pair), std::get<1>(pair)); });
}

Type withoutMemref(Type type) {
  if (auto tensor = mlir::dyn_cast<TensorType>(type))
    return TensorType::get(type.getContext(), tensor.getShape(), tensor.getDtype(), tensor.getView(), {});
  if (auto tile = mlir::dyn_cast<TileType>(type))
    return TileType::get(type.getContext(), tile.getShape(), tile.getDtype(), tile.getMemory(), tile.getView(), {});
  return type;
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
