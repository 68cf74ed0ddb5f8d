// Spelling and checking of the dialect's types.
#include "compiler/dialect/Types.h"
#include "compiler/dialect/Dialect.h"
#include "compiler/dialect/tile/Types.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/ADT/TypeSwitch.h"

#define GET_TYPEDEF_CLASSES
#include "compiler/dialect/Types.cpp.inc"

using namespace mlir;

namespace pto::ir {

void PtoDialect::registerTypes() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "compiler/dialect/Types.cpp.inc"
      >();
}

LaneSet laneOf(Type element) {
  if (auto integer = dyn_cast<IntegerType>(element)) {
    bool isUnsigned = integer.isUnsigned();
    switch (integer.getWidth()) {
    case 8:
      return isUnsigned ? laneU8 : laneI8;
    case 16:
      return isUnsigned ? laneU16 : laneI16;
    case 32:
      return isUnsigned ? laneU32 : laneI32;
    case 64:
      return isUnsigned ? laneU64 : laneI64;
    }
    return LaneSet{};
  }
  if (element.isF16())
    return laneF16;
  if (element.isBF16())
    return laneBF16;
  if (element.isF32())
    return laneF32;
  if (isa<Float8E4M3FNType, Float8E5M2Type>(element))
    return laneF8;
  if (isa<HiF8Type>(element))
    return laneHiF8;
  if (isa<F4E1M2x2Type, F4E2M1x2Type>(element))
    return laneF4;
  return LaneSet{};
}

unsigned widthOf(Type element) {
  if (element.isIntOrFloat())
    return element.getIntOrFloatBitWidth();
  if (isa<HiF8Type, F4E1M2x2Type, F4E2M1x2Type>(element))
    return 8;
  if (isa<HiF8x2Type>(element))
    return 16;
  // Packed scalars are pairs; a bound keeps absurd sizes from overflowing.
  constexpr int64_t maxPacked = 8;
  if (auto vector = dyn_cast<VectorType>(element);
      vector && vector.getRank() == 1 && !vector.isScalable() && vector.getDimSize(0) <= maxPacked)
    return vector.getDimSize(0) * widthOf(vector.getElementType());
  return 0;
}

StringRef granularityFor(Type lane) {
  unsigned width = widthOf(lane);
  return width == 8 ? "b8" : width == 16 ? "b16" : "b32";
}

bool scalarFits(Type lane, Type scalar) {
  if (lane == scalar)
    return true;
  return isa<IntegerType>(lane) && scalar.isSignlessInteger(widthOf(lane));
}

bool isVRegOf(Type type, LaneSet lanes) {
  auto vreg = dyn_cast<VRegType>(type);
  return vreg && (laneOf(vreg.getElementType()) & lanes) != 0;
}

bool isMaskOf(Type type, StringRef granularity) {
  auto mask = dyn_cast<MaskType>(type);
  return mask && mask.getGranularity() == granularity;
}

bool isPtrInto(Type type, MemorySpace space) {
  auto ptr = dyn_cast<PtrType>(type);
  return ptr && ptr.getMemorySpace() == space;
}

// The tile level's names of the same memories are read, the micro level's are printed.
static constexpr std::pair<StringRef, MemorySpace> tileWords[] = {
    {"vec", MemorySpace::Ub},  {"mat", MemorySpace::L1},  {"left", MemorySpace::L0a},   {"right", MemorySpace::L0b},
    {"acc", MemorySpace::L0c}, {"bias", MemorySpace::Bt}, {"scaling", MemorySpace::Fb},
};

StringRef tileWordOf(MemorySpace space) {
  const auto *found = llvm::find_if(tileWords, [&](const auto &word) { return word.second == space; });
  return found == std::end(tileWords) ? stringifyMemorySpace(space) : found->first;
}

