// Operations of the family Element.td.
#pragma once

#include "compiler/dialect/OpsBase.h"
#include "compiler/dialect/tile/Record.h"

#define GET_OP_CLASSES
#include "compiler/dialect/tile/Element.h.inc"
