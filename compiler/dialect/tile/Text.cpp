// The one form of all operations on tiles:
//   pto.OP ins(%a, %b {words} : Ta, Tb) outs(%d : Td) {words}
// Words are read inside and behind; they are printed where the record says.
#include "compiler/dialect/tile/Record.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace pto::ir::tile {
namespace {

constexpr StringLiteral segments = "operandSegmentSizes", pattern = "maskPattern", axis = "axis",
                        saturation = "satmode", olderSaturation = "sat_mode";

struct Written {
  OpAsmParser::UnresolvedOperand operand;
  Type type;
  bool isLate; // its type stands right behind it
};

// %a, %b {words} : Ta, Tb WORD %c : Tc, in parentheses
ParseResult parseGroup(OpAsmParser &parser, StringRef keyword, ArrayRef<Slot> slots, SmallVectorImpl<Written> &written,
                       NamedAttrList &words) {
  if (parser.parseKeyword(keyword) || parser.parseLParen())
    return failure();
  SmallVector<Written> own;
  auto parseOne = [&]() -> ParseResult {
    OpAsmParser::UnresolvedOperand operand;
    OptionalParseResult found = parser.parseOptionalOperand(operand);
    if (found.has_value()) {
      if (*found)
        return failure();
      own.push_back({operand, {}, false});
    }
    return parser.parseOptionalAttrDict(words);
  };
  if (parser.parseCommaSeparatedList(parseOne) || parser.parseColon())
    return failure();
  SMLoc where = parser.getCurrentLocation();
  // A type for each of them; then those that come with their own, behind a comma or behind their word.
  size_t typed = 0;
  do {
    OpAsmParser::UnresolvedOperand operand;
    OptionalParseResult isLate = parser.parseOptionalOperand(operand);
    std::string word;
    if (succeeded(parser.parseOptionalString(&word))) {
      words.set(axis, parser.getBuilder().getStringAttr(word));
    } else if (isLate.has_value()) {
      Written &one = own.emplace_back();
      one.operand = operand;
      one.isLate = true;
      if (*isLate || parser.parseColonType(one.type))
        return failure();
    } else {
      // Public kernels are printed with !pto.tile_buf left out at times: both forms are read.
      Type type;
      if (failed(parser.parseOptionalLess()) ? failed(parser.parseType(type)) : !(type = parseTileBody(parser)))
        return failure();
      if (typed < own.size())
        own[typed].type = type;
      ++typed;
    }
  } while (succeeded(parser.parseOptionalComma()));
  size_t plain = llvm::count_if(own, [](const Written &one) { return !one.isLate; });
  if (typed != plain)
    return parser.emitError(where) << keyword << " has " << plain << " operands, but " << typed
                                   << " types; expected one for each";
  for (const Slot &slot : slots)
    if (!slot.word.empty() && slot.word != "," && succeeded(parser.parseOptionalKeyword(slot.word))) {
      Written &one = own.emplace_back();
      if (parser.parseOperand(one.operand) || parser.parseColonType(one.type))
        return failure();
    }
  written.append(own.begin(), own.end());
  return parser.parseRParen();
}

bool mayFill(const Slot &slot, Type type) {
  if (slot.isTile())
    return isa<TileBufType>(type);
  if (slot.role == Role::View)
    return isa<PartitionTensorViewType>(type);
  return !isa<TileBufType, PartitionTensorViewType>(type);
}

std::string formOf(ArrayRef<Slot> slots) {
  std::string form;
  for (const Slot &slot : slots)
    form += (slot.isOptional ? (form.empty() ? "[" : "[, ")
             : form.empty()  ? ""
                             : ", ") +
            slot.name.str() + (slot.isOptional ? "]" : "");
  return form;
}

// Each operand to the first slot that it can fill; those that may be left out are passed over.
ParseResult assign(OpAsmParser &parser, SMLoc where, StringRef keyword, ArrayRef<Slot> slots, ArrayRef<Written> written,
                   SmallVectorImpl<int32_t> &sizes) {
  // Of three tiles and more the last is scratch where others may be left out before it.
  size_t tiles = llvm::count_if(written, [](const Written &one) { return isa<TileBufType>(one.type); });
  auto mayLack = [](const Slot &slot) { return slot.isOptional && slot.isTile() && slot.role != Role::Scratch; };
  auto isNeeded = [&](const Slot &slot) {
    return !slot.isOptional || (slot.role == Role::Scratch && tiles > 2 && llvm::any_of(slots, mayLack));
  };
  size_t next = 0, stillNeeded = llvm::count_if(slots, isNeeded);
  for (const Slot &slot : slots) {
    stillNeeded -= isNeeded(slot);
    bool isLeft = next < written.size();
    bool isFilled =
        isLeft && (!slot.isOptional || (mayFill(slot, written[next].type) && written.size() - next > stillNeeded));
    if (!isFilled && !slot.isOptional)
      return parser.emitError(where) << keyword << " has " << written.size() << " operands; expected " << formOf(slots);
    sizes.push_back(isFilled);
    next += isFilled;
  }
  if (next == written.size())
    return success();
  return parser.emitError(where) << keyword << " has " << written.size() << " operands; expected " << formOf(slots);
}

bool hasSegments(const Record &record) {
  auto isOptional = [](const Slot &slot) { return slot.isOptional; };
  return llvm::count_if(record.ins, isOptional) + llvm::count_if(record.outs, isOptional) > 1;
}

} // namespace

