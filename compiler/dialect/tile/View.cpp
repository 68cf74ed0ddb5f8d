// The spelling of views and parts, and what fits into what.
#include "compiler/dialect/tile/View.h"
#include "compiler/dialect/tile/Arch.h"
#include "mlir/IR/Matchers.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;

Type pto::ir::pointerOfView(Type view) {
  return PtrType::get(view.getContext(), cast<TensorViewType>(view).getElementType(), MemorySpace::Gm);
}

#define GET_OP_CLASSES
#include "compiler/dialect/tile/View.cpp.inc"

namespace pto::ir {

static std::optional<int64_t> constantOf(Value value) {
  APInt constant;
  if (value && matchPattern(value, m_ConstantInt(&constant)) && constant.getSignificantBits() <= 64)
    return constant.getSExtValue();
  return std::nullopt;
}

// As a type says it: the number where it is known, else ?.
static int64_t dimOf(Value value) {
  std::optional<int64_t> constant = constantOf(value);
  return constant && *constant >= 0 ? *constant : ShapedType::kDynamic;
}

static LogicalResult verifyCount(Operation *op, StringRef noun, size_t count, size_t rank, Type view) {
  if (count == rank)
    return success();
  return op->emitOpError() << "has " << count << " " << noun << ", but " << view << " has " << rank << " dimensions";
}

// A dimension that the type knows and the operand contradicts.
static LogicalResult verifyDims(Operation *op, StringRef noun, ValueRange values, ArrayRef<int64_t> dims, Type type) {
  for (auto [index, value, dim] : llvm::enumerate(values, dims))
    if (std::optional<int64_t> constant = constantOf(value);
        constant && !ShapedType::isDynamic(dim) && *constant != dim)
      return op->emitOpError() << noun << " #" << index << " is " << *constant << ", but the type is " << type
                               << "; expected " << dim;
  return success();
}

static LogicalResult verifyNotNegative(Operation *op, StringRef noun, ValueRange values) {
  for (auto [index, value] : llvm::enumerate(values))
    if (std::optional<int64_t> constant = constantOf(value); constant && *constant < 0)
      return op->emitOpError() << noun << " #" << index << " is " << *constant << "; expected 0 or more";
  return success();
}

LogicalResult MakeTensorViewOp::verify() {
  auto view = cast<TensorViewType>(getResult().getType());
  size_t rank = view.getShape().size();
  return failure(failed(verifyCount(*this, "sizes", getShape().size(), rank, view)) ||
                 failed(verifyCount(*this, "strides", getStrides().size(), rank, view)) ||
                 failed(verifyNotNegative(*this, "size", getShape())) ||
                 failed(verifyDims(*this, "size", getShape(), view.getShape(), view)));
}

// NAME = [%a, %b]
static ParseResult parseList(OpAsmParser &parser, StringRef name,
                             SmallVectorImpl<OpAsmParser::UnresolvedOperand> &operands) {
  return failure(parser.parseComma() || parser.parseKeyword(name) || parser.parseEqual() ||
                 parser.parseOperandList(operands, OpAsmParser::Delimiter::Square));
}

static void setSegments(OpAsmParser &parser, OperationState &state, ArrayRef<size_t> sizes) {
  SmallVector<int32_t> segments = llvm::map_to_vector(sizes, [](size_t size) { return int32_t(size); });
  state.addAttribute("operandSegmentSizes", parser.getBuilder().getDenseI32ArrayAttr(segments));
}

ParseResult PartitionViewOp::parse(OpAsmParser &parser, OperationState &state) {
  OpAsmParser::UnresolvedOperand view;
  SmallVector<OpAsmParser::UnresolvedOperand> offsets, sizes;
  Type viewType, resultType, index = parser.getBuilder().getIndexType();
  SMLoc where;
  if (parser.parseOperand(view) || parseList(parser, "offsets", offsets) || parseList(parser, "sizes", sizes) ||
      parser.parseOptionalAttrDict(state.attributes) || parser.parseColon() || parser.getCurrentLocation(&where) ||
      parser.parseType(viewType))
    return failure();
  auto tensor = dyn_cast<TensorViewType>(viewType);
  if (!tensor)
    return parser.emitError(where) << "takes a part of " << viewType << "; expected a !pto.tensor_view";
  bool isWritten = succeeded(parser.parseOptionalArrow());
  if ((isWritten && parser.parseType(resultType)) || parser.resolveOperand(view, viewType, state.operands) ||
      parser.resolveOperands(offsets, index, state.operands) || parser.resolveOperands(sizes, index, state.operands))
    return failure();
  if (!isWritten) {
    SmallVector<int64_t> shape =
        llvm::map_to_vector(ArrayRef(state.operands).take_back(sizes.size()), [](Value size) { return dimOf(size); });
    resultType = PartitionTensorViewType::getChecked([&]() { return parser.emitError(where); }, parser.getContext(),
                                                     ArrayRef<int64_t>(shape), tensor.getElementType());
    if (!resultType)
      return failure();
  }
  state.addTypes(resultType);
  setSegments(parser, state, {1, offsets.size(), sizes.size()});
  return success();
}

void PartitionViewOp::print(OpAsmPrinter &printer) {
  printer << ' ' << getView() << ", offsets = [" << getOffsets() << "], sizes = [" << getSizes() << ']';
  printer.printOptionalAttrDict((*this)->getAttrs(), {"operandSegmentSizes"});
  printer << " : " << getView().getType() << " -> " << getResult().getType();
}

LogicalResult PartitionViewOp::verify() {
  auto view = cast<TensorViewType>(getView().getType());
  auto part = cast<PartitionTensorViewType>(getResult().getType());
  size_t rank = view.getShape().size();
  if (part.getElementType() != view.getElementType())
    return emitOpError() << "makes " << part << " from " << view << "; expected elements of " << view.getElementType();
  if (failed(verifyCount(*this, "offsets", getOffsets().size(), rank, view)) ||
      failed(verifyCount(*this, "sizes", getSizes().size(), rank, view)) ||
      failed(verifyCount(*this, "sizes", getSizes().size(), part.getShape().size(), part)) ||
      failed(verifyNotNegative(*this, "offset", getOffsets())) ||
      failed(verifyNotNegative(*this, "size", getSizes())) ||
      failed(verifyDims(*this, "size", getSizes(), part.getShape(), part)))
    return failure();
  for (auto [index, offset, size, dim] : llvm::enumerate(getOffsets(), getSizes(), view.getShape())) {
    std::optional<int64_t> from = constantOf(offset), count = constantOf(size);
    if (from && count && !ShapedType::isDynamic(dim) && (*from > dim || *count > dim - *from))
      return emitOpError() << "takes " << *count << " from " << *from << " on of dimension #" << index << ", which has "
                           << dim << "; expected at most " << std::max<int64_t>(dim - *from, 0);
  }
  return success();
}

// The layout needs whole lines of 32 bytes, or whole boxes.
static LogicalResult verifyLayout(Operation *op, TileBufType tile) {
  constexpr int64_t line = 32;
  if (isUnboxed(tile)) {
    bool isRow = isRowMajor(tile);
    int64_t bytes = (isRow ? tile.getColumns() : tile.getRows()) * bytesOf(tile.getElementType());
    if (bytes % line == 0)
      return success();
    return op->emitOpError() << "makes " << tile << ", whose " << (isRow ? "rows" : "columns") << " have " << bytes
                             << " bytes; expected a multiple of " << line;
  }
  auto [rows, columns] = boxOf(tile);
  bool mayEndInBox = tile.getMemorySpace() == MemorySpace::Ub || tile.getFractal() == line || tile.getRows() == 1;
  if ((tile.getRows() % rows == 0 || mayEndInBox) && tile.getColumns() % columns == 0)
    return success();
  return op->emitOpError() << "makes " << tile << " of boxes of " << rows << " rows and " << columns
                           << " columns; expected a multiple of both";
}

template <typename AllocOp>
static LogicalResult verifyAddress(AllocOp op, TileBufType tile, int64_t count) {
  Archs archs = archsOf(op);
  MemorySpace space = tile.getMemorySpace();
  int64_t capacity = capacityOf(space, archs), bytes = tile.getBytes() * count;
  constexpr int64_t line = 32;
  std::optional<int64_t> address = constantOf(op.getAddr());
  if (address && (*address < 0 || *address % line != 0))
    return op.emitOpError() << "puts a tile at " << *address << "; expected a multiple of " << line;
  int64_t from = address.value_or(0);
  if (from <= capacity && bytes <= capacity - from)
    return success();
  InFlightDiagnostic error = op.emitOpError();
  error << "makes " << op.getResult().getType() << " of " << bytes << " bytes";
  if (address)
    error << " at " << from;
  return error << "; " << tileWordOf(space) << " has " << capacity << " bytes on " << nameOf(archs);
}

template <typename AllocOp>
static LogicalResult verifyAlloc(AllocOp op, TileBufType tile, int64_t count) {
  auto verifyValid = [&](StringRef name, Value operand, int64_t dim, int64_t size) -> LogicalResult {
    if (bool(operand) != ShapedType::isDynamic(dim))
      return op.emitOpError() << (operand ? "has " : "has no ") << name << ", but makes " << tile << "; expected "
                              << (operand ? "none where the type knows it" : "one where the type says ?");
    std::optional<int64_t> constant = constantOf(operand);
    if (constant && (*constant < 0 || *constant > size))
      return op.emitOpError() << name << " is " << *constant << ", but makes " << tile << "; expected 0 to " << size;
    return success();
  };
  return failure(failed(verifyValid("valid_row", op.getValidRow(), tile.getValidRows(), tile.getRows())) ||
                 failed(verifyValid("valid_col", op.getValidCol(), tile.getValidColumns(), tile.getColumns())) ||
                 failed(verifyLayout(op, tile)) || failed(verifyAddress(op, tile, count)));
}

LogicalResult AllocTileOp::verify() {
  return verifyAlloc(*this, cast<TileBufType>(getResult().getType()), 1);
}

static TileBufType tileOf(MultiTileBufType tiles) {
  return cast<TileBufType>(tiles.getTile());
}

LogicalResult AllocMultiTileOp::verify() {
  auto tiles = cast<MultiTileBufType>(getResult().getType());
  return verifyAlloc(*this, tileOf(tiles), tiles.getCount());
}

LogicalResult MultiTileGetOp::verify() {
  auto tiles = cast<MultiTileBufType>(getTiles().getType());
  if (getResult().getType() != tileOf(tiles))
    return emitOpError() << "takes " << getResult().getType() << " from " << tiles << "; expected " << tileOf(tiles);
  if (std::optional<int64_t> slot = constantOf(getSlot()); slot && (*slot < 0 || *slot >= tiles.getCount()))
    return emitOpError() << "takes tile " << *slot << " of " << tiles.getCount() << "; expected 0 to "
                         << tiles.getCount() - 1;
  return success();
}

LogicalResult TassignOp::verify() {
  if (getTile().getType() == getResult().getType())
    return success();
  return emitOpError() << "result is " << getResult().getType() << ", but the tile is " << getTile().getType()
                       << "; expected the same type";
}

static LogicalResult verifyPointer(Operation *op, Type element, MemorySpace space) {
  auto found = cast<PtrType>(op->getResult(0).getType());
  if (found.getElementType() == element && found.getMemorySpace() == space)
    return success();
  return op->emitOpError() << "makes " << found << " from " << op->getOperand(0).getType() << "; expected "
                           << PtrType::get(op->getContext(), element, space);
}
LogicalResult TileBufAddrOp::verify() {
  auto tile = cast<TileBufType>(getOf().getType());
  return verifyPointer(*this, tile.getElementType(), tile.getMemorySpace());
}
LogicalResult TensorViewAddrOp::verify() {
  auto view = dyn_cast<TensorViewType>(getOf().getType());
  Type element = view ? view.getElementType() : cast<PartitionTensorViewType>(getOf().getType()).getElementType();
  return verifyPointer(*this, element, MemorySpace::Gm);
}

// %t[%i, %j] sizes [R, C] valid [%r, %c] : T -> R
template <typename Op>
static ParseResult parseSubview(OpAsmParser &parser, OperationState &state) {
  OpAsmParser::UnresolvedOperand tile;
  SmallVector<OpAsmParser::UnresolvedOperand> offsets, valid;
  Type tileType, resultType, index = parser.getBuilder().getIndexType();
  if (parser.parseOperand(tile) || parser.parseOperandList(offsets, OpAsmParser::Delimiter::Square) ||
      parser.parseKeyword("sizes"))
    return failure();
  SMLoc where = parser.getCurrentLocation();
  auto sizes = dyn_cast_or_null<DenseI64ArrayAttr>(DenseI64ArrayAttr::parse(parser, Type()));
  if (!sizes)
    return failure();
  state.addAttribute("sizes", sizes);
  if ((succeeded(parser.parseOptionalKeyword("valid")) &&
       parser.parseOperandList(valid, OpAsmParser::Delimiter::Square)) ||
      parser.parseOptionalAttrDict(state.attributes) || parser.parseColonType(tileType))
    return failure();
  bool isWritten = succeeded(parser.parseOptionalArrow());
  if ((isWritten && parser.parseType(resultType)) || parser.resolveOperand(tile, tileType, state.operands) ||
      parser.resolveOperands(offsets, index, state.operands) || parser.resolveOperands(valid, index, state.operands))
    return failure();
  auto from = dyn_cast<TileBufType>(tileType);
  if (!isWritten && from && sizes.size() == 2) {
    ArrayRef<Value> limits = ArrayRef(state.operands).take_back(valid.size());
    auto dim = [&](size_t i) { return limits.size() == 2 ? dimOf(limits[i]) : sizes[i]; };
    resultType =
        TileBufType::getChecked([&]() { return parser.emitError(where); }, parser.getContext(), from.getMemorySpace(),
                                sizes[0], sizes[1], from.getElementType(), dim(0), dim(1), from.getBlock(),
                                from.getInner(), from.getFractal(), from.getPad(), from.getCompact());
  }
  if (!resultType)
    return isWritten || from ? parser.emitError(where) << "expected two sizes, rows and columns"
                             : parser.emitError(where) << "takes a part of " << tileType << "; expected a tile";
  state.addTypes(resultType);
  setSegments(parser, state, {1, offsets.size(), valid.size()});
  return success();
}

template <typename Op>
static void printSubview(OpAsmPrinter &printer, Op op) {
  printer << ' ' << op.getTile() << '[' << op.getOffsets() << "] sizes [";
  llvm::interleaveComma(op.getSizes(), printer);
  printer << ']';
  if (!op.getValid().empty())
    printer << " valid [" << op.getValid() << ']';
  printer.printOptionalAttrDict(op->getAttrs(), {"operandSegmentSizes", "sizes"});
  printer << " : " << op.getTile().getType() << " -> " << op.getResult().getType();
}

// Rows and columns of what the result says must be those of the operation; the rest is the tile's.
template <typename Op>
static LogicalResult verifySubview(Op op) {
  auto tile = cast<TileBufType>(op.getTile().getType()), part = cast<TileBufType>(op.getResult().getType());
  if (op.getOffsets().size() != 2 || op.getSizes().size() != 2)
    return op.emitOpError() << "has " << op.getOffsets().size() << " offsets and " << op.getSizes().size()
                            << " sizes; expected two of each, for rows and columns";
  if (!op.getValid().empty() && op.getValid().size() != 2)
    return op.emitOpError() << "has " << op.getValid().size() << " valid sizes; expected two, or no valid [ ]";
  if (part.getRows() != op.getSizes()[0] || part.getColumns() != op.getSizes()[1])
    return op.emitOpError() << "makes " << part << "; expected " << op.getSizes()[0] << " rows and " << op.getSizes()[1]
                            << " columns, as its sizes say";
  auto alike = TileBufType::get(op.getContext(), part.getMemorySpace(), part.getRows(), part.getColumns(),
                                part.getElementType(), part.getValidRows(), part.getValidColumns(), tile.getBlock(),
                                tile.getInner(), tile.getFractal(), tile.getPad(), tile.getCompact());
  if (part.getElementType() != tile.getElementType() || part.getMemorySpace() != tile.getMemorySpace() || part != alike)
    return op.emitOpError() << "makes " << part << " from " << tile
                            << "; expected the same memory, elements, layout and padding";
  if (failed(verifyNotNegative(op, "offset", op.getOffsets())))
    return failure();
  int64_t dims[] = {part.getValidRows(), part.getValidColumns()};
  for (size_t i = 0; i < 2; ++i) {
    std::optional<int64_t> limit = op.getValid().empty() ? std::nullopt : constantOf(op.getValid()[i]);
    bool isDynamic = ShapedType::isDynamic(dims[i]);
    if (op.getValid().empty() && isDynamic)
      return op.emitOpError() << "makes " << part << "; expected valid [ ], which says what is ? in the type";
    if (limit && (*limit < 0 || *limit > op.getSizes()[i]))
      return op.emitOpError() << "valid #" << i << " is " << *limit << "; expected 0 to " << op.getSizes()[i];
    if (!op.getValid().empty() && (limit ? dims[i] != *limit : !isDynamic)) {
      InFlightDiagnostic error = op.emitOpError();
      error << "makes " << part << ", but valid #" << i << " is ";
      return limit ? error << *limit << "; expected it in the type" : error << "not constant; expected ? in the type";
    }
  }
  return success();
}

ParseResult SubviewOp::parse(OpAsmParser &parser, OperationState &state) {
  return parseSubview<SubviewOp>(parser, state);
}
void SubviewOp::print(OpAsmPrinter &printer) {
  printSubview(printer, *this);
}
LogicalResult SubviewOp::verify() {
  return verifySubview(*this);
}
ParseResult SubsetOp::parse(OpAsmParser &parser, OperationState &state) {
  return parseSubview<SubsetOp>(parser, state);
}
void SubsetOp::print(OpAsmPrinter &printer) {
  printSubview(printer, *this);
}
LogicalResult SubsetOp::verify() {
  return verifySubview(*this);
}

LogicalResult SetValidShapeOp::verify() {
  auto tile = cast<TileBufType>(getTile().getType());
  if (!ShapedType::isDynamic(tile.getValidRows()) || !ShapedType::isDynamic(tile.getValidColumns()))
    return emitOpError() << "sets what is valid of " << tile << "; expected a tile with valid=?x?";
  int64_t sizes[] = {tile.getRows(), tile.getColumns()};
  for (auto [name, operand, size] :
       llvm::zip_equal(ArrayRef<StringRef>{"valid_row", "valid_col"}, getOperands().drop_front(), sizes))
    if (std::optional<int64_t> valid = constantOf(operand); valid && (*valid < 0 || *valid > size))
      return emitOpError() << name << " is " << *valid << "; expected 0 to " << size;
  return success();
}

static LogicalResult verifySameBytes(Operation *op, TileBufType from, TileBufType to) {
  if (from.getMemorySpace() == to.getMemorySpace() && from.getBytes() == to.getBytes())
    return success();
  return op->emitOpError() << "takes " << from << " of " << from.getBytes() << " bytes as " << to << " of "
                           << to.getBytes() << " bytes; expected as many in the same memory";
}
LogicalResult TreshapeOp::verify() {
  return verifySameBytes(*this, cast<TileBufType>(getTile().getType()), cast<TileBufType>(getResult().getType()));
}
LogicalResult BitcastOp::verify() {
  return verifySameBytes(*this, cast<TileBufType>(getTile().getType()), cast<TileBufType>(getResult().getType()));
}

// Only single numbers are reached by an address that was computed.
LogicalResult IntToPtrOp::verify() {
  for (OpOperand &use : getResult().getUses()) {
    StringRef name = use.getOwner()->getName().getStringRef();
    if (name != "pto.load_scalar" && name != "pto.store_scalar")
      return emitOpError() << "is used by " << name << "; expected pto.load_scalar and pto.store_scalar only";
  }
  return success();
}

} // namespace pto::ir

void pto::ir::PtoDialect::registerTileViewOps() {
  addOperations<
#define GET_OP_LIST
#include "compiler/dialect/tile/View.cpp.inc"
      >();
}
