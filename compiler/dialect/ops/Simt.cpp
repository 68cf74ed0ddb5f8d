// What a launch asks of its entry, and which values the lanes of a warp exchange.
#include "compiler/dialect/ops/Simt.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace pto::ir {

static bool isKept(Type type) {
  return type.isF16() || type.isBF16() || type.isF32() ||
         (type.isSignlessInteger() && type.getIntOrFloatBitWidth() <= 64);
}

} // namespace pto::ir

#define GET_OP_CLASSES
#include "compiler/dialect/ops/Simt.cpp.inc"

namespace pto::ir {

static std::optional<int64_t> knownValue(Value value) {
  APInt known;
  return matchPattern(value, m_ConstantInt(&known)) ? std::optional(known.getSExtValue()) : std::nullopt;
}

// As far as the numbers are constants.
template <typename LaunchOp>
static LogicalResult verifyDims(LaunchOp op) {
  std::optional<int64_t> x = knownValue(op.getDimX()), y = knownValue(op.getDimY()), z = knownValue(op.getDimZ());
  for (auto [name, dim] : {std::pair("x", x), std::pair("y", y), std::pair("z", z)})
    if (dim && (*dim < 1 || *dim > simt::threadLimit))
      return op.emitOpError() << "has " << *dim << " threads in " << name << "; expected 1 to " << simt::threadLimit;
  if (x && y && z && *x * *y * *z > simt::threadLimit)
    return op.emitOpError() << "launches " << *x << " * " << *y << " * " << *z << " = " << *x * *y * *z
                            << " threads; expected at most " << simt::threadLimit;
  return success();
}
LogicalResult SimtLaunchOp::verify() {
  return verifyDims(*this);
}
LogicalResult StoreVfsimtInfoOp::verify() {
  return verifyDims(*this);
}

LogicalResult SimtLaunchOp::verifySymbolUses(SymbolTableCollection &symbols) {
  auto callee = symbols.lookupNearestSymbolFrom<FunctionOpInterface>(*this, getCalleeAttr());
  if (!callee)
    return emitOpError() << "launches " << getCalleeAttr() << ", and there is no such function";
  if (!simt::isEntry(callee))
    return emitOpError() << "launches " << getCalleeAttr() << ", which is no SIMT entry; mark it with attributes {"
                         << simt::entryAttribute << '}';
  ArrayRef<Type> parameters = callee.getArgumentTypes();
  if (parameters.size() != getArguments().size())
    return emitOpError() << "passes " << getArguments().size() << " arguments, but " << getCalleeAttr() << " takes "
                         << parameters.size();
  for (auto [index, argument, parameter] : llvm::enumerate(getArguments().getTypes(), parameters))
    if (argument != parameter)
      return emitOpError() << "argument #" << index << " is " << argument << ", but " << getCalleeAttr() << " takes "
                           << parameter;
  return success();
}

template <typename ShuffleOp>
static LogicalResult verifyWidth(ShuffleOp op) {
  if (op.getWidth() == 16 || op.getWidth() == 32)
    return success();
  return op.emitOpError() << "width is " << op.getWidth() << "; expected 16 or 32";
}
LogicalResult ShuffleIdxOp::verify() {
  return verifyWidth(*this);
}
LogicalResult ShuffleUpOp::verify() {
  return verifyWidth(*this);
}
LogicalResult ShuffleDownOp::verify() {
  return verifyWidth(*this);
}
LogicalResult ShuffleBflyOp::verify() {
  return verifyWidth(*this);
}

template <typename ReduxOp>
static LogicalResult verifyRedux(ReduxOp op, bool dependsOnSign) {
  bool isInteger = isa<IntegerType>(op.getValue().getType());
  if (!isInteger && op.getSignedness())
    return op.emitOpError() << "is " << *op.getSignedness() << ", but the value is " << op.getValue().getType()
                            << "; only integers have signedness";
  if (isInteger && dependsOnSign && !op.getSignedness())
    return op.emitOpError() << "does not say how to compare integers; expected signed or unsigned after the value";
  return success();
}
LogicalResult ReduxAddOp::verify() {
  return verifyRedux(*this, false);
}
LogicalResult ReduxMaxOp::verify() {
  return verifyRedux(*this, true);
}
LogicalResult ReduxMinOp::verify() {
  return verifyRedux(*this, true);
}

template <typename SlotOp>
static LogicalResult verifySlot(SlotOp op, Type type) {
  // A value of more than 32 bits takes two registers.
  bool isPair = type.getIntOrFloatBitWidth() > 32;
  auto slot = int64_t(op.getSlot());
  if (slot < 0 || slot + isPair >= simt::slotCount)
    return op.emitOpError() << "slot is " << slot << "; expected 0 to " << simt::slotCount - 1 - isPair << " for "
                            << type;
  if (isPair && slot % 2 != 0)
    return op.emitOpError() << "slot is " << slot << "; " << type << " takes two, from an even one on";
  return success();
}
LogicalResult KeepOp::verify() {
  return verifySlot(*this, getPayload().getType());
}
LogicalResult ResumeOp::verify() {
  return verifySlot(*this, getResult().getType());
}

} // namespace pto::ir

void pto::ir::PtoDialect::registerSimtOps() {
  addOperations<
#define GET_OP_LIST
#include "compiler/dialect/ops/Simt.cpp.inc"
      >();
}
