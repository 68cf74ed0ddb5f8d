// The clauses of fixpipe, which may be left out, and what they ask of each other.
#include "compiler/dialect/ops/Fixpipe.h"
#include "compiler/dialect/Constants.h"
#include "compiler/dialect/Words.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;

namespace pto::ir {

using Unresolved = OpAsmParser::UnresolvedOperand;
using OptionalOperand = std::optional<Unresolved>;

namespace {

/// Where the clauses of one operation go.
struct Clauses {
  OptionalOperand &quantization, &relu, &clip, &layoutOperand, &loopCount, &loopSource, &loopDestination;
  StringAttr &unitFlag, &quantizationMode, &reluMode, &layout, &saturation;
  StringAttr *atomicType = nullptr, *atomicOperation = nullptr;
};

class ClauseParser {
public:
  ClauseParser(OpAsmParser &parser, Clauses clauses) : parser(parser), clauses(clauses) {}

  ParseResult parse() {
    while (succeeded(parser.parseOptionalComma())) {
      SMLoc where = parser.getCurrentLocation();
      StringRef word;
      if (parser.parseKeyword(&word))
        return failure();
      int at = llvm::StringSwitch<int>(word)
                   .Case("unit_flag", 0)
                   .Case("pre_quant", 1)
                   .Case("pre_relu", 2)
                   .Cases("nz2nd", "nz2dn", "nz2nz", 3)
                   .Case("loop3", 4)
                   .Cases("sat", "nosat", 5)
                   .Case("atomic", clauses.atomicType ? 6 : -1)
                   .Default(-1);
      if (at < 0)
        return parser.emitError(where) << "unknown clause '" << word
                                       << "'; expected unit_flag, pre_quant, pre_relu, nz2nd, nz2dn, nz2nz, loop3, sat"
                                       << (clauses.atomicType ? ", nosat or atomic" : " or nosat");
      if (at <= last)
        return parser.emitError(where) << "'" << word << "' comes too late; the order is unit_flag, pre_quant, "
                                       << "pre_relu, layout, loop3, saturation, atomic";
      last = at;
      if (parseClause(at, word))
        return failure();
    }
    return success();
  }

private:
  ParseResult parseClause(int clause, StringRef word) {
    switch (clause) {
    case 0:
      return failure(parser.parseLParen() || parseWord(parser, clauses.unitFlag) || parser.parseRParen());
    case 1:
      return failure(parser.parseLParen() || parser.parseOperand(clauses.quantization.emplace()) ||
                     parser.parseComma() || parser.parseKeyword("mode") || parser.parseEqual() ||
                     parseWord(parser, clauses.quantizationMode) || parser.parseRParen());
    case 2:
      return parseRelu();
    case 3:
      return parseLayout(word);
    case 4:
      return failure(parser.parseLParen() || parser.parseOperand(clauses.loopCount.emplace()) || parser.parseComma() ||
                     parser.parseOperand(clauses.loopSource.emplace()) || parser.parseComma() ||
                     parser.parseOperand(clauses.loopDestination.emplace()) || parser.parseRParen());
    case 5:
      return parseSaturation(word);
    default:
      return failure(parser.parseLParen() || parser.parseKeyword("type") || parser.parseEqual() ||
                     parseWord(parser, *clauses.atomicType) || parser.parseComma() || parser.parseKeyword("op") ||
                     parser.parseEqual() || parseWord(parser, *clauses.atomicOperation) || parser.parseRParen());
    }
  }

  // pre_relu([%alpha, ]mode = MODE[, clip = %limit])
  ParseResult parseRelu() {
    Unresolved alpha;
    if (parser.parseLParen())
      return failure();
    if (OptionalParseResult hasAlpha = parser.parseOptionalOperand(alpha); hasAlpha.has_value()) {
      if (failed(*hasAlpha) || parser.parseComma())
        return failure();
      clauses.relu = alpha;
    }
    if (parser.parseKeyword("mode") || parser.parseEqual() || parseWord(parser, clauses.reluMode))
      return failure();
    if (succeeded(parser.parseOptionalComma()) &&
        (parser.parseKeyword("clip") || parser.parseEqual() || parser.parseOperand(clauses.clip.emplace())))
      return failure();
    return parser.parseRParen();
  }

  ParseResult parseLayout(StringRef word) {
    clauses.layout = parser.getBuilder().getStringAttr(word);
    if (failed(parser.parseOptionalLParen()))
      return success();
    return failure(parser.parseOperand(clauses.layoutOperand.emplace()) || parser.parseRParen());
  }

  ParseResult parseSaturation(StringRef word) {
    std::string text = word.str();
    if (word == "sat" && succeeded(parser.parseOptionalLParen())) {
      if (parser.parseKeyword("preserve_nan") || parser.parseRParen())
        return failure();
      text += "(preserve_nan)";
    }
    clauses.saturation = parser.getBuilder().getStringAttr(text);
    return success();
  }

