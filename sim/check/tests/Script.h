// Kernels for the tests of the checks, written short: one instruction a line, which is that line of the kernel too.
//
//   load b a     DMA of 256 bytes from `a` (in, out) into UB          store a b   the other way
//   copy b a     DMA within UB                                        use b a     a vector scope that makes b of a
//   scope { … }  ld v a · mask m lanes · st v a [m] · add w v · 1pt v a · sld a · sst a · bar KIND
//   sld a, sst a a scalar load or store                               set / wait MTE2 V 0, barrier MTE3
//   dset / dwait MTE2 V p   an event that is known when it runs       get / rls V 3 [1]
//   loop N { … } if0 { … } (in the loop's first turn)                 carry N x v { … yield w (a register in a loop)
//   atomic add|max (what stores do to global memory)
//
// A place is a buffer of UB (a to h, 1024 bytes apart), in or out; `+BYTES` moves it, `*i` by 256 bytes a turn, `*p` by
// 1024 bytes every second turn, `*b` by 256 bytes a block.
#pragma once

#include "sim/tests/Kernel.h"

namespace pto::sim::testing {

/// The kernel's text: the script's lines after a few of its own.
std::string kernelOf(llvm::StringRef script);
inline constexpr unsigned firstScriptLine = 4;

/// What it found, and what it left in `out`, which held -1; `in` holds different numbers everywhere.
struct ScriptRun : RunReport {
  std::vector<float> out;
};
ScriptRun runScript(llvm::StringRef script, unsigned blocks = 1, Order order = {});
ScriptRun runKernel(llvm::StringRef text, unsigned blocks = 1, Order order = {});

/// A script whose lines with a mark in front are there at times only: '-' not in the bug, '+' only in the bug. '!' is
/// where the bug is found.
struct Pair {
  const char *name;
  const char *script;
  Check check = Check::ReadAfterWrite;
  unsigned blocks = 1;
};
std::vector<Pair> allPairs();
std::string bugOf(const Pair &pair);
std::string fixOf(const Pair &pair);
std::vector<unsigned> linesOf(const Pair &pair);

void PrintTo(const Pair &pair, std::ostream *os);

} // namespace pto::sim::testing
