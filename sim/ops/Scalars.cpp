// The scalar unit: arith. Integers are kept zero-extended to 64 bits in their register. Where MLIR leaves a result
// open, it is defined here: an oversized shift gives 0 (or the sign), a signed division that overflows wraps,
// a float that fits no integer becomes the nearest one.
#include "sim/ops/Scalars.h"
#include "sim/ops/Declarations.h"
#include "sim/ops/OpTable.h"
#include "sim/ops/ScalarFloat.h"
#include "sim/run/Core.h"
#include <cmath>
#include <optional>

namespace pto::sim {

namespace {

uint64_t truncated(uint64_t value, unsigned bits) {
  return bits >= 64 ? value : value & ((uint64_t(1) << bits) - 1);
}

int64_t extended(uint64_t value, unsigned bits) {
  return bits >= 64 ? int64_t(value) : int64_t(value << (64 - bits)) >> (64 - bits);
}

/// An integer operand: its bits, and how many count.
struct Integer {
  uint64_t u;
  unsigned bits;
  int64_t s() const { return extended(u, bits); }
};

// An instruction on integers carries their width.
template <class Compute>
const Instruction *integer(Core &core, const Instruction &at) {
  auto [bits] = at.carried<IntegerWidth>();
  Integer a{core.scalar(at.operand[0]), bits}, b{core.scalar(at.operand[1]), bits};
  core.scalar(at.result[0]) = truncated(uint64_t(Compute()(a, b)), bits);
  return &at + 1;
}

template <class Compute>
const Instruction *division(Core &core, const Instruction &at) {
  auto [bits] = at.carried<IntegerWidth>();
  Integer a{core.scalar(at.operand[0]), bits}, b{core.scalar(at.operand[1]), bits};
  if (b.u == 0)
    return core.fault(at, Fault::Kind::DivideByZero, "divides " + llvm::Twine(a.s()) + " by zero");
  core.scalar(at.result[0]) = truncated(uint64_t(Compute()(a, b)), bits);
  return &at + 1;
}

template <class Holds>
const Instruction *integerComparison(Core &core, const Instruction &at) {
  auto [bits] = at.carried<IntegerWidth>();
  core.scalar(at.result[0]) =
      Holds()(Integer{core.scalar(at.operand[0]), bits}, Integer{core.scalar(at.operand[1]), bits});
  return &at + 1;
}

// An instruction on floats carries their ScalarFloat.
template <class Compute>
const Instruction *floating(Core &core, const Instruction &at) {
  auto type = at.carried<ScalarFloat>();
  double a = toDouble(core.scalar(at.operand[0]), type), b = toDouble(core.scalar(at.operand[1]), type);
  core.scalar(at.result[0]) = fromDouble(Compute()(a, b), type);
  return &at + 1;
}

template <class Holds>
const Instruction *floatComparison(Core &core, const Instruction &at) {
  auto type = at.carried<ScalarFloat>();
  core.scalar(at.result[0]) =
      Holds()(toDouble(core.scalar(at.operand[0]), type), toDouble(core.scalar(at.operand[1]), type));
  return &at + 1;
}

// A conversion carries its ConversionTypes.
template <class Convert>
const Instruction *conversion(Core &core, const Instruction &at) {
  core.scalar(at.result[0]) = Convert()(core.scalar(at.operand[0]), at.carried<ConversionTypes>());
  return &at + 1;
}

// select: operands condition, then, else
const Instruction *selectScalar(Core &core, const Instruction &at) {
  core.scalar(at.result[0]) = core.scalar(at.operand[core.scalar(at.operand[0]) & 1 ? 1 : 2]);
  return &at + 1;
}

const Instruction *selectWide(Core &core, const Instruction &at) {
  std::memcpy(core.wide(at.result[0]), core.wide(at.operand[core.scalar(at.operand[0]) & 1 ? 1 : 2]), registerBytes);
  return &at + 1;
}

/// Quotients toward zero, that wrap for the most negative number by -1.
int64_t quotient(int64_t a, int64_t b) {
  return b == -1 ? int64_t(0 - uint64_t(a)) : a / b;
}
int64_t remainder(int64_t a, int64_t b) {
  return b == -1 ? 0 : a % b;
}

// Each kind of declaration: a name, and what is computed.
#define PTO_SIM_SCALAR(NAME, HANDLER)                                                                                  \
  template <class F>                                                                                                   \
  void NAME(OpTable &table, llvm::StringRef op, F) {                                                                   \
    table.add(op, Code(Pipe::S, HANDLER<F>));                                                                          \
  }
PTO_SIM_SCALAR(addInteger, integer)
PTO_SIM_SCALAR(addDivision, division)
PTO_SIM_SCALAR(addFloat, floating)
PTO_SIM_SCALAR(addConversion, conversion)
#undef PTO_SIM_SCALAR

template <class Holds>
void addCmpi(OpTable &table, llvm::StringRef predicate, Holds) {
  table.add("arith.cmpi", predicate, Code(Pipe::S, integerComparison<Holds>));
}

template <class Holds>
void addCmpf(OpTable &table, llvm::StringRef predicate, Holds) {
  table.add("arith.cmpf", predicate, Code(Pipe::S, floatComparison<Holds>));
}

void declareIntegers(OpTable &table) {
  addInteger(table, "arith.addi", [](Integer a, Integer b) { return a.u + b.u; });
  addInteger(table, "arith.subi", [](Integer a, Integer b) { return a.u - b.u; });
  addInteger(table, "arith.muli", [](Integer a, Integer b) { return a.u * b.u; });
  addInteger(table, "arith.andi", [](Integer a, Integer b) { return a.u & b.u; });
  addInteger(table, "arith.ori", [](Integer a, Integer b) { return a.u | b.u; });
  addInteger(table, "arith.xori", [](Integer a, Integer b) { return a.u ^ b.u; });
  addInteger(table, "arith.shli", [](Integer a, Integer b) { return b.u < b.bits ? a.u << b.u : 0; });
  addInteger(table, "arith.shrui", [](Integer a, Integer b) { return b.u < b.bits ? a.u >> b.u : 0; });
  addInteger(table, "arith.shrsi", [](Integer a, Integer b) { return a.s() >> (b.u < b.bits ? b.u : b.bits - 1); });
  addInteger(table, "arith.maxsi", [](Integer a, Integer b) { return a.s() > b.s() ? a.u : b.u; });
  addInteger(table, "arith.minsi", [](Integer a, Integer b) { return a.s() < b.s() ? a.u : b.u; });
  addInteger(table, "arith.maxui", [](Integer a, Integer b) { return a.u > b.u ? a.u : b.u; });
  addInteger(table, "arith.minui", [](Integer a, Integer b) { return a.u < b.u ? a.u : b.u; });

  addDivision(table, "arith.divsi", [](Integer a, Integer b) { return quotient(a.s(), b.s()); });
  addDivision(table, "arith.divui", [](Integer a, Integer b) { return a.u / b.u; });
  addDivision(table, "arith.remsi", [](Integer a, Integer b) { return remainder(a.s(), b.s()); });
  addDivision(table, "arith.remui", [](Integer a, Integer b) { return a.u % b.u; });
  addDivision(table, "arith.floordivsi", [](Integer a, Integer b) {
    bool down = remainder(a.s(), b.s()) != 0 && (a.s() < 0) != (b.s() < 0);
    return quotient(a.s(), b.s()) - (down ? 1 : 0);
  });
  addDivision(table, "arith.ceildivsi", [](Integer a, Integer b) {
    bool up = remainder(a.s(), b.s()) != 0 && (a.s() < 0) == (b.s() < 0);
    return quotient(a.s(), b.s()) + (up ? 1 : 0);
  });
  addDivision(table, "arith.ceildivui", [](Integer a, Integer b) { return a.u / b.u + (a.u % b.u != 0 ? 1 : 0); });

  addCmpi(table, "eq", [](Integer a, Integer b) { return a.u == b.u; });
  addCmpi(table, "ne", [](Integer a, Integer b) { return a.u != b.u; });
  addCmpi(table, "slt", [](Integer a, Integer b) { return a.s() < b.s(); });
  addCmpi(table, "sle", [](Integer a, Integer b) { return a.s() <= b.s(); });
  addCmpi(table, "sgt", [](Integer a, Integer b) { return a.s() > b.s(); });
  addCmpi(table, "sge", [](Integer a, Integer b) { return a.s() >= b.s(); });
  addCmpi(table, "ult", [](Integer a, Integer b) { return a.u < b.u; });
  addCmpi(table, "ule", [](Integer a, Integer b) { return a.u <= b.u; });
  addCmpi(table, "ugt", [](Integer a, Integer b) { return a.u > b.u; });
  addCmpi(table, "uge", [](Integer a, Integer b) { return a.u >= b.u; });
}

// Sums, products and quotients of floats of up to 24 bits survive the detour through double: rounding them to 53
// bits first changes nothing.
void declareFloats(OpTable &table) {
  addFloat(table, "arith.addf", [](double a, double b) { return a + b; });
  addFloat(table, "arith.subf", [](double a, double b) { return a - b; });
  addFloat(table, "arith.mulf", [](double a, double b) { return a * b; });
  addFloat(table, "arith.divf", [](double a, double b) { return a / b; });
  addFloat(table, "arith.remf", [](double a, double b) { return std::fmod(a, b); });
  addFloat(table, "arith.maxnumf",
           [](double a, double b) { return a != a || (b == b && (b > a || (b == a && std::signbit(a)))) ? b : a; });
  addFloat(table, "arith.minnumf",
           [](double a, double b) { return a != a || (b == b && (b < a || (b == a && std::signbit(b)))) ? b : a; });
  addFloat(table, "arith.maximumf",
           [](double a, double b) { return a == a && (b != b || b > a || (b == a && std::signbit(a))) ? b : a; });
  addFloat(table, "arith.minimumf",
           [](double a, double b) { return a == a && (b != b || b < a || (b == a && std::signbit(b))) ? b : a; });

  addCmpf(table, "false", [](double, double) { return false; });
  addCmpf(table, "oeq", [](double a, double b) { return a == b; });
  addCmpf(table, "ogt", [](double a, double b) { return a > b; });
  addCmpf(table, "oge", [](double a, double b) { return a >= b; });
  addCmpf(table, "olt", [](double a, double b) { return a < b; });
  addCmpf(table, "ole", [](double a, double b) { return a <= b; });
  addCmpf(table, "one", [](double a, double b) { return a < b || a > b; });
  addCmpf(table, "ord", [](double a, double b) { return a == a && b == b; });
  addCmpf(table, "ueq", [](double a, double b) { return !(a < b || a > b); });
  addCmpf(table, "ugt", [](double a, double b) { return !(a <= b); });
  addCmpf(table, "uge", [](double a, double b) { return !(a < b); });
  addCmpf(table, "ult", [](double a, double b) { return !(a >= b); });
  addCmpf(table, "ule", [](double a, double b) { return !(a > b); });
  addCmpf(table, "une", [](double a, double b) { return !(a == b); });
  addCmpf(table, "uno", [](double a, double b) { return a != a || b != b; });
  addCmpf(table, "true", [](double, double) { return true; });
}

void declareConversions(OpTable &table) {
  using Types = ConversionTypes;
  auto zeroExtend = [](uint64_t v, Types types) { return truncated(v, types.to); };
  auto signExtend = [](uint64_t v, Types types) { return truncated(uint64_t(extended(v, types.from)), types.to); };
  addConversion(table, "arith.extui", zeroExtend);
  addConversion(table, "arith.trunci", zeroExtend);
  addConversion(table, "arith.index_castui", zeroExtend);
  addConversion(table, "arith.bitcast", zeroExtend);
  addConversion(table, "pto.castptr", zeroExtend);
  addConversion(table, "arith.extsi", signExtend);
  addConversion(table, "arith.index_cast", signExtend);
  addConversion(table, "arith.negf", [](uint64_t v, Types types) { return v ^ uint64_t(1) << (types.to - 1); });

  auto refloat = [](uint64_t v, Types types) { return fromDouble(toDouble(v, types.fromFloat), types.toFloat); };
  addConversion(table, "arith.extf", refloat);
  addConversion(table, "arith.truncf", refloat);
  addConversion(table, "arith.sitofp", [](uint64_t v, Types types) {
    return fromInteger(uint64_t(extended(v, types.from)), true, types.toFloat);
  });
  addConversion(table, "arith.uitofp", [](uint64_t v, Types types) { return fromInteger(v, false, types.toFloat); });
  addConversion(table, "arith.fptosi",
                [](uint64_t v, Types types) { return toInteger(toDouble(v, types.fromFloat), types.to, true); });
  addConversion(table, "arith.fptoui",
                [](uint64_t v, Types types) { return toInteger(toDouble(v, types.fromFloat), types.to, false); });
}

} // namespace

void declareScalars(OpTable &table) {
  declareIntegers(table);
  declareFloats(table);
  declareConversions(table);
  table.add("arith.select", "scalar", Code(Pipe::S, selectScalar));
  table.add("arith.select", "wide", Code(Pipe::S, selectWide));
}

} // namespace pto::sim
