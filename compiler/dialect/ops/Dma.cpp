// Loop and pad groups of the DMA instructions, and what a copy needs of its two ends.
#include "compiler/dialect/ops/Dma.h"
#include "compiler/dialect/Constants.h"

using namespace mlir;

namespace pto::ir {

using UnresolvedOperand = OpAsmParser::UnresolvedOperand;

// (COUNT, SOURCE STRIDE, DESTINATION STRIDE)
static ParseResult parseGroup(OpAsmParser &parser, SmallVectorImpl<UnresolvedOperand> &counts,
                              SmallVectorImpl<UnresolvedOperand> &sourceStrides,
                              SmallVectorImpl<UnresolvedOperand> &destinationStrides) {
  return failure(parser.parseLParen() || parser.parseOperand(counts.emplace_back()) || parser.parseComma() ||
                 parser.parseOperand(sourceStrides.emplace_back()) || parser.parseComma() ||
                 parser.parseOperand(destinationStrides.emplace_back()) || parser.parseRParen());
}

// loop1 and loop2 are the spellings of older kernels, innermost first.
static OptionalParseResult parseLoops(OpAsmParser &parser, SmallVectorImpl<UnresolvedOperand> &counts,
                                      SmallVectorImpl<UnresolvedOperand> &sourceStrides,
                                      SmallVectorImpl<UnresolvedOperand> &destinationStrides) {
  StringRef word;
  bool isPresent = false;
  while (succeeded(parser.parseOptionalKeyword(&word, {"loop", "loop1", "loop2"}))) {
    isPresent = true;
    if (parseGroup(parser, counts, sourceStrides, destinationStrides))
      return failure();
  }
  return isPresent ? OptionalParseResult(success()) : std::nullopt;
}

static OptionalParseResult parseLoopsAndPad(OpAsmParser &parser, SmallVectorImpl<UnresolvedOperand> &counts,
                                            SmallVectorImpl<UnresolvedOperand> &sourceStrides,
                                            SmallVectorImpl<UnresolvedOperand> &destinationStrides,
                                            std::optional<UnresolvedOperand> &padValue,
                                            std::optional<UnresolvedOperand> &left,
                                            std::optional<UnresolvedOperand> &right) {
  OptionalParseResult loops = parseLoops(parser, counts, sourceStrides, destinationStrides);
  if (loops.has_value() && failed(*loops))
    return failure();
  if (failed(parser.parseOptionalKeyword("pad")))
    return loops;
  if (parser.parseLParen() || parser.parseOperand(padValue.emplace()))
    return failure();
  if (succeeded(parser.parseOptionalComma()) &&
      (parser.parseOperand(left.emplace()) || parser.parseComma() || parser.parseOperand(right.emplace())))
    return failure();
  return parser.parseRParen();
}

static void printLoops(OpAsmPrinter &printer, Operation *, ValueRange counts, ValueRange sourceStrides,
                       ValueRange destinationStrides) {
  llvm::interleave(
      llvm::zip_equal(counts, sourceStrides, destinationStrides),
      [&](auto group) {
        auto [count, source, destination] = group;
        printer << "loop(" << count << ", " << source << ", " << destination << ')';
      },
      [&] { printer << ' '; });
}

static void printLoopsAndPad(OpAsmPrinter &printer, Operation *op, ValueRange counts, ValueRange sourceStrides,
                             ValueRange destinationStrides, Value padValue, Value left, Value right) {
  printLoops(printer, op, counts, sourceStrides, destinationStrides);
  if (!padValue)
    return;
  if (!counts.empty())
    printer << ' ';
  printer << "pad(" << padValue;
  if (left && right)
    printer << ", " << left << ", " << right;
  printer << ')';
}

static ParseResult parseTypeTriple(OpAsmParser &parser, Type &first, Type &second, Type &third) {
  return failure(parser.parseType(first) || parser.parseComma() || parser.parseType(second) || parser.parseComma() ||
                 parser.parseType(third));
}

struct PadTypes {
  Type &value, &left, &right;
};

// The types of the groups follow in any order: loop i64, i64, i64, pad i16, i64, i64
static ParseResult parseGroupTypes(OpAsmParser &parser, SmallVectorImpl<Type> &counts,
                                   SmallVectorImpl<Type> &sourceStrides, SmallVectorImpl<Type> &destinationStrides,
                                   std::optional<PadTypes> pad) {
  while (true) {
    SMLoc where = parser.getCurrentLocation();
    StringRef word;
    if (parser.parseKeyword(&word))
      return failure();
    if (word == "loop" || word == "loop1" || word == "loop2") {
      if (parseTypeTriple(parser, counts.emplace_back(), sourceStrides.emplace_back(),
                          destinationStrides.emplace_back()))
        return failure();
    } else if (word == "pad" && pad && !pad->value) {
      if (parser.parseType(pad->value))
        return failure();
      if (failed(parser.parseOptionalComma()))
        return success();
      OptionalParseResult hasCounts = parser.parseOptionalType(pad->left);
      if (!hasCounts.has_value())
        continue; // the comma began the next group
      if (failed(*hasCounts) || parser.parseComma() || parser.parseType(pad->right))
        return failure();
    } else {
      return parser.emitError(where) << "found '" << word << "'; expected the types of a group: 'loop'"
                                     << (pad ? ", or one 'pad'" : "");
    }
    if (failed(parser.parseOptionalComma()))
      return success();
  }
}

static ParseResult parseLoopTypes(OpAsmParser &parser, SmallVectorImpl<Type> &counts,
                                  SmallVectorImpl<Type> &sourceStrides, SmallVectorImpl<Type> &destinationStrides) {
  return parseGroupTypes(parser, counts, sourceStrides, destinationStrides, std::nullopt);
}

static ParseResult parseLoopAndPadTypes(OpAsmParser &parser, SmallVectorImpl<Type> &counts,
                                        SmallVectorImpl<Type> &sourceStrides, SmallVectorImpl<Type> &destinationStrides,
                                        Type &padValue, Type &left, Type &right) {
  return parseGroupTypes(parser, counts, sourceStrides, destinationStrides, PadTypes{padValue, left, right});
}

static void printLoopTypes(OpAsmPrinter &printer, Operation *, TypeRange counts, TypeRange sourceStrides,
                           TypeRange destinationStrides) {
  llvm::interleaveComma(llvm::zip_equal(counts, sourceStrides, destinationStrides), printer, [&](auto group) {
    auto [count, source, destination] = group;
    printer << "loop " << count << ", " << source << ", " << destination;
  });
}

static void printLoopAndPadTypes(OpAsmPrinter &printer, Operation *op, TypeRange counts, TypeRange sourceStrides,
                                 TypeRange destinationStrides, Type padValue, Type left, Type right) {
  printLoopTypes(printer, op, counts, sourceStrides, destinationStrides);
  if (!padValue)
    return;
  if (!counts.empty())
    printer << ", ";
  printer << "pad " << padValue;
  if (left && right)
    printer << ", " << left << ", " << right;
}

} // namespace pto::ir

