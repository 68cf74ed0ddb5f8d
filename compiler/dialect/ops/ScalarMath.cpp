// Which conversions there are.
#include "compiler/dialect/ops/ScalarMath.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace pto::ir {

static ParseResult parseRequiredSignedness(OpAsmParser &parser, StringAttr &signedness) {
  if (parseSignedness(parser, signedness))
    return failure();
  return signedness ? success() : parser.emitError(parser.getCurrentLocation()) << "expected signed or unsigned";
}
static void printRequiredSignedness(OpAsmPrinter &printer, Operation *, StringAttr signedness) {
  printer << signedness.getValue();
}

static ParseResult parseWord(OpAsmParser &parser, StringAttr &word) {
  StringRef text;
  if (parser.parseKeyword(&text))
    return failure();
  word = parser.getBuilder().getStringAttr(text);
  return success();
}

static ParseResult parseConvertRounding(OpAsmParser &parser, StringAttr &rounding) {
  return failure(parser.parseKeyword("round") || parser.parseLParen() || parseWord(parser, rounding) ||
                 parser.parseRParen());
}
static void printConvertRounding(OpAsmPrinter &printer, Operation *, StringAttr rounding) {
  printer << "round(" << rounding.getValue() << ')';
}

static ParseResult parseConvertSaturation(OpAsmParser &parser, StringAttr &saturation) {
  return parseWord(parser, saturation);
}
static void printConvertSaturation(OpAsmPrinter &printer, Operation *, StringAttr saturation) {
  printer << saturation.getValue();
}

} // namespace pto::ir

#define GET_OP_CLASSES
#include "compiler/dialect/ops/ScalarMath.cpp.inc"

namespace pto::ir {
namespace {

// From any of the left types to any of the right ones, with these roundings.
struct Conversions {
  StringLiteral from, to, roundings;
};
constexpr Conversions conversions[] = {
    {"i32", "f16 bf16 f32", "r a f c z"},
    {"i64", "f32", "r a f c z"},
    {"f32", "i32 i64", "r a f c z"},
    {"f16 bf16", "i32", "r a f c z"},
    {"f32", "f16", "r a f c z o"},
    {"f32", "bf16 f32", "r a f c z"},
    {"f16 bf16", "f16 bf16 f32", "r a f c z"},
    {"vector<2xf32>", "vector<2xf16>", "r a f c z o"},
    {"vector<2xf32>", "vector<2xbf16>", "r a f c z"},
    {"vector<2xf16> vector<2xbf16>", "vector<2xf32>", "r a f c z"},
    {"vector<2xf32>", "vector<2xf8E4M3FN> vector<2xf8E5M2>", "r"},
    {"vector<2xf32> vector<2xf16>", "!pto.hif8x2", "a h"},
    {"vector<2xf8E4M3FN> vector<2xf8E5M2> !pto.hif8x2", "vector<2xf32> vector<2xf16>", "r a f c z"},
    {"vector<2xbf16>", "!pto.f4E1M2x2 !pto.f4E2M1x2", "r a f c z"},
    {"!pto.f4E1M2x2 !pto.f4E2M1x2", "vector<2xbf16>", "r a f c z"},
};

std::string spelled(Type type) {
  std::string text;
  llvm::raw_string_ostream(text) << type;
  return text;
}

bool hasWord(StringRef words, StringRef word) {
  return llvm::is_contained(llvm::split(words, ' '), word);
}

} // namespace

LogicalResult ConvertOp::verify() {
  Type source = getSource().getType(), result = getResult().getType();
  std::string from = spelled(source), to = spelled(result);
  const Conversions *row = llvm::find_if(
      conversions, [&](const Conversions &row) { return hasWord(row.from, from) && hasWord(row.to, to); });
  if (row == std::end(conversions)) {
    std::string others;
    for (const Conversions &row : conversions)
      if (hasWord(row.from, from))
        others += (others.empty() ? "" : " ") + row.to.str();
    return emitOpError() << "has no conversion from " << source << " to " << result << "; from " << source
                         << " there are those to " << llvm::join(llvm::split(others, ' '), ", ");
  }
  if (!hasWord(row->roundings, getRounding()))
    return emitOpError() << "rounding is " << getRounding() << "; from " << source << " to " << result
                         << " it is one of " << llvm::join(llvm::split(row->roundings, ' '), ", ");
  bool fromInteger = isa<IntegerType>(source), toInteger = isa<IntegerType>(result);
  if ((fromInteger || toInteger) && !getSignedness())
    return emitOpError() << "does not say whether " << (fromInteger ? source : result)
                         << " is signed; expected signed or unsigned";
  if (!fromInteger && !toInteger && getSignedness())
    return emitOpError() << "is " << *getSignedness() << ", but neither side is an integer";
  if (toInteger && getSaturation() != "sat")
    return emitOpError() << "from " << source << " to " << result << " is nosat; expected sat";
  return success();
}

} // namespace pto::ir

void pto::ir::PtoDialect::registerScalarMathOps() {
  addOperations<
#define GET_OP_LIST
#include "compiler/dialect/ops/ScalarMath.cpp.inc"
      >();
}
