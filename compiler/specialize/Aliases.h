// Which parameters a local name may stand for, with the same shape.
// A dimension that a callee makes dynamic is one of these parameters' dimensions.
#pragma once

#include "compiler/specialize/Outline.h"

namespace pto::specialize {

class Aliases {
public:
  /// The functions that it calls have to be in `outline` already.
  Aliases(const FunctionOutline &function, const Outline &outline);

  std::set<size_t> of(const Expr *expr) const;
  /// One set for each returned value.
  std::vector<std::set<size_t>> returned() const;

private:
  using Sets = std::vector<std::set<size_t>>;
  Sets each(const Expr *expr) const;
  void assign(const Expr *target, const Sets &values);
  void assignCarried(const For *loop);
  void learn(const Stmt *stmt);

  const FunctionOutline &function;
  const Outline &outline;
  llvm::StringMap<std::set<size_t>> names;
  bool changed = false;
};

} // namespace pto::specialize
