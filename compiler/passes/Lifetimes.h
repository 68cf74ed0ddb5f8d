// When a value is needed, in a numbering of a function's operations.
// A value that a loop reads from outside is needed until the loop ends; a carried value from the loop's start until its
// last use in a round. What only the second of two branches reads is not needed in the first.
#pragma once

#include "compiler/dialect/program/Ops.h"
#include <map>

namespace pto::passes {

/// An operation reads at an even point and writes at the odd one after it.
struct Lifetime {
  unsigned begin = 0;
  /// The first point at which it is not needed any more.
  unsigned end = 0;

  bool overlaps(Lifetime other) const { return begin < other.end && other.begin < end; }
};

/// When any of several values is needed: lifetimes that overlap or touch are one.
class Lifespan {
public:
  void add(Lifetime lifetime);
  void add(const Lifespan &other);
  bool overlaps(const Lifespan &other) const;

private:
  /// By their beginnings.
  std::map<unsigned, unsigned> ends;
};

class Lifetimes {
public:
  explicit Lifetimes(prog::FuncOp function);

  const Lifespan &of(mlir::Value value) const { return lifespans.find(value)->second; }

private:
  Lifespan spanOf(mlir::Value value) const;
  unsigned beginOf(mlir::Value value) const;
  unsigned endOf(mlir::Value value, unsigned begin) const;

  struct Extent {
    unsigned enter = 0, leave = 0;
  };
  llvm::DenseMap<mlir::Operation *, Extent> extents;
  llvm::DenseMap<mlir::Value, Lifespan> lifespans;
};

} // namespace pto::passes
