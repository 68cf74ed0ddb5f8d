// The run of one case: the list of stages it goes through, and how far it has come.
#pragma once

#include "compiler/specialize/Cache.h"
#include "golden/reference/Evaluator.h"
#include "harness/case/Case.h"
#include "harness/host/HostProgram.h"
#include "harness/run/Buffer.h"
#include "harness/run/FolderCopy.h"
#include "harness/run/Settings.h"
#include "harness/target/Target.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"
#include "reports/Result.h"
#include <chrono>
#include <map>

namespace pto::harness {

/// What a worker keeps between cases, so that a warm case costs a millisecond.
class Workshop {
public:
  explicit Workshop(const Settings &settings);

  /// Whether goldens are computed here. If not, a case whose golden is not kept is postponed.
  bool mayCompute = true;

  const Settings settings;
  mlir::MLIRContext context;
  golden::Evaluator evaluator;
  Python python;
  specialize::Cache programs; ///< in memory: reading one from a folder takes as long as making it
  std::unique_ptr<Target> target;
};

/// A launch over outputs that hold another poison. What then differs was never written, or depends on what was there.
struct SecondLaunch {
  std::vector<Buffer> buffers;
  LaunchReport report;
};

/// A kernel of the module, and the arguments that it is given by their numbers.
struct KernelLaunch {
  mlir::func::FuncOp entry;
  std::vector<size_t> arguments;
  uint32_t blocks = 1;
};

/// What was made of a folder without a case.yaml.
struct HostRun {
  std::shared_ptr<const ScratchFolder> copy; ///< in which the scripts run
  HostProgram program;
  std::map<size_t, size_t> arguments; ///< of the case, by the host's buffers
};

/// One case on its way. A stage fills in what the next ones need, or ends the run with a result.
struct Run {
  Run(const Case &given, Workshop &workshop);

  /// Of a folder without a case.yaml a copy, which learns its arguments on the way.
  std::unique_ptr<Case> own;
  const Case &spec;
  Workshop &workshop;
  reports::Result result;
  const std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();

  mlir::OwningOpRef<mlir::ModuleOp> module;
  std::vector<KernelLaunch> launches; ///< one, but for hosts that launch several kernels
  std::unique_ptr<Executable> executable;
  std::vector<Buffer> buffers;        ///< one for each argument, from the inputs on
  std::optional<SecondLaunch> second; ///< nothing until somebody asks for it
  std::optional<HostRun> host;
  bool isPostponed = false;

  uint64_t seed() const { return result.seed; }

  /// Both end the run, and are always false, so that a stage can `return run.fail(…)`.
  bool postpone() {
    isPostponed = true;
    return false;
  }
  bool fail(reports::State state, reports::Blame blame, std::string message, reports::Location location = {});
};

/// `advance` returns false where it ended the run. `blame` is whose fault it is if it does not return at all.
struct Stage {
  /// Kernels with a case.yaml, kernels of folders without one, programs.
  enum Source : unsigned { Declared = 1, Folder = 2, Program = 4, Kernel = Declared | Folder, Any = Kernel | Program };

  llvm::StringLiteral name;
  bool (*advance)(Run &run);
  unsigned source = Any;
  reports::Blame blame = reports::Blame::Kernel;

  bool appliesTo(const Case &spec) const {
    return source & (spec.isProgram() ? Program : spec.host ? Folder : Declared);
  }
};

/// All there are, in order.
llvm::ArrayRef<Stage> stages();

/// Hears which stage of all a case comes to, counted from 1.
using OnStage = llvm::function_ref<void(unsigned stage)>;

/// Takes a run through those of the stages that apply to it, a part of all, until one of them ends it; false then.
bool takeThrough(Run &run, llvm::ArrayRef<Stage> part, OnStage onStage = nullptr);

/// Takes one case through the stages that apply to it. What the case expects of itself (xfail, skip) is applied.
/// Nothing where the case is postponed: it has to be run by a workshop that may compute.
std::optional<reports::Result> tryCase(const Case &spec, Workshop &workshop, OnStage onStage = nullptr);
/// The same in a workshop that may compute.
reports::Result runCase(const Case &spec, Workshop &workshop);

/// The result of a case as far as it is known before anything was done.
reports::Result blankResult(const Case &spec, const Settings &settings);
/// A case that says it fails has to fail, and one that fails as it said is no failure of the run.
void applyExpectation(const Case &spec, reports::Result &result);

/// What --werror makes of a pass that has warnings.
void failForWarnings(reports::Result &result);

/// "kernel.pto:12:5" with the text of line 12: of the kernel as it was parsed, or of a file that it was made from. What
/// is nowhere is somewhere in the kernel.
reports::Location sourceLocation(const Case &spec, Place place);
/// Where the user wrote what an operation came from; without a file where nobody did.
reports::Location sourceLocation(const Case &spec, mlir::LocationAttr location);
reports::Location caseLocation(Place place);

} // namespace pto::harness
