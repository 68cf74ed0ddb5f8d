// What all cases of one invocation share.
#pragma once

#include "base/Conventions.h"
#include "base/Order.h"
#include <cstdint>
#include <string>
#include <vector>

namespace pto::harness {

struct Settings {
  std::string program = "run_validation"; ///< as it was called
  std::string target = "sim";
  uint64_t seed = 0;
  double timeoutSeconds = 30;
  uint64_t instructionBudget = 200'000'000;
  uint64_t memoryLimit = uint64_t(4) << 30; ///< bytes that a worker may allocate
  bool warningsAreErrors = false;
  bool checked = true;                    ///< whether launches are checked beyond bounds
  Order order;                            ///< in which launches execute what nothing orders
  std::vector<std::string> allowedChecks; ///< by name: what they find is no failure
  Conventions conventions;                ///< in place of those of cases
  bool allowPython = false;               ///< whether the scripts of case folders may be run
  std::string python = "python3";         ///< what runs them
  uint64_t slack = 0;                     ///< bytes behind each buffer that a kernel may touch unseen
  std::string cacheDirectory;             ///< empty: goldens are not kept
  std::string keepDirectory; ///< empty: no files are kept; else each case leaves its inputs and outputs below it
};

/// Of this user; empty where there is no place for one.
std::string defaultCacheDirectory();

} // namespace pto::harness
