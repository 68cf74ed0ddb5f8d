// Which lanes are converted into which, and how; the long spellings of tokens, and their short forms.
#include "compiler/dialect/ops/Conversion.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace pto::ir {

// ROUND_R, PART_EVEN, RS_ENABLE: the long spellings of older kernels.
static StringRef shortToken(StringRef word) {
  if (word == "RS_ENABLE")
    return "SAT";
  if (word == "RS_DISABLE")
    return "NOSAT";
  word.consume_front("ROUND_");
  word.consume_front("PART_");
  return word;
}

static ParseResult parseRounding(OpAsmParser &parser, StringAttr &mode) {
  std::string word;
  if (parser.parseKeywordOrString(&word))
    return failure();
  mode = parser.getBuilder().getStringAttr(shortToken(word));
  return success();
}
static void printRounding(OpAsmPrinter &printer, Operation *, StringAttr mode) {
  printer << mode;
}

} // namespace pto::ir

#define GET_OP_CLASSES
#include "compiler/dialect/ops/Conversion.cpp.inc"

namespace pto::ir {

ParseResult VcvtOp::parse(OpAsmParser &parser, OperationState &result) {
  OpAsmParser::UnresolvedOperand input, mask;
  Type inputType, maskType;
  if (parser.parseOperand(input) || parser.parseComma() || parser.parseOperand(mask))
    return failure();
  SMLoc where = parser.getCurrentLocation();
  if (parser.parseOptionalAttrDict(result.attributes) || parser.parseColonType(inputType) || parser.parseComma() ||
      parser.parseType(maskType) || parser.parseArrow() || parser.parseType(result.types.emplace_back()) ||
      parser.resolveOperand(input, inputType, result.operands) ||
      parser.resolveOperand(mask, maskType, result.operands))
    return failure();
  // round_mode is the older name of rnd.
  if (Attribute older = result.attributes.erase("round_mode")) {
    if (result.attributes.get("rnd"))
      return parser.emitError(where) << "both rnd and round_mode; expected one of them";
    result.attributes.set("rnd", older);
  }
  for (StringRef name : {"rnd", "sat", "part"})
    if (auto text = dyn_cast_or_null<StringAttr>(result.attributes.get(name)))
      result.attributes.set(name, parser.getBuilder().getStringAttr(shortToken(text)));
  return success();
}

void VcvtOp::print(OpAsmPrinter &printer) {
  printer << ' ' << getInput() << ", " << getMask();
  printer.printOptionalAttrDict((*this)->getAttrs());
  printer << " : " << getInput().getType() << ", " << getMask().getType() << " -> " << getResult().getType();
}

namespace {

struct ConversionRow {
  LaneSet from, to;
  StringLiteral roundings; // the first one unless another is named; none where nothing gets lost
  bool saturates;          // whether `sat` says something
};
constexpr StringLiteral exact = "", all = "RAFCZ", withOdd = "RAFCZO", nearest = "R", awayOrHybrid = "AH";

// What the hardware has.
constexpr ConversionRow conversions[] = {
    {laneF32, laneF16, withOdd, true},
    {laneF32, laneBF16, all, true},
    {laneF32, laneF8, nearest, true},
    {laneF32, laneHiF8, awayOrHybrid, true},
    {laneF32, laneI64, all, true},
    {laneF32, laneI32, all, true},
    {laneF32, laneI16, all, true},
    {laneF16, laneF32, exact, false},
    {laneF16, laneI32, all, false},
    {laneF16, laneI16, all, true},
    {laneF16, laneI8, all, true},
    {laneF16, laneU8, all, true},
    {laneBF16, laneF16, all, true},
    {laneBF16, laneF32, exact, false},
    {laneBF16, laneI32, all, true},
    {laneF8, laneF32, exact, false},
    {laneF16, laneBF16, all, false},
    {laneF16, laneF8, nearest, true},
    {laneF16, laneHiF8, awayOrHybrid, true},
    {laneBF16, laneF8, nearest, true},
    {laneBF16, laneF4, all, false}, // always saturates
    {laneF4, laneBF16, exact, false},
    {laneHiF8, laneF32, exact, false},
    {laneHiF8, laneF16, exact, false},
    {laneU8, laneF16, exact, false},
    {laneU8, laneU16, exact, false},
    {laneU8, laneU32, exact, false},
    {laneI8, laneF16, exact, false},
    {laneI8, laneI16, exact, false},
    {laneI8, laneI32, exact, false},
    {laneU16, laneU8, exact, true},
    {laneU16, laneU32, exact, false},
    {laneI16, laneF16, all, false},
    {laneI16, laneF32, exact, false},
    {laneI16, laneU32, exact, false},
    {laneI16, laneI32, exact, false},
    {laneI16, laneU8, exact, true},
    {laneU32, laneU8, exact, true},
    {laneU32, laneU16, exact, true},
    {laneU32, laneI16, exact, true},
    {laneI32, laneF32, all, false},
    {laneI32, laneU8, exact, true},
    {laneI32, laneU16, exact, true},
    {laneI32, laneI16, exact, true},
    {laneI32, laneI64, exact, false},
    {laneI64, laneF32, all, false},
    {laneI64, laneI32, exact, true},
};

StringRef nameOf(LaneSet lane) {
  static constexpr std::pair<LaneSet, StringLiteral> names[] = {{laneI8, "si8"},
                                                                {laneI16, "si16"},
                                                                {laneI32, "si32"},
                                                                {laneI64, "si64"},
                                                                {laneU8, "ui8"},
                                                                {laneU16, "ui16"},
                                                                {laneU32, "ui32"},
                                                                {laneF16, "f16"},
                                                                {laneBF16, "bf16"},
                                                                {laneF32, "f32"},
                                                                {laneF8, "f8E4M3FN or f8E5M2"},
                                                                {laneHiF8, "!pto.hif8"},
                                                                {laneF4, "!pto.f4E2M1x2 or !pto.f4E1M2x2"}};
  return llvm::find_if(names, [&](const auto &entry) { return entry.first == lane; })->second;
}

const ConversionRow *findConversion(VcvtOp convert) {
  auto lanes = [](Value value) { return laneOf(cast<VRegType>(value.getType()).getElementType()); };
  const auto *found = llvm::find_if(conversions, [&](const ConversionRow &row) {
    return row.from == lanes(convert.getInput()) && row.to == lanes(convert.getResult());
  });
  return found == std::end(conversions) ? nullptr : found;
}

// The words for the narrower lanes in the place of a wider one.
ArrayRef<StringLiteral> partsOf(VcvtOp convert) {
  auto width = [](Value value) {
    Type lane = cast<VRegType>(value.getType()).getElementType();
    return laneOf(lane) == laneF4 ? 4 : widthOf(lane);
  };
  unsigned from = width(convert.getInput()), to = width(convert.getResult());
  unsigned ratio = std::max(from, to) / std::min(from, to);
  auto words = ArrayRef(tokens::partsWords);
  return ratio == 1 ? ArrayRef<StringLiteral>() : ratio == 2 ? words.take_front(2) : words.drop_front(2);
}

} // namespace

StringRef roundingOf(VcvtOp convert) {
  return convert.getRnd().value_or(findConversion(convert)->roundings.take_front());
}

LogicalResult VcvtOp::verify() {
  Type from = getInput().getType(), to = getResult().getType();
  const ConversionRow *row = findConversion(*this);
  if (!row) {
    SmallVector<StringRef> results;
    for (const ConversionRow &known : conversions)
      if (known.from == laneOf(cast<VRegType>(from).getElementType()))
        results.push_back(nameOf(known.to));
    InFlightDiagnostic error = emitOpError() << "converts " << from << " into " << to << ", for which there is no "
                                             << "instruction; ";
    return results.empty() ? error << "none converts these lanes"
                           : error << "expected lanes of " << llvm::join(results, ", ");
  }
  if (std::optional<StringRef> mode = getRnd(); mode && !row->roundings.contains(*mode)) {
    InFlightDiagnostic error = emitOpError() << "rnd is " << getRndAttr() << ", but " << from << " into " << to;
    return row->roundings.empty()
               ? error << " is exact; leave it out"
               : error << " is rounded in one of the modes "
                       << llvm::join(llvm::map_range(row->roundings, [](char c) { return std::string(1, c); }), ", ");
  }
  if (getSat() && !row->saturates)
    return emitOpError() << "sat is " << getSatAttr() << ", but " << from << " into " << to
                         << " has no saturation; leave it out";
  ArrayRef<StringLiteral> parts = partsOf(*this);
  if (parts.empty() && getPart())
    return emitOpError() << "part is " << getPartAttr() << ", but the lanes are equally wide; leave it out";
  if (!parts.empty() && (!getPart() || !llvm::is_contained(parts, *getPart()))) {
    InFlightDiagnostic error = emitOpError();
    if (getPart())
      error << "part is " << getPartAttr();
    else
      error << "has no part";
    return error << ", and converts " << from << " into " << to << "; expected one of " << llvm::join(parts, ", ");
  }
  return success();
}

} // namespace pto::ir

void pto::ir::PtoDialect::registerConversionOps() {
  addOperations<
#define GET_OP_LIST
#include "compiler/dialect/ops/Conversion.cpp.inc"
      >();
}
