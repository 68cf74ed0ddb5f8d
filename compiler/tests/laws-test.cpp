// What holds for every kernel: it survives the round trip, equal kernels have equal hashes, no change goes
// unseen, and no damage to the text brings the front end down.
#include "compiler/dialect/Traits.h"
#include "compiler/equality/RoundTrip.h"
#include "compiler/tests/RandomKernel.h"
#include "compiler/tests/Text.h"
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace pto::equality;
using namespace pto::frontend;
using namespace pto::tests;
using namespace mlir;

namespace {

// The size shrinks, the seed does not: a counterexample is a small kernel.
std::string anyKernel() {
  unsigned size = *rc::gen::inRange(0u, 60u);
  return randomKernel(*rc::gen::noShrink(rc::gen::arbitrary<uint64_t>()), size);
}

OwningOpRef<ModuleOp> parseAny(Bench &bench) {
  std::string text = anyKernel();
  auto module = bench.parse(text);
  if (!module || !verifyKernel(*module, bench.diagnostics))
    RC_FAIL(bench.reported() + "\nin\n" + text);
  return module;
}

// Any operation inside of the function, of which there is at least one: the return.
Operation *anyOperation(ModuleOp module) {
  SmallVector<Operation *> operations;
  module.walk([&](Operation *op) {
    if (op != module && !isa<func::FuncOp>(op))
      operations.push_back(op);
  });
  return operations[*rc::gen::inRange<size_t>(0, operations.size())];
}

// The operation in the clone that stands where `op` stands in the original.
Operation *counterpart(Operation *op, ModuleOp original, ModuleOp clone) {
  SmallVector<Operation *> left, right;
  original.walk([&](Operation *each) { left.push_back(each); });
  clone.walk([&](Operation *each) { right.push_back(each); });
  return right[std::distance(left.begin(), llvm::find(left, op))];
}

void expectDifference(ModuleOp left, ModuleOp right, StringRef ending, StringRef name) {
  std::optional<Difference> difference = compare(left, right);
  RC_ASSERT(difference.has_value());
  RC_LOG() << difference->path << ": " << difference->reason << '\n';
  RC_ASSERT(StringRef(difference->path).ends_with(ending));
  RC_ASSERT(StringRef(difference->path).contains(name));
  RC_ASSERT(compare(right, left).has_value());
}

TEST(RandomKernel, UsesEveryVectorAndPredicateInstruction) {
  Bench bench;
  bench.context.loadAllAvailableDialects();
  std::string texts;
  for (uint64_t seed = 0; seed < 200; ++seed)
    texts += randomKernel(seed, 60);
  for (RegisteredOperationName name : bench.context.getRegisteredOperations()) {
    StringRef op = name.getStringRef();
    bool isOfVectors =
        name.hasTrait<pto::ir::traits::InVectorScope>() || name.hasTrait<pto::ir::traits::OutsideVectorScope>();
    if (isOfVectors && (op.starts_with("pto.v") || op.starts_with("pto.p"))) {
      EXPECT_NE(texts.find(op.str() + " "), std::string::npos) << op.str() << " is missing from KernelVocabulary.h";
    }
  }
}

RC_GTEST_PROP(Laws, PrintedKernelsReadBackEqual, ()) {
  Bench bench;
  auto module = parseAny(bench);
  std::optional<Difference> difference = checkRoundTrip(*module);
  if (difference)
    RC_FAIL(difference->path + ": " + difference->reason + "\n" + difference->left + "\n" + difference->right);
}

RC_GTEST_PROP(Laws, EqualKernelsHaveEqualHashes, ()) {
  Bench bench;
  auto module = parseAny(bench);
  OwningOpRef<ModuleOp> clone(module->clone());
  RC_ASSERT(!compare(*module, *clone));
  RC_ASSERT(structuralHash(*module) == structuralHash(*clone));
  std::string printed;
  llvm::raw_string_ostream(printed) << *module;
  auto again = bench.parse(printed);
  RC_ASSERT(structuralHash(*module) == structuralHash(*again));
}

RC_GTEST_PROP(Laws, ChangedAttributesAreSeen, ()) {
  Bench bench;
  auto module = parseAny(bench);
  OwningOpRef<ModuleOp> clone(module->clone());
  Operation *op = anyOperation(*clone);
  op->setDiscardableAttr("changed", UnitAttr::get(&bench.context));
  expectDifference(*module, *clone, "attribute[changed]", op->getName().getStringRef());
}

RC_GTEST_PROP(Laws, ChangedTypesAreSeen, ()) {
  Bench bench;
  auto module = parseAny(bench);
  Operation *op = anyOperation(*module);
  RC_PRE(op->getNumResults() > 0);
  OwningOpRef<ModuleOp> clone(module->clone());
  unsigned result = *rc::gen::inRange(0u, op->getNumResults());
  counterpart(op, *module, *clone)->getResult(result).setType(Float64Type::get(&bench.context));
  expectDifference(*module, *clone, "result[" + std::to_string(result) + "]", op->getName().getStringRef());
}

// An operand, and another value of its type that could stand there.
struct Exchange {
  OpOperand *operand;
  Value other;
};

std::vector<Exchange> exchangesIn(ModuleOp module) {
  std::vector<Value> values;
  module.walk([&](Operation *op) {
    llvm::append_range(values, op->getResults());
    for (Region &region : op->getRegions())
      llvm::append_range(values, region.getArguments());
  });
  std::vector<Exchange> exchanges;
  module.walk([&](Operation *op) {
    for (OpOperand &operand : op->getOpOperands())
      for (Value value : values)
        if (value != operand.get() && value.getType() == operand.get().getType())
          exchanges.push_back({&operand, value});
  });
  return exchanges;
}

RC_GTEST_PROP(Laws, ChangedOperandsAreSeen, ()) {
  Bench bench;
  auto module = parseAny(bench);
  OwningOpRef<ModuleOp> clone(module->clone());
  std::vector<Exchange> exchanges = exchangesIn(*clone);
  RC_PRE(!exchanges.empty());
  auto [operand, other] = exchanges[*rc::gen::inRange<size_t>(0, exchanges.size())];
  operand->set(other);
  expectDifference(*module, *clone, "operand[" + std::to_string(operand->getOperandNumber()) + "]",
                   operand->getOwner()->getName().getStringRef());
}

RC_GTEST_PROP(Laws, ChangedOrderIsSeen, ()) {
  Bench bench;
  auto module = parseAny(bench);
  Operation *first = anyOperation(*module), *second = first->getNextNode();
  bool areDistinct = second && first->getName() != second->getName();
  RC_PRE(areDistinct);
  OwningOpRef<ModuleOp> clone(module->clone());
  Operation *moved = counterpart(second, *module, *clone);
  moved->moveBefore(moved->getPrevNode());
  expectDifference(*module, *clone, first->getName().getStringRef(), first->getName().getStringRef());
}

RC_GTEST_PROP(Laws, DamagedTextIsReportedNeverFatal, ()) {
  std::string text = anyKernel();
  static constexpr StringRef pieces[] = {
      "",      "<",  ">",  "{", "}", "(",    ")",          "%v1", "pto.",       ",",    "!pto.", "f64",  "-1",     "\"",
      "index", "\n", "//", ":", "=", "loop", "{dist = 1}", "->",  "#pto.pipe<", "^bb0", "pad(",  "\xff", "vreg<0x"};
  for (unsigned edits = *rc::gen::inRange(1u, 6u); edits > 0; --edits) {
    size_t at = *rc::gen::inRange<size_t>(0, text.size() + 1);
    size_t length = std::min(text.size() - at, *rc::gen::inRange<size_t>(0, 12));
    text.replace(at, length, pieces[*rc::gen::inRange<size_t>(0, std::size(pieces))].str());
  }
  Bench bench;
  auto module = bench.parse(text);
  bool isValid = module && verifyKernel(*module, bench.diagnostics);
  RC_ASSERT(isValid || !bench.diagnostics.empty());
  RC_CLASSIFY(isValid, "still valid");
  RC_CLASSIFY(module && !isValid, "not verified");
  RC_CLASSIFY(!module, "not parsed");
  if (isValid)
    RC_ASSERT(!checkRoundTrip(*module));
}

} // namespace