  OpAsmParser &parser;
  Clauses clauses;
  int last = -1;
};

} // namespace

static ParseResult parseFixpipeClauses(OpAsmParser &parser, OptionalOperand &quantization, OptionalOperand &relu,
                                       OptionalOperand &clip, OptionalOperand &layoutOperand,
                                       OptionalOperand &loopCount, OptionalOperand &loopSource,
                                       OptionalOperand &loopDestination, StringAttr &unitFlag,
                                       StringAttr &quantizationMode, StringAttr &reluMode, StringAttr &layout,
                                       StringAttr &saturation) {
  return ClauseParser(parser, {quantization, relu, clip, layoutOperand, loopCount, loopSource, loopDestination,
                               unitFlag, quantizationMode, reluMode, layout, saturation})
      .parse();
}
static ParseResult parseFixpipeClauses(OpAsmParser &parser, OptionalOperand &quantization, OptionalOperand &relu,
                                       OptionalOperand &clip, OptionalOperand &layoutOperand,
                                       OptionalOperand &loopCount, OptionalOperand &loopSource,
                                       OptionalOperand &loopDestination, StringAttr &unitFlag,
                                       StringAttr &quantizationMode, StringAttr &reluMode, StringAttr &layout,
                                       StringAttr &saturation, StringAttr &atomicType, StringAttr &atomicOperation) {
  return ClauseParser(parser, {quantization, relu, clip, layoutOperand, loopCount, loopSource, loopDestination,
                               unitFlag, quantizationMode, reluMode, layout, saturation, &atomicType, &atomicOperation})
      .parse();
}

static void printFixpipeClauses(OpAsmPrinter &printer, Operation *, Value quantization, Value relu, Value clip,
                                Value layoutOperand, Value loopCount, Value loopSource, Value loopDestination,
                                StringAttr unitFlag, StringAttr quantizationMode, StringAttr reluMode,
                                StringAttr layout, StringAttr saturation, StringAttr atomicType = {},
                                StringAttr atomicOperation = {}) {
  if (unitFlag)
    printer << ", unit_flag(" << unitFlag.getValue() << ')';
  if (quantization && quantizationMode)
    printer << ", pre_quant(" << quantization << ", mode = " << quantizationMode.getValue() << ')';
  if (reluMode) {
    printer << ", pre_relu(";
    if (relu)
      printer << relu << ", ";
    printer << "mode = " << reluMode.getValue();
    if (clip)
      printer << ", clip = " << clip;
    printer << ')';
  }
  if (layout) {
    printer << ", " << layout.getValue();
    if (layoutOperand)
      printer << '(' << layoutOperand << ')';
  }
  if (loopCount && loopSource && loopDestination)
    printer << ", loop3(" << loopCount << ", " << loopSource << ", " << loopDestination << ')';
  if (saturation)
    printer << ", " << saturation.getValue();
  if (atomicType && atomicOperation)
    printer << ", atomic(type = " << atomicType.getValue() << ", op = " << atomicOperation.getValue() << ')';
}

static ParseResult parseFixpipeTypes(OpAsmParser &parser, OptionalOperand quantization, Type &quantizationType,
                                     OptionalOperand relu, Type &reluType, OptionalOperand clip, Type &clipType,
                                     OptionalOperand layoutOperand, OptionalOperand loopCount) {
  Type i64 = parser.getBuilder().getI64Type();
  auto parseI64 = [&]() -> ParseResult {
    SMLoc where = parser.getCurrentLocation();
    Type type;
    if (parser.parseComma() || parser.parseType(type))
      return failure();
    if (type == i64)
      return success();
    return parser.emitError(where) << "found " << type << "; expected i64";
  };
  for (auto [operand, type] : {std::pair(&quantization, &quantizationType), {&relu, &reluType}, {&clip, &clipType}})
    if (operand->has_value() && (parser.parseComma() || parser.parseType(*type)))
      return failure();
  if (layoutOperand && failed(parseI64()))
    return failure();
  for (unsigned i = 0; loopCount && i < 3; ++i)
    if (failed(parseI64()))
      return failure();
  return success();
}
static void printFixpipeTypes(OpAsmPrinter &printer, Operation *, Value, Type quantization, Value, Type relu, Value,
                              Type clip, Value layoutOperand, Value loopCount) {
  for (Type type : {quantization, relu, clip})
    if (type)
      printer << ", " << type;
  printer << (layoutOperand ? ", i64" : "") << (loopCount ? ", i64, i64, i64" : "");
}

// A vector core's number, or the axis along which both get a half.
static ParseResult parseDestinationMode(OpAsmParser &parser, OptionalOperand &subBlock, StringAttr &split) {
  Unresolved operand;
  if (OptionalParseResult isOperand = parser.parseOptionalOperand(operand); isOperand.has_value()) {
    subBlock = operand;
    return *isOperand;
  }
  return parseWord(parser, split);
}
static void printDestinationMode(OpAsmPrinter &printer, Operation *op, Value subBlock, StringAttr split) {
  if (subBlock)
    printer << subBlock;
  else if (split)
    printWord(printer, op, split);
}

} // namespace pto::ir

