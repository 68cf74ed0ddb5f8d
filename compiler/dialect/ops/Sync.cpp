// The spellings of pipes, events and barriers, and which pipes a flag may name.
#include "compiler/dialect/ops/Sync.h"
#include "compiler/dialect/Words.h"

using namespace mlir;

namespace pto::ir {

// At the tile level a pipe is named by an operation on it, too.
static ParseResult parsePipe(OpAsmParser &parser, PipeAttr &pipe) {
  auto pipeOfOperation = [](Attribute found) -> Attribute {
    if (auto type = dyn_cast<PipeEventTypeAttr>(found))
      return PipeAttr::get(found.getContext(), pipeOf(type.getValue()));
    auto older = dyn_cast<SyncOpTypeAttr>(found);
    return older ? PipeAttr::get(found.getContext(), pipeOf(older.getValue())) : found;
  };
  return parseEnumWord(parser, pipe, "pipe", Pipe::Fix, pipeOfOperation);
}
static void printPipe(OpAsmPrinter &printer, Operation *, PipeAttr pipe) {
  printer << '<' << stringifyPipe(pipe.getValue()) << '>';
}

ParseResult parseEvent(OpAsmParser &parser, EventAttr &event) {
  return parseEnumWord(parser, event, "event", Event::Id7);
}
void printEvent(OpAsmPrinter &printer, Operation *, EventAttr event) {
  printer << '<' << stringifyEvent(event.getValue()) << '>';
}

static ParseResult parseMemBar(OpAsmParser &parser, MemBarAttr &kind) {
  return parseEnumWord(parser, kind, "memory barrier", MemBar::ST_ST);
}
static void printMemBar(OpAsmPrinter &printer, Operation *, MemBarAttr kind) {
  printer << '"' << stringifyMemBar(kind.getValue()) << '"';
}

// PIPE, BUFFER [, MODE], at times in square brackets.
static ParseResult parseBufferToken(OpAsmParser &parser, PipeAttr &pipe, IntegerAttr &buffer, IntegerAttr &mode) {
  Type i32 = parser.getBuilder().getI32Type();
  bool isBracketed = succeeded(parser.parseOptionalLSquare());
  if (parsePipe(parser, pipe) || parser.parseComma() || parser.parseAttribute(buffer, i32))
    return failure();
  mode = IntegerAttr::get(i32, 0);
  if (succeeded(parser.parseOptionalComma()) && parser.parseAttribute(mode, i32))
    return failure();
  return isBracketed ? parser.parseRSquare() : success();
}
static void printBufferToken(OpAsmPrinter &printer, Operation *, PipeAttr pipe, IntegerAttr buffer, IntegerAttr mode) {
  printer << '"' << stringifyPipe(pipe.getValue()) << "\", " << buffer.getInt() << ", " << (mode ? mode.getInt() : 0);
}

// A number, or a value that is known when the kernel runs.
ParseResult parseEventNumber(OpAsmParser &parser, IntegerAttr &number,
                             std::optional<OpAsmParser::UnresolvedOperand> &value) {
  OpAsmParser::UnresolvedOperand operand;
  OptionalParseResult isValue = parser.parseOptionalOperand(operand);
  if (!isValue.has_value())
    return parser.parseAttribute(number, parser.getBuilder().getI32Type());
  value = operand;
  return *isValue;
}
static void printEventNumber(OpAsmPrinter &printer, Operation *, IntegerAttr number, Value value) {
  if (value)
    printer << value;
  else
    printer << (number ? number.getInt() : 0);
}

} // namespace pto::ir

#define GET_OP_CLASSES
#include "compiler/dialect/ops/Sync.cpp.inc"

namespace pto::ir {

static LogicalResult verifyOnePipe(Operation *op, StringRef name, Pipe pipe) {
  if (pipe != Pipe::All)
    return success();
  return op->emitOpError() << name << " is PIPE_ALL; expected one pipe";
}

template <typename FlagOp>
static LogicalResult verifyFlag(FlagOp op) {
  return failure(failed(verifyOnePipe(op, "src_pipe", op.getSrcPipe())) ||
                 failed(verifyOnePipe(op, "dst_pipe", op.getDstPipe())));
}
LogicalResult SetFlagOp::verify() {
  return verifyFlag(*this);
}
LogicalResult WaitFlagOp::verify() {
  return verifyFlag(*this);
}
LogicalResult SetFlagDynOp::verify() {
  return verifyFlag(*this);
}
LogicalResult WaitFlagDynOp::verify() {
  return verifyFlag(*this);
}

template <typename TokenOp>
static LogicalResult verifyToken(TokenOp op) {
  constexpr int32_t buffers = 32;
  int32_t buffer = op.getBufId(), mode = op.getMode();
  if (buffer < 0 || buffer >= buffers)
    return op.emitOpError() << "buf_id is " << buffer << "; expected 0 to " << buffers - 1;
  if (mode != 0 && mode != 1)
    return op.emitOpError() << "mode is " << mode << "; expected 0 (blocks) or 1 (does not)";
  return verifyOnePipe(op, "op_type", op.getOpType());
}
LogicalResult GetBufOp::verify() {
  return verifyToken(*this);
}
LogicalResult RlsBufOp::verify() {
  return verifyToken(*this);
}

// The numbers from 16 on are vector core 1's.
static constexpr uint32_t lastInBlock = 31, lastAcrossBlocks = 15;

template <typename SignalOp>
static LogicalResult verifySignal(SignalOp op, uint32_t last) {
  bool hasNumber = op.getEventId().has_value(), hasValue(op.getEventIdDyn());
  if (hasNumber == hasValue)
    return op.emitOpError() << "has " << (hasNumber ? "two event ids" : "no event id")
                            << "; expected either a number or a value";
  if (hasNumber && *op.getEventId() > last)
    return op.emitOpError() << "event_id is " << int32_t(*op.getEventId()) << "; expected 0 to " << last;
  return verifyOnePipe(op, "pipe", op.getPipe());
}
LogicalResult SyncSetOp::verify() {
  return verifySignal(*this, lastInBlock);
}
LogicalResult SyncWaitOp::verify() {
  return verifySignal(*this, lastInBlock);
}
LogicalResult SetIntraBlockOp::verify() {
  return verifySignal(*this, lastInBlock);
}
LogicalResult WaitIntraBlockOp::verify() {
  return verifySignal(*this, lastInBlock);
}
LogicalResult SetCrossBlockOp::verify() {
  return verifySignal(*this, lastAcrossBlocks);
}
LogicalResult WaitCrossBlockOp::verify() {
  return verifySignal(*this, lastAcrossBlocks);
}

} // namespace pto::ir

void pto::ir::PtoDialect::registerSyncOps() {
  addOperations<
#define GET_OP_LIST
#include "compiler/dialect/ops/Sync.cpp.inc"
      >();
}
