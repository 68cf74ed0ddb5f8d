// All families of one build.
#include "sim/ops/Declarations.h"
#include "sim/ops/lanes/Declare.h"

namespace pto::sim::PTO_SIM_BUILD {

void declareLanewise(OpTable &table) {
  declareUnary(table);
  declareBinary(table);
  declareVectorScalar(table);
  declareFused(table);
  declareTranscendental(table);
  declareCarry(table);
  declareCompare(table);
  declareMaterialize(table);
  declareConvert(table);
  declareReduce(table);
  declareMultiply(table);
  declareTileFormulas(table);
  declareTileReductions(table);
}

} // namespace pto::sim::PTO_SIM_BUILD
