// What the lanes of a warp tell each other. Only active lanes take part.
#define PTO_SIM_BUILD portable
#include "sim/ops/Declarations.h"
#include "sim/ops/ScalarLanes.h"
#include "sim/ops/lanes/Arithmetic.h"
#include "sim/ops/threads/Shuffle.h"
#include "sim/run/Machine.h"
#include "llvm/ADT/STLExtras.h"

namespace pto::sim {

using namespace portable;

namespace {

// vote_*: what all lanes get, of the lanes whose predicate holds and of those that are active.
template <class Result>
void addVote(OpTable &threads, llvm::StringRef op, Result) {
  threads.add(op, Code(Pipe::V, [](Core &core, const Instruction &at) -> const Instruction * {
                Warp &warp = *core.warp;
                const uint64_t *predicate = warp.at(at.operand[0]);
                uint32_t holds = 0;
                for (unsigned i = 0; i < warpSize; ++i)
                  holds |= uint32_t(predicate[i] & 1) << i;
                std::fill_n(warp.at(at.result[0]), warpSize, uint64_t(Result()(holds & warp.active, warp.active)));
                return &at + 1;
              }));
}

// shuffle_*: operands value, control. Where `Source` gives no lane of the warp, a lane keeps its own value.
template <class Source>
void addShuffle(OpTable &threads, llvm::StringRef op, Source) {
  threads.add(op, Code(Pipe::V, [](Core &core, const Instruction &at) -> const Instruction * {
                auto [width] = at.carried<ShuffleWidth>();
                Warp &warp = *core.warp;
                const uint64_t *value = warp.at(at.operand[0]), *control = warp.at(at.operand[1]);
                uint64_t *to = warp.at(at.result[0]);
                uint32_t sources = 0;
                for (unsigned i = 0; i < warpSize; ++i) {
                  uint32_t base = i & ~(width - 1), source = Source()(i, base, width, uint32_t(control[i]));
                  to[i] = value[source];
                  sources |= (warp.active >> i & 1) << source;
                }
                if (uint32_t idle = sources & ~warp.active) [[unlikely]]
                  core.machine.warnOnce(at, "reads the value of " + warp.describe(unsigned(std::countr_zero(idle))) +
                                                ", which does not execute it: undefined on the machine");
                return &at + 1;
              }));
}

// redux_*: a tree over neighbouring lanes; one that is not active counts as `Combine`'s identity.
template <class T, class Combine>
const Instruction *reduce(Core &core, const Instruction &at) {
  Warp &warp = *core.warp;
  const uint64_t *value = warp.at(at.operand[0]);
  std::array<Value<T>, warpSize> tree;
  for (unsigned i = 0; i < warpSize; ++i)
    tree[i] = warp.active >> i & 1 ? valueOf<T>(value[i]) : Combine::template identity<Value<T>>();
  for (unsigned left = warpSize / 2; left > 0; left /= 2)
    for (unsigned i = 0; i < left; ++i) {
      Value<T> sum = Combine::combine(tree[2 * i], tree[2 * i + 1]);
      // Each step is rounded to the type.
      if constexpr (std::is_floating_point_v<Value<T>>)
        sum = valueOf<T>(bitsOf<T>(sum));
      tree[i] = sum;
    }
  uint64_t result;
  if constexpr (std::is_floating_point_v<Value<T>>)
    result = bitsOf<T>(tree[0]);
  else
    result = uint32_t(tree[0]);
  std::fill_n(warp.at(at.result[0]), warpSize, result);
  return &at + 1;
}

struct Sum {
  template <class V>
  static V identity() {
    return 0;
  }
  template <class V>
  static V combine(V a, V b) {
    if constexpr (std::is_integral_v<V>)
      return V(uint32_t(a) + uint32_t(b));
    else
      return a + b;
  }
};
struct Largest {
  template <class V>
  static V identity() {
    return std::is_integral_v<V> ? std::numeric_limits<V>::min() : -std::numeric_limits<V>::infinity();
  }
  template <class V>
  static V combine(V a, V b) {
    return larger(a, b);
  }
};
struct Smallest {
  template <class V>
  static V identity() {
    return std::is_integral_v<V> ? std::numeric_limits<V>::max() : std::numeric_limits<V>::infinity();
  }
  template <class V>
  static V combine(V a, V b) {
    return smaller(a, b);
  }
};

template <class Combine>
void addRedux(OpTable &threads, llvm::StringRef op) {
  threads.add(op, "signed", Code(Pipe::V, reduce<int32_t, Combine>));
  threads.add(op, "unsigned", Code(Pipe::V, reduce<uint32_t, Combine>));
  threads.add(op, "f16", Code(Pipe::V, reduce<F16, Combine>));
  threads.add(op, "f32", Code(Pipe::V, reduce<float, Combine>));
}

} // namespace

void declareThreadLanes(OpTable &threads) {
  addVote(threads, "pto.vote_all", [](uint32_t holds, uint32_t active) { return holds == active; });
  addVote(threads, "pto.vote_any", [](uint32_t holds, uint32_t) { return holds != 0; });
  addVote(threads, "pto.vote_uni", [](uint32_t holds, uint32_t active) { return holds == active || holds == 0; });
  addVote(threads, "pto.vote_ballot", [](uint32_t holds, uint32_t) { return holds; });

  // `lane` and the first lane of its group, which has `width` lanes.
  addShuffle(threads, "pto.shuffle_idx",
             [](uint32_t, uint32_t base, uint32_t width, uint32_t index) { return base + (index & (width - 1)); });
  addShuffle(threads, "pto.shuffle_up", [](uint32_t lane, uint32_t base, uint32_t, uint32_t offset) {
    return offset <= lane - base ? lane - offset : lane;
  });
  addShuffle(threads, "pto.shuffle_down", [](uint32_t lane, uint32_t base, uint32_t width, uint32_t offset) {
    return offset < base + width - lane ? lane + offset : lane;
  });
  // A group below is read, one above is not.
  addShuffle(threads, "pto.shuffle_bfly", [](uint32_t lane, uint32_t base, uint32_t width, uint32_t mask) {
    return (lane ^ mask) < base + width ? lane ^ mask : lane;
  });

  addRedux<Sum>(threads, "pto.redux_add");
  addRedux<Largest>(threads, "pto.redux_max");
  addRedux<Smallest>(threads, "pto.redux_min");
}

} // namespace pto::sim
