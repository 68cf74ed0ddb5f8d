// Pieces of the notation in which modes and bounds are written.
#pragma once

#include "golden/compare/Compare.h"
#include <string>

namespace pto::golden {

/// The shortest decimal that reads back as the same float64.
std::string shortest(double value);

/// Four significant digits, for people.
std::string brief(double value);

/// The smallest number of four significant digits that is not below `value`, which is not negative.
double roundedUp(double value);

std::string closeNotation(double absolute, double relative);

} // namespace pto::golden
