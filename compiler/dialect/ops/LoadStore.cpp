// Post-update results, and the predicates that stores take.
#include "compiler/dialect/ops/LoadStore.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;

#define GET_OP_CLASSES
#include "compiler/dialect/ops/LoadStore.cpp.inc"

namespace pto::ir {

static LogicalResult verifyUpdatedBase(Operation *op, Value base, Value updated) {
  if (!updated || updated.getType() == base.getType())
    return success();
  return op->emitOpError() << "updated base is " << updated.getType() << ", but the base is " << base.getType()
                           << "; expected the same type";
}

LogicalResult VldsOp::verify() {
  return verifyUpdatedBase(*this, getSource(), getUpdatedBase());
}
LogicalResult VsstbOp::verify() {
  return verifyUpdatedBase(*this, getDestination(), getUpdatedBase());
}

// Packing and merging stores take the predicate of the lanes before they are packed; the others look at
// single bytes of the register, whatever its lanes are, so that any granularity can make sense.
static StringRef storeGranularity(std::optional<StringRef> dist, Type lane) {
  static constexpr std::pair<StringLiteral, StringLiteral> fixed[] = {
      {"MRG4CHN_B8", "b32"}, {"MRG2CHN_B8", "b16"}, {"MRG2CHN_B16", "b32"}, {"PK_B16", "b16"}, {"PK_B32", "b32"}};
  if (!dist)
    return granularityFor(lane);
  const auto *found = llvm::find_if(fixed, [&](const auto &entry) { return entry.first == *dist; });
  return found == std::end(fixed) ? StringRef() : StringRef(found->second);
}

LogicalResult VstsOp::verify() {
  if (failed(verifyUpdatedBase(*this, getDestination(), getUpdatedBase())))
    return failure();
  Type lane = cast<VRegType>(getValue().getType()).getElementType();
  StringRef expected = storeGranularity(getDist(), lane), found = cast<MaskType>(getMask().getType()).getGranularity();
  if (expected.empty() || expected == found)
    return success();
  InFlightDiagnostic error = emitOpError() << "mask is " << getMask().getType();
  if (getDist())
    error << ", but dist is \"" << *getDist() << '"';
  else
    error << ", but the lanes are " << lane;
  return error << "; expected !pto.mask<" << expected << '>';
}

static LogicalResult verifyImmediate(Operation *op, Value offset) {
  if (matchPattern(offset, m_Constant()))
    return success();
  return op->emitOpError() << "offset is computed; expected a constant (plds and psts take any index)";
}
LogicalResult PldiOp::verify() {
  return verifyImmediate(*this, getOffset());
}
LogicalResult PstiOp::verify() {
  return verifyImmediate(*this, getOffset());
}

LogicalResult PstuOp::verify() {
  Type element = cast<PtrType>(getBase().getType()).getElementType();
  StringRef granularity = cast<MaskType>(getValue().getType()).getGranularity();
  if (granularity == "b8" || granularityFor(element) != granularity ||
      !(laneOf(element) & (laneI16 | laneI32 | laneU16 | laneU32)))
    return emitOpError() << "stores " << getValue().getType() << " through " << getBase().getType()
                         << "; expected b16 through a pointer to ui16 or b32 through one to ui32";
  return verifyUpdatedBase(*this, getBase(), getBaseOut());
}

} // namespace pto::ir

void pto::ir::PtoDialect::registerLoadStoreOps() {
  addOperations<
#define GET_OP_LIST
#include "compiler/dialect/ops/LoadStore.cpp.inc"
      >();
}
