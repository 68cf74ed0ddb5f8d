// The pipes of a core: each starts its instructions in order, and runs on its own.
#pragma once

#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <optional>

namespace pto::sim {

enum class Pipe : uint8_t { S, V, M, Mte1, Mte2, Mte3, All, Mte4, Mte5, V2, Fix };
inline constexpr unsigned pipeCount = 11;

/// Whether an instruction of the pipe is done before the next one starts. Transfers overlap each other, but for those
/// of fixpipe (inferred: published kernels load its tables and use them without a barrier).
inline bool isInOrder(Pipe pipe) {
  return pipe == Pipe::S || pipe == Pipe::V || pipe == Pipe::M || pipe == Pipe::Fix;
}

/// "PIPE_MTE2" → Pipe::Mte2.
std::optional<Pipe> parsePipe(llvm::StringRef spelling);
llvm::StringRef name(Pipe pipe);

} // namespace pto::sim
