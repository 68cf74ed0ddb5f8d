// How many registers a vector scope needs: as many as it has values at one place that are still used.
#include "compiler/dialect/Ops.h"
#include "mlir/Interfaces/LoopLikeInterface.h"
#include "sim/decode/Decoder.h"

using namespace mlir;

namespace pto::sim {

namespace {

/// From where a value is made to where it is used last, as numbers of operations.
class Lifetimes {
public:
  explicit Lifetimes(Operation *scope) : scope(scope) {
    scope->walk<WalkOrder::PreOrder>([&](Operation *op) { first[op] = count++; });
    scope->walk([&](Operation *op) {
      // Its results are there when its regions are done.
      unsigned end = lastOf(op);
      for (Value value : op->getResults())
        add(value, end);
      for (Region &region : op->getRegions())
        for (Block &block : region)
          for (Value value : block.getArguments())
            add(value, first[op]);
    });
  }

  RegisterNeed most() const { return {mostOf(vectors), mostOf(predicates)}; }

private:
  /// The last operation in it, or itself.
  unsigned lastOf(Operation *op) {
    auto [known, isNew] = last.try_emplace(op, first[op]);
    if (isNew)
      op->walk([&](Operation *inner) { known->second = std::max(known->second, first[inner]); });
    return known->second;
  }

  void add(Value value, unsigned from) {
    bool isVector = isa<ir::VRegType>(value.getType());
    // A pattern can be made anew wherever it is used.
    bool isPattern = value.getDefiningOp() && value.getDefiningOp()->getNumOperands() == 0;
    if (!isVector && (!isa<ir::MaskType>(value.getType()) || isPattern))
      return;
    unsigned to = from;
    for (Operation *user : value.getUsers()) {
      unsigned use = first.lookup(user);
      // What is used in a loop that it comes from outside of is used again in the next turn.
      for (Operation *op = user; op != scope && op != value.getParentBlock()->getParentOp(); op = op->getParentOp())
        if (isa<LoopLikeOpInterface>(op) && op != user)
          use = std::max(use, lastOf(op));
      to = std::max(to, use);
    }
    std::vector<int> &changes = isVector ? vectors : predicates;
    changes.resize(count);
    ++changes[from];
    --changes[to];
  }

  static unsigned mostOf(llvm::ArrayRef<int> changes) {
    int now = 0, most = 0;
    for (int change : changes)
      most = std::max(most, now += change);
    return unsigned(most);
  }

  Operation *scope;
  unsigned count = 0;
  llvm::DenseMap<Operation *, unsigned> first, last;
  std::vector<int> vectors, predicates; ///< by how many more are needed behind each operation
};

} // namespace

RegisterNeed registersOf(Operation *scope) {
  constexpr unsigned few = 8; // of either kind: there are as many as that
  unsigned values = 0;
  scope->walk([&](Operation *op) {
    values += llvm::count_if(op->getResultTypes(), [](Type type) { return isa<ir::VRegType, ir::MaskType>(type); });
  });
  return values <= few ? RegisterNeed{values, 0} : Lifetimes(scope).most();
}

} // namespace pto::sim
