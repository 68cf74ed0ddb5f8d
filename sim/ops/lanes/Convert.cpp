// Conversions between lane types. Where their widths differ, lanes go by the place of a wider one, in which the
// conversion's part says which narrower lane it is about; a result's other narrower lanes are zero. The predicate is
// that of the source.
#include "sim/ops/Conversions.h"
#include "sim/ops/lanes/ConvertValue.h"
#include "sim/ops/lanes/Declare.h"

namespace pto::sim::PTO_SIM_BUILD {

template <class From, class To, class Mode, bool Saturates>
[[gnu::always_inline]] inline void convertLanes(uint8_t *__restrict d, const uint8_t *__restrict s,
                                                const uint8_t *__restrict mask, unsigned part) {
  using Word = typename BitsOfSize<std::max(sizeof(From), sizeof(To))>::type;
  const unsigned from = sizeof(From) < sizeof(Word) ? 8 * sizeof(From) * part : 0;
  const unsigned to = sizeof(To) < sizeof(Word) ? 8 * sizeof(To) * part : 0;
  if constexpr (std::is_same_v<From, float> && convertsInChunks<To> && std::is_same_v<Mode, NearestEven>) {
    // The most used one, which has an instruction.
    for (size_t base = 0; base < laneCount<Word>; base += chunk) {
      float values[chunk];
      uint16_t halves[chunk];
#pragma GCC unroll 1
      for (size_t i = 0; i < chunk; ++i)
        values[i] = canonical(get<float>(s, base + i));
      narrowChunk(values, halves);
      for (size_t i = 0; i < chunk; ++i) {
        Word active = Word(0 - (get<Word>(mask, base + i) & 1));
        put<Word>(d, base + i, Word(Word(Saturates ? finiteHalf(halves[i]) : halves[i]) << to & active));
      }
    }
    return;
  }
  for (size_t i = 0; i < laneCount<Word>; ++i) {
    From value = std::bit_cast<From>(Bits<From>(get<Word>(s, i) >> from));
    Word active = Word(0 - (get<Word>(mask, i) >> from & 1));
    Word result = converted<To, Mode, Saturates>(value);
    put<Word>(d, i, Word(Word(result << to) & active));
  }
}

// Pairs of bf16 and of 4 bits: a word holds two of the former, and a byte of it both of the latter.
template <class To, class Mode, class From>
[[gnu::always_inline]] inline uint32_t convertedPair(uint32_t pair) {
  auto half = [pair](unsigned at) {
    return uint32_t(converted<To, Mode, true>(From{decltype(From::bits)(pair >> at)}));
  };
  return half(0) | half(bitsOfType<From>) << bitsOfType<To>;
}

template <class From, class To, class Mode>
static const Instruction *convertPairs(Core &core, const Instruction &at) {
  unsigned place = at.carried<ConversionForm>().part;
  constexpr bool isNarrowing = bitsOfType<To> < bitsOfType<From>;
  unsigned from = isNarrowing ? 0 : 8 * place, to = isNarrowing ? 8 * place : 0, bit = isNarrowing ? 0 : place;
  uint8_t *__restrict d = core.wide(at.result[0]);
  const uint8_t *__restrict s = core.wide(at.operand[0]), *__restrict mask = core.wide(at.operand[1]);
  for (size_t i = 0; i < laneCount<uint32_t>; ++i) {
    uint32_t active = 0 - uint32_t(mask[4 * i + bit] & 1);
    put<uint32_t>(d, i, convertedPair<To, Mode, From>(get<uint32_t>(s, i) >> from) << to & active);
  }
  return &at + 1;
}

template <class From, class To, class Mode>
static const Instruction *convert(Core &core, const Instruction &at) {
  auto form = at.carried<ConversionForm>();
  uint8_t *d = core.wide(at.result[0]);
  const uint8_t *s = core.wide(at.operand[0]), *mask = core.wide(at.operand[1]);
  if (core.control.saturatesConversion(isAnyFloat<To>, form.saturates))
    convertLanes<From, To, Mode, true>(d, s, mask, form.part);
  else
    convertLanes<From, To, Mode, false>(d, s, mask, form.part);
  return &at + 1;
}

// The variants of vcvt are named after the result, and the rounding mode where something can get lost.

template <class Mode, LaneType Type, class From, LaneType ToType, class To>
static void add(OpTable &table, const std::string &variant, As<Type, From>, As<ToType, To>) {
  table.add("pto.vcvt", variant, Type, Code(Pipe::V, convert<From, To, Mode>));
}

template <class From, class To>
static void exact(OpTable &table, const char *result, From from, To to) {
  add<Truncate>(table, result, from, to);
}

template <class From, class To>
static void rounded(OpTable &table, const std::string &result, From from, To to) {
  add<NearestEven>(table, result + " R", from, to);
  add<NearestAway>(table, result + " A", from, to);
  add<Floor>(table, result + " F", from, to);
  add<Ceiling>(table, result + " C", from, to);
  add<Truncate>(table, result + " Z", from, to);
}

template <LaneType Pair, class Small>
static void pairs(OpTable &table, llvm::StringRef name) {
  auto narrow = [&](llvm::StringRef mode, Handler handler) {
    table.add("pto.vcvt", (name + mode).str(), LaneType::BF16, Code(Pipe::V, handler));
  };
  narrow(" R", convertPairs<BF16, Small, NearestEven>);
  narrow(" A", convertPairs<BF16, Small, NearestAway>);
  narrow(" F", convertPairs<BF16, Small, Floor>);
  narrow(" C", convertPairs<BF16, Small, Ceiling>);
  narrow(" Z", convertPairs<BF16, Small, Truncate>);
  table.add("pto.vcvt", "bf16", Pair, Code(Pipe::V, convertPairs<Small, BF16, Truncate>));
}

template <class T, class Mode>
static const Instruction *truncate(Core &core, const Instruction &at) {
  mapLanes<T>(
      core.wide(at.result[0]), core.wide(at.operand[1]), [](float s) { return Mode::integral(s); },
      core.wide(at.operand[0]));
  return &at + 1;
}

template <LaneType Type, class T>
static void truncations(OpTable &table, As<Type, T>) {
  auto add = [&](llvm::StringRef mode, Handler handler) { table.add("pto.vtrc", mode, Type, Code(Pipe::V, handler)); };
  add("R", truncate<T, NearestEven>);
  add("A", truncate<T, NearestAway>);
  add("F", truncate<T, Floor>);
  add("C", truncate<T, Ceiling>);
  add("Z", truncate<T, Truncate>);
}

void declareConvert(OpTable &table) {
  constexpr As<LaneType::S8, int8_t> s8;
  constexpr As<LaneType::S16, int16_t> s16;
  constexpr As<LaneType::S32, int32_t> s32;
  constexpr As<LaneType::S64, int64_t> s64;
  constexpr As<LaneType::U8, uint8_t> u8;
  constexpr As<LaneType::U16, uint16_t> u16;
  constexpr As<LaneType::U32, uint32_t> u32;
  constexpr As<LaneType::F16, F16> f16;
  constexpr As<LaneType::BF16, BF16> bf16;
  constexpr As<LaneType::F32, float> f32;
  constexpr As<LaneType::F8E4M3, F8E4M3> e4m3;
  constexpr As<LaneType::F8E5M2, F8E5M2> e5m2;
  constexpr As<LaneType::HiF8, HiF8> hif8;

  // Float to float.
  rounded(table, "f16", f32, f16);
  add<Odd>(table, "f16 O", f32, f16);
  rounded(table, "bf16", f32, bf16);
  rounded(table, "f16", bf16, f16);
  rounded(table, "bf16", f16, bf16);
  exact(table, "f32", f16, f32);
  exact(table, "f32", bf16, f32);
  add<NearestEven>(table, "f8E4M3FN R", f32, e4m3);
  add<NearestEven>(table, "f8E5M2 R", f32, e5m2);
  add<NearestEven>(table, "f8E4M3FN R", f16, e4m3);
  add<NearestEven>(table, "f8E5M2 R", f16, e5m2);
  add<NearestEven>(table, "f8E4M3FN R", bf16, e4m3);
  add<NearestEven>(table, "f8E5M2 R", bf16, e5m2);
  exact(table, "f32", e4m3, f32);
  exact(table, "f32", e5m2, f32);
  add<NearestAway>(table, "hif8 A", f32, hif8);
  add<Hybrid>(table, "hif8 H", f32, hif8);
  add<NearestAway>(table, "hif8 A", f16, hif8);
  add<Hybrid>(table, "hif8 H", f16, hif8);
  exact(table, "f32", hif8, f32);
  exact(table, "f16", hif8, f16);
  pairs<LaneType::F4E2M1x2, F4E2M1>(table, "f4E2M1x2");
  pairs<LaneType::F4E1M2x2, F4E1M2>(table, "f4E1M2x2");

  // Float to integer.
  rounded(table, "i64", f32, s64);
  rounded(table, "i32", f32, s32);
  rounded(table, "i16", f32, s16);
  rounded(table, "i32", f16, s32);
  rounded(table, "i16", f16, s16);
  rounded(table, "i8", f16, s8);
  rounded(table, "ui8", f16, u8);
  rounded(table, "i32", bf16, s32);

  // Integer to float.
  exact(table, "f16", u8, f16);
  exact(table, "f16", s8, f16);
  rounded(table, "f16", s16, f16);
  exact(table, "f32", s16, f32);
  rounded(table, "f32", s32, f32);
  rounded(table, "f32", s64, f32);

  // Integer to integer.
  exact(table, "ui16", u8, u16);
  exact(table, "ui32", u8, u32);
  exact(table, "i16", s8, s16);
  exact(table, "i32", s8, s32);
  exact(table, "ui8", u16, u8);
  exact(table, "ui32", u16, u32);
  exact(table, "ui8", s16, u8);
  exact(table, "ui32", s16, u32);
  exact(table, "i32", s16, s32);
  exact(table, "ui8", u32, u8);
  exact(table, "ui16", u32, u16);
  exact(table, "i16", u32, s16);
  exact(table, "ui8", s32, u8);
  exact(table, "ui16", s32, u16);
  exact(table, "i16", s32, s16);
  exact(table, "i64", s32, s64);
  exact(table, "i32", s64, s32);

  truncations(table, f16);
  truncations(table, bf16);
  truncations(table, f32);
}

} // namespace pto::sim::PTO_SIM_BUILD
