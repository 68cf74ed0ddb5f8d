// Operations of the family Cube.td.
#pragma once

#include "compiler/dialect/OpsBase.h"

#define GET_OP_CLASSES
#include "compiler/dialect/ops/Cube.h.inc"
