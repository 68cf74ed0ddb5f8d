// What an operation of a program has to fulfil.
// Operations of the language are verified against their record.
#include "compiler/dialect/program/CallDirections.h"
#include "compiler/dialect/program/Dialect.h"
#include "compiler/dialect/program/Kinds.h"
#include "compiler/dialect/program/OpRecord.h"
#include "compiler/dialect/program/Ops.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace pto::prog {

using mlir::LogicalResult;

namespace {

LogicalResult verifyKind(mlir::Operation *op, llvm::StringRef kind, llvm::ArrayRef<llvm::StringLiteral> kinds) {
  if (llvm::is_contained(kinds, kind))
    return mlir::success();
  return op->emitOpError() << "kind '" << kind << "' is not one of " << llvm::join(kinds, ", ");
}

LogicalResult verifyCarried(mlir::Operation *op, mlir::TypeRange types, mlir::Block &block, llvm::StringRef what) {
  auto yield = mlir::dyn_cast_if_present<YieldOp>(block.empty() ? nullptr : &block.back());
  if (!yield)
    return op->emitOpError() << what << " does not end with a yield";
  bool leaves = yield->getPrevNode() && mlir::isa<BreakOp, ContinueOp>(yield->getPrevNode());
  if (leaves && yield.getNumOperands() == 0)
    return mlir::success();
  if (yield.getNumOperands() != types.size())
    return op->emitOpError() << what << " yields " << yield.getNumOperands() << " values, " << types.size()
                             << " are expected";
  for (auto [i, pair] : llvm::enumerate(llvm::zip(yield.getOperandTypes(), types)))
    if (!compatible(std::get<0>(pair), std::get<1>(pair)))
      return op->emitOpError() << what << " yields " << std::get<0>(pair) << " as value " << i << ", expected "
                               << std::get<1>(pair);
  return mlir::success();
}

bool isTask(mlir::Type type) {
  auto scalar = mlir::dyn_cast<ScalarType>(type);
  return scalar && scalar.getDtype() == DType::Task;
}

LogicalResult verifyExtras(mlir::Operation *op, mlir::ValueRange extras, mlir::ArrayAttr names) {
  size_t named = names ? names.size() : 0;
  return named == extras.size() ? mlir::success()
                                : op->emitOpError() << "has " << extras.size() << " extras and " << named << " names";
}

LogicalResult verifyTypes(mlir::Operation *op, mlir::TypeRange found, mlir::TypeRange expected, llvm::StringRef what) {
  if (found.size() != expected.size())
    return op->emitOpError() << "has " << found.size() << " " << what << ", " << expected.size() << " are expected";
  for (auto [i, pair] : llvm::enumerate(llvm::zip(found, expected)))
    if (!compatible(std::get<0>(pair), std::get<1>(pair)))
      return op->emitOpError() << "has " << std::get<0>(pair) << " at " << i << " of " << what << ", expected "
                               << std::get<1>(pair);
  return mlir::success();
}

LogicalResult verifyLeave(mlir::Operation *op) {
  mlir::Operation *loop = op->getParentOp();
  while (mlir::isa_and_present<IfOp, ScopeOp>(loop))
    loop = loop->getParentOp();
  auto counted = mlir::dyn_cast_if_present<ForOp>(loop);
  if (!counted && !mlir::isa_and_present<WhileOp>(loop))
    return op->emitOpError("is outside of a loop");
  if (counted && counted.getKind() != "range")
    return op->emitOpError() << "cannot leave a " << counted.getKind() << " loop";
  if (!op->getNextNode() || !op->getNextNode()->hasTrait<mlir::OpTrait::IsTerminator>())
    return op->emitOpError("is followed by unreachable operations");
  return verifyTypes(op, op->getOperandTypes(), loop->getResultTypes(), "carried values");
}

} // namespace

