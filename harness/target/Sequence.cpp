// Launches, and what they report, one after the other.
#include "harness/target/Sequence.h"
#include "llvm/ADT/STLExtras.h"

using namespace pto;
using namespace pto::harness;

namespace {

class Sequence : public Executable {
public:
  explicit Sequence(std::vector<LaunchPart> parts) : parts(std::move(parts)) {}

  LaunchReport launch(const Launch &launch) const override {
    LaunchReport whole;
    for (const LaunchPart &part : parts) {
      LaunchReport report = part.kernel->launch(launchOf(part, launch));
      llvm::move(report.findings, std::back_inserter(whole.findings));
      llvm::move(report.warnings, std::back_inserter(whole.warnings));
      llvm::move(report.notes, std::back_inserter(whole.notes));
      whole.instructions += report.instructions;
      for (const LaunchReport::Read &read : report.reads)
        if (llvm::none_of(whole.reads,
                          [&](const auto &known) { return known.argument == part.arguments[read.argument]; }))
          whole.reads.push_back({part.arguments[read.argument], read.place});
      if ((whole.trouble = std::move(report.trouble)))
        break;
    }
    return whole;
  }

  /// Each part finds the buffers as those before it left them; the last that wrote the bytes is the writer.
  std::optional<Place> findWriter(const Launch &launch, ArgumentBytes bytes) const override {
    std::vector<std::vector<uint8_t>> memories;
    Launch copy = launch;
    memories.reserve(copy.arguments.size());
    for (LaunchArgument &argument : copy.arguments)
      argument.buffer = memories.emplace_back(argument.buffer.begin(), argument.buffer.end());
    std::optional<Place> last;
    for (const LaunchPart &part : parts) {
      Launch own = launchOf(part, copy);
      if (auto at = llvm::find(part.arguments, bytes.argument); at != part.arguments.end()) {
        size_t argument = at - part.arguments.begin();
        if (std::optional<Place> writer = part.kernel->findWriter(own, {argument, bytes.offset, bytes.count}))
          last = writer;
      }
      part.kernel->launch(own);
    }
    return last;
  }

private:
  static Launch launchOf(const LaunchPart &part, const Launch &whole) {
    Launch own = whole;
    own.blocks = part.blocks;
    own.arguments.clear();
    for (size_t argument : part.arguments)
      own.arguments.push_back(whole.arguments[argument]);
    return own;
  }

  std::vector<LaunchPart> parts;
};

} // namespace

std::unique_ptr<Executable> pto::harness::launchInOrder(std::vector<LaunchPart> parts) {
  return std::make_unique<Sequence>(std::move(parts));
}
