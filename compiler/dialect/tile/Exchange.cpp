// The spelling of pipes, and what their slots may be.
#include "compiler/dialect/tile/Exchange.h"
#include "base/NearestName.h"
#include "compiler/dialect/tile/Arch.h"
#include "mlir/IR/SymbolTable.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;

namespace pto::ir {
namespace {

constexpr StringRef pipeWords[] = {"id", "dir_mask", "slot_size", "slot_num", "local_slot_num", "nosplit"},
                    pipeOperands[] = {"gm_slot_buffer", "gm_slot_tensor", "c2v_consumer_buf", "v2c_consumer_buf"};

// id = 0, split = 1
ParseResult parseSplit(OpAsmParser &parser, IntegerAttr &id, IntegerAttr &split) {
  Builder &builder = parser.getBuilder();
  if (parser.parseLBrace())
    return failure();
  if (succeeded(parser.parseOptionalKeyword("id")) &&
      (parser.parseEqual() || parser.parseAttribute(id, builder.getI32Type()) || parser.parseComma()))
    return failure();
  return failure(parser.parseKeyword("split") || parser.parseEqual() ||
                 parser.parseAttribute(split, builder.getI8Type()) || parser.parseRBrace());
}
void printSplit(OpAsmPrinter &printer, Operation *, IntegerAttr id, IntegerAttr split) {
  printer << '{';
  if (id)
    printer << "id = " << id.getInt() << ", ";
  printer << "split = " << split.getInt() << '}';
}

// NAME = VALUE, each once, of those that are known.
ParseResult parseNamed(OpAsmParser &parser, OpAsmParser::Delimiter delimiter, ArrayRef<StringRef> names,
                       function_ref<ParseResult(StringRef)> parseValue) {
  SmallVector<StringRef> found;
  return parser.parseCommaSeparatedList(delimiter, [&]() -> ParseResult {
    SMLoc where = parser.getCurrentLocation();
    StringRef name;
    if (parser.parseKeyword(&name) || parser.parseEqual())
      return failure();
    if (!llvm::is_contained(names, name))
      return parser.emitError(where) << "a pipe has no '" << name << "'" << didYouMean(name, names);
    if (llvm::is_contained(found, name))
      return parser.emitError(where) << "'" << name << "' is given twice";
    found.push_back(name);
    return parseValue(name);
  });
}

using Word = std::pair<StringRef, Attribute>;

// {dir_mask = 1, slot_size = 1024, slot_num = 8}, of which the first three are needed.
ParseResult parseWords(OpAsmParser &parser, MutableArrayRef<Word> words) {
  SMLoc where = parser.getCurrentLocation();
  SmallVector<StringRef> names = llvm::map_to_vector(words, [](const Word &word) { return word.first; });
  Builder &builder = parser.getBuilder();
  auto parseWord = [&](StringRef name) -> ParseResult {
    Type type = name == "nosplit"    ? Type(builder.getI1Type())
                : name == "dir_mask" ? Type(builder.getI8Type())
                                     : Type(builder.getI32Type());
    Word &word = *llvm::find_if(words, [&](const Word &word) { return word.first == name; });
    return parser.parseAttribute(word.second, type);
  };
  if (parseNamed(parser, OpAsmParser::Delimiter::Braces, names, parseWord))
    return failure();
  for (const Word &word : words.take_front(3))
    if (!word.second)
      return parser.emitError(where) << "a pipe without " << word.first
                                     << "; expected dir_mask, slot_size and slot_num";
  return success();
}
void printWords(OpAsmPrinter &printer, ArrayRef<Word> words) {
  printer << '{';
  llvm::interleaveComma(llvm::make_filter_range(words, [](const Word &word) { return bool(word.second); }), printer,
                        [&](const Word &word) {
                          printer << word.first << " = ";
                          printer.printAttributeWithoutType(word.second);
                        });
  printer << '}';
}

ParseResult parseSlotsInGm(OpAsmParser &parser, IntegerAttr &mask, IntegerAttr &size, IntegerAttr &number,
                           IntegerAttr &local, IntegerAttr &flag, BoolAttr &nosplit) {
  Word words[] = {{"dir_mask", {}},       {"slot_size", {}}, {"slot_num", {}},
                  {"local_slot_num", {}}, {"flag_base", {}}, {"nosplit", {}}};
  if (parseWords(parser, words))
    return failure();
  mask = cast<IntegerAttr>(words[0].second);
  size = cast<IntegerAttr>(words[1].second);
  number = cast<IntegerAttr>(words[2].second);
  local = cast_or_null<IntegerAttr>(words[3].second);
  flag = cast_or_null<IntegerAttr>(words[4].second);
  nosplit = cast_or_null<BoolAttr>(words[5].second);
  return success();
}
void printSlotsInGm(OpAsmPrinter &printer, Operation *, IntegerAttr mask, IntegerAttr size, IntegerAttr number,
                    IntegerAttr local, IntegerAttr flag, BoolAttr nosplit) {
  printWords(printer, {{"dir_mask", mask},
                       {"slot_size", size},
                       {"slot_num", number},
                       {"local_slot_num", local},
                       {"flag_base", flag},
                       {"nosplit", nosplit}});
}
ParseResult parseSlots(OpAsmParser &parser, IntegerAttr &mask, IntegerAttr &size, IntegerAttr &number,
                       IntegerAttr &flag, BoolAttr &nosplit) {
  SMLoc where = parser.getCurrentLocation();
  IntegerAttr local;
  if (parseSlotsInGm(parser, mask, size, number, local, flag, nosplit))
    return failure();
  return local ? parser.emitError(where) << "has a local_slot_num, but no slots in global memory"
               : ParseResult(success());
}
void printSlots(OpAsmPrinter &printer, Operation *op, IntegerAttr mask, IntegerAttr size, IntegerAttr number,
                IntegerAttr flag, BoolAttr nosplit) {
  printSlotsInGm(printer, op, mask, size, number, {}, flag, nosplit);
}

} // namespace
} // namespace pto::ir

