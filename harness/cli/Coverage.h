// Which cases use an operation.
#pragma once

#include "mlir/IR/MLIRContext.h"
#include "sim/Simulator.h"
#include <map>
#include <set>
#include <string>

namespace pto::harness {

/// How many points of each case's folder use each form; all that use an operation are under its empty form. Cases that
/// are known to fail, or do not run, cover nothing.
using Coverage = std::map<sim::OpForm, std::map<std::string, size_t>>;

/// Of the cases below a root; of one operation, where its name is given, which only looks at the cases whose text has
/// it.
Coverage findCoverage(const std::string &root, llvm::StringRef operation, mlir::MLIRContext &context);

} // namespace pto::harness
