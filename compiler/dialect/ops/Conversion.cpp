// The long spellings of conversion tokens, and their short forms.
#include "compiler/dialect/ops/Conversion.h"

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

} // namespace pto::ir

void pto::ir::PtoDialect::registerConversionOps() {
  addOperations<
#define GET_OP_LIST
#include "compiler/dialect/ops/Conversion.cpp.inc"
      >();
}
