// Registers the families, and answers for the pto.* attributes of all operations.
#include "compiler/dialect/Dialect.h"
#include "compiler/dialect/KnownAttributes.h"
#include "compiler/dialect/Simt.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/STLExtras.h"

#include "compiler/dialect/Dialect.cpp.inc"

using namespace mlir;

namespace pto::ir {

void PtoDialect::initialize() {
  registerAttributes();
  registerTypes();
  registerPointerOps();
  registerDmaOps();
  registerSyncOps();
  registerCubeLoadOps();
  registerCubeOps();
  registerFixpipeOps();
  registerScopeOps();
  registerLoadStoreOps();
  registerPredicateOps();
  registerUnaryOps();
  registerBinaryOps();
  registerVectorScalarOps();
  registerFusedOps();
  registerCompareOps();
  registerLaneOps();
  registerConversionOps();
  registerQueryOps();
  registerSimtOps();
  registerSimtMemoryOps();
  registerScalarMathOps();
  registerTileViewOps();
  registerTileElementwiseOps();
  registerTileMoveOps();
  registerTileReduceOps();
  registerTileMatrixOps();
  registerTileGatherOps();
  registerTileQuantizeOps();
  registerTileElementOps();
  registerTileExchangeOps();
  registerTileOrderOps();
  registerTileCommOps();
}

LogicalResult PtoDialect::verifyOperationAttribute(Operation *op, NamedAttribute attribute) {
  if (failed(verifyPtoAttribute(op, attribute)))
    return failure();
  // MLIR asks a dialect about its own attributes only; what stands beside them may be a slip for one of them.
  if (failed(verifyNoStrayAttributes(op)))
    return failure();
  if (auto function = dyn_cast<FunctionOpInterface>(op); function && failed(verifySimtAttribute(function, attribute)))
    return failure();
  auto module = dyn_cast<ModuleOp>(op);
  if (!module)
    return success();
  auto functions = module.getOps<FunctionOpInterface>();
  return success(
      llvm::all_of(functions, [](Operation *function) { return succeeded(verifyNoStrayAttributes(function)); }));
}

LogicalResult PtoDialect::verifyRegionArgAttribute(Operation *op, unsigned, unsigned argument,
                                                   NamedAttribute attribute) {
  return op->emitError() << "argument #" << argument << " has the attribute " << attribute.getName()
                         << "; arguments have no attributes of pto";
}

} // namespace pto::ir