LogicalResult FuncOp::verify() {
  if (failed(verifyKind(*this, getKind(), functionKinds)))
    return mlir::failure();
  auto type = mlir::dyn_cast<mlir::FunctionType>(getFunctionType());
  if (!type)
    return emitOpError("needs a function type");
  if (type.getInputs() != getBlock().getArgumentTypes())
    return emitOpError("has parameters that differ from its type");
  if (getDirections().size() != type.getNumInputs())
    return emitOpError() << "has " << type.getNumInputs() << " parameters and " << getDirections().size()
                         << " directions";
  for (mlir::Attribute direction : getDirections()) {
    constexpr llvm::StringLiteral directions[] = {"in", "out", "inout"};
    if (!llvm::is_contained(directions, mlir::cast<mlir::StringAttr>(direction).getValue()))
      return emitOpError() << "direction " << direction << " is not one of in, out, inout";
  }
  if (getBlock().empty() || !mlir::isa<ReturnOp>(getBlock().back()))
    return emitOpError("does not end with a return");
  return mlir::success();
}

LogicalResult ReturnOp::verify() {
  auto function = mlir::cast<FuncOp>((*this)->getParentOp());
  return verifyTypes(*this, getOperandTypes(), function.getType().getResults(), "results");
}

LogicalResult CallOp::verifySymbolUses(mlir::SymbolTableCollection &symbols) {
  auto callee = symbols.lookupNearestSymbolFrom<FuncOp>(*this, getCalleeAttr());
  if (!callee)
    return emitOpError() << "there is no function '" << getCallee() << "' in this program";
  if (getDirections() && getDirections()->size() != getArguments().size())
    return emitOpError() << "has " << getArguments().size() << " arguments and " << getDirections()->size()
                         << " directions";
  if (failed(verifyTypes(*this, getArguments().getTypes(), callee.getType().getInputs(), "arguments")))
    return mlir::failure();
  if (getDirections())
    for (auto [i, direction] : llvm::enumerate(getDirections()->getAsValueRange<mlir::StringAttr>()))
      if (std::string problem = callDirectionProblem(direction, getArguments()[i].getType(),
                                                     callee.getDirection(static_cast<unsigned>(i)));
          !problem.empty())
        return emitOpError() << "argument " << i << " of '" << getCallee() << "' has direction " << direction
                             << ", but " << problem;
  mlir::TypeRange types = getResultTypes();
  if (getSubmits() && (types.empty() || !isTask(types.back())))
    return emitOpError("is submitted: its last result is a task");
  if (failed(verifyExtras(*this, getExtras(), getExtraNamesAttr())))
    return mlir::failure();
  return verifyTypes(*this, types.drop_back(getSubmits()), callee.getType().getResults(), "results");
}

LogicalResult BuiltinOp::verify() {
  int64_t covered = 0;
  for (int32_t size : getSegments()) {
    if (size < -2)
      return emitOpError() << "segment " << size << " is neither a size nor -1 or -2";
    covered += size == -2 ? 0 : size == -1 ? 1 : size;
  }
  if (covered != static_cast<int64_t>(getArguments().size()))
    return emitOpError() << "has " << getArguments().size() << " operands, its segments cover " << covered;
  llvm::SmallVector<Argument, 4> arguments = argumentsOf(*this);
  Result result = resultOf({record(), arguments, getKeywords(), getContext()});
  if (auto *mismatch = std::get_if<Mismatch>(&result))
    return emitOpError() << getCallee() << ": " << mismatch->message;
  auto *type = std::get_if<mlir::Type>(&result);
  if (type && !*type)
    return getNumResults() == 0 ? mlir::success() : emitOpError() << getCallee() << " gives nothing";
  if (getNumResults() != 1)
    return emitOpError() << getCallee() << " gives one value";
  mlir::Type found = getResult(0).getType();
  if (type && !compatible(found, *type) && !(mayBeFlattened(record()) && found.getTypeID() == type->getTypeID()))
    return emitOpError() << getCallee() << " gives " << programText(*type) << ", found " << programText(found);
  return mlir::success();
}

