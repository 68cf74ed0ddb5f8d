// Makes nodes of the specialized program.
// Each takes the range of the user's text that it stands for, so that later errors point there.
#pragma once

#include "compiler/specialize/Type.h"

namespace pto::specialize {

class Builder {
public:
  explicit Builder(Arena &arena) : arena(arena) {}

  const Expr *name(SourceRange range, llvm::StringRef id) { return arena.make<Name>(range, arena.text(id)); }
  /// `pl.Mem.Vec`.
  const Expr *path(SourceRange range, llvm::StringRef dotted);
  const Expr *integer(SourceRange range, int64_t value);
  const Expr *list(SourceRange range, llvm::ArrayRef<const Expr *> elements);
  const Expr *tuple(SourceRange range, llvm::ArrayRef<const Expr *> elements);
  const Expr *call(SourceRange range, const Expr *callee, llvm::ArrayRef<const Expr *> arguments,
                   llvm::ArrayRef<Keyword> keywords = {});
  const Expr *subscript(SourceRange range, const Expr *base, const Expr *index);
  const Stmt *assign(SourceRange range, const Expr *target, const Expr *value);

  /// Whether a value can be written in a program at all.
  static bool isLiteral(const Value &value);
  /// Numbers of a type that a bare constant does not have become `pl.const(4, pl.INT32)`; a null type asks for the
  /// bare form. `symbol` gives the variable of a symbol.
  const Expr *literal(SourceRange range, const Value &value, const Dtype *dtype,
                      llvm::function_ref<std::string(const std::string &)> symbol);

private:
  const Expr *number(SourceRange range, const Value &value);

  Arena &arena;
};

} // namespace pto::specialize
