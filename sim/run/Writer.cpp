// Who wrote some bytes. A first run watches them in global memory; if DMA brought the value, a second one watches where
// in UB it was taken from, up to that transfer.
#include "sim/run/Core.h"
#include "llvm/ADT/SmallVector.h"

namespace pto::sim {

namespace {

/// A launch over buffers of its own.
class Rerun {
public:
  Rerun(const Program &program, llvm::ArrayRef<Argument> given, const LaunchOptions &options)
      : arguments(given.begin(), given.end()) {
    buffers.reserve(given.size());
    for (Argument &argument : arguments) {
      buffers.emplace_back(argument.buffer.begin(), argument.buffer.end());
      argument.buffer = buffers.back();
    }
    core.emplace(program, arguments, options);
  }

  /// Runs the blocks up to and including `last`.
  void run(uint32_t last, llvm::function_ref<void(uint32_t block, const Instruction &)> after) {
    for (uint32_t block = 0; block <= last && !core->report.fault; ++block)
      core->runObserved(block, [&](const Instruction &at) { after(block, at); });
  }

  std::optional<Core> core;

private:
  llvm::SmallVector<Argument, 8> arguments;
  std::vector<std::vector<uint8_t>> buffers;
};

/// A write into global memory, and the address in UB that the value came from.
struct GmWrite {
  const Instruction *instruction = nullptr;
  uint32_t block = 0;
  uint64_t step = 0;
  std::optional<int64_t> source;
};

GmWrite lastWrite(const Program &program, llvm::ArrayRef<Argument> arguments, const LaunchOptions &options,
                  ArgumentBytes bytes) {
  Rerun rerun(program, arguments, options);
  bool isWritten = false;
  std::optional<int64_t> source;
  auto listen = [&](uint64_t gm, int64_t count, std::optional<int64_t> ub) {
    int64_t into = int64_t(bytes.offset) - GmPointer::offset(gm);
    if (GmPointer::argument(gm) != unsigned(bytes.argument) || into < 0 || into >= count)
      return;
    isWritten = true;
    source = ub ? std::optional(*ub + into) : std::nullopt;
  };
  rerun.core->onGmWrite = listen;
  GmWrite last;
  uint64_t step = 0;
  rerun.run(options.blockDim - 1, [&](uint32_t block, const Instruction &at) {
    ++step;
    if (isWritten)
      last = {&at, block, step, source};
    isWritten = false;
  });
  return last;
}

/// Who wrote the bytes in UB last before they were written into global memory; null if nobody did.
const Instruction *writerBefore(const GmWrite &write, const Program &program, llvm::ArrayRef<Argument> arguments,
                                const LaunchOptions &options, uint64_t count) {
  Rerun rerun(program, arguments, options);
  LocalMemory &ub = rerun.core->ub;
  if (!ub.contains(*write.source, int64_t(count)))
    return nullptr;
  const Instruction *writer = nullptr;
  uint64_t step = 0;
  rerun.run(write.block, [&](uint32_t block, const Instruction &at) {
    if (++step >= write.step || block != write.block || !ub.isPartlyWritten(*write.source, int64_t(count)))
      return;
    writer = &at;
    // So that the next write is seen too.
    std::memset(ub.writtenAt(*write.source), 0, count);
  });
  return writer;
}

} // namespace

std::optional<SourceLocation> findWriter(const Program &program, llvm::ArrayRef<Argument> arguments,
                                         const LaunchOptions &options, ArgumentBytes bytes) {
  GmWrite write = lastWrite(program, arguments, options, bytes);
  if (!write.instruction)
    return std::nullopt;
  const Instruction *writer = write.source ? writerBefore(write, program, arguments, options, bytes.count) : nullptr;
  return program.sites[(writer ? writer : write.instruction) - program.code.data()].location;
}

} // namespace pto::sim
