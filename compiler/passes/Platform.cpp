// The machines that programs are compiled for.
// Sizes are those of one core of the Ascend 910B family (a2a3) and of the 950 family (a5).
#include "compiler/passes/Platform.h"
#include "compiler/Platforms.h"
#include "llvm/ADT/StringExtras.h"

namespace pto::passes {

namespace {

using prog::MemorySpace;

int64_t kilobytesOfA2A3(MemorySpace memory) {
  switch (memory) {
  case MemorySpace::Vec:
    return 192;
  case MemorySpace::Mat:
    return 512;
  case MemorySpace::Left:
  case MemorySpace::Right:
    return 64;
  case MemorySpace::Acc:
    return 128;
  case MemorySpace::Bias:
    return 1;
  case MemorySpace::Unset:
  case MemorySpace::DDR:
    break;
  }
  return 0;
}

int64_t kilobytesOfA5(MemorySpace memory) {
  switch (memory) {
  case MemorySpace::Vec:
    return 248;
  case MemorySpace::Acc:
    return 256;
  case MemorySpace::Bias:
    return 4;
  default:
    return kilobytesOfA2A3(memory);
  }
}

int64_t capacityOfA2A3(MemorySpace memory) {
  return kilobytesOfA2A3(memory) * 1024;
}
int64_t capacityOfA5(MemorySpace memory) {
  return kilobytesOfA5(memory) * 1024;
}

constexpr Platform platforms[] = {{allPlatforms[0], capacityOfA2A3},
                                  {allPlatforms[1], capacityOfA2A3},
                                  {allPlatforms[2], capacityOfA5},
                                  {allPlatforms[3], capacityOfA5}};
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
