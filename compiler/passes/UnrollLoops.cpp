// Writes the rounds of pl.unroll loops one after the other.
// Loops with chunk= stay: they are split, not unrolled.
#include "compiler/dialect/program/Dims.h"
#include "compiler/dialect/program/Names.h"
#include "compiler/dialect/program/UnusedResults.h"
#include "compiler/passes/FunctionPass.h"
#include "compiler/passes/Passes.h"
#include "mlir/IR/IRMapping.h"

namespace pto::passes {

namespace {

/// Enough for every tiling; a program with more rounds was not meant to be written out.
constexpr int64_t maximumRounds = 4096;

mlir::LogicalResult unroll(prog::ForOp loop) {
  int64_t bounds[3];
  constexpr llvm::StringLiteral names[] = {"start", "stop", "step"};
  for (unsigned i = 0; i < 3; ++i) {
    std::optional<int64_t> constant = prog::constantOf(prog::dimOf(loop->getOperand(i)));
    if (!constant)
      return loop.emitError() << "the " << names[i]
                              << " of pl.unroll has to be known before the program runs; pl.range takes any";
    bounds[i] = *constant;
  }
  auto [lower, upper, step] = bounds;
  if (step == 0)
    return loop.emitError("the step of pl.unroll cannot be 0");
  __int128 distance = step > 0 ? __int128(upper) - lower : __int128(lower) - upper;
  __int128 stride = step > 0 ? __int128(step) : -__int128(step);
  __int128 rounds = distance <= 0 ? 0 : (distance + stride - 1) / stride;
  if (rounds > maximumRounds)
    return loop.emitError() << "pl.unroll has more than " << maximumRounds << " rounds; pl.range is not written out";

  mlir::OpBuilder builder(loop);
  llvm::SmallVector<mlir::Value, 4> carried(loop.getInits());
  mlir::Block &body = loop.getBody().front();
  for (int64_t round = 0; round < int64_t(rounds); ++round) {
    mlir::IRMapping mapping;
    mapping.map(loop.getVariable(), builder.create<prog::ConstOp>(prog::named(loop.getLoc(), llvm::StringRef()),
                                                                  loop.getVariable().getType(),
                                                                  builder.getI64IntegerAttr(lower + round * step)));
    for (auto [argument, value] : llvm::zip(loop.getCarried(), carried))
      mapping.map(argument, value);
    for (mlir::Operation &op : body.without_terminator())
      builder.clone(op, mapping);
    for (auto [value, yielded] : llvm::zip(carried, body.back().getOperands()))
      value = mapping.lookupOrDefault(yielded);
  }
  loop.replaceAllUsesWith(carried);
  loop.erase();
  return mlir::success();
}

/// With the loop's number known, arithmetic on it is known.
void fold(prog::FuncOp function) {
  function.walk([](mlir::Operation *op) {
    if (!mlir::isa<prog::BinaryOp, prog::UnaryOp>(op))
      return;
    auto type = mlir::cast<prog::ScalarType>(op->getResult(0).getType());
    std::optional<int64_t> value = prog::constantOf(prog::dimOf(op->getResult(0)));
    if (!value || !prog::isInteger(type.getDtype()))
      return;
    mlir::OpBuilder builder(op);
    op->getResult(0).replaceAllUsesWith(
        builder.create<prog::ConstOp>(op->getLoc(), type, builder.getI64IntegerAttr(*value)));
    op->erase();
  });
  function.walk([](prog::ConstOp op) {
    if (op->use_empty())
      op->erase();
  });
}

class UnrollLoops : public FunctionPass<UnrollLoops> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(UnrollLoops)
  static constexpr llvm::StringLiteral name = "UnrollLoops";

  mlir::LogicalResult runOn(prog::FuncOp function) {
    for (bool hasUnrolled = false;; hasUnrolled = true) {
      // From the outside in, so that an inner loop's bounds may be the outer one's variable.
      prog::ForOp next;
      function.walk<mlir::WalkOrder::PreOrder>([&](prog::ForOp loop) {
        if (loop.getKind() != "unroll" || loop.getKeywords().get("chunk"))
          return mlir::WalkResult::advance();
        next = loop;
        return mlir::WalkResult::interrupt();
      });
      if (!next) {
        if (hasUnrolled) {
          fold(function);
          // What the last round leaves and nobody asks for is not handed out.
          prog::dropUnusedResults(function);
        }
        return mlir::success();
      }
      if (failed(unroll(next)))
        return mlir::failure();
    }
  }
};

} // namespace

std::unique_ptr<mlir::Pass> createUnrollLoops() {
  return std::make_unique<UnrollLoops>();
}

} // namespace pto::passes
