// Pieces of the notation in which modes and bounds are written.
#pragma once

#include "golden/compare/Compare.h"
#include <string>

namespace pto::golden {

/// The shortest decimal that reads back as the same float64.
std::string shortest(double value);

std::string closeNotation(double absolute, double relative);

} // namespace pto::golden
