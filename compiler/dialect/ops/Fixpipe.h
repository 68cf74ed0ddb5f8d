// Operations of the family Fixpipe.td.
#pragma once

#include "compiler/dialect/OpsBase.h"

#define GET_OP_CLASSES
#include "compiler/dialect/ops/Fixpipe.h.inc"
