// The spelling of events by operation, and what arrays and structures of numbers hold.
#include "compiler/dialect/tile/Order.h"
#include "compiler/dialect/Words.h"

using namespace mlir;

namespace pto::ir {

Pipe pipeOf(PipeEventType type) {
  switch (type) {
  case PipeEventType::Tload:
    return Pipe::Mte2;
  case PipeEventType::TstoreVec:
    return Pipe::Mte3;
  case PipeEventType::TmovM2l:
  case PipeEventType::TmovM2b:
    return Pipe::Mte1;
  case PipeEventType::TstoreAcc:
  case PipeEventType::TmovM2s:
  case PipeEventType::TmovV2m:
    return Pipe::Fix;
  case PipeEventType::Tmatmul:
    return Pipe::M;
  case PipeEventType::TmovM2v:
  case PipeEventType::Tvec:
  case PipeEventType::TvecWait:
    return Pipe::V;
  }
  llvm_unreachable("every operation has a pipe");
}

// #pto.pipe_event_type<TLOAD>, #pto.sync_op_type<TLOAD> or <TLOAD>
static ParseResult parseEventType(OpAsmParser &parser, PipeEventTypeAttr &type) {
  auto newer = [](Attribute found) -> Attribute {
    auto older = dyn_cast<SyncOpTypeAttr>(found);
    return older ? PipeEventTypeAttr::get(found.getContext(), older.getValue()) : found;
  };
  return parseEnumWord(parser, type, "operation", PipeEventType::TvecWait, newer);
}
static void printEventType(OpAsmPrinter &printer, Operation *, PipeEventTypeAttr type) {
  printer << type;
}

} // namespace pto::ir

#define GET_OP_CLASSES
#include "compiler/dialect/tile/Order.cpp.inc"

namespace pto::ir {

// Soft: a part of global memory, in spring tiles of the cores that meet as well, at times how many cores do.
LogicalResult SyncAllOp::verify() {
  TypeRange found = getWorkspaces().getTypes();
  bool isHard = getMode() == SyncAllMode::Hard;
  if (isHard && found.empty())
    return success();
  if (isHard)
    return emitOpError() << "has " << found.size() << " operands; expected none, as it is hard";
  TypeRange tiles = found.empty() ? found : found.drop_front();
  if (!tiles.empty() && isa<IntegerType>(tiles.back()))
    tiles = tiles.drop_back();
  size_t most = getCoreType() == SyncCoreType::Mix ? 2 : 1;
  bool areTiles = llvm::all_of(tiles, [](Type type) { return isa<TileBufType>(type); });
  if (!found.empty() && isa<PartitionTensorViewType>(found.front()) && areTiles && tiles.size() <= most)
    return success();
  return emitOpError() << "has " << found.size()
                       << " operands; expected a part of a view, tiles of the cores that meet, and how many do, of "
                          "which the last two may be left out, as it is soft";
}

LogicalResult CmoCacheInvalidOp::verify() {
  return bool(getAddress()) == getSpace().has_value()
             ? emitOpError() << "expected `all #pto.address_space<gm>` or an address, one of them"
             : success();
}

template <typename AccessOp>
static LogicalResult verifyArrayAccess(AccessOp op) {
  auto array = cast<LocalArrayType>(op.getArray().getType());
  if (op.getIndices().size() != array.getShape().size())
    return op.emitOpError() << "has " << op.getIndices().size() << " indices, but " << array << " has "
                            << array.getShape().size() << " dimensions";
  if (op.getValue().getType() == array.getElementType())
    return success();
  return op.emitOpError() << "value is " << op.getValue().getType() << ", but the array is " << array << "; expected "
                          << array.getElementType();
}
LogicalResult LocalArrayGetOp::verify() {
  return verifyArrayAccess(*this);
}
LogicalResult LocalArraySetOp::verify() {
  return verifyArrayAccess(*this);
}

template <typename AccessOp>
static LogicalResult verifyFieldAccess(AccessOp op) {
  Type at = op.getStructure().getType();
  for (int64_t index : op.getPath()) {
    auto structure = dyn_cast<StructType>(at);
    if (!structure || index < 0 || index >= int64_t(structure.getFields().size()))
      return op.emitOpError() << at << " has no field " << index;
    at = structure.getFields()[index];
  }
  if (op.getValue().getType() == at)
    return success();
  return op.emitOpError() << "value is " << op.getValue().getType() << ", but the field is " << at;
}
LogicalResult StructGetOp::verify() {
  return verifyFieldAccess(*this);
}
LogicalResult StructSetOp::verify() {
  return verifyFieldAccess(*this);
}

} // namespace pto::ir

void pto::ir::PtoDialect::registerTileOrderOps() {
  addOperations<
#define GET_OP_LIST
#include "compiler/dialect/tile/Order.cpp.inc"
      >();
}
