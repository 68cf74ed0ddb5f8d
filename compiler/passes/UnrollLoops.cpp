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

bool isUnrolled(prog::ForOp loop) {
  return loop.getKind() == "unroll" && !loop.getKeywords().get("chunk");
}

/// From the outside in, so that an inner loop's bounds may be the outer one's variable.
class Unroller {
public:
  /// Did it unroll anything?
  mlir::FailureOr<bool> run(prog::FuncOp function) {
    function.walk([&](prog::ForOp loop) {
      written.push_back(0);
      sources[loop] = written.size() - 1;
    });
    add(function);
    bool hasUnrolled = !pending.empty();
    while (!pending.empty())
      if (failed(unroll(pending.pop_back_val())))
        return mlir::failure();
    return hasUnrolled;
  }

private:
  /// The loops in it that stand in no other one; the first is the next.
  void add(mlir::Operation *root) {
    size_t before = pending.size();
    root->walk<mlir::WalkOrder::PreOrder>([&](prog::ForOp loop) {
      if (!isUnrolled(loop))
        return mlir::WalkResult::advance();
      pending.push_back(loop);
      return mlir::WalkResult::skip();
    });
    std::reverse(pending.begin() + before, pending.end());
  }

  struct Bounds {
    int64_t lower, step;
    __int128 rounds;
  };

  static std::optional<Bounds> boundsOf(prog::ForOp loop) {
    int64_t bounds[3];
    constexpr llvm::StringLiteral names[] = {"start", "stop", "step"};
    for (unsigned i = 0; i < 3; ++i) {
      std::optional<int64_t> constant = prog::constantOf(prog::dimOf(loop->getOperand(i)));
      if (!constant) {
        loop.emitError() << "the " << names[i]
                         << " of pl.unroll must be known before the program runs; pl.range takes any";
        return std::nullopt;
      }
      bounds[i] = *constant;
    }
    auto [lower, upper, step] = bounds;
    if (step == 0) {
      loop.emitError("the step of pl.unroll cannot be 0");
      return std::nullopt;
    }
    __int128 distance = step > 0 ? __int128(upper) - lower : __int128(lower) - upper;
    __int128 stride = step > 0 ? __int128(step) : -__int128(step);
    return Bounds{lower, step, distance <= 0 ? 0 : (distance + stride - 1) / stride};
  }

  mlir::LogicalResult unroll(prog::ForOp loop) {
    std::optional<Bounds> bounds = boundsOf(loop);
    if (!bounds)
      return mlir::failure();
    // A loop inside an unrolled one comes here once for each of that one's rounds.
    int64_t &rounds = written[sources.lookup(loop)];
    if (rounds + bounds->rounds > maximumRounds)
      return loop.emitError() << "pl.unroll has more than " << maximumRounds << " rounds"
                              << (bounds->rounds > maximumRounds ? ""
                                                                 : ", counted for each round of the loops around it")
                              << "; pl.range is not written out";
    rounds += static_cast<int64_t>(bounds->rounds);

    mlir::OpBuilder builder(loop);
    llvm::SmallVector<mlir::Value, 4> carried(loop.getInits());
    mlir::Block &body = loop.getBody().front();
    for (int64_t round = 0; round < int64_t(bounds->rounds); ++round) {
      mlir::IRMapping mapping;
      mapping.map(loop.getVariable(), builder.create<prog::ConstOp>(
                                          prog::named(loop.getLoc(), llvm::StringRef()), loop.getVariable().getType(),
                                          builder.getI64IntegerAttr(bounds->lower + round * bounds->step)));
      for (auto [argument, value] : llvm::zip(loop.getCarried(), carried))
        mapping.map(argument, value);
      for (mlir::Operation &op : body.without_terminator())
        copy(op, builder, mapping);
      for (auto [value, yielded] : llvm::zip(carried, body.back().getOperands()))
        value = mapping.lookupOrDefault(yielded);
    }
    loop.replaceAllUsesWith(carried);
    loop.erase();
    return mlir::success();
  }

  void copy(mlir::Operation &op, mlir::OpBuilder &builder, mlir::IRMapping &mapping) {
    mlir::Operation *copied = builder.clone(op, mapping);
    llvm::SmallVector<unsigned, 4> indices;
    op.walk([&](prog::ForOp inner) { indices.push_back(sources.lookup(inner)); });
    auto *index = indices.begin();
    copied->walk([&](prog::ForOp inner) { sources[inner] = *index++; });
    add(copied);
  }

  llvm::SmallVector<prog::ForOp, 4> pending;
  /// For each loop of the program, how many rounds have been written of it; and which of them a loop is a copy of.
  std::vector<int64_t> written;
  llvm::DenseMap<mlir::Operation *, unsigned> sources;
};

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
    mlir::FailureOr<bool> hasUnrolled = Unroller().run(function);
    if (failed(hasUnrolled))
      return mlir::failure();
    if (*hasUnrolled) {
      fold(function);
      // What the last round leaves and nobody asks for is not handed out.
      prog::dropUnusedResults(function);
    }
    return mlir::success();
  }
};

} // namespace

std::unique_ptr<mlir::Pass> createUnrollLoops() {
  return std::make_unique<UnrollLoops>();
}

} // namespace pto::passes
