// What a file defines for PTO: classes and functions with a decorator of the language.
// Found wherever they stand: at module level, in functions that build them, in test classes.
#pragma once

#include "compiler/frontend/program/Ast.h"
#include <string>

namespace pto::frontend {

class Scope;

enum class Decorated { Class, Function };

struct Definition {
  enum class Kind : uint8_t { Program, Function, Inline, Jit };
  Kind kind;
  llvm::StringRef name;
  /// As the language calls it: `pl.program`, `pl.function`, `pl.inline`, `pl.jit`, `pl.jit.incore` …
  std::string decorator;
  /// The decorator as written; a Call if it has arguments.
  const Expr *decoratorExpr;
  /// One of the two is null.
  const Class *program;
  const Function *function;
  /// What its free names mean.
  const Scope *scope;
  /// The functions it stands in, outermost first: `build.Program`.
  std::string path;
  /// Does it stand in a block of which nobody knows whether it runs?
  bool isConditional = false;

  Decorated decorated() const { return program ? Decorated::Class : Decorated::Function; }
  Exprs decorators() const { return program ? program->decorators : function->decorators; }
  SourceRange nameRange() const { return program ? program->nameRange : function->nameRange; }
};

/// A class or function with decorators, none of which is of the language: what a slip in one makes of a program.
struct Stranger {
  llvm::StringRef name;
  /// As of a definition.
  std::string path;
  /// The decorator, and what is wrong with it.
  SourceRange range;
  std::string problem;
  /// Does the decorator name something in the language?
  bool isOfLanguage;
};

/// The kind that a resolved decorator makes, if it is one of the language.
std::optional<Definition::Kind> definitionKind(llvm::StringRef decorator);

/// Does a decorator of this kind belong on what it stands on?
constexpr bool fits(Definition::Kind kind, Decorated decorated) {
  return (kind == Definition::Kind::Program) == (decorated == Decorated::Class);
}

/// `unknown decorator '@pl.jti'; did you mean 'pl.jit'?`; empty for a decorator of the language where it belongs.
std::string decoratorProblem(const Expr *decorator, Decorated decorated, const Scope &scope);

} // namespace pto::frontend
