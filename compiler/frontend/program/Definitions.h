// What a file defines for PTO: classes and functions with a decorator of the language.
// Found wherever they stand: at module level, in functions that build them, in test classes.
#pragma once

#include "compiler/frontend/program/Ast.h"
#include <string>

namespace pto::program {

class Scope;

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

  SourceRange nameRange() const { return program ? program->nameRange : function->nameRange; }
};

/// The kind that a resolved decorator makes, if it is one of the language.
std::optional<Definition::Kind> definitionKind(llvm::StringRef decorator);

} // namespace pto::program
