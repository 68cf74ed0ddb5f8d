#include "sim/check/MissingEdges.h"
#include "sim/machine/Flags.h"
#include "sim/machine/Semaphores.h"
#include "sim/run/Control.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"
#include <bitset>
#include <map>
#include <variant>

namespace pto::sim {

namespace {

/// What stands in a block: an instruction, or a loop, a scope, a branch or a call with all that is in it.
struct Statement {
  size_t begin, end;
  Place place;
  std::string words; ///< "the loop at line 9"
};

Statement statementIn(const Program &program, const Span &block, size_t index) {
  auto words = [](llvm::StringRef noun, const Place &place) {
    return llvm::formatv("the {0} at line {1}", noun, place.line).str();
  };
  for (auto [spans, noun] : {std::pair(&program.scopes, "vecscope"), std::pair(&program.loops, "loop"),
                             std::pair(&program.branches, "scf.if"), std::pair(&program.calls, "call")})
    for (const Span &span : *spans)
      if (span.depth == block.depth && span.contains(index))
        return {span.begin, span.end, span.location, words(noun, span.location)};
  const Place &place = program.sites[index].location;
  return {index, index + 1, place, words(program.nameOf(program.code[index]), place)};
}

bool isInScope(const Program &program, const Span &block) {
  const Span *scope = program.findScope(block.begin);
  return scope && block.depth > scope->depth;
}

// From the inside out: those that what orders the pair can stand in.
llvm::SmallVector<const Span *> blocksAround(const Program &program, const Pair &pair, size_t index) {
  llvm::SmallVector<const Span *> blocks;
  for (const Span &block : program.blocks)
    if (block.contains(index) && isInScope(program, block) != pair.memBar.empty())
      blocks.push_back(&block);
  return blocks;
}

/// Where what orders a pair may stand: a block around both, and the two statements there.
struct Spot {
  const Span *block;
  Statement earlier, later;
  Statement last; ///< of the block

