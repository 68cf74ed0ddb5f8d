// Spelling and checking of tiles and views.
#include "compiler/dialect/tile/Types.h"
#include "base/NearestName.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/IR/OpImplementation.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using pto::layout::Order;
using pto::layout::Pad;

namespace pto::ir {

int64_t bytesOf(Type element) {
  return widthOf(element) / 8;
}

int64_t TileBufType::getBytes() const {
  return getRows() * getColumns() * bytesOf(getElementType());
}

std::array<int64_t, 2> boxOf(TileBufType tile) {
  if (isUnboxed(tile))
    return {1, 1};
  constexpr int64_t line = 32, lines = 16;
  int64_t across = line / bytesOf(tile.getElementType());
  bool isRow = tile.getInner() == Order::RowMajor;
  if (tile.getFractal() == 1024)
    return {16, 16};
  if (tile.getFractal() == 32)
    return isRow ? std::array<int64_t, 2>{16, 2} : std::array<int64_t, 2>{2, 16};
  return isRow ? std::array<int64_t, 2>{lines, across} : std::array<int64_t, 2>{across, lines};
}

StringRef layoutNameOf(TileBufType tile) {
  if (isUnboxed(tile))
    return isRowMajor(tile) ? "ND" : "DN";
  bool isInnerRow = tile.getInner() == Order::RowMajor;
  return isRowMajor(tile) ? (isInnerRow ? "ZZ" : "ZN") : (isInnerRow ? "NZ" : "NN");
}

namespace {

// What a tile has where its text says nothing.
struct Parts {
  std::optional<MemorySpace> space;
  std::optional<int64_t> rows, columns, validRows, validColumns;
  Type element;
  Order block = Order::RowMajor, inner = Order::NoneBox;
  int64_t fractal = 512;
  Pad pad = Pad::Null;
  Compact compact = Compact::Null;
};

constexpr StringRef keys[] = {"loc",     "dtype",   "rows",    "cols", "v_row",   "v_col",
                              "blayout", "slayout", "fractal", "pad",  "compact", "valid"};

ParseResult parseSpace(AsmParser &parser, std::optional<MemorySpace> &space) {
  SMLoc where = parser.getCurrentLocation();
  std::string word;
  if (parser.parseKeywordOrString(&word))
    return failure();
  space = memorySpaceOf(word);
  if (space && *space != MemorySpace::Gm)
    return success();
  return parser.emitError(where) << "a tile in '" << word
                                 << "'; expected one of vec, mat, left, right, acc, bias, scaling";
}

ParseResult parseOrder(AsmParser &parser, StringRef key, Order &order) {
  SMLoc where = parser.getCurrentLocation();
  std::string word;
  if (parser.parseKeywordOrString(&word))
    return failure();
  std::optional<Order> known = layout::symbolizeOrder(word);
  bool isBlock = key == "blayout";
  if (!known || (isBlock && *known == Order::NoneBox))
    return parser.emitError(where) << key << " is '" << word << "'; expected " << (isBlock ? "" : "none_box, ")
                                   << "row_major or col_major";
  order = *known;
  return success();
}

// A number that stands for a word of an enum.
template <typename Enum>
ParseResult parseNumbered(AsmParser &parser, StringRef key, Enum &value, std::optional<Enum> (*known)(uint32_t),
                          StringRef words) {
  SMLoc where = parser.getCurrentLocation();
  int64_t number;
  if (parser.parseInteger(number))
    return failure();
  std::optional<Enum> found = number < 0 || number > 9 ? std::nullopt : known(uint32_t(number));
  if (!found)
    return parser.emitError(where) << key << " is " << number << "; expected " << words;
  value = *found;
  return success();
}

// ?, -1 or a number.
ParseResult parseValid(AsmParser &parser, std::optional<int64_t> &valid) {
  if (succeeded(parser.parseOptionalQuestion())) {
    valid = ShapedType::kDynamic;
    return success();
  }
  int64_t number;
  if (parser.parseInteger(number))
    return failure();
  valid = number == -1 ? ShapedType::kDynamic : number;
  return success();
}

ParseResult parseInteger(AsmParser &parser, std::optional<int64_t> &number) {
  int64_t found;
  if (parser.parseInteger(found))
    return failure();
  number = found;
  return success();
}

ParseResult parseValue(AsmParser &parser, SMLoc where, StringRef key, Parts &parts) {
  if (key == "loc")
    return parseSpace(parser, parts.space);
  if (key == "dtype")
    return parser.parseType(parts.element);
  if (key == "rows")
    return parseInteger(parser, parts.rows);
  if (key == "cols")
    return parseInteger(parser, parts.columns);
  if (key == "v_row")
    return parseValid(parser, parts.validRows);
  if (key == "v_col")
    return parseValid(parser, parts.validColumns);
  if (key == "blayout")
    return parseOrder(parser, key, parts.block);
  if (key == "slayout")
    return parseOrder(parser, key, parts.inner);
  if (key == "fractal")
    return parser.parseInteger(parts.fractal);
  if (key == "pad")
    return parseNumbered<Pad>(parser, key, parts.pad, layout::symbolizePad, "0 (null), 1 (zero), 2 (max) or 3 (min)");
  if (key == "compact")
    return parseNumbered<Compact>(parser, key, parts.compact, symbolizeCompact,
                                  "0 (null), 1 (normal) or 2 (row_plus_one)");
  if (key != "valid")
    return parser.emitError(where) << "a tile has no '" << key << "'" << didYouMean(key, keys);
  SMLoc at = parser.getCurrentLocation();
  SmallVector<int64_t, 2> valid;
  if (parser.parseDimensionList(valid, /*allowDynamic=*/true, /*withTrailingX=*/false))
    return failure();
  if (valid.size() != 2)
    return parser.emitError(at) << "valid has " << valid.size() << " dimensions; expected two, as in valid=?x64";
  parts.validRows = valid[0];
  parts.validColumns = valid[1];
  return success();
}

// MEMORY, ROWSxCOLUMNSxTYPE, before the keys of the compact spelling.
ParseResult parseCompactHead(AsmParser &parser, Parts &parts) {
  if (parseSpace(parser, parts.space) || parser.parseComma())
    return failure();
  SMLoc where = parser.getCurrentLocation();
  SmallVector<int64_t, 2> shape;
  if (parser.parseDimensionList(shape, /*allowDynamic=*/false) || parser.parseType(parts.element))
    return failure();
  if (shape.size() != 2)
    return parser.emitError(where) << "a tile has rows and columns, found " << shape.size()
                                   << " dimensions; expected a form like !pto.tile_buf<vec, 16x64xf32>";
  parts.rows = shape[0];
  parts.columns = shape[1];
  return success();
}

ParseResult parseKeys(AsmParser &parser, Parts &parts, SmallVector<StringRef> &found, int64_t *count) {
  while (succeeded(parser.parseOptionalComma())) {
    SMLoc where = parser.getCurrentLocation();
    StringRef key;
    if (parser.parseKeyword(&key) || parser.parseEqual())
      return failure();
    if (count && key == "count" ? parser.parseInteger(*count) : parseValue(parser, where, key, parts))
      return failure();
    if (llvm::is_contained(found, key))
      return parser.emitError(where) << "'" << key << "' is given twice";
    found.push_back(key);
  }
  return success();
}

} // namespace

// All between < and >; with the key `count` where several are read.
static Type parseTile(AsmParser &parser, SMLoc start, int64_t *count = nullptr) {
  Parts parts;
  SmallVector<StringRef> found;
  StringRef first;
  // The long spelling begins with loc=.
  if (succeeded(parser.parseOptionalKeyword(&first, {"loc"}))) {
    found.push_back(first);
    if (parser.parseEqual() || parseSpace(parser, parts.space))
      return {};
  } else if (parseCompactHead(parser, parts)) {
    return {};
  }
  if (parseKeys(parser, parts, found, count))
    return {};
  if (!parts.element || !parts.rows || !parts.columns) {
    parser.emitError(start) << "a tile without "
                            << (!parts.element ? "dtype"
                                : !parts.rows  ? "rows"
                                               : "cols")
                            << "; expected a form like !pto.tile_buf<vec, 16x64xf32>";
    return {};
  }
  return parser.getChecked<TileBufType>(start, parser.getContext(), *parts.space, *parts.rows, *parts.columns,
                                        parts.element, parts.validRows.value_or(*parts.rows),
                                        parts.validColumns.value_or(*parts.columns), parts.block, parts.inner,
                                        parts.fractal, parts.pad, parts.compact);
}

Type parseTileBody(AsmParser &parser) {
  Type tile = parseTile(parser, parser.getCurrentLocation());
  return tile && succeeded(parser.parseGreater()) ? tile : Type();
}

Type TileBufType::parse(AsmParser &parser) {
  return succeeded(parser.parseLess()) ? parseTileBody(parser) : Type();
}

static void printDim(AsmPrinter &printer, int64_t dim) {
  if (ShapedType::isDynamic(dim))
    printer << '?';
  else
    printer << dim;
}

void TileBufType::print(AsmPrinter &printer) const {
  printer << '<' << tileWordOf(getMemorySpace()) << ", " << getRows() << 'x' << getColumns() << 'x' << getElementType();
  if (getValidRows() != getRows() || getValidColumns() != getColumns()) {
    printer << ", valid=";
    printDim(printer, getValidRows());
    printer << 'x';
    printDim(printer, getValidColumns());
  }
  const Parts usual;
  if (getBlock() != usual.block)
    printer << ", blayout=" << layout::stringifyOrder(getBlock());
  if (getInner() != usual.inner)
    printer << ", slayout=" << layout::stringifyOrder(getInner());
  if (getFractal() != usual.fractal)
    printer << ", fractal=" << getFractal();
  if (getPad() != usual.pad)
    printer << ", pad=" << uint32_t(getPad());
  if (getCompact() != usual.compact)
    printer << ", compact=" << uint32_t(getCompact());
  printer << '>';
}

unsigned elementSetOf(Type element) {
  return isa<Float8E4M3Type>(element) ? laneF8 : laneOf(element);
}

static LogicalResult verifyElement(function_ref<InFlightDiagnostic()> emitError, StringRef noun, Type element) {
  if ((elementSetOf(element) & anyLanes) != 0)
    return success();
  return emitError() << noun << " of " << element
                     << "; expected 8-, 16-, 32- or 64-bit integers, f16, bf16, f32, an 8-bit float or "
                        "a pair of 4-bit ones";
}

LogicalResult TileBufType::verify(function_ref<InFlightDiagnostic()> emitError, MemorySpace, int64_t rows,
                                  int64_t columns, Type element, int64_t validRows, int64_t validColumns, Order, Order,
                                  int64_t fractal, Pad, Compact) {
  // So that no product of sizes overflows; the largest memory has half a million bytes.
  constexpr int64_t most = 1 << 20;
  if (failed(verifyElement(emitError, "a tile", element)))
    return failure();
  if (rows < 1 || columns < 1 || rows > most || columns > most)
    return emitError() << "a tile of " << rows << " rows and " << columns << " columns; expected 1 to " << most
                       << " of each";
  if (fractal != 32 && fractal != 512 && fractal != 1024)
    return emitError() << "fractal is " << fractal << "; expected 512, 1024 (of acc) or 32 (of MX scales) bytes";
  auto verifyValid = [&](StringRef noun, int64_t valid, int64_t size) -> LogicalResult {
    if (ShapedType::isDynamic(valid) || (valid >= 0 && valid <= size))
      return success();
    return emitError() << valid << " valid " << noun << " in a tile of " << size << "; expected 0 to " << size
                       << ", or ?";
  };
  return failure(failed(verifyValid("rows", validRows, rows)) || failed(verifyValid("columns", validColumns, columns)));
}

template <typename ViewType>
static Type parseView(AsmParser &parser) {
  SMLoc start = parser.getCurrentLocation();
  SmallVector<int64_t, 5> shape;
  Type element;
  if (parser.parseLess() || parser.parseDimensionList(shape, /*allowDynamic=*/true) || parser.parseType(element) ||
      parser.parseGreater())
    return {};
  return parser.getChecked<ViewType>(start, parser.getContext(), ArrayRef<int64_t>(shape), element);
}

template <typename ViewType>
static void printView(AsmPrinter &printer, ViewType view) {
  printer << '<';
  printer.printDimensionList(view.getShape());
  printer << 'x' << view.getElementType() << '>';
}

static LogicalResult verifyView(function_ref<InFlightDiagnostic()> emitError, ArrayRef<int64_t> shape, Type element) {
  constexpr size_t mostDims = 5;
  if (failed(verifyElement(emitError, "a view", element)))
    return failure();
  if (shape.empty() || shape.size() > mostDims)
    return emitError() << "a view of " << shape.size() << " dimensions; expected 1 to " << mostDims;
  return success();
}

Type TensorViewType::parse(AsmParser &parser) {
  return parseView<TensorViewType>(parser);
}
void TensorViewType::print(AsmPrinter &printer) const {
  printView(printer, *this);
}
LogicalResult TensorViewType::verify(function_ref<InFlightDiagnostic()> emitError, ArrayRef<int64_t> shape,
                                     Type element) {
  return verifyView(emitError, shape, element);
}

Type PartitionTensorViewType::parse(AsmParser &parser) {
  return parseView<PartitionTensorViewType>(parser);
}
void PartitionTensorViewType::print(AsmPrinter &printer) const {
  printView(printer, *this);
}
LogicalResult PartitionTensorViewType::verify(function_ref<InFlightDiagnostic()> emitError, ArrayRef<int64_t> shape,
                                              Type element) {
  return verifyView(emitError, shape, element);
}

Type MultiTileBufType::parse(AsmParser &parser) {
  SMLoc start = parser.getCurrentLocation();
  if (parser.parseLess())
    return {};
  Type tile;
  int64_t count = 0;
  OptionalParseResult isWhole = parser.parseOptionalType(tile);
  if (!isWhole.has_value())
    tile = parseTile(parser, start, &count);
  else if (*isWhole || parser.parseComma() || parser.parseKeyword("count") || parser.parseEqual() ||
           parser.parseInteger(count))
    return {};
  if (!tile || parser.parseGreater())
    return {};
  return parser.getChecked<MultiTileBufType>(start, parser.getContext(), tile, count);
}

void MultiTileBufType::print(AsmPrinter &printer) const {
  printer << '<' << getTile() << ", count=" << getCount() << '>';
}

LogicalResult MultiTileBufType::verify(function_ref<InFlightDiagnostic()> emitError, Type tile, int64_t count) {
  constexpr int64_t least = 2, most = 16;
  if (!mlir::isa<TileBufType>(tile))
    return emitError() << "tiles of " << tile << "; expected a !pto.tile_buf";
  if (count < least || count > most)
    return emitError() << "count is " << count << "; expected " << least << " to " << most;
  return success();
}

Type LocalArrayType::parse(AsmParser &parser) {
  SMLoc start = parser.getCurrentLocation();
  SmallVector<int64_t, 2> shape;
  Type element;
  if (parser.parseLess() || parser.parseDimensionList(shape, /*allowDynamic=*/false) || parser.parseType(element) ||
      parser.parseGreater())
    return {};
  return parser.getChecked<LocalArrayType>(start, parser.getContext(), ArrayRef<int64_t>(shape), element);
}

void LocalArrayType::print(AsmPrinter &printer) const {
  printView(printer, *this);
}

LogicalResult LocalArrayType::verify(function_ref<InFlightDiagnostic()> emitError, ArrayRef<int64_t> shape,
                                     Type element) {
  // The scalar unit's stack is small; products of sizes must not overflow.
  constexpr int64_t most = 1 << 16;
  if (!element.isIntOrFloat())
    return emitError() << "an array of " << element << "; expected integers or floats";
  if (shape.empty() || llvm::any_of(shape, [](int64_t dim) { return dim < 1 || dim > most; }))
    return emitError() << "an array of " << shape.size() << " dimensions; expected one or more of 1 to " << most;
  return success();
}

Attribute AddressSpaceAttr::parse(AsmParser &parser, Type) {
  SMLoc where;
  StringRef word;
  if (parser.parseLess() || parser.getCurrentLocation(&where) || parser.parseKeyword(&word))
    return {};
  std::optional<MemorySpace> space = memorySpaceOf(word);
  if (!space)
    parser.emitError(where) << "unknown memory '" << word
                            << "'; expected one of gm, vec, mat, left, right, acc, bias, scaling";
  if (!space || parser.parseGreater())
    return {};
  return AddressSpaceAttr::get(parser.getContext(), *space);
}

void AddressSpaceAttr::print(AsmPrinter &printer) const {
  printer << '<' << tileWordOf(getValue()) << '>';
}

} // namespace pto::ir
