// Operations of the family SimtMemory.td.
#pragma once

#include "compiler/dialect/OpsBase.h"
#include "compiler/dialect/Simt.h"

#define GET_OP_CLASSES
#include "compiler/dialect/ops/SimtMemory.h.inc"