  /// The later one is that of the next turn.
  bool isCarried() const { return later.begin <= earlier.begin; }
};

std::vector<Spot> spotsOf(const Program &program, const Pair &pair) {
  std::vector<Spot> spots;
  for (const Span *block : blocksAround(program, pair, pair.second))
    if (block->contains(pair.first))
      spots.push_back({block, statementIn(program, *block, pair.first), statementIn(program, *block, pair.second),
                       statementIn(program, *block, block->end - 1)});
  return spots;
}

/// The same of an instruction of another core than `other` is for.
Statement apart(const Program &program, size_t index, size_t other) {
  const Span *outermost = nullptr;
  for (const Span &block : program.blocks)
    if (block.contains(index) && !block.contains(other))
      outermost = &block;
  return statementIn(program, outermost ? *outermost : program.blocks.back(), index);
}

/// Where what orders a pair stands, if its loops do not say otherwise.
std::optional<Spot> usualSpot(const Program &program, const Pair &pair) {
  if (pair.isOfTwoCores()) {
    Statement earlier = apart(program, pair.first, pair.second), later = apart(program, pair.second, pair.first);
    return Spot{nullptr, earlier, later, later};
  }
  std::vector<Spot> spots = spotsOf(program, pair);
  return spots.empty() ? std::nullopt : std::optional(spots.front());
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

/// What orders a pair, as lines or in words.
using Advice = std::variant<Addition, std::string>;

AddedLine line(std::string text, const Statement &at, bool isAfter) {
  return {std::move(text), at.place, isAfter, at.words};
}

Advice semaphoreAdvice(const Pair &pair, const Statement &after, const Statement &before, FreeSemaphores &semaphores) {
  if (pair.firstCore != 0 && pair.secondCore != 0)
    return "let both vector cores wait for the cube core, or give each of them bytes of its own: nothing orders two "
           "vector cores directly";
  std::optional<unsigned> free = semaphores.take();
  if (!free)
    return llvm::formatv("order them with a semaphore that is free there: `pto.set_intra_block` after {0}, "
                         "`pto.wait_intra_block` before {1}",
                         after.words, before.words)
        .str();
  // Cube has its numbers for vector core 1 behind those for vector core 0.
  auto numberOn = [&](unsigned core, unsigned other) {
    return *free + (core == 0 ? (other - 1) * Semaphores::perVectorCore : 0);
  };
  return Addition{{line(llvm::formatv("pto.set_intra_block <{0}>, {1}", name(pair.firstPipe),
                                      numberOn(pair.firstCore, pair.secondCore)),
                        after, true),
                   line(llvm::formatv("pto.wait_intra_block <{0}>, {1}", name(pair.secondPipe),
                                      numberOn(pair.secondCore, pair.firstCore)),
                        before, false)}};
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

  /// One that is free, and is not from now on.
  std::optional<unsigned> take(Pipe source, Pipe destination) {
    auto &used = of({source, destination, 0});
    bool *free = llvm::find(used, false);
    if (free == used.end())
      return std::nullopt;
    *free = true;
    return unsigned(free - used.begin());
  }

private:
  std::array<bool, eventCount> &of(Flag flag) { return isUsed[{flag.source, flag.destination}]; }
  std::map<std::pair<Pipe, Pipe>, std::array<bool, eventCount>> isUsed;
};

Addition barrierAt(const Statement &later, llvm::StringRef pipe) {
  return {{line(("pto.barrier #pto.pipe<" + pipe + ">").str(), later, false)}, pipe == name(Pipe::All)};
}

Addition flagOf(const Pair &pair, unsigned event, AddedLine set, AddedLine wait) {
  Addition flag{{std::move(set), std::move(wait)}};
  nameFlag(flag, {name(pair.firstPipe).str(), name(pair.secondPipe).str(), event});
  return flag;
}

// One turn of a block ends with the wait that the next one needs: no flag is left over when a loop ends.
Addition flagAt(const Pair &pair, unsigned event, const Spot &spot) {
  return flagOf(pair, event, line("", spot.earlier, true),
                spot.isCarried() ? line("", spot.last, true) : line("", spot.later, false));
}

std::vector<Addition> remedies(const Program &program, const Pair &pair, std::optional<unsigned> event) {
  std::vector<Addition> all;
  std::vector<Spot> spots = spotsOf(program, pair);
  // Right before the second instruction, where no other block is around both.
  const Span *own = blocksAround(program, pair, pair.second).front();
  Statement second = statementIn(program, *own, pair.second);
  auto add = [&](llvm::function_ref<Addition(const Statement &later)> make) {
    for (const Spot &spot : spots)
      all.push_back(make(spot.later));
    if (spots.empty() || spots.front().later.begin != second.begin)
      all.push_back(make(second));
  };
  if (!pair.memBar.empty()) {
    add([&](const Statement &later) { return Addition{{line("pto.mem_bar \"" + pair.memBar + "\"", later, false)}}; });
    return all;
  }
  if (pair.firstPipe == pair.secondPipe)
    add([&](const Statement &later) { return barrierAt(later, name(pair.secondPipe)); });
  // Where no event is free, one may be at that time.
  for (unsigned tried = event.value_or(0); pair.firstPipe != pair.secondPipe && tried < eventCount; ++tried) {
    for (const Spot &spot : spots)
      if (!spot.isCarried() || spot.block != &program.blocks.back())
        all.push_back(flagAt(pair, tried, spot));
    all.push_back(flagOf(pair, tried, line("", second, false), line("", second, false)));
    if (event)
      break;
  }
  add([&](const Statement &later) { return barrierAt(later, name(Pipe::All)); });
  return all;
}

/// One of the remedies, and what else would do.
std::pair<Addition, std::string> adviceOf(const Pair &pair, llvm::ArrayRef<Addition> remedies, bool hasEvent) {
  if (hasEvent || !pair.memBar.empty() || pair.firstPipe == pair.secondPipe)
    return {remedies.front(), ""};
  const Addition *barrier = llvm::find_if(remedies, [](const Addition &each) { return each.isForAllPipes; });
  return {*barrier, llvm::formatv(", or a flag from {0} to {1} with an event that is free there", name(pair.firstPipe),
                                  name(pair.secondPipe))};
}

} // namespace

std::vector<MissingEdge> missingEdges(const Program &program, llvm::ArrayRef<Pair> pairs) {
  Events events(program);
  FreeSemaphores semaphores(program);
  std::vector<MissingEdge> edges(pairs.size());
  for (auto [index, pair] : llvm::enumerate(pairs)) {
    if (!edges[index].advice.empty())
      continue;
    std::optional<unsigned> event;
    if (!pair.isOfTwoCores() && pair.memBar.empty() && pair.firstPipe != pair.secondPipe)
      event = events.take(pair.firstPipe, pair.secondPipe);
    std::optional<Spot> spot = usualSpot(program, pair);
    Pair widest = pair;
    // The others that the same line before the second instruction orders, if it comes after the last of the first ones.
    llvm::SmallVector<size_t> alike;
    for (size_t other = index + 1; spot && other < pairs.size(); ++other) {
      const Pair &that = pairs[other];
      std::optional<Spot> its = usualSpot(program, that);
      if (!its || !edges[other].advice.empty() || that.firstPipe != pair.firstPipe ||
          that.secondPipe != pair.secondPipe || that.memBar != pair.memBar || that.firstCore != pair.firstCore ||
          that.secondCore != pair.secondCore || its->block != spot->block || its->later.begin != spot->later.begin ||
          its->isCarried() != spot->isCarried())
        continue;
      alike.push_back(other);
      if (that.first > widest.first)
        widest = that;
    }
    Advice advice;
    std::string more;
    if (pair.isOfTwoCores())
      advice = semaphoreAdvice(pair, apart(program, widest.first, pair.second), apart(program, pair.second, pair.first),
                               semaphores);
    else
      std::tie(advice, more) = adviceOf(pair, remedies(program, widest, event), event.has_value());
    const auto *addition = std::get_if<Addition>(&advice);
    std::string text = (addition ? describe(*addition) : std::get<std::string>(advice)) + more;
    edges[index].advice = text;
    for (size_t other : alike)
      edges[other].advice = text + ", once for all that it orders";
    alike.push_back(index);
    for (size_t each : alike) {
      if (addition)
        edges[each].edit = addition->lines;
      if (!pair.isOfTwoCores())
        edges[each].remedies = remedies(program, pairs[each], event);
    }
  }
  return edges;
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
