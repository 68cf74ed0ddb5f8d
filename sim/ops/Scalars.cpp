// arith, for the scalar unit and for threads. Integers are kept zero-extended to 64 bits in their register. Where MLIR
// leaves a result open, it is defined here: an oversized shift gives 0 (or the sign), a signed division that overflows
// wraps, a float that fits no integer becomes the nearest one.
#include "sim/ops/Scalars.h"
#include "sim/ops/Declarations.h"
#include "sim/ops/ScalarLanes.h"
#include <cmath>

namespace pto::sim::PTO_SIM_BUILD {

namespace {

// An instruction on integers carries their width.
template <class Unit, class Compute>
const Instruction *integer(Core &core, const Instruction &at) {
  mapIntegers<Unit>(core, at, [](Integer a, Integer b) { return uint64_t(Compute()(a, b)); });
  return &at + 1;
}

template <class Unit, class Compute>
const Instruction *division(Core &core, const Instruction &at) {
  auto [bits] = at.carried<IntegerWidth>();
  bool isDefined = Unit::forEach(core, [&, bits = bits](unsigned lane) {
    Integer a{Unit::lane(core, at.operand[0], lane), bits}, b{Unit::lane(core, at.operand[1], lane), bits};
    if (b.u == 0) {
      core.fault(at, Fault::Kind::DivideByZero, "divides " + llvm::Twine(a.s()) + " by zero");
      return false;
    }
    Unit::lane(core, at.result[0], lane) = truncated(uint64_t(Compute()(a, b)), bits);
    return true;
  });
  return isDefined ? &at + 1 : nullptr;
}

template <class Unit, class Holds>
const Instruction *integerComparison(Core &core, const Instruction &at) {
  withWidth<Unit>(at.carried<IntegerWidth>().bits, [&](auto bits) {
    Unit::map(
        core, at.result[0],
        [bits](uint64_t a, uint64_t b) -> uint64_t {
          return Holds()(Integer{a, bits}, Integer{b, bits});
        },
        at.operand[0], at.operand[1]);
  });
  return &at + 1;
}

// An instruction on floats carries their FloatShape.
template <class Unit, class Compute>
const Instruction *floating(Core &core, const Instruction &at) {
  withShape(at.carried<FloatShape>(), [&]<class T, bool IsPair>() {
    mapFloats<Unit, T, IsPair>(core, at, Compute(), at.operand[0], at.operand[1]);
  });
  return &at + 1;
}

template <class Unit, class Holds>
const Instruction *floatComparison(Core &core, const Instruction &at) {
  withShape(at.carried<FloatShape>(), [&]<class T, bool>() {
    Unit::map(
        core, at.result[0], [](uint64_t a, uint64_t b) -> uint64_t { return Holds()(valueOf<T>(a), valueOf<T>(b)); },
        at.operand[0], at.operand[1]);
  });
  return &at + 1;
}

// A conversion carries its ConversionTypes.
template <class Unit, class Convert>
const Instruction *conversion(Core &core, const Instruction &at) {
  auto types = at.carried<ConversionTypes>();
  Unit::map(
      core, at.result[0], [types](uint64_t value) -> uint64_t { return Convert()(value, types); }, at.operand[0]);
  return &at + 1;
}

// select: operands condition, then, else
template <class Unit>
const Instruction *selectScalar(Core &core, const Instruction &at) {
  Unit::map(
      core, at.result[0], [](uint64_t condition, uint64_t a, uint64_t b) { return condition & 1 ? a : b; },
      at.operand[0], at.operand[1], at.operand[2]);
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
  void NAME(OpTables &tables, llvm::StringRef op, F) {                                                                 \
    tables.core.add(op, Code(Pipe::S, HANDLER<OneScalar, F>));                                                         \
    tables.threads.add(op, Code(Pipe::V, HANDLER<EachThread, F>));                                                     \
  }
PTO_SIM_SCALAR(addInteger, integer)
PTO_SIM_SCALAR(addDivision, division)
PTO_SIM_SCALAR(addFloat, floating)
PTO_SIM_SCALAR(addConversion, conversion)
#undef PTO_SIM_SCALAR

template <class Holds>
void addCmpi(OpTables &tables, llvm::StringRef predicate, Holds) {
  tables.core.add("arith.cmpi", predicate, Code(Pipe::S, integerComparison<OneScalar, Holds>));
  tables.threads.add("arith.cmpi", predicate, Code(Pipe::V, integerComparison<EachThread, Holds>));
}

template <class Holds>
void addCmpf(OpTables &tables, llvm::StringRef predicate, Holds) {
  tables.core.add("arith.cmpf", predicate, Code(Pipe::S, floatComparison<OneScalar, Holds>));
  tables.threads.add("arith.cmpf", predicate, Code(Pipe::V, floatComparison<EachThread, Holds>));
}

void declareIntegers(OpTables &tables) {
  addInteger(tables, "arith.addi", [](Integer a, Integer b) { return a.u + b.u; });
  addInteger(tables, "arith.subi", [](Integer a, Integer b) { return a.u - b.u; });
  addInteger(tables, "arith.muli", [](Integer a, Integer b) { return a.u * b.u; });
  addInteger(tables, "arith.andi", [](Integer a, Integer b) { return a.u & b.u; });
  addInteger(tables, "arith.ori", [](Integer a, Integer b) { return a.u | b.u; });
  addInteger(tables, "arith.xori", [](Integer a, Integer b) { return a.u ^ b.u; });
  addInteger(tables, "arith.shli", [](Integer a, Integer b) { return b.u < b.bits ? a.u << b.u : 0; });
  addInteger(tables, "arith.shrui", [](Integer a, Integer b) { return b.u < b.bits ? a.u >> b.u : 0; });
  addInteger(tables, "arith.shrsi", [](Integer a, Integer b) { return a.s() >> (b.u < b.bits ? b.u : b.bits - 1); });
  addInteger(tables, "arith.maxsi", [](Integer a, Integer b) { return a.s() > b.s() ? a.u : b.u; });
  addInteger(tables, "arith.minsi", [](Integer a, Integer b) { return a.s() < b.s() ? a.u : b.u; });
  addInteger(tables, "arith.maxui", [](Integer a, Integer b) { return a.u > b.u ? a.u : b.u; });
  addInteger(tables, "arith.minui", [](Integer a, Integer b) { return a.u < b.u ? a.u : b.u; });

  addDivision(tables, "arith.divsi", [](Integer a, Integer b) { return quotient(a.s(), b.s()); });
  addDivision(tables, "arith.divui", [](Integer a, Integer b) { return a.u / b.u; });
  addDivision(tables, "arith.remsi", [](Integer a, Integer b) { return remainder(a.s(), b.s()); });
  addDivision(tables, "arith.remui", [](Integer a, Integer b) { return a.u % b.u; });
  addDivision(tables, "arith.floordivsi", [](Integer a, Integer b) {
    bool down = remainder(a.s(), b.s()) != 0 && (a.s() < 0) != (b.s() < 0);
    return quotient(a.s(), b.s()) - (down ? 1 : 0);
  });
  addDivision(tables, "arith.ceildivsi", [](Integer a, Integer b) {
    bool up = remainder(a.s(), b.s()) != 0 && (a.s() < 0) == (b.s() < 0);
    return quotient(a.s(), b.s()) + (up ? 1 : 0);
  });
  addDivision(tables, "arith.ceildivui", [](Integer a, Integer b) { return a.u / b.u + (a.u % b.u != 0 ? 1 : 0); });

  addCmpi(tables, "eq", [](Integer a, Integer b) { return a.u == b.u; });
  addCmpi(tables, "ne", [](Integer a, Integer b) { return a.u != b.u; });
  addCmpi(tables, "slt", [](Integer a, Integer b) { return a.s() < b.s(); });
  addCmpi(tables, "sle", [](Integer a, Integer b) { return a.s() <= b.s(); });
  addCmpi(tables, "sgt", [](Integer a, Integer b) { return a.s() > b.s(); });
  addCmpi(tables, "sge", [](Integer a, Integer b) { return a.s() >= b.s(); });
  addCmpi(tables, "ult", [](Integer a, Integer b) { return a.u < b.u; });
  addCmpi(tables, "ule", [](Integer a, Integer b) { return a.u <= b.u; });
  addCmpi(tables, "ugt", [](Integer a, Integer b) { return a.u > b.u; });
  addCmpi(tables, "uge", [](Integer a, Integer b) { return a.u >= b.u; });
}

// Sums, products and quotients of 16-bit floats survive the detour through f32: rounding them to 24 bits first changes
// nothing.
void declareFloats(OpTables &tables) {
  addFloat(tables, "arith.addf", [](auto a, auto b) { return a + b; });
  addFloat(tables, "arith.subf", [](auto a, auto b) { return a - b; });
  addFloat(tables, "arith.mulf", [](auto a, auto b) { return a * b; });
  addFloat(tables, "arith.divf", [](auto a, auto b) { return a / b; });
  addFloat(tables, "arith.remf", [](auto a, auto b) { return std::fmod(a, b); });
  addFloat(tables, "arith.maxnumf",
           [](auto a, auto b) { return a != a || (b == b && (b > a || (b == a && std::signbit(a)))) ? b : a; });
  addFloat(tables, "arith.minnumf",
           [](auto a, auto b) { return a != a || (b == b && (b < a || (b == a && std::signbit(b)))) ? b : a; });
  addFloat(tables, "arith.maximumf",
           [](auto a, auto b) { return a == a && (b != b || b > a || (b == a && std::signbit(a))) ? b : a; });
  addFloat(tables, "arith.minimumf",
           [](auto a, auto b) { return a == a && (b != b || b < a || (b == a && std::signbit(b))) ? b : a; });

  addCmpf(tables, "false", [](auto, auto) { return false; });
  addCmpf(tables, "oeq", [](auto a, auto b) { return a == b; });
  addCmpf(tables, "ogt", [](auto a, auto b) { return a > b; });
  addCmpf(tables, "oge", [](auto a, auto b) { return a >= b; });
  addCmpf(tables, "olt", [](auto a, auto b) { return a < b; });
  addCmpf(tables, "ole", [](auto a, auto b) { return a <= b; });
  addCmpf(tables, "one", [](auto a, auto b) { return a < b || a > b; });
  addCmpf(tables, "ord", [](auto a, auto b) { return a == a && b == b; });
  addCmpf(tables, "ueq", [](auto a, auto b) { return !(a < b || a > b); });
  addCmpf(tables, "ugt", [](auto a, auto b) { return !(a <= b); });
  addCmpf(tables, "uge", [](auto a, auto b) { return !(a < b); });
  addCmpf(tables, "ult", [](auto a, auto b) { return !(a >= b); });
  addCmpf(tables, "ule", [](auto a, auto b) { return !(a > b); });
  addCmpf(tables, "une", [](auto a, auto b) { return !(a == b); });
  addCmpf(tables, "uno", [](auto a, auto b) { return a != a || b != b; });
  addCmpf(tables, "true", [](auto, auto) { return true; });
}

void declareConversions(OpTables &tables) {
  using Types = ConversionTypes;
  auto zeroExtend = [](uint64_t v, Types types) { return truncated(v, types.to); };
  auto signExtend = [](uint64_t v, Types types) { return truncated(uint64_t(extended(v, types.from)), types.to); };
  addConversion(tables, "arith.extui", zeroExtend);
  addConversion(tables, "arith.trunci", zeroExtend);
  addConversion(tables, "arith.index_castui", zeroExtend);
  addConversion(tables, "arith.bitcast", zeroExtend);
  addConversion(tables, "llvm.bitcast", zeroExtend);
  addConversion(tables, "pto.castptr", zeroExtend);
  addConversion(tables, "arith.extsi", signExtend);
  addConversion(tables, "arith.index_cast", signExtend);
  addConversion(tables, "arith.negf", [](uint64_t v, Types types) { return v ^ uint64_t(1) << (types.to - 1); });

  auto refloat = [](uint64_t v, Types types) { return fromDouble(toDouble(v, types.fromFloat), types.toFloat); };
  addConversion(tables, "arith.extf", refloat);
  addConversion(tables, "arith.truncf", refloat);
  addConversion(tables, "arith.sitofp", [](uint64_t v, Types types) {
    return fromInteger(uint64_t(extended(v, types.from)), true, types.toFloat);
  });
  addConversion(tables, "arith.uitofp", [](uint64_t v, Types types) { return fromInteger(v, false, types.toFloat); });
  addConversion(tables, "arith.fptosi",
                [](uint64_t v, Types types) { return toInteger(toDouble(v, types.fromFloat), types.to, true); });
  addConversion(tables, "arith.fptoui",
                [](uint64_t v, Types types) { return toInteger(toDouble(v, types.fromFloat), types.to, false); });
}

} // namespace

void declareScalars(OpTables &tables) {
  declareIntegers(tables);
  declareFloats(tables);
  declareConversions(tables);
  declareScalarMath(tables);
  tables.core.add("arith.select", "scalar", Code(Pipe::S, selectScalar<OneScalar>));
  tables.core.add("arith.select", "wide", Code(Pipe::S, selectWide));
  tables.threads.add("arith.select", "scalar", Code(Pipe::V, selectScalar<EachThread>));
}

} // namespace pto::sim::PTO_SIM_BUILD
