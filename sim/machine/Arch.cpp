// The targets by name.
#include "sim/machine/Arch.h"
#include "base/MemorySizes.h"

namespace pto::sim {

llvm::StringRef name(MemorySpace space) {
  static constexpr llvm::StringRef names[spaceCount] = {"gm",  "ub", "l1", "l0a",        "l0b",
                                                        "l0c", "bt", "fb", "l0a scales", "l0b scales"};
  return names[static_cast<unsigned>(space)];
}

bool isIn(MemorySpace space, CoreKind core) {
  return space != MemorySpace::Gm && (space == MemorySpace::Ub) == (core == CoreKind::Vector);
}

static constexpr Arch archOf(llvm::StringRef name, const MemorySizes &sizes) {
  return {name,
          {0, sizes.ub, sizes.l1, sizes.l0a, sizes.l0b, sizes.l0c, sizes.bt, sizes.fb, sizes.scales, sizes.scales}};
}

static constexpr Arch archs[] = {archOf("a5", sizesOfA5), archOf("a3", sizesOfA2A3), archOf("a2", sizesOfA2A3),
                                 archOf("a2a3", sizesOfA2A3)};

const Arch *findArch(llvm::StringRef name) {
  for (const Arch &arch : archs)
    if (arch.name == name)
      return &arch;
  return nullptr;
}

const Arch &defaultArch() {
  return archs[0];
}

std::string knownArchs() {
  std::string list;
  for (const Arch &arch : archs)
    list += (list.empty() ? "" : ", ") + arch.name.str();
  return list;
}

} // namespace pto::sim
