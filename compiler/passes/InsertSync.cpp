// Makes pipes wait for each other where they touch the same memory.
// Inner blocks come first: which events they use decides which are left around them.
#include "compiler/dialect/program/Names.h"
#include "compiler/dialect/program/OpTable.h"
#include "compiler/passes/FunctionPass.h"
#include "compiler/passes/Memref.h"
#include "compiler/passes/Passes.h"
#include "compiler/passes/SyncPlan.h"

namespace pto::passes {

using prog::operator""_op;

namespace {

using mlir::Operation;
using prog::BuiltinOp;

bool isLoop(Operation *op) {
  return mlir::isa<prog::ForOp, prog::WhileOp>(op);
}

bool isLeave(Operation *op) {
  return mlir::isa<prog::BreakOp, prog::ContinueOp>(op);
}

/// Does it contain a break or continue of a loop around it?
bool mayLeave(Operation *op) {
  bool leaves = isLeave(op);
  if (!isLoop(op))
    for (mlir::Region &region : op->getRegions())
      for (Operation &inner : region.getOps())
        leaves |= mayLeave(&inner);
  return leaves;
}

void collect(Operation *op, std::vector<MemoryEffect> &effects) {
  auto builtin = mlir::dyn_cast<BuiltinOp>(op);
  std::optional<Pipe> pipe = builtin ? pipeOf(builtin) : std::nullopt;
  if (!pipe)
    return;
  for (const Access &access : accessesOf(builtin))
    if (Memref memref = memrefOf(access.value))
      effects.push_back({*pipe, memref.base, access.isWrite});
}

/// What a block does that is done in another one: each thing once.
class Summary {
public:
  void add(const std::vector<MemoryEffect> &effects) {
    for (const MemoryEffect &effect : effects)
      if (known.insert({effect.memory.getAsOpaquePointer(), static_cast<unsigned>(effect.pipe) * 2 + effect.isWrite})
              .second)
        all.push_back(effect);
  }

  std::vector<MemoryEffect> all;
  Events events;

private:
  llvm::DenseSet<std::pair<const void *, unsigned>> known;
};

/// Writes a plan into its block.
class SyncWriter {
public:
  SyncWriter(mlir::Block &block, const std::vector<SyncNode> &nodes)
      : block(block), nodes(nodes), builder(block.getParentOp()->getContext()) {}

  void write(const SyncPlan &plan) {
    // Flags are set right behind a node, also where the next one is waited for at once.
    for (const SyncFlag &flag : plan.flags) {
      mlir::Operation *&last = lastSet[flag.setAfter];
      last = last ? last : nodes[flag.setAfter].op;
      builder.setInsertionPointAfter(last);
      last = flagOp("system.sync_src"_op, flag, last->getLoc());
    }
    for (const SyncFlag &flag : plan.flags)
      flagOp("system.sync_dst"_op, flag, moveBefore(flag.waitBefore));
    llvm::DenseSet<unsigned> all;
    for (const SyncBarrier &barrier : plan.barriers)
      if (!barrier.pipe && all.insert(barrier.before).second)
        op("system.bar_all"_op, {}, moveBefore(barrier.before));
    for (const SyncBarrier &barrier : plan.barriers)
      if (barrier.pipe && !all.contains(barrier.before))
        op(*barrier.pipe == Pipe::V ? "system.bar_v"_op : "system.bar_m"_op, {}, moveBefore(barrier.before));
  }

private:
  mlir::Location moveBefore(unsigned node) {
    Operation *next = node < nodes.size() ? nodes[node].op : &block.back();
    builder.setInsertionPoint(next);
    return next->getLoc();
  }

  Operation *flagOp(const prog::OpRecord &record, const SyncFlag &flag, mlir::Location location) {
    auto pipe = [&](llvm::StringRef key, Pipe value) {
      return builder.getNamedAttr(key, prog::NameAttr::get(builder.getContext(), "PipeType." + nameOf(value).str()));
    };
    return op(record,
              {pipe("set_pipe", flag.from), pipe("wait_pipe", flag.to),
               builder.getNamedAttr("event_id", builder.getI64IntegerAttr(flag.event))},
              location);
  }

  Operation *op(const prog::OpRecord &record, llvm::ArrayRef<mlir::NamedAttribute> keywords, mlir::Location location) {
    return builder.create<BuiltinOp>(prog::named(location, llvm::StringRef()), mlir::TypeRange(), record, std::nullopt,
                                     keywords);
  }

  mlir::Block &block;
  const std::vector<SyncNode> &nodes;
  mlir::OpBuilder builder;
  llvm::DenseMap<unsigned, Operation *> lastSet;
};

/// Returns what the block and those in it do, and the events they use.
Summary synchronize(mlir::Block &block, bool isLoopBody) {
  std::vector<SyncNode> nodes;
  Summary whole;
  for (Operation &op : block) {
    SyncNode node{&op, {}, mlir::isa<prog::CallOp>(op) || mayLeave(&op), {}};
    collect(&op, node.effects);
    Summary inside;
    for (mlir::Region &region : op.getRegions())
      for (mlir::Block &inner : region) {
        Summary summary = synchronize(inner, isLoop(&op) && &region == &op.getRegions().back());
        inside.add(summary.all);
        inside.events |= summary.events;
      }
    if (op.getNumRegions())
      node.effects = std::move(inside.all);
    node.events = inside.events;
    whole.add(node.effects);
    whole.events |= node.events;
    if (!node.effects.empty() || node.isBarrier)
      nodes.push_back(std::move(node));
  }
  SyncPlan plan = planSync(nodes, isLoopBody);
  SyncWriter(block, nodes).write(plan);
  for (const SyncFlag &flag : plan.flags)
    whole.events.set(indexOf({flag.from, flag.to, flag.event}));
  return whole;
}

class InsertSync : public FunctionPass<InsertSync> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(InsertSync)
  static constexpr llvm::StringLiteral name = "InsertSync";

  mlir::LogicalResult runOn(prog::FuncOp function) {
    // Who synchronizes by hand knows better; a second run finds what the first one wrote.
    bool isByHand = false;
    function.walk([&](BuiltinOp op) { isByHand |= op.record().work == prog::Work::Sync; });
    if (holdsTiles(function) && !isByHand)
      synchronize(function.getBlock(), false);
    return mlir::success();
  }
};

} // namespace

std::unique_ptr<mlir::Pass> createInsertSync() {
  return std::make_unique<InsertSync>();
}

} // namespace pto::passes
