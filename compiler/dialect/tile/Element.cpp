// What is read from a tile has the type of its elements.
#include "compiler/dialect/tile/Element.h"
#include "compiler/dialect/tile/Rules.h"

#define GET_OP_CLASSES
#include "compiler/dialect/tile/Element.cpp.inc"

mlir::LogicalResult pto::ir::TgetvalOp::verify() {
  mlir::Type element = mlir::cast<TileBufType>(getSrc().getType()).getElementType();
  if (scalarFits(element, getValue().getType()))
    return mlir::success();
  return emitOpError() << "takes " << getValue().getType() << " from " << getSrc().getType() << "; expected "
                       << element;
}

void pto::ir::PtoDialect::registerTileElementOps() {
  addOperations<
#define GET_OP_LIST
#include "compiler/dialect/tile/Element.cpp.inc"
      >();
}
