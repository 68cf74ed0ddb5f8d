// Who wrote some bytes of a buffer: the program runs once more, and every byte of a core's memories remembers its
// writer, for the transfer that carries it out.
#include "sim/memory/Touch.h"
#include "sim/run/Machine.h"
#include <algorithm>
#include <map>

namespace pto::sim {

namespace {

class Writers {
public:
  explicit Writers(ArgumentBytes wanted) : wanted(wanted) {}

  void operator()(Core &core, const Touch &touch) {
    if (core.blockIndex != block) {
      block = core.blockIndex;
      blockStart = time;
    }
    if (touch.access == Access::Read)
      return;
    if (touch.range.space == MemorySpace::Gm)
      noteGlobal(core, touch);
    else
      noteLocal(core, touch);
  }

  /// Of the wanted bytes; null if nobody wrote them.
  const Instruction *last = nullptr;

private:
  struct Mark {
    const Instruction *writer = nullptr;
    uint64_t time = 0;
  };

  std::vector<Mark> &marksOf(Core &core, MemorySpace space) {
    std::vector<Mark> &marks = memories[{&core, space}];
    marks.resize(size_t(core.memory(space).capacity()));
    return marks;
  }

  void noteLocal(Core &core, const Touch &touch) {
    std::vector<Mark> &marks = marksOf(touch.range.ownerOr(core), touch.range.space);
    ++time;
    touch.forEachRun([&](uint64_t address, int64_t bytes) {
      std::fill_n(marks.begin() + int64_t(address), bytes, Mark{&touch.instruction, time});
    });
  }

  void noteGlobal(Core &core, const Touch &touch) {
    int64_t into = int64_t(wanted.offset) - GmPointer::offset(touch.address);
    if (GmPointer::argument(touch.address) != unsigned(wanted.argument) || into < 0 || into >= touch.range.bytes)
      return;
    last = &touch.instruction;
    const Range *source = touch.range.source;
    if (!source)
      return;
    const std::vector<Mark> &marks = marksOf(source->ownerOr(core), source->space);
    Mark latest{nullptr, blockStart}; // what came before was gone when the block started
    auto from = size_t(localAddress(source->base, source->offset) + into);
    for (size_t at = from; at < std::min(from + wanted.count, marks.size()); ++at)
      if (marks[at].time > latest.time)
        latest = marks[at];
    if (latest.writer)
      last = latest.writer;
  }

  ArgumentBytes wanted;
  uint32_t block = 0;
  uint64_t time = 0, blockStart = 0; ///< counted in writes
  std::map<std::pair<const Core *, MemorySpace>, std::vector<Mark>> memories;
};

} // namespace

std::optional<Place> findWriter(const Program &program, llvm::ArrayRef<Argument> given, const LaunchOptions &options,
                                ArgumentBytes bytes) {
  std::vector<Argument> arguments = given.vec();
  std::vector<std::vector<uint8_t>> buffers;
  buffers.reserve(given.size());
  for (Argument &argument : arguments) {
    buffers.emplace_back(argument.buffer.begin(), argument.buffer.end());
    argument.buffer = buffers.back();
  }
  Machine machine(program, arguments, options);
  Writers writers(bytes);
  machine.onTouch = writers;
  machine.run<Traced>();
  return writers.last ? std::optional(program.locationOf(*writers.last)) : std::nullopt;
}

} // namespace pto::sim
