// The 16-bit floats, and their conversion from and to f32 a chunk at a time.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#ifdef __F16C__
#include <immintrin.h>
#endif

namespace pto::sim::PTO_SIM_BUILD {

struct F16 {
  uint16_t bits;
};
struct BF16 {
  uint16_t bits;
};

/// Lanes converted at a time: one vector of f32.
#ifdef __AVX512F__
inline constexpr size_t chunk = 16;
#else
inline constexpr size_t chunk = 8;
#endif

// The conversions to 16 bits round to nearest even. They see NaN only as the quiet ones of Lanes.h; to bf16, only as
// the canonical one.

[[gnu::always_inline]] inline float widen(F16 value) {
  // Moving exponent and fraction into f32's place leaves the exponent 112 short; multiplying by 2^112 repairs
  // that and normalizes subnormals on the way.
  uint32_t magnitude = uint32_t(value.bits & 0x7fff) << 13;
  uint32_t sign = uint32_t(value.bits & 0x8000) << 16;
  uint32_t finite = std::bit_cast<uint32_t>(std::bit_cast<float>(magnitude) * 0x1p112f);
  uint32_t special = magnitude >= (0x7c00u << 13) ? 0x7f800000u : 0;
  return std::bit_cast<float>(finite | special | sign);
}

[[gnu::always_inline]] inline float widen(BF16 value) {
  return std::bit_cast<float>(uint32_t(value.bits) << 16);
}

[[gnu::always_inline]] inline void narrow(float value, F16 &to) {
  uint32_t bits = std::bit_cast<uint32_t>(value);
  uint32_t sign = bits >> 16 & 0x8000;
  uint32_t magnitude = bits & 0x7fffffff;
  // Normal results: rebias the exponent and round the 13 bits that go.
  uint32_t normal = (magnitude - (112u << 23) + 0xfff + (magnitude >> 13 & 1)) >> 13;
  // Subnormal results: adding 0.5 lines the fraction up with f16's last place, and rounds.
  uint32_t subnormal = std::bit_cast<uint32_t>(std::bit_cast<float>(magnitude) + 0.5f) - std::bit_cast<uint32_t>(0.5f);
  uint32_t result = magnitude < (113u << 23) ? subnormal : normal;
  result = magnitude >= std::bit_cast<uint32_t>(65520.0f) ? 0x7c00 : result;
  result = magnitude > 0x7f800000 ? 0x7c00 | (magnitude >> 13 & 0x3ff) : result;
  to.bits = uint16_t(result | sign);
}

[[gnu::always_inline]] inline void narrow(float value, BF16 &to) {
  uint32_t bits = std::bit_cast<uint32_t>(value);
  to.bits = uint16_t((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}

/// Whether conversions have an instruction for a whole chunk of lanes.
template <class T>
inline constexpr bool convertsInChunks = false;

#ifdef __F16C__
template <>
inline constexpr bool convertsInChunks<F16> = true;

// The zero-masking forms of the 512-bit intrinsics: the plain ones make GCC 12 warn of its own headers.
[[gnu::always_inline]] inline void widenChunk(const uint8_t *from, float (&to)[chunk]) {
#ifdef __AVX512F__
  __m256i halves = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(from));
  _mm512_storeu_ps(to, _mm512_maskz_cvtph_ps(0xffff, halves));
#else
  _mm256_storeu_ps(to, _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i *>(from))));
#endif
}

[[gnu::always_inline]] inline void narrowChunk(const float (&from)[chunk], uint16_t (&to)[chunk]) {
  constexpr int rounding = _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC;
#ifdef __AVX512F__
  _mm256_storeu_si256(reinterpret_cast<__m256i *>(to), _mm512_maskz_cvtps_ph(0xffff, _mm512_loadu_ps(from), rounding));
#else
  _mm_storeu_si128(reinterpret_cast<__m128i *>(to), _mm256_cvtps_ph(_mm256_loadu_ps(from), rounding));
#endif
}
#else
void widenChunk(const uint8_t *from, float (&to)[chunk]);
void narrowChunk(const float (&from)[chunk], uint16_t (&to)[chunk]);
#endif

} // namespace pto::sim::PTO_SIM_BUILD
