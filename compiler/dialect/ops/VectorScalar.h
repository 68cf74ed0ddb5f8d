// Operations of the family VectorScalar.td.
#pragma once

#include "compiler/dialect/OpsBase.h"

#define GET_OP_CLASSES
#include "compiler/dialect/ops/VectorScalar.h.inc"
