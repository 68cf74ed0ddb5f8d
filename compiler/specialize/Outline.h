// What can be told of an entry and everything it calls from the text alone, before any argument is known.
// The functions it reaches, leaf first; which dimensions are dynamic, and in the callers too; a hash of all the text.
#pragma once

#include "compiler/frontend/program/Diagnostics.h"
#include "compiler/specialize/Signature.h"
#include "llvm/ADT/DenseMap.h"
#include <set>

namespace pto::specialize {

struct FunctionOutline : GenericFunction {
  /// The parameters that each returned value may be, with the same shape.
  std::vector<std::set<size_t>> returnOrigins;

  const DynamicDimension *findDynamic(size_t parameter, size_t dimension) const;
};

/// The name that `a.b.c` starts with, if it is none of the function's own.
const Name *outerRoot(const Expr *expr, const FunctionOutline &function);

/// A name of the language that no local name hides; empty if it is none.
std::string languagePath(const Expr *expr, const FunctionOutline &function);
/// The function that is called by its own name; null if it is something else.
const Function *calledFunction(const Call *call, const FunctionOutline &function);
/// `pl.dynamic("M")` → M, `M` → what it is bound to; empty if it is no symbol.
std::string symbolOf(const Expr *expr, const FunctionOutline &function);

class Outline {
public:
  /// Empty after an error.
  static std::optional<Outline> of(const Module &module, const ModuleScope &scope, const Definition &entry,
                                   Diagnostics &diagnostics);

  const Definition &entry() const { return *entryDefinition; }
  /// Callees before callers. The last one is the entry, unless that is a program.
  const std::vector<std::unique_ptr<FunctionOutline>> &functions() const { return leafFirst; }
  /// Of a program, in the order of the text.
  const std::vector<std::unique_ptr<FunctionOutline>> &methods() const { return programMethods; }
  const FunctionOutline *find(const Function *function) const { return byFunction.lookup(function); }
  /// Of the text of the entry, of all it reaches and of the constants they use, with their places in the file.
  const std::string &sourceHash() const { return hash; }

private:
  friend class OutlineBuilder;
  const Definition *entryDefinition = nullptr;
  std::vector<std::unique_ptr<FunctionOutline>> leafFirst, programMethods;
  llvm::DenseMap<const Function *, const FunctionOutline *> byFunction;
  std::string hash;
};

} // namespace pto::specialize
