// Operations of the family Comm.td.
#pragma once

#include "compiler/dialect/OpsBase.h"
#include "compiler/dialect/tile/Types.h"

#define GET_OP_CLASSES
#include "compiler/dialect/tile/Comm.h.inc"
