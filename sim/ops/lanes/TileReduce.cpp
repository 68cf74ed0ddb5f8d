// Reductions of tiles. Half floats are widened and the result is rounded once; the order of a sum is the same on every
// machine: along a row there are 16 sums of every 16th element, which then are added in pairs, along a column one row
// comes after the other.
#include "sim/ops/lanes/Declare.h"
#include "sim/ops/tiles/Reductions.h"
#include <array>

namespace pto::sim::PTO_SIM_BUILD {

namespace {

constexpr size_t ways = 16, portion = 64;

/// Some elements of a line as what they are computed in.
template <class T>
struct Portion {
  Value<T> values[portion];

  void load(const uint8_t *from, size_t count) {
    alignas(64) uint8_t copy[portion * sizeof(T)];
    if (count < portion) {
      std::memcpy(copy, from, count * sizeof(T));
      std::memset(copy + count * sizeof(T), 0, (portion - count) * sizeof(T));
      from = copy;
    }
    if constexpr (convertsInChunks<T>) {
      for (size_t base = 0; base < portion; base += chunk)
        widenChunk(from + base * sizeof(T), reinterpret_cast<float(&)[chunk]>(values[base]));
    } else {
      for (size_t i = 0; i < portion; ++i) {
        if constexpr (isHalf<T>)
          values[i] = widen(get<T>(from, i));
        else
          values[i] = get<T>(from, i);
      }
    }
  }
};

template <class T>
void store(uint8_t *to, size_t index, Value<T> value) {
  value = canonical(value);
  if constexpr (isHalf<T>) {
    T narrowed;
    narrow(value, narrowed);
    put<T>(to, index, narrowed);
  } else {
    put<T>(to, index, value);
  }
}

struct Sum {
  template <class V>
  V operator()(V a, V b) const {
    return V(a + b);
  }
};
struct Product {
  template <class V>
  V operator()(V a, V b) const {
    return product(a, b);
  }
};
struct Largest {
  template <class V>
  V operator()(V a, V b) const {
    return larger(a, b);
  }
};
struct Smallest {
  template <class V>
  V operator()(V a, V b) const {
    return smaller(a, b);
  }
};

// Folding a value in that many times changes nothing of an extremum; sums and products start from their own.
template <class V, class Fold>
V neutral(V first) {
  if constexpr (std::is_same_v<Fold, Sum>)
    return V(0);
  else if constexpr (std::is_same_v<Fold, Product>)
    return V(1);
  else
    return first;
}

template <class T, class Fold>
void alongRow(const LinesToReduce &from, uint8_t *to) {
  Portion<T> part;
  std::array<Value<T>, ways> ends{};
  for (size_t done = 0, count = size_t(from.count); done < count; done += portion) {
    size_t here = std::min(portion, count - done);
    part.load(from.bytes + done * sizeof(T), here);
    if (done == 0)
      ends.fill(neutral<Value<T>, Fold>(part.values[0]));
    for (size_t i = here; i < portion; ++i)
      part.values[i] = neutral<Value<T>, Fold>(part.values[0]);
    for (size_t base = 0; base < portion; base += ways)
      for (size_t way = 0; way < ways; ++way)
        ends[way] = Fold()(ends[way], part.values[base + way]);
  }
  for (size_t width = ways / 2; width > 0; width /= 2)
    for (size_t way = 0; way < width; ++way)
      ends[way] = Fold()(ends[way], ends[way + width]);
  store<T>(to, 0, ends[0]);
}

template <class T, class Fold>
void alongColumns(const LinesToReduce &from, uint8_t *to) {
  Portion<T> part, sums;
  for (size_t done = 0, count = size_t(from.count); done < count; done += portion) {
    size_t here = std::min(portion, count - done);
    const uint8_t *line = from.bytes + done * sizeof(T);
    sums.load(line, here);
    for (int64_t i = 1; i < from.lines; ++i) {
      part.load(line += from.pitch, here);
      for (size_t column = 0; column < portion; ++column)
        sums.values[column] = Fold()(sums.values[column], part.values[column]);
    }
    for (size_t column = 0; column < here; ++column)
      store<T>(to, done + column, sums.values[column]);
  }
}

/// Whether a value takes the place of the best one before it: of equal ones the first stays.
template <bool Largest>
struct Beats {
  template <class V>
  bool operator()(V value, V best) const {
    return Largest ? value > best : value < best;
  }
};

template <class T, bool Largest>
void placeInRow(const LinesToReduce &from, uint8_t *to) {
  Portion<T> part;
  Value<T> best{};
  uint32_t place = 0;
  for (size_t done = 0, count = size_t(from.count); done < count; done += portion) {
    size_t here = std::min(portion, count - done);
    part.load(from.bytes + done * sizeof(T), here);
    for (size_t i = 0; i < here; ++i)
      if (done + i == 0 || Beats<Largest>()(part.values[i], best))
        best = part.values[i], place = uint32_t(done + i);
  }
  put<uint32_t>(to, 0, place);
}

template <class T, bool Largest>
void placesInColumns(const LinesToReduce &from, uint8_t *to) {
  Portion<T> part, best;
  for (size_t done = 0, count = size_t(from.count); done < count; done += portion) {
    size_t here = std::min(portion, count - done);
    uint32_t places[portion] = {};
    const uint8_t *line = from.bytes + done * sizeof(T);
    best.load(line, here);
    for (int64_t i = 1; i < from.lines; ++i) {
      part.load(line += from.pitch, here);
      for (size_t column = 0; column < portion; ++column)
        if (Beats<Largest>()(part.values[column], best.values[column]))
          best.values[column] = part.values[column], places[column] = uint32_t(i);
    }
    for (size_t column = 0; column < here; ++column)
      put<uint32_t>(to, done + column, places[column]);
  }
}

template <class... Lanes, class Declare>
void forEachType(LaneSet<Lanes...>, Declare declare) {
  (declare(Lanes()), ...);
}

} // namespace

void declareTileReductions(OpTable &table) {
  auto fold = [&]<class Fold>(llvm::StringRef word, Fold) {
    auto add = [&]<LaneType Type, class T>(As<Type, T>) {
      table.reductions[("pto.trow" + word).str()][unsigned(Type)] = alongRow<T, Fold>;
      table.reductions[("pto.tcol" + word).str()][unsigned(Type)] = alongColumns<T, Fold>;
    };
    forEachType(Floats(), add);
    forEachType(BFloat(), add);
    // Sums and products of integers wrap.
    if constexpr (std::is_same_v<Fold, Sum> || std::is_same_v<Fold, Product>) {
      forEachType(Integers(), add);
    } else {
      forEachType(Signed(), add);
      forEachType(Unsigned(), add);
    }
  };
  fold("sum", Sum());
  fold("prod", Product());
  fold("max", Largest());
  fold("min", Smallest());
  auto places = [&]<LaneType Type, class T>(As<Type, T>) {
    table.reductions["pto.trowargmax"][unsigned(Type)] = placeInRow<T, true>;
    table.reductions["pto.trowargmin"][unsigned(Type)] = placeInRow<T, false>;
    table.reductions["pto.tcolargmax"][unsigned(Type)] = placesInColumns<T, true>;
    table.reductions["pto.tcolargmin"][unsigned(Type)] = placesInColumns<T, false>;
  };
  forEachType(Floats(), places);
  forEachType(BFloat(), places);
  forEachType(Signed(), places);
  forEachType(Unsigned(), places);
}

} // namespace pto::sim::PTO_SIM_BUILD
