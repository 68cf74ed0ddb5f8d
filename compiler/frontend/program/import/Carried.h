// What a loop takes round: first the init_values, then the variables it assigns.
// Private to the importer.
#pragma once

#include "compiler/frontend/program/import/BodyImporter.h"

namespace pto::frontend {

struct BodyImporter::Carried {
  std::vector<std::string> names;
  llvm::SmallVector<mlir::Value, 4> inits;
  size_t explicitCount = 0;
  /// What the loop, which certainly runs, assigns first: a round hands it on, and none reads it. Carried behind the
  /// others, from nothing.
  std::vector<std::string> fresh;
  llvm::SmallVector<mlir::Value, 4> freshValues;
  /// The variables that the last yield names, which hold the explicit values after the loop.
  std::vector<std::string> yieldNames;
  bool certainlyRuns = false;

  std::vector<std::string> roundNames() const {
    std::vector<std::string> all = names;
    all.insert(all.end(), fresh.begin(), fresh.end());
    return all;
  }
  llvm::SmallVector<mlir::Type, 4> types() const {
    llvm::SmallVector<mlir::Type, 4> types;
    for (mlir::Value init : inits)
      types.push_back(prog::withoutMemref(init.getType()));
    return types;
  }
  std::vector<std::string> resultNames() const {
    std::vector<std::string> result = names;
    for (size_t i = 0; i < yieldNames.size() && i < explicitCount; ++i)
      result[i] = yieldNames[i];
    return result;
  }
};

} // namespace pto::frontend
