// The names around a program: module constants, import aliases, the locals of enclosing functions.
// Evaluated in the order of the text, without running Python: what cannot be known is Unknown, with the reason.
#pragma once

#include "compiler/frontend/program/Definitions.h"
#include "compiler/frontend/program/Parser.h"
#include "compiler/frontend/program/Value.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringMap.h"
#include <deque>

namespace pto::frontend {

class Scope {
public:
  explicit Scope(const Scope *parent, const Source &source) : enclosing(parent), origin(&source) {}

  /// Null if neither this scope nor an enclosing one binds the name.
  const Value *find(llvm::StringRef name) const;
  /// The names that can be seen from here, for suggestions.
  std::vector<llvm::StringRef> names() const;
  /// The file that the scope's expressions are in.
  const Source &source() const { return *origin; }
  const Scope *parent() const { return enclosing; }
  void bind(llvm::StringRef name, Value value) { values[name] = std::move(value); }
  bool binds(llvm::StringRef name) const { return values.contains(name); }
  const llvm::StringMap<Value> &own() const { return values; }

private:
  const Scope *enclosing;
  const Source *origin;
  llvm::StringMap<Value> values;
};

/// Why a name that nothing binds is not there, or what was meant: an import that is missing, a name like it.
std::string whyUndefined(llvm::StringRef name, const Scope &scope, llvm::ArrayRef<llvm::StringRef> candidates = {});

/// What somebody knows of an expression beside what the names around it say; empty if nothing.
using KnownValues = llvm::function_ref<std::optional<Value>(const Expr *)>;

/// Constants, names of the language, and arithmetic on them.
Value evaluate(const Expr *expression, const Scope &scope, KnownValues known = {});

/// A name of a file that another one imports. `shown` says of which file, for a name that it does not have.
Value memberOf(const Scope &file, llvm::StringRef name, const std::string &shown);

/// `pl.tile.load` for any way of importing it; empty if the expression is no such name.
std::string resolvePath(const Expr *expression, const Scope &scope);

/// What the parameters of functions that build programs are bound to: function, parameter, value.
using FactoryArguments = llvm::StringMap<llvm::StringMap<Value>>;

class ModuleScope {
public:
  /// Refers to the module, which has to outlive it.
  explicit ModuleScope(const Module &module, const FactoryArguments &arguments = {});

  /// After the last statement.
  const Scope &top() const { return *current; }
  /// All programs, functions and kernels of the file, in the order of the text.
  const std::vector<Definition> &definitions() const { return found; }
  /// Those of the files that it imports.
  const std::vector<Definition> &importedDefinitions() const { return foundElsewhere; }
  /// What a name may mean: what has it as its whole path, or else as the last part of one. A definition replaces those
  /// before it of the same path, unless it may not be reached.
  std::vector<const Definition *> candidates(llvm::StringRef name) const;
  /// Null if there is none, or no telling which.
  const Definition *find(llvm::StringRef name) const;
  /// What has decorators that are none of the language's.
  const std::vector<Stranger> &strangers() const { return foundStrange; }
  const Stranger *findStranger(llvm::StringRef name) const;

private:
  friend class ScopeBuilder;
  std::deque<Scope> scopes;
  const Scope *current = nullptr;
  std::vector<Definition> found, foundElsewhere;
  std::vector<Stranger> foundStrange;
  /// The names of the imported files that are known; and the paths of those that are being read.
  llvm::DenseMap<const ImportedFile *, const Scope *> files;
  std::vector<std::string> running;
};

} // namespace pto::frontend