#define GET_OP_CLASSES
#include "compiler/dialect/ops/Fixpipe.cpp.inc"

namespace pto::ir {

// The payload of a mode: a scalar for the whole tile, or a table with a parameter for each channel.
static LogicalResult verifyPayload(Operation *op, StringRef clause, StringRef mode, Value payload, bool isTable) {
  if (!payload)
    return op->emitOpError() << clause << " " << mode << " has no parameter; expected "
                             << (isTable ? "a pointer into fb" : "a scalar");
  if (isa<PtrType>(payload.getType()) != isTable)
    return op->emitOpError() << clause << " " << mode << " has a parameter of type " << payload.getType()
                             << "; expected " << (isTable ? "a pointer into fb" : "f16, bf16 or f32");
  return success();
}

static bool isInt(Type type, unsigned width) {
  return isa<IntegerType>(type) && type.getIntOrFloatBitWidth() == width;
}

/// What a quantization makes of which products, by what its name starts with.
struct Quantization {
  StringLiteral stem;
  bool (*takes)(Type), (*makes)(Type);
  StringLiteral words;
};
static constexpr auto isF32 = [](Type type) { return type.isF32(); };
static constexpr auto isF16 = [](Type type) { return type.isF16(); };
static constexpr auto isBF16 = [](Type type) { return type.isBF16(); };
static constexpr auto isI32 = [](Type type) { return isInt(type, 32); };
static constexpr auto isI16 = [](Type type) { return isInt(type, 16); };
static constexpr auto isI8 = [](Type type) { return isInt(type, 8); };
static constexpr auto isI4 = [](Type type) { return isInt(type, 4) || isInt(type, 8); };
static constexpr auto isHiF8 = [](Type type) { return isa<HiF8Type>(type); };
static constexpr auto isFp8 = [](Type type) { return isa<Float8E4M3FNType, Float8E5M2Type>(type); };
static constexpr Quantization quantizations[] = {
    {"f32_f16", isF32, isF16, "f32 as f16"},     {"f32_bf16", isF32, isBF16, "f32 as bf16"},
    {"qf322hif8", isF32, isHiF8, "f32 as hif8"}, {"qf322fp8", isF32, isFp8, "f32 as fp8"},
    {"qf322f32", isF32, isF32, "f32 as f32"},    {"qf322f16", isF32, isF16, "f32 as f16"},
    {"qf322bf16", isF32, isBF16, "f32 as bf16"}, {"qf322b8", isF32, isI8, "f32 as 8-bit integers"},
    {"qf322s4", isF32, isI4, "f32 as i4"},       {"qf162b8", isF32, isI8, "f32 as 8-bit integers"},
    {"qf162s4", isF32, isI4, "f32 as i4"},       {"qf162s16", isI32, isI16, "i32 as i16"},
    {"deqs32_int", isI32, isI32, "i32 as i32"},  {"deqs16", isI32, isI16, "i32 as i16"},
    {"deqf16", isI32, isF16, "i32 as f16"},      {"req8", isI32, isI8, "i32 as 8-bit integers"},
    {"req4", isI32, isI4, "i32 as i4"},          {"qs322bf16", isI32, isBF16, "i32 as bf16"},
};

static LogicalResult verifyConversion(Operation *op, std::optional<StringRef> mode, Type source, Type destination) {
  if (!mode) {
    if (source == destination || (isI32(source) && isI32(destination)))
      return success();
    return op->emitOpError() << "stores " << source << " as " << destination
                             << " without a pre_quant; expected the same type, or a mode that converts";
  }
  const Quantization *made =
      llvm::find_if(quantizations, [&](const Quantization &each) { return mode->starts_with(each.stem); });
  if (made == std::end(quantizations) || (made->takes(source) && made->makes(destination)))
    return success();
  return op->emitOpError() << "pre_quant " << *mode << " stores " << source << " as " << destination << "; expected "
                           << made->words;
}

static LogicalResult verifyClip(Operation *op, Value clip, Type destination) {
  if (!clip)
    return success();
  Type type = clip.getType();
  bool isUnsigned = destination.isUnsignedInteger(8);
  bool fits = destination.isF16()                       ? type.isF16()
              : isUnsigned                              ? isInt(type, 16) && !type.isSignedInteger()
              : isI4(destination) || isI16(destination) ? isa<IntegerType>(type) && type.getIntOrFloatBitWidth() <= 16
                                                        : false;
  if (fits)
    return success();
  return op->emitOpError() << "clips " << destination << " to " << type
                           << "; expected f16 for f16, 16 bits for ui8, or i4, i8 or i16 for signed integers";
}

// n has 12 bits, m 16.
static constexpr int64_t mostColumns = 4095, mostRows = 65535, mostRowsOfMatrix = 8192;

template <typename FixpipeOp>
static LogicalResult verifyFixpipe(FixpipeOp op) {
  Type source = cast<PtrType>(op.getSource().getType()).getElementType();
  Type destination = cast<PtrType>(op.getDestination().getType()).getElementType();
  std::optional<StringRef> mode = op.getPreQuantMode(), relu = op.getPreReluMode(), layout = op.getLayout();
  if (bool(op.getPreQuant()) != mode.has_value())
    return op.emitOpError() << "has a pre_quant without " << (mode ? "a parameter" : "a mode");
  if (mode && failed(verifyPayload(op, "pre_quant", *mode, op.getPreQuant(), mode->ends_with("_vec"))))
    return failure();
  if (!relu && (op.getPreRelu() || op.getClip()))
    return op.emitOpError() << "has a pre_relu without a mode";
  if (relu && (*relu == "scalar_relu" || *relu == "vector_relu")) {
    if (failed(verifyPayload(op, "pre_relu", *relu, op.getPreRelu(), *relu == "vector_relu")))
      return failure();
  } else if (op.getPreRelu()) {
    return op.emitOpError() << "pre_relu " << *relu << " has a parameter; expected none";
  }
  if (failed(verifyConversion(op, mode, source, destination)) || failed(verifyClip(op, op.getClip(), destination)))
    return failure();
  bool isTransposed = layout == "nz2dn", isFractal = layout == "nz2nz";
  if (isTransposed != bool(op.getLayoutOperand()) && !isFractal)
    return op.emitOpError() << (isTransposed ? "has nz2dn without a stride; expected nz2dn(%loop0_src_stride)"
                                             : "has a layout with an operand; expected it of nz2dn and nz2nz only");
  if (isFractal && !destination.isF32())
    return op.emitOpError() << "stores " << destination << " with nz2nz; expected f32";
  if (isFractal && op.getLoop3Count())
    return op.emitOpError() << "has nz2nz and loop3; expected one of them";
  if (isTransposed && op.getUnitFlag() && constantOf(op.getLayoutOperand()).value_or(1) != 1)
    return op.emitOpError() << "has a unit_flag and nz2dn with a stride other than 1; expected one of them";
  if (failed(verifyRange(op, "n", op.getN(), 0, mostColumns)) ||
      failed(verifyRange(op, "m", op.getM(), 0, isFractal ? mostRows : mostRowsOfMatrix)))
    return failure();
  return success();
}

LogicalResult MteL0cL1Op::verify() {
  return verifyFixpipe(*this);
}

LogicalResult MteL0cGmOp::verify() {
  if (getAtomicType().has_value() != getAtomicOp().has_value())
    return emitOpError() << "has half of an atomic clause; expected atomic(type = TYPE, op = OP)";
  if (failed(verifyRange(*this, "sid", getSid(), 0, 3)) ||
      failed(verifyRange(*this, "l2_cache_ctrl", getL2CacheCtrl(), 0, 15)))
    return failure();
  return verifyFixpipe(*this);
}

LogicalResult MteL0cUbOp::verify() {
  if (bool(getSubBlock()) == getSplit().has_value())
    return emitOpError() << "has no dst_mode; expected a vector core's number, split_m or split_n";
  if (getSubBlock() && failed(verifyRange(*this, "the vector core", getSubBlock(), 0, 1)))
    return failure();
  if (getSplit() && (getPreQuantMode() || getPreReluMode() || (getLayout() && *getLayout() != "nz2nd")))
    return emitOpError() << "has " << *getSplit() << " with a clause that changes what is stored; expected nz2nd alone";
  std::optional<int64_t> m = constantOf(getM()), n = constantOf(getN());
  if (getSplit() == "split_m" && m && *m % 2 != 0)
    return emitOpError() << "splits m, which is " << *m << "; expected an even number";
  if (getSplit() == "split_n" && n && *n % 32 != 0)
    return emitOpError() << "splits n, which is " << *n << "; expected a multiple of 32";
  return verifyFixpipe(*this);
}

} // namespace pto::ir

void pto::ir::PtoDialect::registerFixpipeOps() {
  addOperations<
#define GET_OP_LIST
#include "compiler/dialect/ops/Fixpipe.cpp.inc"
      >();
}
