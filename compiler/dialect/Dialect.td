// The pto dialect itself. Each family of operations registers its own, so that a change
// to one family's .td rebuilds that family and those who use it, nothing else.
#ifndef PTO_COMPILER_DIALECT_DIALECT_TD
#define PTO_COMPILER_DIALECT_DIALECT_TD

include "mlir/IR/DialectBase.td"

def Pto_Dialect : Dialect {
  let name = "pto";
  let cppNamespace = "::pto::ir";
  let summary = "PTO: views, tiles and what is done with whole ones; micro instructions (DMA, registers, predicates); synchronization";

  let useDefaultTypePrinterParser = 1;
  let useDefaultAttributePrinterParser = 1;
  let hasOperationAttrVerify = 1;
  let hasRegionArgAttrVerify = 1;

  let extraClassDeclaration = [{
    void registerAttributes();
    void registerTypes();
    void registerPointerOps();
    void registerDmaOps();
    void registerSyncOps();
    void registerCubeLoadOps();
    void registerCubeOps();
    void registerFixpipeOps();
    void registerScopeOps();
    void registerLoadStoreOps();
    void registerPredicateOps();
    void registerUnaryOps();
    void registerBinaryOps();
    void registerVectorScalarOps();
    void registerFusedOps();
    void registerCompareOps();
    void registerLaneOps();
    void registerConversionOps();
    void registerQueryOps();
    void registerSimtOps();
    void registerSimtMemoryOps();
    void registerScalarMathOps();
    void registerTileViewOps();
    void registerTileElementwiseOps();
    void registerTileMoveOps();
    void registerTileReduceOps();
    void registerTileMatrixOps();
    void registerTileGatherOps();
    void registerTileQuantizeOps();
    void registerTileElementOps();
    void registerTileExchangeOps();
    void registerTileOrderOps();
    void registerTileCommOps();
  }];
}

#endif
