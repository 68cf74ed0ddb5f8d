// Generic functions before they are imported: what their text says, and what an entry's parameters are bound to.
// The importer makes one when it meets the first call of it, with the types that the arguments then have.
#pragma once

#include "compiler/dialect/program/DType.h"
#include "compiler/frontend/program/ModuleScope.h"

namespace pto::frontend {

/// What a function does with a parameter.
enum class Direction : uint8_t { In, Out, InOut };

/// A number, a symbol that stands for one, or neither: not known.
struct Dimension {
  int64_t size = -1;
  std::string symbol;

  static Dimension of(int64_t size) { return {size, {}}; }
  static Dimension of(std::string symbol) { return {-1, std::move(symbol)}; }
  bool isConstant() const { return size >= 0; }
  bool isSymbol() const { return !symbol.empty(); }
  friend bool operator==(const Dimension &left, const Dimension &right) {
    return left.size == right.size && left.symbol == right.symbol;
  }
};

using Shape = std::vector<Dimension>;

/// A tensor with a shape, else a scalar; an element type that is not known is empty.
struct ArgumentType {
  std::optional<prog::DType> dtype;
  std::optional<Shape> shape;

  /// Element type and all dimensions are known.
  bool isComplete() const;
};

struct GenericParameter {
  enum class Kind { Unannotated, Tensor, Scalar, Other };

  llvm::StringRef name;
  SourceRange range;
  Kind kind = Kind::Unannotated;
  Direction direction = Direction::In;
  /// As far as the annotation says it.
  ArgumentType type;
  /// What is written inside Out[…] or InOut[…], or the whole annotation; and the names it is in.
  const Expr *annotation = nullptr;
  const Scope *scope = nullptr;
  const Expr *defaultValue = nullptr;
};

struct DynamicDimension {
  size_t parameter;
  size_t dimension;
  std::string symbol;
  /// Where it is bound: the `bind_dynamic`, the annotation, or the call that passes it to a function that binds it.
  SourceRange site;
  /// Said by the function itself, not by one that it calls.
  bool own;
};

struct GenericFunction {
  const Function *function;
  const Scope *scope;
  /// Null for a method of a program.
  const Definition *definition;
  std::vector<GenericParameter> parameters;
  /// How often each name is bound in it; parameters count once.
  llvm::StringMap<unsigned> locals;
  /// `rows = pl.dynamic("M")`: rows → M.
  llvm::StringMap<std::string> localSymbols;
  std::vector<DynamicDimension> dynamics;

  llvm::StringRef name() const { return function->name; }
  bool isLocal(llvm::StringRef name) const { return name == "self" || locals.contains(name); }
};

/// What a parameter of an entry is. A scalar without a value is one at run time.
struct BoundParameter {
  ArgumentType type;
  std::optional<Value> value;
};

/// A generic entry with all that it needs to become a program.
struct Specialization {
  const GenericFunction &entry;
  llvm::ArrayRef<BoundParameter> parameters;
  /// The generic function that a definition in the file makes; null for any other.
  llvm::function_ref<const GenericFunction *(const Function *)> find;
};

/// What a bare constant of a program has: bool BOOL, int INDEX, float FP32; empty for others.
std::optional<prog::DType> defaultDtype(const Value &value);

/// `value` as one of `dtype`, or empty with the reason: a float is no integer, 300 does not fit in INT8.
std::optional<Value> convertScalar(const Value &value, prog::DType dtype, std::string &reason);

/// As a program writes it: `pl.Tensor[[M, 128], pl.FP32]`, `pl.Scalar[pl.INT32]`.
std::string print(const ArgumentType &type);

} // namespace pto::frontend
