// What a store into global memory does with what is there, where CTRL asks for more than to replace it.
#pragma once

#include "sim/machine/Control.h"
#include <optional>

namespace pto::sim {

class Core;
struct Instruction;

/// One element of the destination becomes itself combined with one of the source.
struct AtomicStore {
  int64_t elementBytes;
  void (*combine)(uint8_t *to, const uint8_t *from);
};

/// The one that the register asks for; null for codes that mean nothing.
const AtomicStore *atomicStore(const Control &control);

/// The one for elements of that size; null where a store only replaces them, nothing after a fault.
std::optional<const AtomicStore *> atomicStoreOf(Core &core, const Instruction &at, int64_t elementBytes);

} // namespace pto::sim
