// MLIR types in the simulator's terms.
#include "sim/decode/Types.h"
#include "compiler/dialect/Types.h"
#include "mlir/IR/BuiltinTypes.h"

using namespace mlir;

namespace pto::sim {

std::optional<ScalarType> scalarType(Type type) {
  if (isa<VectorType, ir::HiF8x2Type, ir::F4E1M2x2Type, ir::F4E2M1x2Type>(type)) {
    auto vector = dyn_cast<VectorType>(type);
    unsigned bits = ir::widthOf(type);
    if (bits == 0 || bits > 64 || (vector && (vector.getDimSize(0) != 2 || !isa<FloatType>(vector.getElementType()))))
      return std::nullopt;
    std::optional<ScalarType> element = vector ? scalarType(vector.getElementType()) : std::nullopt;
    return ScalarType{bits, element ? element->floating : std::nullopt, true};
  }
  if (isa<IndexType>(type))
    return ScalarType{64, std::nullopt};
  if (auto integer = dyn_cast<IntegerType>(type))
    return integer.getWidth() >= 1 && integer.getWidth() <= 64
               ? std::optional(ScalarType{integer.getWidth(), std::nullopt})
               : std::nullopt;
  if (type.isF16())
    return ScalarType{16, ScalarFloat::F16};
  if (type.isBF16())
    return ScalarType{16, ScalarFloat::BF16};
  if (type.isF32())
    return ScalarType{32, ScalarFloat::F32};
  if (type.isF64())
    return ScalarType{64, ScalarFloat::F64};
  return std::nullopt;
}

MemorySpace memorySpace(ir::MemorySpace space) {
  switch (space) {
  case ir::MemorySpace::Gm:
    return MemorySpace::Gm;
  case ir::MemorySpace::Ub:
    return MemorySpace::Ub;
  case ir::MemorySpace::L1:
    return MemorySpace::L1;
  case ir::MemorySpace::L0a:
    return MemorySpace::L0a;
  case ir::MemorySpace::L0b:
    return MemorySpace::L0b;
  case ir::MemorySpace::L0c:
    return MemorySpace::L0c;
  case ir::MemorySpace::Bt:
    return MemorySpace::Bt;
  case ir::MemorySpace::Fb:
    return MemorySpace::Fb;
  }
  llvm_unreachable("every memory space is handled");
}

std::optional<PointerType> pointerType(Type type) {
  auto pointer = dyn_cast<ir::PtrType>(type);
  if (!pointer)
    return std::nullopt;
  unsigned bits = pointer.getElementType().isIntOrFloat() ? pointer.getElementType().getIntOrFloatBitWidth()
                                                          : ir::widthOf(pointer.getElementType());
  return PointerType{memorySpace(pointer.getMemorySpace()), pointer.getElementType(), bits % 8 == 0 ? bits / 8 : 0};
}

bool isWide(Type type) {
  return isa<ir::VRegType, ir::MaskType, ir::AlignType>(type);
}

std::optional<FixpipeResult> fixpipeResult(Type element) {
  if (element.isF32())
    return FixpipeResult::F32;
  if (element.isF16())
    return FixpipeResult::F16;
  if (element.isBF16())
    return FixpipeResult::BF16;
  if (element.isInteger(32))
    return FixpipeResult::S32;
  if (element.isInteger(8))
    return element.isUnsignedInteger() ? FixpipeResult::U8 : FixpipeResult::S8;
  return std::nullopt;
}

LaneType laneType(Type type) {
  auto vreg = dyn_cast<ir::VRegType>(type);
  return vreg ? elementLanes(vreg.getElementType()) : LaneType::None;
}

LaneType elementLanes(Type lane) {
  if (lane.isF16())
    return LaneType::F16;
  if (lane.isBF16())
    return LaneType::BF16;
  if (lane.isF32())
    return LaneType::F32;
  if (isa<Float8E4M3FNType>(lane))
    return LaneType::F8E4M3;
  if (isa<Float8E5M2Type>(lane))
    return LaneType::F8E5M2;
  if (isa<ir::HiF8Type>(lane))
    return LaneType::HiF8;
  if (isa<ir::F4E2M1x2Type>(lane))
    return LaneType::F4E2M1x2;
  if (isa<ir::F4E1M2x2Type>(lane))
    return LaneType::F4E1M2x2;
  if (auto integer = dyn_cast<IntegerType>(lane)) {
    bool isUnsigned = integer.isUnsigned();
    switch (integer.getWidth()) {
    case 8:
      return isUnsigned ? LaneType::U8 : LaneType::S8;
    case 16:
      return isUnsigned ? LaneType::U16 : LaneType::S16;
    case 32:
      return isUnsigned ? LaneType::U32 : LaneType::S32;
    case 64:
      return isUnsigned ? LaneType::U64 : LaneType::S64;
    }
  }
  return LaneType::None;
}

llvm::StringRef name(LaneType lanes) {
  static constexpr llvm::StringRef names[laneTypeCount] = {
      "other types", "i8",   "i16", "i32",      "i64",    "ui8",  "ui16",     "ui32",    "ui64",
      "f16",         "bf16", "f32", "f8E4M3FN", "f8E5M2", "hif8", "f4E2M1x2", "f4E1M2x2"};
  return names[unsigned(lanes)];
}

unsigned laneBits(Type type) {
  auto vreg = dyn_cast<ir::VRegType>(type);
  return vreg && vreg.getElementCount() > 0 ? unsigned(8 * registerBytes / vreg.getElementCount()) : 0;
}

std::string text(Type type) {
  std::string spelling;
  llvm::raw_string_ostream(spelling) << type;
  return spelling;
}

// The verifier has seen that it is one of these.
FactorType factorType(Type element) {
  if (element.isF16())
    return FactorType::F16;
  if (element.isBF16())
    return FactorType::BF16;
  if (element.isF32())
    return FactorType::F32;
  if (isa<Float8E4M3FNType>(element))
    return FactorType::E4M3;
  if (isa<Float8E5M2Type>(element))
    return FactorType::E5M2;
  if (isa<ir::HiF8Type>(element))
    return FactorType::HiF8;
  if (isa<ir::F4E2M1x2Type>(element))
    return FactorType::E2M1;
  return isa<ir::F4E1M2x2Type>(element) ? FactorType::E1M2 : FactorType::S8;
}

} // namespace pto::sim
