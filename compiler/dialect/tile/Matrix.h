// Operations of the family Matrix.td.
#pragma once

#include "compiler/dialect/OpsBase.h"
#include "compiler/dialect/tile/Record.h"

#define GET_OP_CLASSES
#include "compiler/dialect/tile/Matrix.h.inc"
