// The points of a case's matrix: every combination of its axes, less what is excluded, and what is included.
#pragma once

#include "harness/case/Bindings.h"
#include "harness/case/Yaml.h"

namespace pto::harness {

struct Point {
  std::string label; ///< "@dtype=f16,tail=13"; empty without a matrix
  Bindings bindings;
};

constexpr size_t mostPoints = 10'000;

/// `matrix` null: the one point that binds nothing. Nothing where the matrix has problems.
std::optional<std::vector<Point>> expandMatrix(const YamlFile &file, const YamlNode *matrix, Diagnostics &problems);

/// Whether a name may be bound by a matrix or a let: an identifier that no function of the expressions has.
/// Else the problem is reported.
bool checkBoundName(const YamlFile &file, const YamlNode &name, Diagnostics &problems);

} // namespace pto::harness
