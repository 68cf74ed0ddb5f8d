// The targets' memory sizes, as the public buffer limits give them.
#include "sim/machine/Arch.h"

namespace pto::sim {

llvm::StringRef name(MemorySpace space) {
  static constexpr llvm::StringRef names[spaceCount] = {"gm",  "ub", "l1", "l0a",        "l0b",
                                                        "l0c", "bt", "fb", "l0a scales", "l0b scales"};
  return names[static_cast<unsigned>(space)];
}

bool isIn(MemorySpace space, CoreKind core) {
  return space != MemorySpace::Gm && (space == MemorySpace::Ub) == (core == CoreKind::Vector);
}

static constexpr uint32_t K = 1024;

static constexpr Arch archs[] = {
    //     gm    ub       l1       l0a     l0b     l0c      bt     fb     scales
    {"a5", {0, 256 * K, 512 * K, 64 * K, 64 * K, 256 * K, 4 * K, 4 * K, 4 * K, 4 * K}},
    {"a3", {0, 192 * K, 512 * K, 64 * K, 64 * K, 128 * K, 1 * K, 2 * K}},
    {"a2", {0, 192 * K, 512 * K, 64 * K, 64 * K, 128 * K, 1 * K, 2 * K}},
    {"a2a3", {0, 192 * K, 512 * K, 64 * K, 64 * K, 128 * K, 1 * K, 2 * K}},
};

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
