// The memory of a host program that is followed: variables, what it allocates, and buffers of the device.
#pragma once

#include "harness/host/HostProgram.h"
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pto::harness::host {

/// A pointer as the program holds it: the object's number above, the offset below. Zero is null.
using Address = uint64_t;

class Memory {
public:
  enum class Kind { Host, Device };

  /// Part of a host object that holds what a kernel left in a buffer; known only once the kernel has run.
  struct Result {
    size_t offset, size;
    Address source;

    size_t end() const { return offset + size; }
    /// What lies between these places; no bytes where nothing does.
    Result within(size_t from, size_t to) const;
  };

  Address allocate(Kind kind, size_t size, std::string name);
  Address allocateText(const std::string &text);

  /// Why `size` bytes at `at` are none of the program's memory, or nothing.
  std::optional<std::string> refuse(Address at, size_t size) const;
  Kind kind(Address at) const { return object(at).kind; }
  size_t offset(Address at) const { return static_cast<uint32_t>(at); }
  size_t sizeOf(Address at) const { return object(at).bytes.size(); }
  const std::string &name(Address at) const { return object(at).name; }
  void rename(Address at, std::string name) { object(at).name = std::move(name); }

  /// All three: of bytes that are not refused.
  const uint8_t *read(Address at) const { return object(at).bytes.data() + offset(at); }
  uint8_t *write(Address at, size_t size);
  void copy(Address to, Address from, size_t size);

  /// A kernel was launched over this buffer: what it holds is no longer known.
  void leaveToKernel(Address buffer) { object(buffer).isResult = true; }
  /// Whether some of these bytes are not known.
  bool isResult(Address at, size_t size) const;
  /// Those parts of these bytes, by their places in them.
  std::vector<Result> resultsIn(Address at, size_t size) const;

  /// The number of a device's buffer.
  size_t bufferNumber(Address at) const { return object(at).number; }
  /// Those of the device, as they were before a kernel came.
  std::vector<HostBuffer> takeBuffers();

private:
  struct Object {
    Kind kind = Kind::Host;
    std::string name;
    std::vector<uint8_t> bytes;
    std::vector<Result> results;
    size_t number = 0;
    bool isFilled = false, isResult = false;
  };

  static size_t index(Address at) { return (at >> 32) - 1; }
  Object &object(Address at) { return objects[index(at)]; }
  const Object &object(Address at) const { return objects[index(at)]; }

  std::vector<Object> objects;
  size_t buffers = 0, used = 0;
};

} // namespace pto::harness::host
