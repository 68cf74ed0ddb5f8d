// Operations of the family Order.td.
#pragma once

#include "compiler/dialect/OpsBase.h"
#include "compiler/dialect/tile/Types.h"

#define GET_OP_CLASSES
#include "compiler/dialect/tile/Order.h.inc"
