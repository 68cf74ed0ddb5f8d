// Names for the values of one function: the hints, made unique.
// The same program always gets the same names.
#pragma once

#include "mlir/IR/Value.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

namespace pto::frontend {

class NameTable {
public:
  /// Words that no variable may be called.
  void reserve(llvm::StringRef name) { taken.insert(name); }

  /// A new name for the value, from its hint or from `otherwise`.
  llvm::StringRef give(mlir::Value value, llvm::StringRef otherwise);
  /// Another value of the same name: what a loop's yield assigns is the loop's result.
  void share(mlir::Value value, llvm::StringRef name) { names[value] = name.str(); }

  bool has(mlir::Value value) const { return names.count(value); }
  llvm::StringRef operator[](mlir::Value value) const { return names.find(value)->second; }

private:
  llvm::DenseMap<mlir::Value, std::string> names;
  llvm::StringSet<> taken;
  /// Of each name that was asked for more than once: all smaller numbers are taken.
  llvm::StringMap<unsigned> nextNumber;
};

/// The nearest word that is a name in Python.
std::string asIdentifier(llvm::StringRef text, llvm::StringRef otherwise);

} // namespace pto::frontend
