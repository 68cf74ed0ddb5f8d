// The simulator as a target.
#pragma once

#include "harness/target/Target.h"

namespace pto::harness {

class SimulatorTarget : public Target {
public:
  llvm::StringRef name() const override { return "sim"; }
  std::unique_ptr<Executable> prepare(mlir::Operation *entry, Trouble &refusal) const override;
};

} // namespace pto::harness
