// What the stages of a folder without a case.yaml share.
#pragma once

#include "harness/run/Run.h"

namespace pto::harness {

/// The case's arguments and launches, from what the host passes and what its kernels take.
bool launchAsHost(Run &run);

std::optional<mlir::func::FuncOp> findEntry(Run &run, llvm::StringRef name, Place named);

/// Runs one of the folder's scripts in its copy; nothing where that ended the run.
std::optional<ScriptResult> runScript(Run &run, llvm::StringRef script, std::vector<std::string> arguments = {});
/// The last lines that it printed, as details of the result.
void tellWhatWasPrinted(Run &run, const ScriptResult &script);

/// What the folder's script says all the same of outputs that the checks found fault with, as a detail of the result.
void tellJudgement(Run &run);

/// The place of something that failed in one of the folder's files, as the author knows it.
reports::Location hostLocation(const Run &run, Place place);

} // namespace pto::harness
