// Operations of the family CubeLoad.td.
#pragma once

#include "compiler/dialect/OpsBase.h"

#define GET_OP_CLASSES
#include "compiler/dialect/ops/CubeLoad.h.inc"