#define GET_OP_CLASSES
#include "compiler/dialect/ops/Dma.cpp.inc"

namespace pto::ir {

// Both ends of a copy move the same bytes, so their elements have the same size.
template <typename CopyOp>
static LogicalResult verifyElementSizes(CopyOp op) {
  Type source = cast<PtrType>(op.getSource().getType()).getElementType();
  Type destination = cast<PtrType>(op.getDestination().getType()).getElementType();
  if (widthOf(source) == widthOf(destination))
    return success();
  return op.emitOpError() << "copies " << source << " (" << widthOf(source) / 8 << " bytes) to " << destination << " ("
                          << widthOf(destination) / 8 << " bytes); expected elements of the same size";
}

static LogicalResult verifyNotNegative(Operation *op, StringRef name, Value value) {
  std::optional<int64_t> constant = constantOf(value);
  if (constant.value_or(0) >= 0)
    return success();
  return op->emitOpError() << name << " is " << *constant << "; expected 0 or more";
}

template <typename BurstOp>
static LogicalResult verifyBursts(BurstOp op) {
  if (failed(verifyElementSizes(op)) || failed(verifyNotNegative(op, "len_burst", op.getLenBurst())) ||
      failed(verifyNotNegative(op, "n_burst", op.getNBurst())))
    return failure();
  size_t loops = op.getLoopCounts().size();
  if (op.getLoopSrcStrides().size() != loops || op.getLoopDstStrides().size() != loops)
    return op.emitOpError() << "has " << loops << " loop counts, " << op.getLoopSrcStrides().size()
                            << " source strides and " << op.getLoopDstStrides().size()
                            << " destination strides; expected one of each for every loop";
  for (Value count : op.getLoopCounts())
    if (failed(verifyNotNegative(op, "a loop count", count)))
      return failure();
  return success();
}

LogicalResult MteUbGmOp::verify() {
  return verifyBursts(*this);
}
LogicalResult MteGmL1Op::verify() {
  return verifyBursts(*this);
}
LogicalResult MteL1UbOp::verify() {
  return verifyBursts(*this);
}

LogicalResult MteGmUbOp::verify() {
  if (failed(verifyBursts(*this)))
    return failure();
  bool hasLeft(getLeftPaddingCount()), hasRight(getRightPaddingCount());
  if (hasLeft != hasRight || (hasLeft && !getPadValue()))
    return emitOpError() << "has a padding count on its own; expected pad(value) or pad(value, left, right)";
  if (hasLeft && (failed(verifyNotNegative(*this, "the left padding", getLeftPaddingCount())) ||
                  failed(verifyNotNegative(*this, "the right padding", getRightPaddingCount()))))
    return failure();
  return success();
}

LogicalResult MteUbUbOp::verify() {
  return verifyElementSizes(*this);
}
LogicalResult MteUbL1Op::verify() {
  return verifyElementSizes(*this);
}
LogicalResult CopyGmToUbufOp::verify() {
  return verifyElementSizes(*this);
}
LogicalResult CopyGmToCbufOp::verify() {
  return verifyElementSizes(*this);
}
LogicalResult CopyUbufToGmOp::verify() {
  return verifyElementSizes(*this);
}
LogicalResult CopyUbufToUbufOp::verify() {
  return verifyElementSizes(*this);
}
LogicalResult CopyCbufToUbufOp::verify() {
  return verifyElementSizes(*this);
}
LogicalResult CopyUbufToCbufOp::verify() {
  return verifyElementSizes(*this);
}

} // namespace pto::ir

void pto::ir::PtoDialect::registerDmaOps() {
  addOperations<
#define GET_OP_LIST
#include "compiler/dialect/ops/Dma.cpp.inc"
      >();
}