std::optional<MemorySpace> memorySpaceOf(StringRef word) {
  const auto *found = llvm::find_if(tileWords, [&](const auto &known) { return known.first == word; });
  return found == std::end(tileWords) ? symbolizeMemorySpace(word) : found->second;
}

Type PtrType::parse(AsmParser &parser) {
  SMLoc start = parser.getCurrentLocation();
  Type element;
  if (parser.parseLess() || parser.parseType(element))
    return {};
  MemorySpace space = MemorySpace::Gm;
  if (succeeded(parser.parseOptionalComma())) {
    SMLoc where = parser.getCurrentLocation();
    StringRef word;
    if (parser.parseKeyword(&word))
      return {};
    std::optional<MemorySpace> known = memorySpaceOf(word);
    if (!known) {
      parser.emitError(where) << "unknown memory space '" << word
                              << "'; expected one of gm, ub (vec), l1 (mat), l0a (left), l0b (right), l0c (acc), "
                                 "bt (bias), fb (scaling)";
      return {};
    }
    space = *known;
  }
  if (parser.parseGreater())
    return {};
  return parser.getChecked<PtrType>(start, parser.getContext(), element, space);
}

void PtrType::print(AsmPrinter &printer) const {
  printer << '<' << getElementType() << ", " << stringifyMemorySpace(getMemorySpace()) << '>';
}

LogicalResult PtrType::verify(function_ref<InFlightDiagnostic()> emitError, Type element, MemorySpace) {
  unsigned width = widthOf(element);
  if (width != 0 && width % 8 == 0)
    return success();
  return emitError() << "a pointer to " << element
                     << "; expected an element of whole bytes: an integer of 8 to 64 bits, a float, a packed vector "
                        "of them, or !pto.hif8";
}

Type VRegType::parse(AsmParser &parser) {
  SMLoc start = parser.getCurrentLocation();
  SmallVector<int64_t, 1> shape;
  Type element;
  if (parser.parseLess() || parser.parseDimensionList(shape, /*allowDynamic=*/false) || parser.parseType(element) ||
      parser.parseGreater())
    return {};
  if (shape.size() != 1) {
    parser.emitError(start) << "a vector register has one dimension, found " << shape.size()
                            << "; expected a form like !pto.vreg<64xf32>";
    return {};
  }
  return parser.getChecked<VRegType>(start, parser.getContext(), shape.front(), element);
}

void VRegType::print(AsmPrinter &printer) const {
  printer << '<' << getElementCount() << 'x' << getElementType() << '>';
}

LogicalResult VRegType::verify(function_ref<InFlightDiagnostic()> emitError, int64_t count, Type element) {
  constexpr int64_t registerBits = 2048;
  if ((laneOf(element) & anyLanes) == 0)
    return emitError() << "lanes of " << element
                       << "; expected 8-, 16-, 32- or 64-bit integers, f16, bf16, f32, f8E4M3FN, f8E5M2, !pto.hif8, "
                          "!pto.f4E2M1x2 or !pto.f4E1M2x2";
  int64_t lanes = registerBits / widthOf(element);
  if (count == lanes)
    return success();
  return emitError() << count << " lanes of " << element << "; a vector register has " << registerBits / 8
                     << " bytes, that is " << lanes << " lanes of " << element;
}

Type MaskType::parse(AsmParser &parser) {
  SMLoc start = parser.getCurrentLocation();
  StringRef granularity;
  if (parser.parseLess() || parser.parseKeyword(&granularity) || parser.parseGreater())
    return {};
  return parser.getChecked<MaskType>(start, parser.getContext(), granularity);
}

void MaskType::print(AsmPrinter &printer) const {
  printer << '<' << getGranularity() << '>';
}

LogicalResult MaskType::verify(function_ref<InFlightDiagnostic()> emitError, StringRef granularity) {
  if (granularity == "b8" || granularity == "b16" || granularity == "b32")
    return success();
  return emitError() << "a predicate of granularity '" << granularity << "'; expected b8, b16 or b32";
}

} // namespace pto::ir
