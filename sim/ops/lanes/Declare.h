// How a lane-wise instruction is declared: its name, the types of its lanes, and what one lane computes.
#pragma once

#include "sim/ops/lanes/Lanes.h"
#include "sim/ops/lanes/Overflow.h"
#include <utility>

namespace pto::sim::PTO_SIM_BUILD {

/// Lanes of type `Type`, computed as the C++ type `Cpp`.
template <LaneType Type, class Cpp>
struct As {};
template <class... Lanes>
struct LaneSet {};

// 64-bit lanes are the toolkit's software; the hardware only loads and stores them.
using Signed = LaneSet<As<LaneType::S8, int8_t>, As<LaneType::S16, int16_t>, As<LaneType::S32, int32_t>>;
using Unsigned = LaneSet<As<LaneType::U8, uint8_t>, As<LaneType::U16, uint16_t>, As<LaneType::U32, uint32_t>>;
/// For what does not depend on the sign: the same code for both, and no overflow to worry about.
using Integers = LaneSet<As<LaneType::S8, uint8_t>, As<LaneType::U8, uint8_t>, As<LaneType::S16, uint16_t>,
                         As<LaneType::U16, uint16_t>, As<LaneType::S32, uint32_t>, As<LaneType::U32, uint32_t>>;
/// What there are multipliers for.
using Factors = LaneSet<As<LaneType::S16, uint16_t>, As<LaneType::U16, uint16_t>, As<LaneType::S32, uint32_t>,
                        As<LaneType::U32, uint32_t>>;
using SignedWord = LaneSet<As<LaneType::S32, int32_t>>;
using Float = LaneSet<As<LaneType::F32, float>>;
using Half = LaneSet<As<LaneType::F16, F16>>;
using BFloat = LaneSet<As<LaneType::BF16, BF16>>;
using Floats = LaneSet<As<LaneType::F16, F16>, As<LaneType::F32, float>>;
/// Floats as bit patterns.
using FloatPatterns = LaneSet<As<LaneType::F16, uint16_t>, As<LaneType::F32, uint32_t>>;
using AllPatterns = LaneSet<As<LaneType::F16, uint16_t>, As<LaneType::BF16, uint16_t>, As<LaneType::F32, uint32_t>>;

/// The instruction's operand registers are numbered as in the manual's operand list.
template <class T, class Lane>
const Instruction *unaryHandler(Core &core, const Instruction &at) {
  mapLanes<T>(core.wide(at.result[0]), core.wide(at.operand[1]), Lane(), core.wide(at.operand[0]));
  return &at + 1;
}

template <class T, class Lane>
const Instruction *binaryHandler(Core &core, const Instruction &at) {
  mapLanes<T>(core.wide(at.result[0]), core.wide(at.operand[2]), Lane(), core.wide(at.operand[0]),
              core.wide(at.operand[1]));
  return &at + 1;
}

template <class T, class Lane>
const Instruction *ternaryHandler(Core &core, const Instruction &at) {
  mapLanes<T>(core.wide(at.result[0]), core.wide(at.operand[3]), Lane(), core.wide(at.operand[0]),
              core.wide(at.operand[1]), core.wide(at.operand[2]));
  return &at + 1;
}

template <class T, class Lane>
const Instruction *vectorScalarHandler(Core &core, const Instruction &at) {
  Value<T> scalar = scalarValue<T>(core.scalar(at.operand[1]));
  mapLanes<T>(
      core.wide(at.result[0]), core.wide(at.operand[2]), [scalar](Value<T> value) { return Lane()(value, scalar); },
      core.wide(at.operand[0]));
  return &at + 1;
}

/// The shifts by a scalar, which is an i16 whatever the lanes are.
template <class T, class Lane>
const Instruction *vectorCountHandler(Core &core, const Instruction &at) {
  int16_t count = int16_t(core.scalar(at.operand[1]));
  mapLanes<T>(
      core.wide(at.result[0]), core.wide(at.operand[2]), [count](T value) { return Lane()(value, count); },
      core.wide(at.operand[0]));
  return &at + 1;
}

/// vaxpy's order: two vectors, then the scalar.
template <class T, class Lane>
const Instruction *vectorVectorScalarHandler(Core &core, const Instruction &at) {
  Value<T> scalar = scalarValue<T>(core.scalar(at.operand[2]));
  mapLanes<T>(
      core.wide(at.result[0]), core.wide(at.operand[3]),
      [scalar](Value<T> a, Value<T> b) { return Lane()(a, b, scalar); }, core.wide(at.operand[0]),
      core.wide(at.operand[1]));
  return &at + 1;
}

#define PTO_SIM_FORM(NAME, HANDLER)                                                                                    \
  template <LaneType Type, class Cpp, class Lane>                                                                      \
  void NAME(OpTable &table, llvm::StringRef op, As<Type, Cpp>, Lane) {                                                 \
    constexpr Handler plain = HANDLER<Cpp, Lane>;                                                                      \
    if constexpr (!mayOverflow<Cpp, Lane>)                                                                             \
      table.add(op, "", Type, Code(Pipe::V, plain));                                                                   \
    else if constexpr (isIntegerLane<Type>)                                                                            \
      table.add(op, "", Type, Code(Pipe::V, wrapsOrSaturates<plain, HANDLER<Cpp, Saturating<Type, Cpp, Lane>>>));      \
    else                                                                                                               \
      table.add(op, "", Type, Code(Pipe::V, Type == LaneType::F16 ? mayLoseInfinities<plain> : plain));                \
  }                                                                                                                    \
  template <class... Lanes, class Lane>                                                                                \
  void NAME(OpTable &table, llvm::StringRef op, LaneSet<Lanes...>, Lane lane) {                                        \
    (NAME(table, op, Lanes(), lane), ...);                                                                             \
  }

PTO_SIM_FORM(unary, unaryHandler)
PTO_SIM_FORM(binary, binaryHandler)
PTO_SIM_FORM(ternary, ternaryHandler)
PTO_SIM_FORM(vectorScalar, vectorScalarHandler)
PTO_SIM_FORM(vectorCount, vectorCountHandler)
PTO_SIM_FORM(vectorVectorScalar, vectorVectorScalarHandler)
#undef PTO_SIM_FORM

// The families of this build.
void declareUnary(OpTable &table);
void declareBinary(OpTable &table);
void declareVectorScalar(OpTable &table);
void declareFused(OpTable &table);
void declareTranscendental(OpTable &table);
void declareCarry(OpTable &table);
void declareCompare(OpTable &table);
void declareMaterialize(OpTable &table);
void declareConvert(OpTable &table);
void declareReduce(OpTable &table);
void declareMultiply(OpTable &table);
void declareTileFormulas(OpTable &table);
void declareTileReductions(OpTable &table);

} // namespace pto::sim::PTO_SIM_BUILD
