// Mutations of what a kernel does: addresses, transfers, predicates, operations, constants.
#include "compiler/dialect/Forms.h"
#include "compiler/dialect/Tokens.h"
#include "compiler/dialect/ops/Dma.h"
#include "compiler/dialect/ops/Pointer.h"
#include "compiler/dialect/ops/Predicate.h"
#include "compiler/mutate/Mutator.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace pto::ir;

namespace pto::mutate {

// Adds to an integer that an operation takes; its other uses keep it.
static void addTo(OpOperand &operand, int64_t delta) {
  OpBuilder builder(operand.getOwner());
  Location at = operand.getOwner()->getLoc();
  Type type = operand.get().getType();
  APInt known;
  if (matchPattern(operand.get(), m_ConstantInt(&known))) {
    operand.set(builder.create<arith::ConstantOp>(at, builder.getIntegerAttr(type, known + delta)));
    return;
  }
  Value change = builder.create<arith::ConstantOp>(at, builder.getIntegerAttr(type, delta));
  operand.set(builder.create<arith::AddIOp>(at, operand.get(), change));
}

static void changeOperand(Mutator &mutator, OpOperand &operand, StringRef word, int64_t delta) {
  Operation *op = operand.getOwner();
  unsigned number = operand.getOperandNumber();
  mutator.change(op,
                 (delta > 0 ? "add " : "subtract ") + llvm::Twine(std::abs(delta)) + " " +
                     (delta > 0 ? "to " : "from ") + word + " of " + nameOf(op),
                 [&](const Copy &copy) { addTo(copy.of(op)->getOpOperand(number), delta); });
}

static constexpr int64_t blockBytes = 32;

static int64_t bytesOf(PtrType pointer) {
  Type element = pointer.getElementType();
  return element.isIntOrFloat() ? std::max(1u, element.getIntOrFloatBitWidth() / 8) : 1;
}

void shiftAddress(Mutator &mutator) {
  for (Operation *op : mutator.operations()) {
    auto cast = dyn_cast<CastPtrOp>(op);
    if (auto made = cast ? dyn_cast<PtrType>(cast.getType()) : PtrType(); made && cast.getInput().getType().isInteger())
      for (int64_t bytes : {bytesOf(made), blockBytes})
        changeOperand(mutator, op->getOpOperand(0), "the address", bytes);
    // What follows a pointer and is an index is an offset in elements.
    for (unsigned i = 1; i < op->getNumOperands(); ++i)
      if (auto pointer = dyn_cast<PtrType>(op->getOperand(i - 1).getType());
          pointer && op->getOperand(i).getType().isIndex())
        for (int64_t elements : {int64_t(1), blockBytes / bytesOf(pointer)})
          changeOperand(mutator, op->getOpOperand(i), "the offset", elements);
  }
}

template <typename CopyOp>
static void changeTransfer(Mutator &mutator, CopyOp op) {
  for (int64_t bytes : {blockBytes, -blockBytes})
    changeOperand(mutator, op.getLenBurstMutable(), "the burst", bytes);
  for (int64_t bursts : {1, -1})
    changeOperand(mutator, op.getNBurstMutable(), "the number of bursts", bursts);
  APInt bursts;
  // A single burst has no next one to be a stride away.
  bool hasStrides = !matchPattern(op.getNBurst(), m_ConstantInt(&bursts)) || bursts != 1;
  if constexpr (requires { op.getNburstSrcStrideMutable(); }) {
    if (hasStrides) {
      changeOperand(mutator, op.getNburstSrcStrideMutable(), "the source stride", blockBytes);
      changeOperand(mutator, op.getNburstDstStrideMutable(), "the destination stride", blockBytes);
    }
    auto changeLoops = [&](MutableOperandRange operands, StringRef word, int64_t delta) {
      for (auto [number, operand] : llvm::enumerate(operands))
        changeOperand(mutator, operand, (word + " of loop " + llvm::Twine(number + 1)).str(), delta);
    };
    changeLoops(op.getLoopCountsMutable(), "the count", -1);
    changeLoops(op.getLoopSrcStridesMutable(), "the source stride", blockBytes);
    changeLoops(op.getLoopDstStridesMutable(), "the destination stride", blockBytes);
  } else if (hasStrides) {
    auto strides = op->getOpOperands().take_back(2);
    changeOperand(mutator, strides.front(), "the first stride", 1);
    changeOperand(mutator, strides.back(), "the second stride", 1);
  }
}

void changeBurst(Mutator &mutator) {
  for (Operation *op : mutator.operations())
    llvm::TypeSwitch<Operation *>(op)
        .Case<MteUbGmOp, MteGmL1Op, MteL1UbOp, MteGmUbOp, MteUbUbOp, MteUbL1Op, CopyGmToUbufOp, CopyUbufToGmOp,
              CopyUbufToUbufOp, CopyCbufToUbufOp, CopyUbufToCbufOp>([&](auto copy) { changeTransfer(mutator, copy); });
}

static void changeWord(Mutator &mutator, Operation *op, const TokenSet &set, StringRef word) {
  mutator.change(op, "make " + set.attribute + " of " + nameOf(op) + " " + word, [&](const Copy &copy) {
    copy.of(op)->setAttr(set.attribute, StringAttr::get(op->getContext(), word));
  });
}

void flipMask(Mutator &mutator) {
  const TokenSet &patterns = tokens::predicatePatterns;
  for (Operation *op : mutator.operations()) {
    if (auto pattern = op->getAttrOfType<StringAttr>(patterns.attribute))
      for (StringRef other : {"PAT_ALL", "PAT_ALLF", "PAT_H", "PAT_VL1"})
        if (other != pattern.getValue())
          changeWord(mutator, op, patterns, other);
    if (isa<PltB8Op, PltB16Op, PltB32Op>(op))
      for (int64_t lanes : {1, -1})
        changeOperand(mutator, op->getOpOperand(0), "the lanes", lanes);
  }
}

// The form of an operation without its name.
static std::string shapeOf(StringRef operation) {
  StringRef form = formOf(operation);
  form.consume_front(operation);
  return form.str();
}

// Some operations that are written like this one, from the next one in the alphabet on.
static std::vector<StringRef> othersLike(Operation *op) {
  constexpr size_t enough = 3;
  std::string shape = shapeOf(nameOf(op));
  std::vector<StringRef> before, after;
  if (shape.empty())
    return after;
  for (RegisteredOperationName other : op->getContext()->getRegisteredOperations())
    if (other.getDialectNamespace() == op->getName().getDialectNamespace() && other != op->getName() &&
        shapeOf(other.getStringRef()) == shape)
      (other.getStringRef() < op->getName().getStringRef() ? before : after).push_back(other.getStringRef());
  llvm::append_range(after, before);
  if (after.size() > enough)
    after.resize(enough);
  return after;
}

static void replaceBy(Operation *op, StringRef name) {
  OperationState state(op->getLoc(), name, op->getOperands(), op->getResultTypes(), op->getAttrDictionary().getValue());
  Operation *other = OpBuilder(op).create(state);
  op->replaceAllUsesWith(other);
  op->erase();
}

// The words of an attribute follow each other in a set; the last one is followed by the first.
static void changeWords(Mutator &mutator, Operation *op) {
  using namespace tokens;
  static constexpr const TokenSet *sets[] = {&loadDistributions,
                                             &storeDistributions,
                                             &pairLoadDistributions,
                                             &pairStoreDistributions,
                                             &halves,
                                             &evenOdd,
                                             &parts,
                                             &roundings,
                                             &truncations,
                                             &saturations,
                                             &comparisons,
                                             &lanePositions,
                                             &countOrders};
  for (const TokenSet *set : sets)
    if (auto word = op->getAttrOfType<StringAttr>(set->attribute))
      if (auto found = llvm::find(set->words, word.getValue()); found != set->words.end())
        changeWord(mutator, op, *set, ++found == set->words.end() ? set->words.front() : *found);
}

void changeOperation(Mutator &mutator) {
  for (Operation *op : mutator.operations()) {
    if (isMemoryEffectFree(op) && op->getNumOperands() && op->getNumResults() && !op->getNumRegions())
      for (StringRef other : othersLike(op))
        mutator.change(op, "replace " + nameOf(op) + " by " + other,
                       [&](const Copy &copy) { replaceBy(copy.of(op), other); });
    changeWords(mutator, op);
  }
}

void changeConstant(Mutator &mutator) {
  for (Operation *op : mutator.operations()) {
    auto constant = dyn_cast<arith::ConstantOp>(op);
    if (!constant)
      continue;
    auto become = [&](TypedAttr value) {
      std::string text;
      llvm::raw_string_ostream(text) << value;
      mutator.change(op, "make the constant " + text,
                     [&](const Copy &copy) { cast<arith::ConstantOp>(copy.of(op)).setValueAttr(value); });
    };
    if (auto integer = dyn_cast<IntegerAttr>(constant.getValue())) {
      become(IntegerAttr::get(integer.getType(), integer.getValue() + 1));
      become(IntegerAttr::get(integer.getType(), integer.getValue() - 1));
    } else if (auto real = dyn_cast<FloatAttr>(constant.getValue())) {
      APFloat nextUp = real.getValue(), more = real.getValue(), factor(1 + 1.0 / 64);
      nextUp.next(/*nextDown=*/false);
      bool losesInfo;
      factor.convert(more.getSemantics(), APFloat::rmNearestTiesToEven, &losesInfo);
      more.multiply(factor, APFloat::rmNearestTiesToEven);
      become(FloatAttr::get(real.getType(), nextUp));
      become(FloatAttr::get(real.getType(), more));
    }
  }
}

} // namespace pto::mutate
