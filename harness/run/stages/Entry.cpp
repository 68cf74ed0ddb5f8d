// entry: which function is launched, and does it take what the case declares.
#include "compiler/frontend/Kernel.h"
#include "harness/run/Run.h"
#include "harness/run/stages/Diagnostics.h"
#include "harness/run/stages/Host.h"
#include "harness/run/stages/Stages.h"
#include <numeric>

using namespace pto;
using namespace pto::harness;
using reports::Blame;
using reports::State;

/// What the case launches, or nothing where the run ends with why not. A kernel that does not fit the case's
/// declaration is an error of the case: nothing was learnt about the kernel.
std::optional<mlir::func::FuncOp> pto::harness::findEntry(Run &run, llvm::StringRef name, Place named) {
  llvm::Expected<mlir::func::FuncOp> found = frontend::selectEntry(*run.module, name);
  if (found)
    return *found;
  run.fail(State::InfraError, Blame::Case, llvm::toString(found.takeError()), caseLocation(std::move(named)));
  return std::nullopt;
}

static std::vector<size_t> allOf(size_t count) {
  std::vector<size_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), size_t(0));
  return numbers;
}

static bool launchDeclaredEntry(Run &run) {
  std::optional<mlir::func::FuncOp> entry = findEntry(run, run.spec.entry, run.spec.entryPlace);
  if (entry)
    run.launches.push_back({*entry, allOf(run.spec.args.size()), run.spec.blocks});
  return entry.has_value();
}

bool pto::harness::entry(Run &run) {
  if (!(run.host ? launchAsHost(run) : launchDeclaredEntry(run)))
    return false;
  for (const KernelLaunch &launch : run.launches) {
    std::vector<frontend::HostArgument> host;
    for (size_t index : launch.arguments) {
      const CaseArgument &argument = run.spec.args[index];
      // A case may say u32 for what a kernel calls ui32.
      const DTypeRow &row = rowOf(argument.dtype);
      bool isShort = row.kind == DTypeKind::Unsigned && argument.dtypeText == row.shortName;
      host.push_back({argument.name, isShort ? row.mlirName.str() : argument.dtypeText, argument.isScalar});
    }
    std::vector<Diagnostic> mismatches = frontend::checkAbi(launch.entry, host);
    if (!mismatches.empty())
      return failWith(run, State::InfraError, Blame::Case, mismatches);
  }
  return true;
}
