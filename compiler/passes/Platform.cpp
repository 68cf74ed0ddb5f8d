// The machines that programs are compiled for.
// Sizes are those of one core of the Ascend 910B family (a2a3) and of the 950 family (a5).
#include "compiler/passes/Platform.h"
#include "base/MemorySizes.h"
#include "compiler/Platforms.h"
#include "llvm/ADT/StringExtras.h"

namespace pto::passes {

namespace {

using prog::MemorySpace;

int64_t sizeIn(const MemorySizes &sizes, MemorySpace memory) {
  switch (memory) {
  case MemorySpace::Vec:
    return sizes.ub;
  case MemorySpace::Mat:
    return sizes.l1;
  case MemorySpace::Left:
    return sizes.l0a;
  case MemorySpace::Right:
    return sizes.l0b;
  case MemorySpace::Acc:
    return sizes.l0c;
  case MemorySpace::Bias:
    return sizes.bt;
  case MemorySpace::Unset:
  case MemorySpace::DDR:
    break;
  }
  return 0;
}

int64_t capacityOfA2A3(MemorySpace memory) {
  return sizeIn(sizesOfA2A3, memory);
}
// Planners leave the last of UB to the hardware.
int64_t capacityOfA5(MemorySpace memory) {
  constexpr int64_t planned = 248 * kilobyte;
  return memory == MemorySpace::Vec ? planned : sizeIn(sizesOfA5, memory);
}

// Where a kernel runs on both cores, one hands on to the other what its own units cannot bring there.
bool carriesOnA2A3(MemorySpace from, MemorySpace to) {
  switch (from) {
  case MemorySpace::DDR:
    return to == MemorySpace::Vec || to == MemorySpace::Mat;
  case MemorySpace::Acc:
    return to == MemorySpace::DDR || to == MemorySpace::Vec || to == MemorySpace::Mat;
  case MemorySpace::Vec:
  case MemorySpace::Mat:
    return true;
  default:
    return false;
  }
}
bool carriesOnA5(MemorySpace from, MemorySpace to) {
  return carriesOnA2A3(from, to) && !(from == MemorySpace::Mat && to == MemorySpace::DDR);
}

constexpr Platform platforms[] = {{allPlatforms[0], capacityOfA2A3, carriesOnA2A3},
                                  {allPlatforms[1], capacityOfA2A3, carriesOnA2A3},
                                  {allPlatforms[2], capacityOfA5, carriesOnA5},
                                  {allPlatforms[3], capacityOfA5, carriesOnA5}};
static_assert(std::size(platforms) == std::size(allPlatforms));

} // namespace

const Platform *platformNamed(llvm::StringRef name) {
  for (const Platform &each : platforms)
    if (each.name == name)
      return &each;
  return nullptr;
}

std::string platformNames() {
  std::string names;
  for (const Platform &each : platforms)
    names += (names.empty() ? "" : ", ") + each.name.str();
  return names;
}

} // namespace pto::passes
