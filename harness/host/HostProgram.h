// What a host program does with kernels: the buffers it fills, the kernels it launches over them, the files it writes.
// Without LLVM: the plugin that holds Clang fills it in.
#pragma once

#include "base/LineColumn.h"
#include <cstdint>
#include <string>
#include <vector>

namespace pto::harness {

/// Memory of the device.
struct HostBuffer {
  std::string name;           ///< of the variable that held it first: "v1Device"
  std::vector<uint8_t> bytes; ///< before the first launch
  bool isFilled = false;      ///< whether the host wrote to it
};

/// What a kernel gets.
struct HostArgument {
  enum class Kind { Buffer, Integer, Float } kind = Kind::Integer;
  std::string name;    ///< the kernel's parameter, as the host declares it
  size_t buffer = 0;   ///< its number
  int64_t integer = 0; ///< a scalar, …
  double real = 0;
  unsigned bytes = 0; ///< … and its size
};

struct HostLaunch {
  std::string kernel;
  uint32_t blocks = 1;
  std::vector<HostArgument> arguments;
  std::string file;
  LineColumn place;
};

/// A file that gets what a kernel left in buffers.
struct HostOutput {
  struct Part {
    size_t at = 0; ///< in the file
    size_t buffer = 0, offset = 0, size = 0;
  };
  std::string file;           ///< relative to the folder the program runs in: "v3.bin"
  std::vector<uint8_t> bytes; ///< the host's own, where no part is
  std::vector<Part> parts;    ///< at least one, in the order of their places
};

struct HostProgram {
  std::vector<HostBuffer> buffers;
  std::vector<HostLaunch> launches;
  std::vector<HostOutput> outputs;
  /// What went wrong without an end of it: a file that does not fit where it is read to.
  std::vector<std::string> notes;
};

/// Why it could not be followed to its end.
struct HostFailure {
  std::string message;
  std::string file;
  LineColumn place;
};

/// Raised when one of the structures changes.
inline constexpr uint32_t hostReaderAbi = 3;

struct HostReaderApi {
  uint32_t abi;
  /// Follows `main` of one of the sources with these arguments and the files in `data`; false where it fills in
  /// `failure`.
  bool (*follow)(const std::vector<std::string> &sources, const std::vector<std::string> &arguments,
                 const std::string &data, HostProgram &program, HostFailure &failure);
};

/// The function that the plugin is recognized by.
inline constexpr char hostReaderEntry[] = "ptoHostReaderPlugin";
using HostReaderPluginEntry = const HostReaderApi *(*)();

} // namespace pto::harness