#define GET_OP_CLASSES
#include "compiler/dialect/tile/Exchange.cpp.inc"

namespace pto::ir {
namespace {

// {id = 0, dir_mask = 1, slot_size = 1024} (c2v_consumer_buf = %b : i32)
ParseResult parsePipe(OpAsmParser &parser, OperationState &state) {
  SMLoc where = parser.getCurrentLocation();
  Builder &builder = parser.getBuilder();
  auto parseWord = [&](StringRef name) -> ParseResult {
    Attribute value;
    if (parser.parseAttribute(value, name == "nosplit"    ? Type(builder.getI1Type())
                                     : name == "dir_mask" ? Type(builder.getI8Type())
                                                          : Type(builder.getI32Type())))
      return failure();
    state.addAttribute(name, value);
    return success();
  };
  struct Operand {
    OpAsmParser::UnresolvedOperand operand;
    Type type;
  };
  std::array<std::optional<Operand>, std::size(pipeOperands)> operands;
  auto parseOperand = [&](StringRef name) -> ParseResult {
    Operand &one = operands[llvm::find(pipeOperands, name) - std::begin(pipeOperands)].emplace();
    return failure(parser.parseOperand(one.operand) || parser.parseColonType(one.type));
  };
  if (parseNamed(parser, OpAsmParser::Delimiter::Braces, pipeWords, parseWord) ||
      parseNamed(parser, OpAsmParser::Delimiter::Paren, pipeOperands, parseOperand))
    return failure();
  SmallVector<int32_t> sizes;
  for (std::optional<Operand> &one : operands) {
    sizes.push_back(one.has_value());
    if (one && parser.resolveOperand(one->operand, one->type, state.operands))
      return failure();
  }
  state.addAttribute("operandSegmentSizes", builder.getDenseI32ArrayAttr(sizes));
  if (parser.parseOptionalAttrDict(state.attributes))
    return failure();
  return state.name.getRegisteredInfo()->verifyInherentAttrs(state.attributes,
                                                             [&]() { return parser.emitError(where); });
}

template <typename PipeOp>
void printPipe(OpAsmPrinter &printer, PipeOp op) {
  printer << " {";
  auto words = llvm::make_filter_range(pipeWords, [&](StringRef name) { return op->hasAttr(name); });
  llvm::interleaveComma(words, printer, [&](StringRef name) {
    printer << name << " = ";
    printer.printAttributeWithoutType(op->getAttr(name));
  });
  printer << "}(";
  std::pair<StringRef, Value> operands[] = {{"gm_slot_buffer", op.getGmSlotBuffer()},
                                            {"gm_slot_tensor", op.getGmSlotTensor()},
                                            {"c2v_consumer_buf", op.getC2vConsumerBuf()},
                                            {"v2c_consumer_buf", op.getV2cConsumerBuf()}};
  auto given = llvm::make_filter_range(operands, [](const auto &one) { return bool(one.second); });
  llvm::interleaveComma(given, printer, [&](const auto &one) {
    printer << one.first << " = " << one.second << " : " << one.second.getType();
  });
  printer << ')';
  SmallVector<StringRef> elided(std::begin(pipeWords), std::end(pipeWords));
  elided.push_back("operandSegmentSizes");
  printer.printOptionalAttrDict(op->getAttrs(), elided);
}

LogicalResult verifySplit(Operation *op, int8_t split) {
  if (split >= 0 && split <= 4)
    return success();
  return op->emitOpError() << "split is " << int(split)
                           << "; expected 0 (whole), 1 (rows), 2 (columns), 3 or 4 (odd ones)";
}

template <typename PipeOp>
LogicalResult verifyPipe(PipeOp op) {
  int32_t mask = int8_t(op.getDirMask()), slots = op.getSlotNum().value_or(mask == 3 ? 4 : 8);
  if (mask < 1 || mask > 3)
    return op.emitOpError() << "dir_mask is " << mask
                            << "; expected 1 (cube to vector), 2 (vector to cube) or 3 (both)";
  for (auto [name, value] : {std::pair<StringRef, int32_t>{"slot_size", op.getSlotSize()},
                             {"slot_num", slots},
                             {"local_slot_num", op.getLocalSlotNum().value_or(1)}})
    if (value < 1)
      return op.emitOpError() << name << " is " << value << "; expected 1 or more";
  if (int32_t(op.getId().value_or(0)) < 0)
    return op.emitOpError() << "id is " << int32_t(*op.getId()) << "; expected 0 or more";
  if (op.getLocalSlotNum() && archsOf(op) == Archs::A5)
    return op.emitOpError() << "has a local_slot_num; the a5 has slots of one kind only";
  if (int32_t(op.getLocalSlotNum().value_or(0)) > slots)
    return op.emitOpError() << "local_slot_num is " << *op.getLocalSlotNum() << "; expected no more than the " << slots
                            << " slots";
  bool hasBuffer = op.getC2vConsumerBuf() || op.getV2cConsumerBuf();
  if (op.getGmSlotTensor() && (hasBuffer || op.getGmSlotBuffer()))
    return op.emitOpError() << "has gm_slot_tensor and another buffer; expected one or the other";
  if (!op.getGmSlotTensor() && !hasBuffer)
    return op.emitOpError() << "has no memory for its slots; expected c2v_consumer_buf, v2c_consumer_buf or "
                               "gm_slot_tensor";
  return success();
}

template <typename PopOp>
LogicalResult verifyPop(PopOp op) {
  auto tile = dyn_cast<TileBufType>(op.getEntry().getType());
  bool isDynamic =
      tile && (ShapedType::isDynamic(tile.getValidRows()) || ShapedType::isDynamic(tile.getValidColumns()));
  // Without them all of it is valid.
  if (!isDynamic && op.getValidRow())
    return op.emitOpError() << "has valid sizes, but takes " << op.getEntry().getType()
                            << "; expected them where the type says ?";
  return verifySplit(op, op.getSplit());
}

} // namespace

LogicalResult ReserveBufferOp::verify() {
  MemorySpace space = getLocation().getValue();
  int64_t capacity = capacityOf(space, archsOf(*this)), from = getBase().value_or(0);
  if (space != MemorySpace::Ub && space != MemorySpace::L1)
    return emitOpError() << "reserves memory in " << tileWordOf(space) << "; expected vec or mat";
  if (int32_t(getSize()) < 1 || from < 0 || from > capacity || getSize() > capacity - from)
    return emitOpError() << "reserves " << int32_t(getSize()) << " bytes at " << from << "; " << tileWordOf(space)
                         << " has " << capacity;
  if (getAutoAlloc() == getBase().has_value())
    return emitOpError() << (getAutoAlloc() ? "is auto and has a base" : "is neither auto nor has a base")
                         << "; expected one of them";
  return success();
}
LogicalResult ImportReservedBufferOp::verify() {
  auto peer = SymbolTable::lookupNearestSymbolFrom(*this, getPeerFuncAttr());
  if (!peer)
    return emitOpError() << "names " << getPeerFuncAttr() << ", which is not in the module";
  return success();
}

ParseResult AicInitializePipeOp::parse(OpAsmParser &parser, OperationState &state) {
  return parsePipe(parser, state);
}
void AicInitializePipeOp::print(OpAsmPrinter &printer) {
  printPipe(printer, *this);
}
LogicalResult AicInitializePipeOp::verify() {
  return verifyPipe(*this);
}
ParseResult AivInitializePipeOp::parse(OpAsmParser &parser, OperationState &state) {
  return parsePipe(parser, state);
}
void AivInitializePipeOp::print(OpAsmPrinter &printer) {
  printPipe(printer, *this);
}
LogicalResult AivInitializePipeOp::verify() {
  return verifyPipe(*this);
}

LogicalResult TpushToAivOp::verify() {
  return verifySplit(*this, getSplit());
}
LogicalResult TpushToAicOp::verify() {
  return verifySplit(*this, getSplit());
}
LogicalResult TpopFromAicOp::verify() {
  return verifyPop(*this);
}
LogicalResult TpopFromAivOp::verify() {
  return verifyPop(*this);
}
LogicalResult TfreeFromAicOp::verify() {
  return verifySplit(*this, getSplit());
}
LogicalResult TfreeFromAivOp::verify() {
  return verifySplit(*this, getSplit());
}
LogicalResult TallocToAivOp::verify() {
  return verifySplit(*this, getSplit());
}
LogicalResult TallocToAicOp::verify() {
  return verifySplit(*this, getSplit());
}
LogicalResult TpushOp::verify() {
  return verifySplit(*this, getSplit());
}
LogicalResult TpopOp::verify() {
  return verifySplit(*this, getSplit());
}
LogicalResult TallocOp::verify() {
  return verifySplit(*this, getSplit());
}
LogicalResult TfreeOp::verify() {
  OperandRange operands = getEntryAndPipe();
  if (operands.empty() || operands.size() > 2 || !isa<PipeHandleType>(operands.back().getType()) ||
      (operands.size() == 2 && !isa<TileBufType, TensorViewType>(operands.front().getType())))
    return emitOpError() << "expected a !pto.pipe, or a tile or view and a !pto.pipe";
  return verifySplit(*this, getSplit());
}

} // namespace pto::ir

void pto::ir::PtoDialect::registerTileExchangeOps() {
  addOperations<
#define GET_OP_LIST
#include "compiler/dialect/tile/Exchange.cpp.inc"
      >();
}
