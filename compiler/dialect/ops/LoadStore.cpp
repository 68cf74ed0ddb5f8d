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

// The index of an element has its width, or 16 bits for a byte; the predicate and what is gathered go by the index.
static LogicalResult verifyIndices(Operation *op, Type pointer, Type indices, Type mask, Type lanes, bool gathers) {
  unsigned element = widthOf(cast<PtrType>(pointer).getElementType()), index = element == 8 ? 16 : element;
  auto widthOfLanes = [](Type type) { return widthOf(cast<VRegType>(type).getElementType()); };
  unsigned lane = gathers ? index : element;
  if (element > 32)
    return op->emitOpError() << "goes through " << pointer << "; expected a pointer to elements of 8, 16 or 32 bits";
  if (widthOfLanes(indices) != index)
    return op->emitOpError() << "indices are " << indices << ", but the pointer is " << pointer << "; expected "
                             << index << "-bit lanes";
  if (widthOfLanes(lanes) != lane)
    return op->emitOpError() << (gathers ? "result is " : "value is ") << lanes << ", but the pointer is " << pointer
                             << "; expected " << lane << "-bit lanes";
  std::string granularity = "b" + std::to_string(index);
  if (cast<MaskType>(mask).getGranularity() == granularity)
    return success();
  return op->emitOpError() << "mask is " << mask << ", but the indices are " << indices << "; expected !pto.mask<"
                           << granularity << '>';
}
LogicalResult Vgather2Op::verify() {
  return verifyIndices(*this, getSource().getType(), getOffsets().getType(), getMask().getType(), getResult().getType(),
                       true);
}
LogicalResult VscatterOp::verify() {
  return verifyIndices(*this, getDestination().getType(), getOffsets().getType(), getMask().getType(),
                       getValue().getType(), false);
}
LogicalResult Vgather2BcOp::verify() {
  if (widthOf(cast<PtrType>(getSource().getType()).getElementType()) != 32)
    return emitOpError() << "goes through " << getSource().getType() << "; expected a pointer to elements of 32 bits";
  return verifyIndices(*this, getSource().getType(), getOffsets().getType(), getMask().getType(), getResult().getType(),
                       true);
}
LogicalResult VgatherbOp::verify() {
  if (widthOf(cast<VRegType>(getOffsets().getType()).getElementType()) != 32)
    return emitOpError() << "offsets are " << getOffsets().getType() << "; expected 32-bit lanes";
  if (cast<MaskType>(getMask().getType()).getGranularity() != "b32")
    return emitOpError() << "mask is " << getMask().getType() << "; expected !pto.mask<b32>, a lane for each block";
  return success();
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
