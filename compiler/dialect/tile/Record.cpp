// What all tile operations are checked for: memories, element types, and the rules of their records.
#include "compiler/dialect/tile/Record.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace pto::ir::tile {

// The slots that are filled: all, but those whose segment is empty, or the one too many that may be left out.
Operands::Operands(Operation *op, const Record &record) : op(op), archs(archsOf(op)), ins(0) {
  auto sizes = op->getAttrOfType<DenseI32ArrayAttr>("operandSegmentSizes");
  bool isOneMissing = op->getNumOperands() < record.ins.size() + record.outs.size();
  size_t slot = 0, next = 0;
  for (const std::vector<Slot> *group : {&record.ins, &record.outs}) {
    for (const Slot &one : *group) {
      bool isFilled = sizes ? slot < size_t(sizes.size()) && sizes[slot] != 0 : !(one.isOptional && isOneMissing);
      ++slot;
      if (!isFilled || next >= op->getNumOperands())
        continue;
      Value value = op->getOperand(next++);
      filled.push_back({&one, value, dyn_cast<TileBufType>(value.getType())});
    }
    if (group == &record.ins)
      ins = filled.size();
  }
}

Value Operands::value(StringRef name) const {
  const auto *found = llvm::find_if(filled, [&](const Filled &one) { return one.slot->name == name; });
  return found == filled.end() ? Value() : found->value;
}

TileBufType Operands::tile(StringRef name) const {
  Value found = value(name);
  return found ? dyn_cast<TileBufType>(found.getType()) : TileBufType();
}

SmallVector<Filled> Operands::all(Role role) const {
  return llvm::to_vector(llvm::make_filter_range(filled, [&](const Filled &one) { return one.slot->role == role; }));
}

InFlightDiagnostic Operands::error(const Filled &found) const {
  return op->emitOpError() << found.slot->name << " is " << found.value.getType() << "; ";
}

namespace {

std::string wordsOf(Memories allowed) {
  SmallVector<StringRef> words;
  for (unsigned space = 0; space < 32; ++space)
    if (allowed & (1u << space))
      words.push_back(tileWordOf(MemorySpace(space)));
  return llvm::join(words, ", ");
}

std::string elementWords(unsigned set) {
  using namespace elements;
  static constexpr std::pair<unsigned, StringLiteral> words[] = {{i8, "i8"},
                                                                 {i16, "i16"},
                                                                 {i32, "i32"},
                                                                 {laneU32, "ui32"},
                                                                 {i64, "i64"},
                                                                 {f16, "f16"},
                                                                 {bf16, "bf16"},
                                                                 {f32, "f32"},
                                                                 {f8, "f8E4M3FN, f8E5M2"},
                                                                 {hif8, "!pto.hif8"},
                                                                 {f4, "!pto.f4E2M1x2, !pto.f4E1M2x2"}};
  SmallVector<StringRef> found;
  for (const auto &[bits, word] : words)
    if ((set & bits) == bits && !(bits == laneU32 && (set & i32) == i32))
      found.push_back(word);
  return llvm::join(found, ", ");
}

LogicalResult verifyTile(const Operands &operands, const Filled &one) {
  TileBufType tile = one.tile;
  if (!(memories::bit(tile.getMemorySpace()) & one.slot->memories))
    return operands.error(one) << "expected one in " << wordsOf(one.slot->memories);
  unsigned allowed = (includes(operands.archs, Archs::A2A3) ? one.slot->elements.a2a3 : 0) |
                     (includes(operands.archs, Archs::A5) ? one.slot->elements.a5 : 0);
  if (elementSetOf(tile.getElementType()) & allowed)
    return success();
  if (allowed == 0)
    return operands.error(one) << "no type is known to the " << nameOf(operands.archs);
  return operands.error(one) << "expected elements of " << elementWords(allowed) << " on " << nameOf(operands.archs);
}

} // namespace

LogicalResult verify(Operation *op, const Record &record) {
  Operands operands(op, record);
  for (const Filled &one : operands.filled)
    if (one.tile && failed(verifyTile(operands, one)))
      return failure();
  return success(llvm::all_of(record.rules, [&](Rule rule) { return succeeded(rule(operands)); }));
}

} // namespace pto::ir::tile
