// The checks behind the traits of lane-wise instructions.
#include "compiler/dialect/Traits.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace pto::ir {
namespace {

// An operand or a result, as diagnostics name it.
struct Slot {
  StringRef kind;
  unsigned index;
  Type type;
};

Diagnostic &operator<<(Diagnostic &out, const Slot &slot) {
  return out << slot.kind << " #" << slot.index;
}

InFlightDiagnostic &operator<<(InFlightDiagnostic &out, const Slot &slot) {
  return out << slot.kind << " #" << slot.index;
}

template <typename WantedType>
SmallVector<Slot> slotsOf(Operation *op) {
  SmallVector<Slot> slots;
  for (auto [index, type] : llvm::enumerate(op->getOperandTypes()))
    if (isa<WantedType>(type))
      slots.push_back({"operand", static_cast<unsigned>(index), type});
  for (auto [index, type] : llvm::enumerate(op->getResultTypes()))
    if (isa<WantedType>(type))
      slots.push_back({"result", static_cast<unsigned>(index), type});
  return slots;
}

template <typename WantedType>
LogicalResult verifySame(Operation *op) {
  SmallVector<Slot> slots = slotsOf<WantedType>(op);
  for (const Slot &slot : llvm::drop_begin(slots, slots.empty() ? 0 : 1))
    if (slot.type != slots.front().type) {
      InFlightDiagnostic error = op->emitOpError();
      error << slot << " is " << slot.type << ", but " << slots.front() << " is " << slots.front().type
            << "; expected the same type";
      return error;
    }
  return success();
}

} // namespace

// The scope around an operation, if there is one, or else the function.
static Operation *scopeOrFunctionAround(Operation *op) {
  Operation *around = op->getParentOp();
  while (around && !around->hasTrait<traits::VectorScope>() && !isa<FunctionOpInterface>(around))
    around = around->getParentOp();
  return around;
}

// Only the host calls a kernel. A function that is handed registers, or that the file keeps to itself, runs where it is
// called.
static bool runsInItsCaller(FunctionOpInterface function) {
  auto isRegister = [](Type type) { return isa<VRegType, MaskType, AlignType>(type); };
  return function.isPrivate() || llvm::any_of(function.getArgumentTypes(), isRegister) ||
         llvm::any_of(function.getResultTypes(), isRegister);
}

LogicalResult verifyInVectorScope(Operation *op) {
  Operation *around = scopeOrFunctionAround(op);
  auto function = dyn_cast_or_null<FunctionOpInterface>(around);
  if (!function || runsInItsCaller(function))
    return success();
  return op->emitOpError() << "is outside of a vector scope; put the vector instructions into pto.vecscope { ... }";
}

LogicalResult verifyOutsideVectorScope(Operation *op) {
  Operation *around = scopeOrFunctionAround(op);
  if (!around || isa<FunctionOpInterface>(around))
    return success();
  InFlightDiagnostic error = op->emitOpError() << "is inside of a vector scope, which holds vector instructions only; "
                                                  "put it before or after the scope";
  error.attachNote(around->getLoc()) << "the scope begins here";
  return error;
}

// Where nobody says which core it is, either may run it.
LogicalResult verifyOnCore(Operation *op, KernelKind core) {
  for (Operation *around = op->getParentOp(); around; around = around->getParentOp()) {
    StringRef name = around->getName().getStringRef();
    auto kind = around->getAttrOfType<KernelKindAttr>("pto.kernel_kind");
    bool isCube = name == "pto.section.cube", isVector = name == "pto.section.vector";
    if (!kind && !isCube && !isVector)
      continue;
    KernelKind found = kind ? kind.getValue() : isCube ? KernelKind::Cube : KernelKind::Vector;
    if (found == core)
      return success();
    return op->emitOpError() << "is on a " << stringifyKernelKind(found) << " core; expected it on a "
                             << stringifyKernelKind(core) << " core";
  }
  return success();
}

LogicalResult verifySameVectors(Operation *op) {
  return verifySame<VRegType>(op);
}
LogicalResult verifySameMasks(Operation *op) {
  return verifySame<MaskType>(op);
}

LogicalResult verifyMasksFitLanes(Operation *op) {
  SmallVector<Slot> vectors = slotsOf<VRegType>(op);
  if (vectors.empty())
    return success();
  Type lane = cast<VRegType>(vectors.front().type).getElementType();
  StringRef expected = granularityFor(lane);
  for (const Slot &mask : slotsOf<MaskType>(op))
    if (cast<MaskType>(mask.type).getGranularity() != expected) {
      InFlightDiagnostic error = op->emitOpError();
      error << mask << " is " << mask.type << ", but the lanes are " << lane << "; expected !pto.mask<" << expected
            << ">";
      return error;
    }
  return success();
}

LogicalResult verifyScalarFitsLanes(Operation *op, unsigned operand) {
  SmallVector<Slot> vectors = slotsOf<VRegType>(op);
  if (vectors.empty() || operand >= op->getNumOperands())
    return success();
  Type lane = cast<VRegType>(vectors.front().type).getElementType();
  Type scalar = op->getOperand(operand).getType();
  if (scalarFits(lane, scalar))
    return success();
  InFlightDiagnostic error = op->emitOpError();
  error << "operand #" << operand << " is " << scalar << ", but the lanes are " << lane << "; expected " << lane;
  if (auto integer = dyn_cast<IntegerType>(lane); integer && !integer.isSignless())
    error << " or " << IntegerType::get(op->getContext(), integer.getWidth());
  return error;
}

LogicalResult verifyOneOf(Operation *op, const TokenSet &set) {
  auto text = op->getAttrOfType<StringAttr>(set.attribute);
  if (!text || llvm::is_contained(set.words, text.getValue()))
    return success();
  return op->emitOpError() << set.attribute << " is " << text << "; expected one of " << llvm::join(set.words, ", ");
}

} // namespace pto::ir