ParseResult parse(OpAsmParser &parser, OperationState &state, const Record &record) {
  NamedAttrList words;
  SmallVector<Written> ins, outs;
  SmallVector<int32_t> sizes;
  SMLoc where = parser.getCurrentLocation();
  if (parseGroup(parser, "ins", record.ins, ins, words) || assign(parser, where, "ins", record.ins, ins, sizes))
    return failure();
  where = parser.getCurrentLocation();
  if (!record.outs.empty() &&
      (parseGroup(parser, "outs", record.outs, outs, words) || assign(parser, where, "outs", record.outs, outs, sizes)))
    return failure();
  // The pattern may be written behind, too.
  Attribute late;
  if (succeeded(parser.parseOptionalKeyword(pattern))) {
    if (parser.parseEqual() || parser.parseAttribute(late))
      return failure();
    words.set(pattern, late);
  }
  if (parser.parseOptionalAttrDict(words))
    return failure();
  if (Attribute older = words.erase(olderSaturation))
    words.set(saturation, older);
  if (hasSegments(record))
    words.set(segments, parser.getBuilder().getDenseI32ArrayAttr(sizes));
  auto emitError = [&]() { return parser.emitError(parser.getNameLoc()); };
  if (auto info = state.name.getRegisteredInfo(); info && failed(info->verifyInherentAttrs(words, emitError)))
    return failure();
  state.attributes.append(words);
  for (const Written &one : llvm::concat<Written>(ins, outs))
    if (parser.resolveOperand(one.operand, one.type, state.operands))
      return failure();
  return success();
}

void print(OpAsmPrinter &printer, Operation *op, const Record &record) {
  Operands operands(op, record);
  ArrayRef<Filled> filled = operands.filled;
  auto printWords = [&](ArrayRef<StringRef> without) { printer.printOptionalAttrDict(op->getAttrs(), without); };
  auto isAnnounced = [](const Filled &one) { return !one.slot->word.empty(); };
  auto printGroup = [&](StringRef keyword, ArrayRef<Filled> group, bool hasWords) {
    SmallVector<Filled> plain = llvm::to_vector(llvm::make_filter_range(group, std::not_fn(isAnnounced)));
    printer << ' ' << keyword << '(';
    llvm::interleaveComma(plain, printer, [&](const Filled &one) { printer << one.value; });
    if (hasWords && record.wordsAt == WordsAt::Inner)
      printWords({segments});
    if (Attribute found = hasWords ? op->getAttr(pattern) : Attribute())
      printer << ", {" << pattern << " = " << found << '}';
    printer << " : ";
    llvm::interleaveComma(plain, printer, [&](const Filled &one) { printer << one.value.getType(); });
    if (Attribute found = hasWords ? op->getAttr(axis) : Attribute())
      printer << ", " << found;
    for (const Filled &one : llvm::make_filter_range(group, isAnnounced))
      printer << (one.slot->word == "," ? ", " : " " + one.slot->word.str() + " ") << one.value << " : "
              << one.value.getType();
    printer << ')';
  };
  printGroup("ins", filled.take_front(operands.ins), true);
  if (!record.outs.empty())
    printGroup("outs", filled.drop_front(operands.ins), false);
  if (record.wordsAt == WordsAt::Pattern)
    printWords({segments, pattern, axis});
  else if (record.wordsAt == WordsAt::Trailing)
    printWords({segments});
}

} // namespace pto::ir::tile
