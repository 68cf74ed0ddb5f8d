#include "sim/check/MissingEdge.h"
#include "sim/machine/Flags.h"
#include "sim/run/Control.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

namespace pto::sim {

// Where a line goes: before or after an instruction, or the outermost loop or scope around it that the other
// instruction is not in.
static std::string anchor(const Program &program, size_t index, size_t other) {
  const Span *outermost = nullptr;
  auto widen = [&](llvm::ArrayRef<Span> spans) {
    for (const Span &span : spans)
      if (span.contains(index) && !span.contains(other) && (!outermost || span.begin < outermost->begin))
        outermost = &span;
  };
  widen(program.scopes);
  bool isScope = outermost != nullptr;
  widen(program.loops);
  isScope = isScope && llvm::is_contained(llvm::make_pointer_range(program.scopes), outermost);
  if (!outermost)
    return llvm::formatv("line {0}", program.sites[index].location.line);
  return llvm::formatv("the {0} that begins at line {1}", isScope ? "vecscope" : "loop", outermost->location.line);
}

// The innermost loop around both.
static const Span *commonLoop(const Program &program, const Pair &pair) {
  auto found = llvm::find_if(program.loops,
                             [&](const Span &loop) { return loop.contains(pair.first) && loop.contains(pair.second); });
  return found == program.loops.end() ? nullptr : &*found;
}

// An event that no flag of the program uses between these pipes.
static std::string freeEvent(const Program &program, Pipe source, Pipe destination) {
  std::array<bool, eventCount> isUsed{};
  for (const Instruction &at : program.code)
    if (program.nameOf(at) == "pto.set_flag" || program.nameOf(at) == "pto.wait_flag")
      if (Flag flag = at.carried<Flag>(); flag.source == source && flag.destination == destination)
        isUsed[flag.event] = true;
  const bool *free = llvm::find(isUsed, false);
  return free == isUsed.end() ? "an event that is free" : "EVENT_ID" + std::to_string(free - isUsed.begin());
}

std::string missingEdge(const Program &program, const Pair &pair) {
  std::string after = anchor(program, pair.first, pair.second), before = anchor(program, pair.second, pair.first);
  bool isCarried = pair.first >= pair.second;
  const Span *loop = commonLoop(program, pair);
  if (pair.firstPipe == pair.secondPipe)
    return llvm::formatv("add `pto.barrier #pto.pipe<{0}>` before {1}", name(pair.secondPipe), before);
  std::string flag = llvm::formatv("[\"{0}\", \"{1}\", \"{2}\"]", name(pair.firstPipe), name(pair.secondPipe),
                                   freeEvent(program, pair.firstPipe, pair.secondPipe));
  std::string text =
      llvm::formatv("add `pto.set_flag{0}` after {1} and `pto.wait_flag{0}` before {2}", flag, after, before);
  if (isCarried && loop)
    text += llvm::formatv("; the loop that begins at line {0} carries it into its next turn, so set it once before the "
                          "loop and wait for it once after",
                          loop->location.line);
  return text;
}

std::string missingMemBar(const Program &program, const Pair &pair, llvm::StringRef kind) {
  return llvm::formatv("add `pto.mem_bar \"{0}\"` before {1}", kind, anchor(program, pair.second, pair.first));
}

std::string iteration(const Program &program, const Core &core, const Instruction &at) {
  std::string text;
  for (const Span &loop : llvm::reverse(program.loops)) {
    const Instruction &entry = program.code[loop.begin];
    if (!loop.contains(program.indexOf(at)) || entry.code.by[0] != control::enterLoop.by[0])
      continue;
    text += llvm::formatv("{0} the loop at line {1} with its variable at {2}", text.empty() ? "in" : ",",
                          loop.location.line, int64_t(core.scalar(entry.result[0])));
  }
  return text;
}

} // namespace pto::sim
