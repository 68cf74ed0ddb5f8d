#include "sim/check/MissingEdges.h"
#include "sim/machine/Flags.h"
#include "sim/machine/Semaphores.h"
#include "sim/run/Control.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"
#include <bitset>
#include <map>
#include <numeric>

namespace pto::sim {

namespace {

/// Where a line goes: before or after an instruction, or the outermost loop or scope around it that the other
/// instruction is not in.
struct Anchor {
  size_t begin, end;
  std::string words;
};

Anchor anchor(const Program &program, size_t index, size_t other) {
  const Span *outermost = nullptr;
  const char *noun = "";
  for (auto [spans, its] : {std::pair(&program.scopes, "vecscope"), std::pair(&program.loops, "loop"),
                            std::pair(&program.branches, "scf.if"), std::pair(&program.calls, "call")})
    for (const Span &span : *spans)
      if (span.contains(index) && !span.contains(other) && (!outermost || span.begin < outermost->begin)) {
        outermost = &span;
        noun = its;
      }
  if (!outermost)
    return {
        index, index + 1,
        llvm::formatv("the {0} at line {1}", program.nameOf(program.code[index]), program.sites[index].location.line)};
  return {outermost->begin, outermost->end, llvm::formatv("the {0} at line {1}", noun, outermost->location.line)};
}

// The innermost loop around both.
const Span *commonLoop(const Program &program, const Pair &pair) {
  auto found = llvm::find_if(program.loops,
                             [&](const Span &loop) { return loop.contains(pair.first) && loop.contains(pair.second); });
  return found == program.loops.end() ? nullptr : &*found;
}

/// The numbers of semaphores that no instruction uses, for any of the vector cores.
class FreeSemaphores {
public:
  explicit FreeSemaphores(const Program &program) {
    for (const Instruction &at : program.code)
      if (at.code.role == Role::SetSemaphore || at.code.role == Role::WaitSemaphore) {
        // One that is known when it runs may be any.
        if (at.code.isDynamic)
          isUsed.set();
        else
          isUsed.set(at.carried<Signal>().id % Semaphores::perVectorCore);
      }
  }

  /// One that is not from now on.
  std::optional<unsigned> take() {
    for (unsigned id = 0; id < isUsed.size(); ++id)
      if (!isUsed[id]) {
        isUsed.set(id);
        return id;
      }
    return std::nullopt;
  }

private:
  std::bitset<Semaphores::perVectorCore> isUsed;
};

std::string semaphoreText(const Pair &pair, llvm::StringRef after, llvm::StringRef before, FreeSemaphores &semaphores) {
  if (pair.firstCore != 0 && pair.secondCore != 0)
    return "let both vector cores wait for the cube core, or give each of them bytes of its own: nothing orders two "
           "vector cores directly";
  std::optional<unsigned> free = semaphores.take();
  if (!free)
    return llvm::formatv("order them with a semaphore that is free there: `pto.set_intra_block` after {0}, "
                         "`pto.wait_intra_block` before {1}",
                         after, before);
  // Cube has its numbers for vector core 1 behind those for vector core 0.
  auto numberOn = [&](unsigned core, unsigned other) {
    return *free + (core == 0 ? (other - 1) * Semaphores::perVectorCore : 0);
  };
  return llvm::formatv(
      "add `pto.set_intra_block <{0}>, {1}` after {2} and `pto.wait_intra_block <{3}>, {4}` before {5}",
      name(pair.firstPipe), numberOn(pair.firstCore, pair.secondCore), after, name(pair.secondPipe),
      numberOn(pair.secondCore, pair.firstCore), before);
}

/// The events that flags use between two pipes.
class Events {
public:
  explicit Events(const Program &program) {
    for (const Instruction &at : program.code)
      if (at.code.role == Role::Set || at.code.role == Role::Wait) {
        auto flag = at.carried<Flag>();
        // An event that is known when it runs may be any.
        if (at.code.isDynamic)
          of(flag).fill(true);
        else
          of(flag)[flag.event] = true;
      }
  }

