// Sums are rounded once, to nearest even, and integers wrap; a NaN wins, and +0 is above -0, as in vector instructions.
#define PTO_SIM_BUILD portable
#include "sim/ops/threads/Atomic.h"
#include "sim/ops/ScalarLanes.h"
#include "sim/ops/lanes/Arithmetic.h"
#include <algorithm>

namespace pto::sim {

using namespace portable;

namespace {

// A pair is its element type in here.
template <class T>
struct Pair {};

template <AtomicOperation Op, class T>
T combined(T old, T value) {
  switch (Op) {
  case AtomicOperation::Add:
    return old + value;
  case AtomicOperation::Sub:
    return old - value;
  case AtomicOperation::Min:
    return smaller(old, value);
  case AtomicOperation::Max:
    return larger(old, value);
  default:
    return value;
  }
}

template <AtomicOperation Op, class T>
struct Function {
  static uint64_t run(uint64_t old, uint64_t value) {
    if constexpr (isHalf<T> || std::is_same_v<T, float>) {
      return Op == AtomicOperation::Exch ? value : bitsOf<T>(combined<Op>(valueOf<T>(old), valueOf<T>(value)));
    } else if constexpr (Op == AtomicOperation::And) {
      return old & value;
    } else if constexpr (Op == AtomicOperation::Or) {
      return old | value;
    } else if constexpr (Op == AtomicOperation::Xor) {
      return old ^ value;
    } else if constexpr (Op == AtomicOperation::Min || Op == AtomicOperation::Max) {
      return std::make_unsigned_t<T>(combined<Op>(T(old), T(value)));
    } else {
      return combined<Op>(old, value); // wraps; the bits beyond the type are not written
    }
  }
};

template <AtomicOperation Op, class T>
struct Function<Op, Pair<T>> {
  static uint64_t run(uint64_t old, uint64_t value) {
    constexpr uint64_t low = 0xffff;
    return Function<Op, T>::run(old & low, value & low) | Function<Op, T>::run(old >> 16, value >> 16) << 16;
  }
};

template <AtomicOperation Op>
constexpr AtomicFunction byType[] = {
    Function<Op, int32_t>::run,  Function<Op, uint32_t>::run,  Function<Op, int64_t>::run,
    Function<Op, uint64_t>::run, Function<Op, F16>::run,       Function<Op, BF16>::run,
    Function<Op, float>::run,    Function<Op, Pair<F16>>::run, Function<Op, Pair<BF16>>::run};

} // namespace

AtomicFunction atomicFunction(AtomicOperation operation, AtomicType type) {
  using enum AtomicOperation;
  static constexpr const AtomicFunction *all[] = {byType<Exch>, byType<Add>, byType<Sub>, byType<Min>, byType<Max>,
                                                  byType<And>,  byType<Or>,  byType<Xor>, byType<Exch>};
  return all[unsigned(operation)][unsigned(type)];
}

} // namespace pto::sim
