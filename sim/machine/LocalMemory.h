// A memory inside a core: zero at the start, bounded, and aware of which bytes were ever written.
#pragma once

#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace pto::sim {

class LocalMemory {
public:
  LocalMemory(llvm::StringRef name, int64_t size)
      : memoryName(name), memorySize(size), bytes(allocate(size)), written(allocate(size)) {}

  llvm::StringRef name() const { return memoryName; }
  int64_t size() const { return memorySize; }

  /// Whether [address, address + count) lies inside; never overflows.
  bool contains(int64_t address, int64_t count) const {
    return address >= 0 && count >= 0 && address <= memorySize && count <= memorySize - address;
  }

  /// The bytes from `address` on; only what `contains` allowed may be touched.
  uint8_t *at(int64_t address) { return bytes.get() + address; }

  void markWritten(int64_t address, int64_t count) { std::memset(written.get() + address, 1, count); }
  uint8_t *writtenAt(int64_t address) { return written.get() + address; }
  bool isWritten(int64_t address, int64_t count) const {
    return count == 0 || std::memchr(written.get() + address, 0, count) == nullptr;
  }
  bool isPartlyWritten(int64_t address, int64_t count) const {
    return std::memchr(written.get() + address, 1, count) != nullptr;
  }

  /// Back to the state at kernel start.
  void clear() {
    std::memset(bytes.get(), 0, memorySize);
    std::memset(written.get(), 0, memorySize);
  }

private:
  struct Free {
    void operator()(uint8_t *memory) const { std::free(memory); }
  };
  using Bytes = std::unique_ptr<uint8_t[], Free>;
  // calloc hands out untouched zero pages: a kernel pays only for the part of the memory that it uses.
  static Bytes allocate(int64_t size) { return Bytes(static_cast<uint8_t *>(std::calloc(size, 1))); }

  llvm::StringRef memoryName;
  int64_t memorySize;
  Bytes bytes, written;
};

} // namespace pto::sim