LogicalResult ConstOp::verify() {
  bool isReal = mlir::isa<mlir::FloatAttr>(getValue());
  bool isWhole = mlir::isa<mlir::IntegerAttr>(getValue());
  DType dtype = mlir::cast<ScalarType>(getType()).getDtype();
  if (isReal ? !isFloat(dtype) : !isWhole || isFloat(dtype))
    return emitOpError() << getValue() << " is not a value of " << programText(getType());
  return mlir::success();
}

LogicalResult UnaryOp::verify() {
  if (unaryOperatorOf(getKind()))
    return mlir::success();
  return emitOpError() << "'" << getKind() << "' is not an operator on one scalar";
}

LogicalResult BinaryOp::verify() {
  if (binaryOperatorOf(getKind()))
    return mlir::success();
  return emitOpError() << "'" << getKind() << "' is not an operator on two scalars";
}

LogicalResult UnsetOp::verify() {
  for (mlir::OpOperand &use : getResult().getUses()) {
    auto loop = mlir::dyn_cast<ForOp>(use.getOwner());
    unsigned bounds = loop ? loop->getNumOperands() - static_cast<unsigned>(loop.getInits().size()) : 0;
    if (!loop || use.getOperandNumber() < bounds)
      return emitOpError("is only for what a loop carries");
    if (!loop.getCarried()[use.getOperandNumber() - bounds].use_empty())
      return emitOpError("is read in the first round of the loop that carries it");
  }
  return mlir::success();
}

LogicalResult ElementOp::verify() {
  auto tuple = mlir::cast<mlir::TupleType>(getTuple().getType());
  if (getIndex() >= tuple.size())
    return emitOpError() << "element " << getIndex() << " of a tuple of " << tuple.size();
  if (tuple.getType(getIndex()) != getResult().getType())
    return emitOpError() << "gives " << tuple.getType(getIndex()) << ", found " << getResult().getType();
  return mlir::success();
}

LogicalResult ForOp::verify() {
  if (failed(verifyKind(*this, getKind(), loopKinds)))
    return mlir::failure();
  mlir::Block &block = getBody().front();
  if (block.getNumArguments() != getInits().size() + 1)
    return emitOpError() << "takes a variable and " << getInits().size() << " carried values, its body "
                         << block.getNumArguments() << " values";
  if (failed(verifyTypes(*this, getInits().getTypes(), getResultTypes(), "initial values")) ||
      failed(verifyTypes(*this, mlir::ValueRange(getCarried()).getTypes(), getResultTypes(), "carried values")))
    return mlir::failure();
  return verifyCarried(*this, getResultTypes(), block, "its body");
}

LogicalResult WhileOp::verify() {
  for (mlir::Region *region : {&getCondition(), &getBody()})
    if (failed(verifyTypes(*this, region->front().getArgumentTypes(), getResultTypes(), "carried values")))
      return mlir::failure();
  if (failed(verifyTypes(*this, getInits().getTypes(), getResultTypes(), "initial values")))
    return mlir::failure();
  if (getCondition().front().empty() || !mlir::isa<ConditionOp>(getCondition().front().back()))
    return emitOpError("its first region does not end with a condition");
  return verifyCarried(*this, getResultTypes(), getBody().front(), "its body");
}

LogicalResult IfOp::verify() {
  if (failed(verifyCarried(*this, getResultTypes(), getThenRegion().front(), "its first branch")))
    return mlir::failure();
  return verifyCarried(*this, getResultTypes(), getElseRegion().front(), "its second branch");
}

LogicalResult ScopeOp::verify() {
  mlir::TypeRange types = getResultTypes();
  if (getTracked() && (types.empty() || !isTask(types.back())))
    return emitOpError("is tracked: its last result is a task");
  return mlir::success(succeeded(verifyKind(*this, getKind(), scopeKinds)) &&
                       succeeded(verifyExtras(*this, getExtras(), getExtraNamesAttr())) &&
                       succeeded(verifyCarried(*this, types.drop_back(getTracked()), getBody().front(), "it")));
}

LogicalResult BreakOp::verify() {
  return verifyLeave(*this);
}

LogicalResult ContinueOp::verify() {
  return verifyLeave(*this);
}

} // namespace pto::prog
