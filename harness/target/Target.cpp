// The table of targets.
#include "harness/target/Target.h"
#include "harness/target/SimulatorTarget.h"

using namespace pto::harness;

static constexpr llvm::StringLiteral names[] = {"sim"};

llvm::ArrayRef<llvm::StringLiteral> pto::harness::targetNames() {
  return names;
}

std::unique_ptr<Target> pto::harness::createTarget(llvm::StringRef name) {
  if (name == "sim")
    return std::make_unique<SimulatorTarget>();
  return nullptr;
}
