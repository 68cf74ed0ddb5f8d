// Operations of the family LoadStore.td.
#pragma once

#include "compiler/dialect/OpsBase.h"

#define GET_OP_CLASSES
#include "compiler/dialect/ops/LoadStore.h.inc"
