// The syntax tree of a program file.
// Nodes are immutable and live in an Arena. Python that means nothing to a program (lambdas, comprehensions, try …) is
// kept as Opaque text.
#pragma once

#include "compiler/frontend/program/Operators.h"
#include "compiler/frontend/program/Source.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/Casting.h"
#include <optional>
#include <type_traits>

namespace pto::frontend {

struct Expr {
  enum class Kind : uint8_t {
    Name,
    Attribute,
    Call,
    Subscript,
    Slice,
    Tuple,
    List,
    Dict,
    Number,
    String,
    Constant,
    Unary,
    Binary,
    Conditional,
    Opaque
  };
  const Kind kind;
  SourceRange range;

protected:
  Expr(Kind kind, SourceRange range) : kind(kind), range(range) {}
};

/// What `isa`, `cast` and `dyn_cast` need, for a node that stands for exactly one kind.
template <typename Base, typename Base::Kind K>
struct NodeOf : Base {
  NodeOf(SourceRange range) : Base(K, range) {}
  static bool classof(const Base *node) { return node->kind == K; }
};

using Exprs = llvm::ArrayRef<const Expr *>;

struct Name : NodeOf<Expr, Expr::Kind::Name> {
  llvm::StringRef id;
};

struct Attribute : NodeOf<Expr, Expr::Kind::Attribute> {
  const Expr *base;
  llvm::StringRef name;
  SourceRange nameRange;
};

struct Keyword {
  llvm::StringRef name;
  const Expr *value;
  SourceRange range;
};

struct Call : NodeOf<Expr, Expr::Kind::Call> {
  const Expr *callee;
  Exprs arguments;
  llvm::ArrayRef<Keyword> keywords;
};

struct Subscript : NodeOf<Expr, Expr::Kind::Subscript> {
  const Expr *base;
  /// One expression, a Slice, or a Tuple of both.
  const Expr *index;
};

/// Only inside a Subscript. Each part may be null.
struct Slice : NodeOf<Expr, Expr::Kind::Slice> {
  const Expr *lower, *upper, *step;
};

struct Tuple : NodeOf<Expr, Expr::Kind::Tuple> {
  Exprs elements;
};

struct List : NodeOf<Expr, Expr::Kind::List> {
  Exprs elements;
};

struct DictEntry {
  const Expr *key, *value;
};

struct Dict : NodeOf<Expr, Expr::Kind::Dict> {
  llvm::ArrayRef<DictEntry> entries;
};

/// Non-negative: a sign is a Unary.
struct Number : NodeOf<Expr, Expr::Kind::Number> {
  bool isFloat;
  /// An integer above 64 bits has no value here; its text does.
  std::optional<int64_t> integer;
  double real;
  /// As written; empty if no text stands for it.
  llvm::StringRef text;
};

struct String : NodeOf<Expr, Expr::Kind::String> {
  llvm::StringRef value;
  /// As written, quotes, prefixes and all the parts included; empty if no text stands for it.
  llvm::StringRef text;
};

struct Constant : NodeOf<Expr, Expr::Kind::Constant> {
  enum class Value : uint8_t { None, False, True, Ellipsis };
  Value value;
};

struct Unary : NodeOf<Expr, Expr::Kind::Unary> {
  UnaryOperator op;
  const Expr *operand;
};

struct Binary : NodeOf<Expr, Expr::Kind::Binary> {
  BinaryOperator op;
  const Expr *left, *right;
};

/// `then if condition else otherwise`.
struct Conditional : NodeOf<Expr, Expr::Kind::Conditional> {
  const Expr *condition, *then, *otherwise;
};

struct OpaqueExpr : NodeOf<Expr, Expr::Kind::Opaque> {
  /// With its article: `a lambda`, `an f-string`.
  llvm::StringRef what;
  llvm::StringRef text;
};

struct Stmt {
  enum class Kind : uint8_t {
    Expression,
    Assign,
    AnnotatedAssign,
    AugmentedAssign,
    For,
    While,
    If,
    With,
    Return,
    Break,
    Continue,
    Pass,
    Function,
    Class,
    Import,
    Opaque
  };
  const Kind kind;
  SourceRange range;

protected:
  Stmt(Kind kind, SourceRange range) : kind(kind), range(range) {}
};

using Block = llvm::ArrayRef<const Stmt *>;

struct ExprStmt : NodeOf<Stmt, Stmt::Kind::Expression> {
  const Expr *value;
};

/// `a = b = value` has two targets; `a, b = value` has one, a Tuple.
struct Assign : NodeOf<Stmt, Stmt::Kind::Assign> {
  Exprs targets;
  const Expr *value;
};

/// `target: annotation`, or with a value.
struct AnnotatedAssign : NodeOf<Stmt, Stmt::Kind::AnnotatedAssign> {
  const Expr *target, *annotation, *value;
};

struct AugmentedAssign : NodeOf<Stmt, Stmt::Kind::AugmentedAssign> {
  BinaryOperator op;
  const Expr *target, *value;
};

struct For : NodeOf<Stmt, Stmt::Kind::For> {
  const Expr *target, *iterable;
  Block body, otherwise;
};

struct While : NodeOf<Stmt, Stmt::Kind::While> {
  const Expr *condition;
  Block body, otherwise;
};

/// `elif` is an If alone in `otherwise`.
struct If : NodeOf<Stmt, Stmt::Kind::If> {
  const Expr *condition;
  Block then, otherwise;
};

struct WithItem {
  const Expr *context;
  /// After `as`; may be null.
  const Expr *target;
};

struct With : NodeOf<Stmt, Stmt::Kind::With> {
  llvm::ArrayRef<WithItem> items;
  Block body;
};

struct Return : NodeOf<Stmt, Stmt::Kind::Return> {
  /// Null without a value.
  const Expr *value;
};

struct Break : NodeOf<Stmt, Stmt::Kind::Break> {};

struct Continue : NodeOf<Stmt, Stmt::Kind::Continue> {};

struct Pass : NodeOf<Stmt, Stmt::Kind::Pass> {};

struct Parameter {
  enum class Kind : uint8_t { Ordinary, KeywordOnly, List, Map };
  Kind kind = Kind::Ordinary;
  llvm::StringRef name;
  /// Either may be null.
  const Expr *annotation = nullptr;
  const Expr *defaultValue = nullptr;
  SourceRange range;
};

struct Function : NodeOf<Stmt, Stmt::Kind::Function> {
  llvm::StringRef name;
  SourceRange nameRange;
  Exprs decorators;
  llvm::ArrayRef<Parameter> parameters;
  /// After `->`; may be null.
  const Expr *returns;
  Block body;
};

struct Class : NodeOf<Stmt, Stmt::Kind::Class> {
  llvm::StringRef name;
  SourceRange nameRange;
  Exprs decorators, bases;
  Block body;
};

/// `import a.b as c` binds c to `a.b`; `from a.b import c as d` binds d to `a.b.c`.
struct ImportedName {
  llvm::StringRef path, bound;
};

struct Import : NodeOf<Stmt, Stmt::Kind::Import> {
  llvm::ArrayRef<ImportedName> names;
  llvm::StringRef text;
};

/// A clause of a statement that means nothing to a program; programs may still be defined inside it.
struct OpaqueClause {
  llvm::StringRef text;
  Block body;
};

struct OpaqueStmt : NodeOf<Stmt, Stmt::Kind::Opaque> {
  /// Its first word: `try`, `assert`, `del` …
  llvm::StringRef what;
  llvm::ArrayRef<OpaqueClause> clauses;
};

/// Of a tuple or a list; none of anything else.
inline Exprs elementsOf(const Expr *expr) {
  if (const auto *tuple = llvm::dyn_cast<Tuple>(expr))
    return tuple->elements;
  const auto *list = llvm::dyn_cast<List>(expr);
  return list ? list->elements : Exprs();
}

/// Owns nodes, their lists and the texts they refer to.
class Arena {
public:
  /// With its fields in order.
  template <typename T, typename... Fields>
  const T *make(SourceRange range, Fields &&...fields) {
    static_assert(std::is_trivially_destructible_v<T>);
    return new (allocator.Allocate<T>()) T{{range}, std::forward<Fields>(fields)...};
  }

  template <typename T>
  llvm::ArrayRef<T> list(llvm::ArrayRef<T> elements) {
    static_assert(std::is_trivially_destructible_v<T>);
    T *copy = allocator.Allocate<T>(elements.size());
    std::uninitialized_copy(elements.begin(), elements.end(), copy);
    return {copy, elements.size()};
  }

  llvm::StringRef text(llvm::StringRef value) { return value.copy(allocator); }

private:
  llvm::BumpPtrAllocator allocator;
};

} // namespace pto::frontend
