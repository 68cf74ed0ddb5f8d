// What is said about the mutants of a run: a table of kinds, the survivors, files to look at.
#pragma once

#include "harness/cli/Options.h"
#include "harness/mutate/Trial.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"
#include <map>

namespace pto::harness {

/// Percent of the mutants that could have been found; nothing where there were none.
std::optional<double> killRate(llvm::ArrayRef<Trial> trials);

void printMutation(llvm::ArrayRef<Trial> trials, const Options &options, llvm::raw_ostream &os);

/// DIR/mutants.jsonl, and for each case DIR/CASE/original.pto and DIR/CASE/NUMBER.pto. `originals` are the kernels
/// printed like the mutants, by case.
llvm::Error writeMutants(llvm::ArrayRef<Trial> trials, const std::map<const Case *, std::string> &originals,
                         const std::string &directory);

} // namespace pto::harness