  /// One that is free, and is not from now on; empty where none is.
  std::string take(Pipe source, Pipe destination) {
    auto &used = of({source, destination, 0});
    bool *free = llvm::find(used, false);
    if (free == used.end())
      return "";
    *free = true;
    return "EVENT_ID" + std::to_string(free - used.begin());
  }

private:
  std::array<bool, eventCount> &of(Flag flag) { return isUsed[{flag.source, flag.destination}]; }
  std::map<std::pair<Pipe, Pipe>, std::array<bool, eventCount>> isUsed;
};

std::string flagText(const Program &program, const Pair &pair, llvm::StringRef after, llvm::StringRef before,
                     Events &events) {
  std::string event = events.take(pair.firstPipe, pair.secondPipe);
  if (event.empty())
    return llvm::formatv(
        "add `pto.barrier #pto.pipe<PIPE_ALL>` before {0}, or a flag from {1} to {2} with an event that "
        "is free there",
        before, name(pair.firstPipe), name(pair.secondPipe));
  std::string flag = llvm::formatv("[\"{0}\", \"{1}\", \"{2}\"]", name(pair.firstPipe), name(pair.secondPipe), event);
  std::string text =
      llvm::formatv("add `pto.set_flag{0}` after {1} and `pto.wait_flag{0}` before {2}", flag, after, before);
  const Span *loop = commonLoop(program, pair);
  if (pair.first >= pair.second && loop)
    text += llvm::formatv("; the loop at line {0} carries it into its next turn, so set it once before the "
                          "loop and wait for it once after",
                          loop->location.line);
  return text;
}

} // namespace

std::vector<std::string> missingEdges(const Program &program, llvm::ArrayRef<Pair> pairs) {
  Events events(program);
  FreeSemaphores semaphores(program);
  std::vector<std::string> lines(pairs.size());
  std::vector<size_t> sameAs(pairs.size());
  std::iota(sameAs.begin(), sameAs.end(), 0);
  for (auto [index, pair] : llvm::enumerate(pairs)) {
    if (sameAs[index] != index) {
      lines[index] = lines[sameAs[index]] + ", once for all that it orders";
      continue;
    }
    Anchor before = anchor(program, pair.second, pair.first), after = anchor(program, pair.first, pair.second);
    // The others that the same line before the second instruction orders, if it comes after the last of the first ones.
    for (size_t other = index + 1; other < pairs.size(); ++other) {
      const Pair &that = pairs[other];
      bool isAlike = that.firstPipe == pair.firstPipe && that.secondPipe == pair.secondPipe &&
                     that.memBar == pair.memBar && that.firstCore == pair.firstCore &&
                     that.secondCore == pair.secondCore && (that.first < that.second) == (pair.first < pair.second) &&
                     anchor(program, that.second, that.first).begin == before.begin &&
                     commonLoop(program, that) == commonLoop(program, pair);
      if (!isAlike || sameAs[other] != other)
        continue;
      sameAs[other] = index;
      if (Anchor its = anchor(program, that.first, that.second); its.end > after.end)
        after = its;
    }
    if (!pair.memBar.empty())
      lines[index] = llvm::formatv("add `pto.mem_bar \"{0}\"` before {1}", pair.memBar, before.words);
    else if (pair.firstCore != pair.secondCore)
      lines[index] = semaphoreText(pair, after.words, before.words, semaphores);
    else if (pair.firstPipe == pair.secondPipe)
      lines[index] = llvm::formatv("add `pto.barrier #pto.pipe<{0}>` before {1}", name(pair.secondPipe), before.words);
    else
      lines[index] = flagText(program, pair, after.words, before.words, events);
  }
  return lines;
}

std::string iteration(const Program &program, const Core &core, const Instruction &at) {
  std::string text;
  for (const Span &loop : llvm::reverse(program.loops)) {
    const Instruction &entry = program.code[loop.begin];
    if (!loop.contains(program.indexOf(at)) || entry.code.by[0] != control::enterLoop.by[0])
      continue;
    int64_t variable = llvm::SignExtend64(core.scalar(entry.result[0]), entry.carried<control::LoopEnd>().bits);
    text += llvm::formatv("{0} the loop at line {1} with its variable at {2}", text.empty() ? "in" : ",",
                          loop.location.line, variable);
  }
  return text;
}

} // namespace pto::sim
