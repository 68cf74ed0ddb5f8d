// The words of random kernels: lane types, and the instructions with what they take and give.
#pragma once

#include "compiler/dialect/Tokens.h"
#include "compiler/dialect/Types.h"

namespace pto::tests {

// A type that lanes may have, and how its scalars and constants are written.
struct Lane {
  const char *name, *scalar, *constant, *mask;
  unsigned lanes;
  ir::LaneSet set;
};

inline constexpr Lane laneTypes[] = {
    {"i8", "i8", "3 : i8", "b8", 256, ir::laneI8},
    {"si8", "i8", "-3 : i8", "b8", 256, ir::laneI8},
    {"ui8", "i8", "200 : i8", "b8", 256, ir::laneU8},
    {"i16", "i16", "-300 : i16", "b16", 128, ir::laneI16},
    {"si16", "i16", "300 : i16", "b16", 128, ir::laneI16},
    {"ui16", "i16", "5 : i16", "b16", 128, ir::laneU16},
    {"i32", "i32", "7 : i32", "b32", 64, ir::laneI32},
    {"si32", "i32", "-7 : i32", "b32", 64, ir::laneI32},
    {"ui32", "i32", "9 : i32", "b32", 64, ir::laneU32},
    {"i64", "i64", "1 : i64", "b32", 32, ir::laneI64},
    {"si64", "i64", "2 : i64", "b32", 32, ir::laneI64},
    {"ui64", "i64", "3 : i64", "b32", 32, ir::laneU64},
    {"f16", "f16", "0.5 : f16", "b16", 128, ir::laneF16},
    {"bf16", "bf16", "-0.5 : bf16", "b16", 128, ir::laneBF16},
    {"f32", "f32", "1.25 : f32", "b32", 64, ir::laneF32},
    {"f8E4M3FN", "f8E4M3FN", "0.5 : f8E4M3FN", "b8", 256, ir::laneF8},
    {"f8E5M2", "f8E5M2", "0.5 : f8E5M2", "b8", 256, ir::laneF8},
};

// MNEMONIC OPERANDS [, "TOKEN"] : TYPES -> TYPES. A letter is an operand or a result: v a vector, m its
// predicate, s a scalar of the lanes' type, h an i16.
struct Form {
  const char *mnemonic, *operands, *results;
  ir::LaneSet lanes;
  const ir::TokenSet *token = nullptr;
};

inline constexpr ir::LaneSet word32Lanes = ir::LaneSet(ir::int32Lanes | ir::laneF32);
/// Whose sums have the same type.
inline constexpr ir::LaneSet sumLanes = ir::LaneSet(ir::int32Lanes | ir::floatLanes);

inline constexpr Form forms[] = {
    {"vabs", "vm", "v", ir::absLanes},
    {"vneg", "vm", "v", ir::negLanes},
    {"vexp", "vm", "v", ir::floatLanes},
    {"vln", "vm", "v", ir::floatLanes},
    {"vsqrt", "vm", "v", ir::floatLanes},
    {"vrelu", "vm", "v", ir::reluLanes},
    {"vnot", "vm", "v", ir::anyLanes},
    {"vadd", "vvm", "v", ir::orderLanes},
    {"vsub", "vvm", "v", ir::orderLanes},
    {"vmul", "vvm", "v", ir::mulLanes},
    {"vdiv", "vvm", "v", ir::floatLanes},
    {"vmax", "vvm", "v", ir::orderLanes},
    {"vmin", "vvm", "v", ir::orderLanes},
    {"vand", "vvm", "v", ir::anyLanes},
    {"vor", "vvm", "v", ir::anyLanes},
    {"vxor", "vvm", "v", ir::anyLanes},
    {"vshl", "vvm", "v", ir::intLanes},
    {"vshr", "vvm", "v", ir::intLanes},
    {"vaddc", "vvm", "vm", ir::int32Lanes},
    {"vsubc", "vvm", "vm", ir::int32Lanes},
    {"vaddcs", "vvmm", "vm", ir::int32Lanes},
    {"vsubcs", "vvmm", "vm", ir::int32Lanes},
    {"vmull", "vvm", "vv", ir::int32Lanes},
    {"vadds", "vsm", "v", ir::orderLanes},
    {"vmuls", "vsm", "v", ir::scaleLanes},
    {"vmaxs", "vsm", "v", ir::orderLanes},
    {"vmins", "vsm", "v", ir::orderLanes},
    {"vlrelu", "vsm", "v", ir::floatLanes},
    {"vshls", "vhm", "v", ir::intLanes},
    {"vshrs", "vhm", "v", ir::intLanes},
    {"vmula", "vvvm", "v", ir::mulLanes},
    {"vmadd", "vvvm", "v", ir::realLanes},
    {"vaxpy", "vvsm", "v", ir::floatLanes},
    {"vprelu", "vvm", "v", ir::floatLanes},
    {"vbr", "s", "v", ir::anyLanes},
    {"vdup", "sm", "v", ir::anyLanes},
    {"vdup", "vm", "v", ir::anyLanes},
    {"vsel", "vvm", "v", ir::anyLanes},
    {"vsqz", "vm", "v", ir::absLanes},
    {"vusqz", "vm", "v", ir::intLanes},
    {"vintlv", "vv", "vv", ir::anyLanes},
    {"vdintlv", "vv", "vv", ir::anyLanes},
    {"vintlvv2", "vv", "v", ir::anyLanes, &ir::tokens::halves},
    {"vdintlvv2", "vv", "v", ir::anyLanes, &ir::tokens::halves},
    {"vcadd", "vm", "v", sumLanes},
    {"vcmax", "vm", "v", ir::scaleLanes},
    {"vcmin", "vm", "v", ir::scaleLanes},
    {"vcbmax", "vm", "vm", ir::scaleLanes},
    {"vcbmin", "vm", "vm", ir::scaleLanes},
    {"vcgadd", "vm", "v", sumLanes},
    {"vcgmax", "vm", "v", ir::scaleLanes},
    {"vcgmin", "vm", "v", ir::scaleLanes},
    {"vcpadd", "vm", "v", ir::floatLanes},
    {"vci", "s", "v", ir::negLanes},
    {"pand", "mmm", "m", ir::anyLanes},
    {"por", "mmm", "m", ir::anyLanes},
    {"pxor", "mmm", "m", ir::anyLanes},
    {"psel", "mmm", "m", ir::anyLanes},
    {"pnot", "mm", "m", ir::anyLanes},
    {"pbitcast", "m", "m", ir::anyLanes},
    {"ppack", "m", "m", ir::anyLanes, &ir::tokens::halves},
    {"punpack", "m", "m", ir::anyLanes, &ir::tokens::halves},
    {"vcmp", "vvm", "m", ir::anyLanes, &ir::tokens::comparisons},
    {"vcmps", "vsm", "m", ir::anyLanes, &ir::tokens::comparisons},
    {"vexpdif", "vvm", "v", ir::f32Lanes, &ir::tokens::evenOdd},
    {"vtrc", "vm", "v", ir::realLanes, &ir::tokens::truncations},
};

// An instruction with a form of its own. $ and a small letter is a value, $ and a capital its type: v a vector,
// m its predicate, p a pointer into ub, i a vector of indices as wide as the lanes, a an alignment state;
// x an index, c a constant one, h an i16, k an i32, n an i64.
struct Sentence {
  ir::LaneSet lanes;
  const char *results;
  const char *text;
};

inline constexpr ir::LaneSet int16Lanes = ir::LaneSet(ir::laneI16 | ir::laneU16);

inline constexpr Sentence sentences[] = {
    {ir::anyLanes, "VV", "vldsx2 $p[$x], \"DINTLV_B8\" : $P, index -> $V, $V"},
    {ir::anyLanes, "", "vstsx2 $v, $v, $p[$x], \"INTLV_B16\", $m : $V, $V, $P, index, $M"},
    {ir::anyLanes, "V", "vsldb $p, $h, $h, $m : $P, i16, i16, $M -> $V"},
    {ir::anyLanes, "", "vsstb $v, $p, $h, $h, $m : $V, $P, i16, i16, $M"},
    {ir::anyLanes, "P", "vsstb $v, $p, $h, $h, $m : $V, $P, i16, i16, $M -> $P"},
    {ir::anyLanes, "VP", "vlds $p[$x] : $P -> $V, $P"},
    {ir::anyLanes, "A", "vldas $p : $P -> $A"},
    {ir::anyLanes, "VA", "vldus $p, $a : $P, $A -> $V, $A"},
    {ir::anyLanes, "A", "vstus $a, $k, $v, $p : $A, i32, $V, $P -> $A"},
    {ir::anyLanes, "A", "vstur $a, $v, $p, \"POST_UPDATE\" : $A, $V, $P -> $A"},
    {ir::anyLanes, "", "vstas $a, $p, $k : $A, $P, i32"},
    {ir::anyLanes, "", "vstar $a, $p : $A, $P"},
    {ir::mulLanes, "V", "vgather2 $p, $i, $m : $P, $I, $M -> $V"},
    {word32Lanes, "V", "vgatherb $p, $i, $m : $P, $I, $M -> $V"},
    {word32Lanes, "V", "vgather2_bc $p, $i, $m : $P, $I, $M -> $V"},
    {ir::mulLanes, "", "vscatter $v, $p, $i, $m : $V, $P, $I, $M"},
    {ir::anyLanes, "V", "vselr $v, $i : $V, $I -> $V"},
    {ir::anyLanes, "V", "vselrv2 $v, $i : $V, $I -> $V"},
    {ir::anyLanes, "I", "vbitcast $v : $V -> $I"},
    {ir::int32Lanes, "H", "vpack $v, \"HIGHER\" : $V -> $H"},
    {int16Lanes, "W", "vsunpack $v, $x : $V -> $W"},
    {int16Lanes, "W", "vzunpack $v, $x : $V -> $W"},
    {ir::int32Lanes, "H", "vcvt $v, $m {sat = \"SAT\", part = \"EVEN\"} : $V, $M -> $H"},
    {ir::anyLanes, "M", "plds $p[$x], \"US\" : $P, index -> $M"},
    {ir::anyLanes, "M", "pldi $p[$c], \"NORM\" : $P, index -> $M"},
    {ir::anyLanes, "", "psts $m, $p[$x], \"PK\" : $M, $P, index"},
    {ir::anyLanes, "", "psti $m, $p[$c], \"NORM\" : $M, $P, index"},
    {ir::LaneSet(ir::laneU16 | ir::laneU32), "AP", "pstu $a, $m, $p : $A, $M, $P -> $A, $P"},
    {ir::laneU8, "MM", "pintlv_b8 $m, $m : $M, $M -> $M, $M"},
    {ir::laneU16, "MM", "pintlv_b16 $m, $m : $M, $M -> $M, $M"},
    {ir::laneU32, "MM", "pintlv_b32 $m, $m : $M, $M -> $M, $M"},
    {ir::laneU8, "MM", "pdintlv_b8 $m, $m : $M, $M -> $M, $M"},
    {ir::laneU16, "MM", "pdintlv_b16 $m, $m : $M, $M -> $M, $M"},
    {ir::laneU32, "MM", "pdintlv_b32 $m, $m : $M, $M -> $M, $M"},
};

} // namespace pto::tests
