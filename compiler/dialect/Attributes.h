// The dialect's enums (Pipe, Event, MemBar, KernelKind, MemorySpace) and the attributes that hold them.
#pragma once

#include "mlir/IR/Attributes.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/DialectImplementation.h"

#include "compiler/dialect/Enums.h.inc"
#define GET_ATTRDEF_CLASSES
#include "compiler/dialect/Attributes.h.inc"
