// What CTRL makes of results that do not fit, against exact ones.
#include "sim/tests/LaneOperands.h"
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace pto::sim::testing {
namespace {

// The exact results of what can overflow, worked out in 128 bits.
struct ExactOp {
  const char *name;
  __int128 (*of)(__int128, __int128, __int128);
};
constexpr ExactOp exactOps[] = {
    {"pto.vabs", [](__int128 a, __int128, __int128) { return a < 0 ? -a : a; }},
    {"pto.vneg", [](__int128 a, __int128, __int128) { return -a; }},
    {"pto.vadd", [](__int128 a, __int128 b, __int128) { return a + b; }},
    {"pto.vsub", [](__int128 a, __int128 b, __int128) { return a - b; }},
    {"pto.vmul", [](__int128 a, __int128 b, __int128) { return a * b; }},
    {"pto.vadds", [](__int128 a, __int128 b, __int128) { return a + b; }},
    {"pto.vmuls", [](__int128 a, __int128 b, __int128) { return a * b; }},
    {"pto.vmula", [](__int128 acc, __int128 a, __int128 b) { return acc + a * b; }},
};

// One lane when CTRL asks for saturation of integers and of f16.
uint64_t saturatedLane(const LaneOp &op, LaneType type, llvm::ArrayRef<uint64_t> operands) {
  uint64_t plain = op.lane(type, operands);
  bool moves = llvm::StringRef(op.name).starts_with("pto.vand") || op.name == "pto.vor" || op.name == "pto.vxor" ||
               op.name == "pto.vnot";
  if (type == LaneType::F16 && !moves)
    return (plain & 0x7fff) > 0x7c00 ? 0 : (plain & 0x7fff) == 0x7c00 ? plain - 1 : plain;
  const ExactOp *exact = llvm::find_if(exactOps, [&](const ExactOp &known) { return op.name == known.name; });
  if (isFloat(type) || exact == std::end(exactOps))
    return plain;
  unsigned bits = bitsOf(type);
  bool isSigned = type <= LaneType::S64;
  __int128 in[3] = {};
  for (size_t i = 0; i < operands.size(); ++i) {
    uint64_t raw = operands[i] << (64 - bits) >> (64 - bits);
    in[i] = isSigned && raw >> (bits - 1) ? __int128(raw) - (__int128(1) << bits) : __int128(raw);
  }
  __int128 low = isSigned ? -(__int128(1) << (bits - 1)) : 0;
  __int128 high = (__int128(1) << (isSigned ? bits - 1 : bits)) - 1;
  __int128 result = std::clamp(exact->of(in[0], in[1], in[2]), low, high);
  return uint64_t(result) << (64 - bits) >> (64 - bits);
}

RC_GTEST_PROP(LaneLaw, SaturatesWhereTheControlRegisterSaysSo, ()) {
  Random random(*rc::gen::arbitrary<uint64_t>());
  SingleInstruction single;
  single.core.control.bits = uint64_t(1) << 53; // bit 48 clear: f16 saturates; bit 53 set: integers do
  for (llvm::StringRef build : builds)
    if (const OpTable *table = opTable(build))
      for (const LaneOp &op : laneOps())
        for (LaneType type : table->laneTypes(op.name, "")) {
          drawOperands(random, op, type, single.core);
          RC_ASSERT(single.run(instructionFor(op, table->find(op.name, "", type))));
          LaneOp saturated = op;
          saturated.lane = [&](LaneType lanes, llvm::ArrayRef<uint64_t> operands) {
            return saturatedLane(op, lanes, operands);
          };
          checkLanes(single.core, saturated, type);
        }
}

} // namespace
} // namespace pto::sim::testing
