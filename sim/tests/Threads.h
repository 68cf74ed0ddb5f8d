// A kernel that launches threads over two buffers.
#pragma once

#include "sim/run/ThreadUnit.h"
#include "sim/tests/Kernel.h"

namespace pto::sim::testing {

struct ThreadKernel {
  static constexpr uint32_t untouched = 0xdeadbeef;

  /// `body` is that of a SIMT entry with the pointers %in and %out; `functions` stand beside it.
  ThreadKernel(std::string body, ThreadDims dims, std::string functions = "");

  RunReport run(LaunchOptions options = {});

  std::vector<uint32_t> in, out; ///< 256 words each; those of `in` are 3 i + 1
  std::string more;              ///< in the kernel, after the launch
  std::string entryAttributes;
  bool isCall = false;    ///< by func.call
  bool isDynamic = false; ///< what the dimensions are is known only when the kernel runs

private:
  std::string body, functions;
  ThreadDims dims;
};

} // namespace pto::sim::testing
