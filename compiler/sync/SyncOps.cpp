#include "compiler/sync/SyncOps.h"
#include "compiler/dialect/ops/Simt.h"
#include "compiler/dialect/ops/Sync.h"
#include "mlir/IR/SymbolTable.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/TypeSwitch.h"
#include <map>

using namespace mlir;
using namespace pto::ir;

namespace pto::sync {

bool isRelease(Operation *op) {
  return isa<SetFlagOp, SetFlagDynOp, RlsBufOp, SyncSetOp, SetIntraBlockOp>(op);
}

bool isWait(Operation *op) {
  return isa<WaitFlagOp, WaitFlagDynOp, GetBufOp, SyncWaitOp, WaitIntraBlockOp>(op);
}

bool isForAllPipes(Operation *op) {
  auto barrier = dyn_cast<BarrierOp>(op);
  return barrier && barrier.getPipe() == Pipe::All;
}

std::optional<FlagName> flagOf(Operation *op) {
  return llvm::TypeSwitch<Operation *, std::optional<FlagName>>(op)
      .Case<SetFlagOp, WaitFlagOp>([](auto flag) {
        return FlagName{stringifyPipe(flag.getSrcPipe()).str(), stringifyPipe(flag.getDstPipe()).str(),
                        unsigned(flag.getEventId())};
      })
      .Default([](Operation *) { return std::nullopt; });
}

Operations executedBy(func::FuncOp entry) {
  llvm::SetVector<Operation *> functions;
  Operations operations;
  functions.insert(entry);
  for (size_t next = 0; next < functions.size(); ++next)
    for (Region &body : functions[next]->getRegions())
      body.walk<WalkOrder::PreOrder>([&](Operation *op) {
        operations.push_back(op);
        if (isa<func::CallOp, SimtLaunchOp>(op))
          if (Operation *callee =
                  SymbolTable::lookupNearestSymbolFrom(op, op->getAttrOfType<FlatSymbolRefAttr>("callee")))
            functions.insert(callee);
      });
  return operations;
}

Operations syncsAmong(llvm::ArrayRef<Operation *> operations) {
  return llvm::to_vector<0>(llvm::make_filter_range(
      operations, [](Operation *op) { return isRelease(op) || isWait(op) || isa<BarrierOp, MemBarOp>(op); }));
}

// What the two sides of a flag, of a buffer id or of a signal have in common.
static std::string tokenOf(Operation *op) {
  std::string token;
  llvm::raw_string_ostream os(token);
  llvm::TypeSwitch<Operation *>(op)
      .Case<SetFlagOp, WaitFlagOp>(
          [&](auto flag) { os << flag.getSrcPipeAttr() << flag.getDstPipeAttr() << flag.getEventIdAttr(); })
      .Case<SetFlagDynOp, WaitFlagDynOp>([&](auto flag) {
        os << flag.getSrcPipeAttr() << flag.getDstPipeAttr() << flag.getEventId().getAsOpaquePointer();
      })
      .Case<GetBufOp, RlsBufOp>([&](auto buffer) { os << "buffer" << buffer.getOpTypeAttr() << buffer.getBufId(); })
      .Case<SyncSetOp, SyncWaitOp, SetIntraBlockOp, WaitIntraBlockOp>([&](auto signal) {
        os << "signal" << signal.getEventIdAttr() << signal.getEventIdDyn().getAsOpaquePointer();
      });
  return token;
}

std::vector<Operations> sidesByToken(llvm::ArrayRef<Operation *> syncs) {
  llvm::MapVector<std::string, Operations, std::map<std::string, unsigned>> byToken;
  for (Operation *op : syncs)
    if (isRelease(op) || isWait(op))
      byToken[tokenOf(op)].push_back(op);
  auto sides = llvm::make_second_range(byToken);
  return {sides.begin(), sides.end()};
}

std::vector<std::pair<Operation *, Operation *>> pairsOf(llvm::ArrayRef<Operation *> sides) {
  std::vector<std::pair<Operation *, Operation *>> pairs;
  for (size_t i = 0; i + 1 < sides.size(); ++i)
    if (sides[i]->getName() != sides[i + 1]->getName())
      pairs.push_back({sides[i], sides[i + 1]});
  return pairs;
}

} // namespace pto::sync
