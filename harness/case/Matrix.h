// The points of a case's matrix: every combination of its axes, less what is excluded, and what is included.
#pragma once

#include "harness/case/Bindings.h"
#include "harness/case/Yaml.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace pto::harness {

struct Point {
  /// An axis and the name of its value, in the order of the file.
  std::vector<std::pair<llvm::StringRef, std::string>> coordinates;
  Bindings bindings;

  /// "@dtype=f16,tail=13", less the axes that are left out; empty where there are none.
  std::string label(llvm::function_ref<bool(llvm::StringRef axis)> leavesOut = [](llvm::StringRef) {
    return false;
  }) const;
};

constexpr size_t mostPoints = 10'000;

/// What binds names: an axis, a further name of its values, a `let`. One of its names has to be read somewhere.
struct Binder {
  const YamlNode *key;
  std::vector<llvm::StringRef> names;
};

struct Matrix {
  std::vector<Point> points;
  std::vector<Binder> binders;
};

/// `matrix` null: the one point that binds nothing. Nothing where the matrix has problems.
std::optional<Matrix> expandMatrix(const YamlFile &file, const YamlNode *matrix, Diagnostics &problems);

/// Letters, digits, '_', '.', '+' and '-', of which names of points are made.
bool isPlainName(llvm::StringRef text);

/// Whether a name may be bound by a matrix or a let: an identifier that no function of the expressions has.
/// Else the problem is reported.
bool checkBoundName(const YamlFile &file, const YamlNode &name, Diagnostics &problems);

} // namespace pto::harness
