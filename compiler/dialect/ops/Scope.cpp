// What the bodies of scopes may take as arguments.
#include "compiler/dialect/ops/Scope.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;

#define GET_OP_CLASSES
#include "compiler/dialect/ops/Scope.cpp.inc"

namespace pto::ir {

static LogicalResult verifyNoArguments(Operation *op, Region &body) {
  if (body.empty() || body.front().getNumArguments() == 0)
    return success();
  return op->emitOpError() << "body has " << body.front().getNumArguments() << " arguments; expected none";
}
// The innermost of too many loops inside one another is the one that is told of.
static LogicalResult verifyLoops(Operation *scope) {
  constexpr unsigned hardwareLoops = 4;
  WalkResult walk = scope->walk([&](scf::ForOp loop) {
    unsigned depth = 0;
    for (Operation *op = loop; op != scope; op = op->getParentOp())
      depth += isa<scf::ForOp>(op);
    if (depth <= hardwareLoops)
      return WalkResult::advance();
    loop.emitOpError() << "is loop " << depth << " inside one another in a vector scope; expected at most "
                       << hardwareLoops;
    return WalkResult::interrupt();
  });
  return failure(walk.wasInterrupted());
}

LogicalResult VecscopeOp::verify() {
  return failure(failed(verifyNoArguments(*this, getBody())) || failed(verifyLoops(*this)));
}
LogicalResult SectionCubeOp::verify() {
  return verifyNoArguments(*this, getBody());
}
LogicalResult SectionVectorOp::verify() {
  return verifyNoArguments(*this, getBody());
}

LogicalResult StrictVecscopeOp::verify() {
  TypeRange arguments = getBody().front().getArgumentTypes(), captures = getCaptures().getTypes();
  if (arguments.size() != captures.size())
    return emitOpError() << "captures " << captures.size() << " values, but its body has " << arguments.size()
                         << " arguments; expected one for each";
  for (auto [index, argument, capture] : llvm::enumerate(arguments, captures))
    if (argument != capture)
      return emitOpError() << "body argument #" << index << " is " << argument << ", but the captured value is "
                           << capture << "; expected the same type";
  return verifyLoops(*this);
}

} // namespace pto::ir

void pto::ir::PtoDialect::registerScopeOps() {
  addOperations<
#define GET_OP_LIST
#include "compiler/dialect/ops/Scope.cpp.inc"
      >();
}
