// The accesses to a memory, against a model that keeps a stamp for every byte.
#include "sim/check/Plane.h"
#include "llvm/ADT/STLExtras.h"
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace pto::sim::testing {
namespace {

constexpr int64_t room = 3 * 4096;

struct Range {
  int64_t address, bytes;
};

rc::Gen<Range> range() {
  return rc::gen::exec([] {
    // Few bytes are as interesting as whole blocks, and the ends of pages more than their middles.
    int64_t address = *rc::gen::oneOf(rc::gen::inRange<int64_t>(0, room), rc::gen::inRange<int64_t>(4064, 4128));
    int64_t bytes = *rc::gen::oneOf(rc::gen::inRange<int64_t>(0, 65), rc::gen::inRange<int64_t>(0, 5000));
    return Range{address, std::min(bytes, room - address)};
  });
}

RC_GTEST_PROP(PlaneLaw, AgreesWithAStampForEveryByte, ()) {
  Plane plane;
  std::vector<Stamp> model(room);
  uint64_t time = 1;
  int steps = *rc::gen::inRange(1, 40);
  for (int step = 0; step < steps; ++step) {
    time += *rc::gen::inRange<uint64_t>(0, 3);
    Stamp stamp(time, *rc::gen::inRange<size_t>(0, 4));
    Range marked = *range();
    plane.mark(marked.address, marked.bytes, stamp);
    std::fill_n(model.begin() + marked.address, marked.bytes, stamp);

    Range asked = *range();
    auto since = *rc::gen::inRange<uint64_t>(0, time + 1), now = *rc::gen::inRange<uint64_t>(0, time + 2);
    auto matches = [&](Stamp at) { return at.time() > since && at.time() != now; };
    auto begin = model.begin() + asked.address, end = begin + asked.bytes;
    auto first = std::find_if(begin, end, matches);
    std::optional<Plane::Found> found = plane.findAfter(asked.address, asked.bytes, since, now);
    RC_ASSERT(found.has_value() == (first != end));
    if (!found)
      continue;
    auto last = std::find_if(
        first, end, [&](Stamp at) { return at.time() != first->time() || at.instruction() != first->instruction(); });
    RC_ASSERT(found->address == first - model.begin());
    RC_ASSERT(plane.extent(*found, asked.address + asked.bytes) == last - first);
    RC_ASSERT(found->stamp.time() == first->time());
    RC_ASSERT(found->stamp.instruction() == first->instruction());
  }
  std::vector<Stamp> told(room);
  plane.forEach(
      [&](int64_t address, int64_t bytes, Stamp stamp) { std::fill_n(told.begin() + address, bytes, stamp); });
  for (int64_t at = 0; at < room; ++at) {
    RC_ASSERT(told[size_t(at)].time() == model[size_t(at)].time());
    RC_ASSERT(plane.at(at).time() == model[size_t(at)].time());
  }
}

} // namespace
} // namespace pto::sim::testing
