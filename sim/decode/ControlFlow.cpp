// Structured control flow becomes jumps, a scope its instructions after a mark, calls are inlined.
#include "compiler/dialect/Attributes.h"
#include "compiler/dialect/Simt.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "sim/decode/Decoder.h"
#include "sim/run/Control.h"

using namespace mlir;

namespace pto::sim {

static void setJump(Decoder &decoder, size_t from, size_t to) {
  decoder.at(from).carry(control::Jump{int32_t(int64_t(to) - int64_t(from))});
}

static void setLoopEnd(Decoder &decoder, size_t from, size_t to, unsigned bits) {
  decoder.at(from).carry(
      control::LoopEnd{int32_t(int64_t(to) - int64_t(from)), uint16_t(bits), decoder.scope != nullptr});
}

static llvm::SmallVector<uint32_t> slotsOf(Decoder &decoder, ValueRange values) {
  return llvm::map_to_vector(values, [&](Value value) { return decoder.slot(value); });
}

// copies: iter args <- inits; enter; body; copies: iter args <- yielded; step back to the body.
static void decodeFor(Decoder &decoder, Operation *op) {
  auto loop = cast<scf::ForOp>(op);
  std::optional<ScalarType> type = scalarType(loop.getInductionVar().getType());
  if (!type)
    return decoder.refuse(op, "scf.for over " + text(loop.getInductionVar().getType()) + " is not simulated");
  llvm::SmallVector<uint32_t> carried = slotsOf(decoder, loop.getRegionIterArgs());
  decoder.emitCopies(op, loop.getInitArgs(), carried);

  std::array<uint32_t, 4> bounds = {decoder.slot(loop.getLowerBound()), decoder.slot(loop.getUpperBound()),
                                    decoder.slot(loop.getStep()), 0};
  std::array<uint32_t, 2> variable = {decoder.slot(loop.getInductionVar()), 0};
  size_t enter = decoder.position();
  Instruction &entry = decoder.emit(op, control::enterLoop);
  entry.operand = bounds;
  entry.result = variable;

  size_t body = decoder.position();
  decoder.decodeBody(*loop.getBody());
  decoder.emitCopies(op, cast<scf::YieldOp>(loop.getBody()->getTerminator()).getResults(), carried);
  size_t stepping = decoder.position();
  Instruction &step = decoder.emit(op, control::stepLoop);
  step.operand = bounds;
  step.result = variable;
  setLoopEnd(decoder, stepping, body, type->bits);
  setLoopEnd(decoder, enter, decoder.position(), type->bits);
  decoder.noteLoop(enter, op);

  for (auto [result, slot] : llvm::zip_equal(loop.getResults(), carried))
    decoder.bind(result, slot);
}

static void decodeIf(Decoder &decoder, Operation *op) {
  auto branch = cast<scf::IfOp>(op);
  llvm::SmallVector<uint32_t> results = slotsOf(decoder, branch.getResults());
  auto decodeArm = [&](Block &arm) {
    decoder.decodeBody(arm);
    decoder.emitCopies(op, arm.getTerminator()->getOperands(), results);
  };
  uint32_t condition = decoder.slot(branch.getCondition());
  size_t test = decoder.position();
  decoder.emit(op, control::jumpUnless).operand[0] = condition;
  decodeArm(*branch.thenBlock());
  if (!branch.elseBlock()) {
    setJump(decoder, test, decoder.position());
    return decoder.noteBranch(test, op);
  }
  size_t overElse = decoder.position();
  decoder.emit(op, control::jump);
  setJump(decoder, test, decoder.position());
  decodeArm(*branch.elseBlock());
  setJump(decoder, overElse, decoder.position());
  decoder.noteBranch(test, op);
}

// copies: before args <- inits; before; leave unless the condition holds; after; copies back; jump to before.
static void decodeWhile(Decoder &decoder, Operation *op) {
  auto loop = cast<scf::WhileOp>(op);
  Block &before = *loop.getBeforeBody(), &after = *loop.getAfterBody();
  llvm::SmallVector<uint32_t> beforeArgs = slotsOf(decoder, before.getArguments());
  llvm::SmallVector<uint32_t> afterArgs = slotsOf(decoder, after.getArguments());
  decoder.emitCopies(op, loop.getInits(), beforeArgs);

  size_t begin = decoder.position();
  decoder.decodeBody(before);
  scf::ConditionOp condition = loop.getConditionOp();
  // What the condition passes on is both the arguments of `after` and, on the way out, the results.
  decoder.emitCopies(op, condition.getArgs(), afterArgs);
  uint32_t goOn = decoder.slot(condition.getCondition());
  size_t test = decoder.position();
  decoder.emit(op, control::jumpUnless).operand[0] = goOn;
  decoder.decodeBody(after);
  decoder.emitCopies(op, loop.getYieldOp().getResults(), beforeArgs);
  size_t back = decoder.position();
  decoder.emit(op, control::jump);
  setJump(decoder, back, begin);
  setJump(decoder, test, decoder.position());
  decoder.noteLoop(begin, op);

  for (auto [result, slot] : llvm::zip_equal(loop.getResults(), afterArgs))
    decoder.bind(result, slot);
}

static void decodeScope(Decoder &decoder, Operation *op) {
  Block &body = op->getRegion(0).front();
  for (auto [argument, captured] : llvm::zip(body.getArguments(), op->getOperands()))
    decoder.bind(argument, decoder.slot(captured));
  decoder.scope = op;
  size_t enter = decoder.position();
  decoder.emit(op, control::enterScope);
  decoder.decodeBody(body);
  decoder.scope = nullptr;
  auto [vectors, predicates] = registersOf(op);
  decoder.at(enter).carry(control::Jump{int32_t(decoder.position() - enter), uint16_t(vectors), uint16_t(predicates)});
  decoder.noteScope(enter, op);
}

template <CoreKind Kind>
static void decodeSection(Decoder &decoder, Operation *op) {
  decoder.decodeForKind(op, Kind, [&] { decoder.decodeBody(op->getRegion(0).front()); });
}

// A module may declare what a module beside it defines.
static func::FuncOp definitionElsewhere(func::FuncOp declared) {
  Operation *root = declared;
  while (Operation *parent = root->getParentOp())
    root = parent;
  func::FuncOp found;
  root->walk([&](func::FuncOp other) {
    if (!other.isDeclaration() && other.getName() == declared.getName() &&
        other.getFunctionType() == declared.getFunctionType())
      found = other;
  });
  return found;
}

// A function with a body is decoded in place, its parameters being the call's operands.
void decodeCall(Decoder &decoder, Operation *op) {
  auto call = cast<func::CallOp>(op);
  auto callee = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(op, call.getCalleeAttr());
  if (callee && callee.isDeclaration())
    if (func::FuncOp defined = definitionElsewhere(callee))
      callee = defined;
  if (callee && ir::simt::isEntry(callee))
    return decodeConfiguredLaunch(decoder, op, callee);
  if (!callee || callee.isDeclaration())
    return decoder.refuse(op, "func.call of @" + call.getCallee() + ", which has no body here, is not simulated");
  if (!callee.getBody().hasOneBlock())
    return decoder.refuse(op,
                          "func.call of @" + call.getCallee() + ", which has more than one block, is not simulated");
  if (llvm::is_contained(decoder.callers, callee.getOperation()))
    return decoder.refuse(op, "func.call of @" + call.getCallee() + " is recursive, which is not simulated");
  Block &body = callee.getBody().front();
  decoder.forget(callee.getBody());
  for (auto [parameter, operand] : llvm::zip_equal(body.getArguments(), call.getOperands()))
    decoder.bind(parameter, decoder.slot(operand));
  decoder.callers.push_back(callee);
  size_t begin = decoder.position();
  // A function of one kind of core, in a kernel that leaves it to its functions.
  auto kind = callee->getAttrOfType<ir::KernelKindAttr>("pto.kernel_kind");
  if (kind && !decoder.hasKind())
    decoder.decodeForKind(op, kind.getValue() == ir::KernelKind::Cube ? CoreKind::Cube : CoreKind::Vector,
                          [&] { decoder.decodeBody(body); });
  else
    decoder.decodeBody(body);
  decoder.noteCall(begin, op);
  decoder.callers.pop_back();
  for (auto [result, returned] : llvm::zip_equal(call.getResults(), body.getTerminator()->getOperands()))
    decoder.bind(result, decoder.slot(returned));
}

// Terminators are decoded with the operation that they end.
static void decodeTerminator(Decoder &, Operation *) {}

void addControlFlow(DecodeTable &table) {
  for (llvm::StringRef terminator : {"func.return", "scf.yield", "scf.condition"})
    table[terminator] = decodeTerminator;
  table["scf.for"] = decodeFor;
  table["scf.if"] = decodeIf;
  table["scf.while"] = decodeWhile;
  table["pto.vecscope"] = decodeScope;
  table["pto.strict_vecscope"] = decodeScope;
  table["pto.section.cube"] = decodeSection<CoreKind::Cube>;
  table["pto.section.vector"] = decodeSection<CoreKind::Vector>;
  table["func.call"] = decodeCall;
}

} // namespace pto::sim
