// The values that pads stand for.
#include "sim/ops/tiles/Padding.h"

namespace pto::sim {

namespace {

/// The bits of the largest value and of the smallest one.
struct Ends {
  uint64_t largest, smallest;
};

Ends endsOf(LaneType lanes, bool isInfinite) {
  switch (lanes) {
  case LaneType::S8:
    return {0x7f, 0x80};
  case LaneType::U8:
    return {0xff, 0};
  case LaneType::S16:
    return {0x7fff, 0x8000};
  case LaneType::U16:
    return {0xffff, 0};
  case LaneType::S32:
    return {0x7fffffff, 0x80000000};
  case LaneType::U32:
    return {0xffffffff, 0};
  case LaneType::S64:
    return {0x7fffffffffffffff, 0x8000000000000000};
  case LaneType::U64:
    return {~uint64_t(0), 0};
  case LaneType::F16:
    return isInfinite ? Ends{0x7c00, 0xfc00} : Ends{0x7bff, 0xfbff};
  case LaneType::BF16:
    return isInfinite ? Ends{0x7f80, 0xff80} : Ends{0x7f7f, 0xff7f};
  case LaneType::F32:
    return isInfinite ? Ends{0x7f800000, 0xff800000} : Ends{0x7f7fffff, 0xff7fffff};
  case LaneType::F8E4M3:
    return {0x7e, 0xfe};
  case LaneType::F8E5M2:
    return isInfinite ? Ends{0x7c, 0xfc} : Ends{0x7b, 0xfb};
  default:
    return {0, 0};
  }
}

} // namespace

uint64_t padBits(const TileForm &form) {
  switch (form.pad) {
  case TilePad::Max:
    return endsOf(form.lanes, !form.padIsFinite).largest;
  case TilePad::Min:
    return endsOf(form.lanes, !form.padIsFinite).smallest;
  case TilePad::Null:
  case TilePad::Zero:
    break;
  }
  return 0;
}

} // namespace pto::sim
