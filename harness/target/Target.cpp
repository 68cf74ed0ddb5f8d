// The table of targets.
#include "harness/target/Target.h"
#include "llvm/ADT/STLExtras.h"

using namespace pto::harness;

llvm::ArrayRef<TargetKind> pto::harness::targetKinds() {
  static constexpr TargetKind kinds[] = {{"sim", createSimulatorTarget}};
  return kinds;
}

std::unique_ptr<Target> pto::harness::createTarget(llvm::StringRef name) {
  const TargetKind *kind = llvm::find_if(targetKinds(), [&](const TargetKind &each) { return each.name == name; });
  return kind == targetKinds().end() ? nullptr : kind->create();
}
