// Spellings of pipes and events.
#include "sim/machine/Flags.h"
#include "llvm/ADT/Twine.h"

namespace pto::sim {

static constexpr llvm::StringRef pipeNames[pipeCount] = {"PIPE_S",    "PIPE_V",    "PIPE_M",   "PIPE_MTE1",
                                                         "PIPE_MTE2", "PIPE_MTE3", "PIPE_ALL", "PIPE_MTE4",
                                                         "PIPE_MTE5", "PIPE_V2",   "PIPE_FIX"};

std::optional<Pipe> parsePipe(llvm::StringRef spelling) {
  for (unsigned i = 0; i < pipeCount; ++i)
    if (pipeNames[i] == spelling)
      return Pipe(i);
  return std::nullopt;
}

llvm::StringRef name(Pipe pipe) {
  return pipeNames[unsigned(pipe)];
}

std::optional<unsigned> parseEvent(llvm::StringRef spelling) {
  unsigned id;
  if (!spelling.consume_front("EVENT_ID") || spelling.getAsInteger(10, id) || id >= eventCount)
    return std::nullopt;
  return id;
}

std::string Flag::describe() const {
  return (name(source) + " -> " + name(destination) + ", EVENT_ID" + llvm::Twine(event)).str();
}

} // namespace pto::sim
