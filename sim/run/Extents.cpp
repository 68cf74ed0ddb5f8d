// How much of each buffer a kernel touches.
#include "sim/memory/Touch.h"
#include "sim/run/Machine.h"

namespace pto::sim {

Measured measure(const Program &program, llvm::ArrayRef<Argument> arguments, const LaunchOptions &options) {
  std::vector<Extent> extents(arguments.size());
  Machine machine(program, arguments, options);
  auto note = [&](Core &, const Touch &touch) {
    if (touch.range.space != MemorySpace::Gm)
      return;
    std::optional<unsigned> argument = GmPointer::argument(touch.address);
    if (!argument || *argument >= extents.size())
      return;
    Extent &extent = extents[*argument];
    auto end = uint64_t(GmPointer::offset(touch.address) + touch.range.bytes);
    if (touch.access != Access::Write)
      extent.read = std::max(extent.read, end);
    if (touch.access != Access::Read)
      extent.written = std::max(extent.written, end);
  };
  machine.onTouch = note; // a reference
  machine.run<Traced>();
  return {std::move(extents), std::move(machine.report.fault)};
}

} // namespace pto::sim
