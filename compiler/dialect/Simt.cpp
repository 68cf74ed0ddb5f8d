// The rules of a SIMT entry, and the clauses that its operations share.
#include "compiler/dialect/Simt.h"
#include "compiler/dialect/Traits.h"
#include "compiler/dialect/ops/Simt.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/CallInterfaces.h"

using namespace mlir;

namespace pto::ir {

bool simt::isEntry(Operation *function) {
  return function->hasAttr(entryAttribute);
}

LogicalResult verifyInSimt(Operation *op) {
  auto function = op->getParentOfType<FunctionOpInterface>();
  // A helper runs where it is called.
  if (!function || simt::isEntry(function) || function.isPrivate())
    return success();
  return op->emitOpError() << "is outside of a SIMT entry; put it into a function with attributes {"
                           << simt::entryAttribute << "} that pto.simt_launch runs";
}

// Of a function attribute; the default where it is not there.
static LogicalResult verifyRange(FunctionOpInterface entry, StringRef name, int64_t limit) {
  auto attribute = entry->getAttrOfType<IntegerAttr>(name);
  if (!attribute)
    return success();
  int64_t value = attribute.getType().isSignlessInteger(32) ? attribute.getInt() : 0;
  if (value >= 1 && value <= limit)
    return success();
  return entry.emitError() << name << " is " << attribute << "; expected 1 to " << limit << ", as in 32 : i32";
}

// keep and resume name registers, which others use in between.
static LogicalResult verifySlots(Block &body) {
  SmallVector<Operation *> groups[2]; // of resumes, and of keeps
  auto isGroup = [&](bool keeps, Operation &op) { return keeps ? isa<KeepOp>(op) : isa<ResumeOp>(op); };
  auto first = llvm::find_if(body, [](Operation &op) { return !op.hasTrait<OpTrait::ConstantLike>(); });
  for (; first != body.end() && isGroup(false, *first); ++first)
    groups[0].push_back(&*first);
  auto last = std::next(body.rbegin());
  while (last != body.rend() && isa<SyncthreadsOp>(*last))
    ++last;
  for (; last != body.rend() && isGroup(true, *last); ++last)
    groups[1].insert(groups[1].begin(), &*last);

  for (SmallVector<Operation *> &group : groups) {
    DenseMap<int64_t, Operation *> taken;
    for (Operation *op : group) {
      int64_t slot = op->getAttrOfType<IntegerAttr>("slot").getInt();
      Type type = op->getNumResults() ? op->getResult(0).getType() : op->getOperand(0).getType();
      for (int64_t word = slot; word <= slot + (type.getIntOrFloatBitWidth() > 32); ++word)
        if (Operation *other = taken.insert({word, op}).first->second; other != op) {
          InFlightDiagnostic error = op->emitOpError() << "takes slot " << word << ", which is taken";
          error.attachNote(other->getLoc()) << "here";
          return error;
        }
    }
  }
  WalkResult walk = body.walk([&](Operation *op) {
    if (isa<ResumeOp>(op) && !llvm::is_contained(groups[0], op)) {
      op->emitOpError()
          << "is not at the beginning of its SIMT entry; only constants and other pto.resume may come before it";
      return WalkResult::interrupt();
    }
    if (isa<KeepOp>(op) && !llvm::is_contained(groups[1], op)) {
      op->emitOpError()
          << "is not at the end of its SIMT entry; only pto.syncthreads and other pto.keep may come after it";
      return WalkResult::interrupt();
    }
    return WalkResult::advance();
  });
  return failure(walk.wasInterrupted());
}

Operation *configurationOf(Operation *call) {
  for (Operation *at = call; at && !isa<FunctionOpInterface>(at); at = at->getParentOp())
    for (Operation *before = at->getPrevNode(); before; before = before->getPrevNode())
      if (isa<StoreVfsimtInfoOp>(before))
        return before;
  return nullptr;
}

static LogicalResult verifyCalls(FunctionOpInterface entry) {
  std::optional<SymbolTable::UseRange> uses = SymbolTable::getSymbolUses(entry, entry->getParentOp());
  if (!uses)
    return success();
  for (const SymbolTable::SymbolUse &use : *uses) {
    Operation *user = use.getUser();
    if (!isa<CallOpInterface>(user))
      continue;
    auto caller = user->getParentOfType<FunctionOpInterface>();
    if (caller && simt::isEntry(caller))
      return user->emitError() << "calls the SIMT entry @" << entry.getName() << " from another one; a thread launches "
                               << "nothing";
    if (!configurationOf(user))
      return user->emitError() << "calls the SIMT entry @" << entry.getName()
                               << ", and no pto.store_vfsimt_info before it says with how many threads; use "
                                  "pto.simt_launch @"
                               << entry.getName() << "<<<%x, %y, %z>>>(...)";
  }
  return success();
}

static LogicalResult verifyEntry(FunctionOpInterface entry) {
  for (StringRef mark : {"pto.kernel", "pto.aicore", "pto.entry"})
    if (entry->hasAttr(mark))
      return entry.emitError() << "@" << entry.getName() << " is " << simt::entryAttribute << " and " << mark
                               << "; the host launches kernels, and a kernel launches SIMT entries";
  if (entry.getNumResults() != 0)
    return entry.emitError() << "the SIMT entry @" << entry.getName() << " returns " << entry.getResultTypes().front()
                             << "; a SIMT entry returns nothing";
  if (failed(verifyRange(entry, simt::maxThreadsAttribute, simt::threadLimit)) ||
      failed(verifyRange(entry, simt::maxRegistersAttribute, simt::registerLimit)))
    return failure();
  WalkResult walk = entry.walk([&](Operation *op) {
    if (!op->hasTrait<traits::OutsideVectorScope>() && !op->hasTrait<traits::InVectorScope>())
      return WalkResult::advance();
    op->emitOpError() << "is in the SIMT entry @" << entry.getName()
                      << "; threads have scalars only, and leave transfers, registers and launches to the kernel";
    return WalkResult::interrupt();
  });
  if (walk.wasInterrupted() || failed(verifyCalls(entry)))
    return failure();
  Region &body = entry.getFunctionBody();
  return body.empty() ? success() : verifySlots(body.front());
}

LogicalResult verifySimtAttribute(FunctionOpInterface function, NamedAttribute attribute) {
  StringRef name = attribute.getName();
  if (name == simt::entryAttribute)
    return verifyEntry(function);
  if ((name == simt::maxThreadsAttribute || name == simt::maxRegistersAttribute) && !simt::isEntry(function))
    return function.emitError() << name << " is on @" << function.getName() << ", which is no SIMT entry; mark it with "
                                << simt::entryAttribute;
  return success();
}

ParseResult parseSignedness(OpAsmParser &parser, StringAttr &signedness) {
  StringRef word;
  if (succeeded(parser.parseOptionalKeyword(&word, {"signed", "unsigned"})))
    signedness = parser.getBuilder().getStringAttr(word);
  return success();
}
void printSignedness(OpAsmPrinter &printer, Operation *, StringAttr signedness) {
  if (signedness)
    printer << ' ' << signedness.getValue();
}

static ParseResult parseClause(OpAsmParser &parser, StringRef keyword, StringAttr &word) {
  StringRef text;
  if (failed(parser.parseOptionalKeyword(keyword)))
    return success();
  if (parser.parseLParen() || parser.parseKeyword(&text) || parser.parseRParen())
    return failure();
  word = parser.getBuilder().getStringAttr(text);
  return success();
}
static void printClause(OpAsmPrinter &printer, StringRef keyword, StringAttr word) {
  if (word)
    printer << ' ' << keyword << '(' << word.getValue() << ')';
}

ParseResult parseL1Cache(OpAsmParser &parser, StringAttr &policy) {
  return parseClause(parser, "l1cache", policy);
}
void printL1Cache(OpAsmPrinter &printer, Operation *, StringAttr policy) {
  printClause(printer, "l1cache", policy);
}
ParseResult parseL2Cache(OpAsmParser &parser, StringAttr &policy) {
  return parseClause(parser, "l2cache", policy);
}
void printL2Cache(OpAsmPrinter &printer, Operation *, StringAttr policy) {
  printClause(printer, "l2cache", policy);
}

} // namespace pto::ir
