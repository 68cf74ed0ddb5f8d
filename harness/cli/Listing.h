// --list and --dry-run: the cases, without running them.
#pragma once

#include "harness/case/Case.h"
#include "harness/cli/Options.h"
#include "llvm/Support/raw_ostream.h"

namespace pto::harness {

/// "in", "out", "inout"
llvm::StringRef nameOf(Direction direction);

/// A name a line; with -v its tags and its summary after it.
void printNames(const CaseSet &set, const Options &options, llvm::raw_ostream &os);
/// An array of objects: name, summary, tags, folder, kernel, entry, blocks, arguments, skip, xfail.
void printJson(const CaseSet &set, llvm::raw_ostream &os);
/// What would run, and with what.
void printPlan(const CaseSet &set, const Options &options, llvm::raw_ostream &os);

} // namespace pto::harness
