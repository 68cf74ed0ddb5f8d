// Operations of the family Simt.td.
#pragma once

#include "compiler/dialect/OpsBase.h"
#include "compiler/dialect/Simt.h"
#include "mlir/IR/SymbolTable.h"

#define GET_OP_CLASSES
#include "compiler/dialect/ops/Simt.h.inc"
