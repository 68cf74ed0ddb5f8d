#include "sim/ops/cube/UnitFlags.h"
#include "sim/check/Hazards.h"
#include "sim/ops/cube/Fixpipe.h"
#include "sim/ops/cube/Product.h"
#include "llvm/ADT/Sequence.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"

namespace pto::sim {

static constexpr uint64_t unitBytes = 512;

static bool isProduct(const Instruction &at) {
  return at.code.pipe == Pipe::M;
}

// None of an address that is out of reach: the end may come around to 0 then.
static auto unitsIn(const Core &core, uint64_t address, size_t bytes) {
  uint64_t size = core.unitFlags.size(), first = std::min(address / unitBytes, size);
  uint64_t end = std::min(llvm::divideCeil(address + bytes, unitBytes), size);
  return llvm::seq(unsigned(first), unsigned(std::max(first, end)));
}

// The first unit that is not as it has to be, or nothing.
static std::optional<uint64_t> awaited(const Core &core, const Instruction &at, uint64_t address, size_t bytes) {
  for (unsigned unit : unitsIn(core, address, bytes))
    if (core.unitFlags[unit] == isProduct(at))
      return unit;
  return std::nullopt;
}

bool checkUnitFlags(Core &core, const Instruction &at, UnitFlag use, uint64_t address, size_t bytes) {
  if (use == UnitFlag::Unused)
    return true;
  if (std::optional<uint64_t> unit = awaited(core, at, address, bytes)) {
    core.fault(at, Fault::Kind::Deadlock,
               llvm::formatv("waits for the unit flag of l0c+{0:x}, which no {1} before it has {2}", *unit * unitBytes,
                             isProduct(at) ? "fixpipe" : "product", isProduct(at) ? "cleared" : "set"));
    return false;
  }
  if (CoreOrder *order = core.order())
    for (unsigned unit : unitsIn(core, address, bytes))
      order->takeUnit(at.code.pipe, unit);
  return true;
}

void changeUnitFlags(Core &core, const Instruction &at, UnitFlag use, uint64_t address, size_t bytes) {
  if (use != UnitFlag::CheckAndChange)
    return;
  CoreOrder *order = core.order();
  for (unsigned unit : unitsIn(core, address, bytes)) {
    core.unitFlags[unit] = isProduct(at);
    if (order)
      order->giveUnit(at.code.pipe, unit, core.machine.budget.time());
  }
}

bool allowedByUnitFlags(Core &core, const Instruction &at) {
  std::optional<UnitsOfL0c> units = unitsOfProduct(core, at);
  if (!units)
    units = unitsOfFixpipe(core, at);
  return !units || units->use == UnitFlag::Unused || !awaited(core, at, units->address, units->bytes);
}

} // namespace pto::sim
