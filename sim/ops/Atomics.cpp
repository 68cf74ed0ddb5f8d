// Sums are rounded once, to nearest even, and integers wrap; a NaN wins, and +0 is above -0, as in vector instructions.
#include "sim/ops/Atomics.h"
#include "sim/ops/ScalarFloat.h"
#include "sim/run/Core.h"
#include "llvm/Support/FormatVariadic.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace pto::sim {

namespace {

enum Operation { Add, Max, Min, operationCount };

template <class T, Operation Op>
void combineIntegers(uint8_t *to, const uint8_t *from) {
  T a, b;
  std::memcpy(&a, to, sizeof(T));
  std::memcpy(&b, from, sizeof(T));
  T result = Op == Add ? T(uint64_t(a) + uint64_t(b)) : Op == Max ? std::max(a, b) : std::min(a, b);
  std::memcpy(to, &result, sizeof(T));
}

double larger(double a, double b) {
  if (a != a || b != b)
    return NAN;
  return a > b || (a == b && std::signbit(b)) ? a : b;
}

template <ScalarFloat Type, size_t Bytes, Operation Op>
void combineFloats(uint8_t *to, const uint8_t *from) {
  uint64_t bits[2] = {};
  std::memcpy(&bits[0], to, Bytes);
  std::memcpy(&bits[1], from, Bytes);
  double a = toDouble(bits[0], Type), b = toDouble(bits[1], Type);
  uint64_t result = fromDouble(Op == Add ? a + b : Op == Max ? larger(a, b) : -larger(-a, -b), Type);
  std::memcpy(to, &result, Bytes);
}

using Operations = std::array<AtomicStore, operationCount>;

template <class T>
constexpr Operations integers = {
    {{sizeof(T), combineIntegers<T, Add>}, {sizeof(T), combineIntegers<T, Max>}, {sizeof(T), combineIntegers<T, Min>}}};
template <ScalarFloat Type, size_t Bytes>
constexpr Operations floats = {{{Bytes, combineFloats<Type, Bytes, Add>},
                                {Bytes, combineFloats<Type, Bytes, Max>},
                                {Bytes, combineFloats<Type, Bytes, Min>}}};

// By the code in bits 8 to 6, from 1.
constexpr Operations byType[] = {
    floats<ScalarFloat::F32, 4>, floats<ScalarFloat::F16, 2>, integers<int16_t>, integers<int32_t>, integers<int8_t>,
    floats<ScalarFloat::BF16, 2>};

} // namespace

const AtomicStore *atomicStore(const Control &control) {
  unsigned type = control.atomicType() - 1, operation = control.atomicOperation();
  return type < std::size(byType) && operation < operationCount ? &byType[type][operation] : nullptr;
}

std::optional<const AtomicStore *> atomicStoreOf(Core &core, const Instruction &at, int64_t elementBytes) {
  const Control &control = core.control;
  if (control.atomicType() == 0)
    return nullptr;
  const AtomicStore *atomic = atomicStore(control);
  if (atomic && atomic->elementBytes == elementBytes)
    return atomic;
  core.fault(at, Fault::Kind::Illegal,
             llvm::formatv("stores elements of {0} bytes; CTRL's atomic type {1} and operation {2} do not fit",
                           elementBytes, control.atomicType(), control.atomicOperation()));
  return std::nullopt;
}

} // namespace pto::sim
