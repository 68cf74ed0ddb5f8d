// A kernel's results come in the order of the parameters that they were written into, and callers follow.
#include "compiler/dialect/program/Names.h"
#include "compiler/passes/Effects.h"
#include "compiler/passes/Memref.h"
#include "compiler/passes/Passes.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"

namespace pto::passes {

namespace {

using mlir::Value;
using Order = llvm::SmallVector<unsigned, 4>;

/// The parameter that a tensor is what has become of; null for one made elsewhere.
mlir::BlockArgument parameterBehind(Value value) {
  for (;;) {
    value = storageOf(value);
    if (auto argument = mlir::dyn_cast<mlir::BlockArgument>(value))
      return argument;
    auto op = value.getDefiningOp<prog::BuiltinOp>();
    std::optional<Sharing> sharing = op ? sharingOf(op) : std::nullopt;
    if (!sharing || !sharing->overwrites)
      return {};
    value = sharing->operand;
  }
}

/// For each new place the old one. Empty where the results are in order, or not all written into parameters.
Order orderOf(prog::FuncOp function) {
  auto results = function.getBlock().getTerminator()->getOperands();
  llvm::SmallVector<unsigned, 4> parameters;
  for (Value result : results) {
    mlir::BlockArgument parameter = parameterBehind(result);
    if (!parameter || !mlir::isa<prog::FuncOp>(parameter.getOwner()->getParentOp()) ||
        function.getDirection(parameter.getArgNumber()) == "in")
      return {};
    parameters.push_back(parameter.getArgNumber());
  }
  if (llvm::is_sorted(parameters))
    return {};
  Order order;
  for (unsigned i = 0; i < parameters.size(); ++i)
    order.push_back(i);
  llvm::stable_sort(order, [&](unsigned a, unsigned b) { return parameters[a] < parameters[b]; });
  return order;
}

template <typename Range>
auto reordered(Range values, const Order &order) {
  llvm::SmallVector<std::decay_t<decltype(values[0])>, 4> result;
  for (unsigned old : order)
    result.push_back(values[old]);
  return result;
}

void reorderCall(prog::CallOp call, Order order) {
  // A task stays the last result.
  if (call.getSubmits())
    order.push_back(static_cast<unsigned>(order.size()));
  mlir::OpBuilder builder(call);
  auto types = reordered(call.getResultTypes(), order);
  auto moved = builder.create<prog::CallOp>(call.getLoc(), types, call.getCalleeAttr(), call.getArguments(),
                                            call.getExtras(), call.getDirectionsAttr(), call.getExtraNamesAttr(),
                                            call.getKeywordsAttr(), call.getSubmitsAttr());
  // Names belong to values, not to places.
  llvm::SmallVector<llvm::StringRef, 4> names;
  for (unsigned old : order)
    names.push_back(prog::nameOf(call.getResult(old)));
  moved->setLoc(prog::named(call.getLoc(), names));
  for (auto [place, old] : llvm::enumerate(order))
    call.getResult(old).replaceAllUsesWith(moved.getResult(place));
  call.erase();
}

class NormalizeReturnOrder : public mlir::PassWrapper<NormalizeReturnOrder, mlir::OperationPass<mlir::ModuleOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(NormalizeReturnOrder)

  llvm::StringRef getArgument() const final { return "NormalizeReturnOrder"; }

  void runOnOperation() final {
    llvm::DenseMap<mlir::StringAttr, Order> orders;
    getOperation().walk([&](prog::FuncOp function) {
      if (function.getKind() != "InCore")
        return;
      Order order = orderOf(function);
      if (order.empty())
        return;
      auto *exit = function.getBlock().getTerminator();
      exit->setOperands(reordered(exit->getOperands(), order));
      mlir::FunctionType type = function.getType();
      function.setFunctionType(
          mlir::FunctionType::get(&getContext(), type.getInputs(), reordered(type.getResults(), order)));
      orders[function.getSymNameAttr()] = order;
    });
    getOperation().walk([&](prog::CallOp call) {
      auto order = orders.find(call.getCalleeAttr().getAttr());
      if (order != orders.end())
        reorderCall(call, order->second);
    });
  }
};

} // namespace

std::unique_ptr<mlir::Pass> createNormalizeReturnOrder() {
  return std::make_unique<NormalizeReturnOrder>();
}

} // namespace pto::passes
