// Every operation of the dialect. Include ops/FAMILY.h where one family is enough.
#pragma once

#include "compiler/dialect/ops/Binary.h"
#include "compiler/dialect/ops/Compare.h"
#include "compiler/dialect/ops/Conversion.h"
#include "compiler/dialect/ops/Dma.h"
#include "compiler/dialect/ops/Fused.h"
#include "compiler/dialect/ops/Lane.h"
#include "compiler/dialect/ops/LoadStore.h"
#include "compiler/dialect/ops/Pointer.h"
#include "compiler/dialect/ops/Predicate.h"
#include "compiler/dialect/ops/Query.h"
#include "compiler/dialect/ops/Scope.h"
#include "compiler/dialect/ops/Sync.h"
#include "compiler/dialect/ops/Unary.h"
#include "compiler/dialect/ops/VectorScalar.h"
