// Global memory: the buffers that a launch passes. Their bytes are reached through the port only.
#pragma once

#include "sim/Simulator.h"
#include "sim/machine/GmPointer.h"

namespace pto::sim {

class GlobalMemory {
public:
  explicit GlobalMemory(llvm::ArrayRef<Argument> arguments) : arguments(arguments) {}

  /// The buffer that a pointer belongs to, or null; the pointer may be outside of it.
  const Argument *owner(uint64_t pointer) const {
    std::optional<unsigned> index = GmPointer::argument(pointer);
    return index && *index < arguments.size() && !arguments[*index].isScalar ? &arguments[*index] : nullptr;
  }

  llvm::StringRef nameOf(size_t argument) const { return arguments[argument].name; }

  uint64_t scalar(size_t argument) const { return arguments[argument].scalar; }

private:
  template <class Policy>
  friend class Port;

  /// The bytes behind a pointer, or null where not all of them are inside a buffer.
  uint8_t *find(uint64_t pointer, int64_t count) const {
    const Argument *argument = owner(pointer);
    int64_t offset = GmPointer::offset(pointer), size = argument ? int64_t(argument->buffer.size()) : 0;
    return argument && offset >= 0 && offset <= size && count <= size - offset ? argument->buffer.data() + offset
                                                                               : nullptr;
  }

  llvm::ArrayRef<Argument> arguments;
};

} // namespace pto::sim
