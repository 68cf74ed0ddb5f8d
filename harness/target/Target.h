// Where a kernel can run: the simulator today, devices later. A target is asked whether it can run a kernel before
// anything is launched, and it answers by name.
#pragma once

#include "base/Addition.h"
#include "base/Check.h"
#include "base/Conventions.h"
#include "base/Order.h"
#include "reports/Result.h"
#include "sim/timing/Trace.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mlir {
class Operation;
}

namespace pto::harness {

/// One argument of a launch: bytes in the device's global memory, or a scalar's raw bits.
struct LaunchArgument {
  std::string name;
  bool isScalar = false;
  llvm::MutableArrayRef<uint8_t> buffer;
  uint64_t scalar = 0;
};

struct Launch {
  std::vector<LaunchArgument> arguments;
  uint32_t blocks = 1;
  uint64_t instructionBudget = 0;
  Order order = {};    ///< of what nothing orders, where the target can choose
  bool checked = true; ///< what is checked beyond bounds
};

/// Why a kernel is refused, or what stopped it.
struct Trouble {
  reports::State state = reports::State::InfraError;
  reports::Blame blame = reports::Blame::Infrastructure;
  std::string message;
  Place place;
};

/// What a check of the target found.
struct Finding {
  Check check;
  std::string message;
  Place place;
  std::vector<std::string> details;
  bool isConsequence = false;          ///< of another finding: mending that one mends it
  std::vector<AddedLine> edit = {};    ///< the first of the details, where it says lines to add
  std::vector<Addition> remedies = {}; ///< each of them may mend it
};

struct LaunchReport {
  struct Read {
    size_t argument;
    Place place; ///< of the first instruction that read it
  };
  std::optional<Trouble> trouble;
  std::vector<Finding> findings;
  std::vector<std::string> warnings;
  std::vector<std::string> notes; ///< what the kernel prints
  uint64_t instructions = 0;      ///< that were executed, where the target counts them
  std::vector<Read> reads;        ///< of buffers, where the target tells
};

/// Some bytes of a buffer argument.
struct ArgumentBytes {
  size_t argument;
  uint64_t offset, count;
};

/// How far into a buffer argument a launch comes: one past the last byte read or written, 0 for none.
struct Extent {
  uint64_t read = 0, written = 0;
};

/// A kernel made ready for a target.
class Executable {
public:
  virtual ~Executable() = default;
  virtual LaunchReport launch(const Launch &launch) const = 0;
  /// The instruction that wrote these bytes last; nothing where the target cannot tell. The arguments are as they were
  /// before the launch, and stay so.
  virtual std::optional<Place> findWriter(const Launch &launch, ArgumentBytes bytes) const = 0;
  /// When it does what, as an estimate; nothing where the target cannot tell.
  virtual std::optional<sim::Trace> trace(const Launch &) const { return std::nullopt; }
  /// What the launch touches of each argument; nothing where the target cannot tell. `trouble` becomes what ended it
  /// too early.
  virtual std::vector<Extent> measure(const Launch &, std::optional<Trouble> & /*trouble*/) const { return {}; }
};

class Target {
public:
  virtual ~Target() = default;

  /// `entry` is a verified func.func. Nothing is returned where the target cannot run it; `refusal` then says why.
  virtual std::unique_ptr<Executable> prepare(mlir::Operation *entry, const Conventions &conventions,
                                              Trouble &refusal) const = 0;
};

/// A target by name.
struct TargetKind {
  llvm::StringLiteral name;
  std::unique_ptr<Target> (*create)();
};

/// Those that this build has, the default first.
llvm::ArrayRef<TargetKind> targetKinds();
/// Nothing for an unknown name.
std::unique_ptr<Target> createTarget(llvm::StringRef name);

std::unique_ptr<Target> createSimulatorTarget();

} // namespace pto::harness
