// The spelling of collectives.
#include "compiler/dialect/tile/Comm.h"

using namespace mlir;

#define GET_OP_CLASSES
#include "compiler/dialect/tile/Comm.cpp.inc"

namespace pto::ir {

// (%own, ..., recv(%ping, %pong), group(%a, %b) : TYPES) {root = 0 : i32}
static ParseResult parseCollective(OpAsmParser &parser, OperationState &state) {
  SmallVector<OpAsmParser::UnresolvedOperand> operands;
  SmallVector<int32_t> sizes(3, 0);
  SMLoc where = parser.getCurrentLocation();
  if (parser.parseLParen())
    return failure();
  while (failed(parser.parseOptionalKeyword("recv"))) {
    if (parser.parseOperand(operands.emplace_back()) || parser.parseComma())
      return failure();
    ++sizes[0];
  }
  size_t before = operands.size();
  if (parser.parseOperandList(operands, OpAsmParser::Delimiter::Paren))
    return failure();
  sizes[1] = int32_t(operands.size() - before);
  before = operands.size();
  if (parser.parseComma() || parser.parseKeyword("group") ||
      parser.parseOperandList(operands, OpAsmParser::Delimiter::Paren))
    return failure();
  sizes[2] = int32_t(operands.size() - before);
  SmallVector<Type> types;
  if (parser.parseColonTypeList(types) || parser.parseRParen() || parser.parseOptionalAttrDict(state.attributes) ||
      parser.resolveOperands(operands, types, where, state.operands))
    return failure();
  if (failed(state.name.getRegisteredInfo()->verifyInherentAttrs(state.attributes,
                                                                 [&]() { return parser.emitError(where); })))
    return failure();
  state.addAttribute("operandSegmentSizes", parser.getBuilder().getDenseI32ArrayAttr(sizes));
  return success();
}

template <typename CollectiveOp>
static void printCollective(OpAsmPrinter &printer, CollectiveOp op) {
  printer << '(' << op.getOwn() << ", recv(" << op.getRecv() << "), group(" << op.getGroup()
          << ") : " << op->getOperandTypes() << ')';
  printer.printOptionalAttrDict(op->getAttrs(), {"operandSegmentSizes"});
}

template <typename CollectiveOp>
static LogicalResult verifyCollective(CollectiveOp op, size_t own) {
  if (op.getOwn().size() != own || op.getRecv().empty() || op.getRecv().size() > 2 || op.getGroup().empty())
    return op.emitOpError() << "has " << op.getOwn().size() << " views, " << op.getRecv().size()
                            << " tiles to receive in and " << op.getGroup().size() << " in its group; expected " << own
                            << ", one or two, and one or more";
  int32_t root = op.getRoot(), members = int32_t(op.getGroup().size());
  if (root < 0 || root >= members)
    return op.emitOpError() << "root is " << root << "; expected 0 to " << members - 1;
  return success();
}

#define PTO_COLLECTIVE(OP, OWN)                                                                                        \
  ParseResult OP::parse(OpAsmParser &parser, OperationState &state) {                                                  \
    return parseCollective(parser, state);                                                                             \
  }                                                                                                                    \
  void OP::print(OpAsmPrinter &printer) {                                                                              \
    printCollective(printer, *this);                                                                                   \
  }                                                                                                                    \
  LogicalResult OP::verify() {                                                                                         \
    return verifyCollective(*this, OWN);                                                                               \
  }
PTO_COLLECTIVE(CommTbroadcastOp, 1)
PTO_COLLECTIVE(CommTgatherOp, 1)
PTO_COLLECTIVE(CommTscatterOp, 1)
PTO_COLLECTIVE(CommTreduceOp, 2)
#undef PTO_COLLECTIVE

} // namespace pto::ir

void pto::ir::PtoDialect::registerTileCommOps() {
  addOperations<
#define GET_OP_LIST
#include "compiler/dialect/tile/Comm.cpp.inc"
      >();
}
