// What is known of a value of a program before it runs: its kind, element type and shape.
// A dimension is a number, a symbol, or an expression in symbols; what cannot be told is Unknown, never guessed.
#pragma once

#include "compiler/frontend/program/Value.h"
#include "compiler/specialize/Dtype.h"

namespace pto::specialize {

using namespace program;

struct Dimension {
  enum class Kind : uint8_t { Unknown, Constant, Symbol, Expression };
  Kind kind = Kind::Unknown;
  int64_t size = 0;
  /// The symbol, or the expression as text.
  std::string text;
  /// Of an Expression; its names are the variables that the emitted program declares for the symbols.
  const Expr *expression = nullptr;

  static Dimension constant(int64_t size);
  static Dimension symbol(std::string name);
  bool isKnown() const { return kind != Kind::Unknown; }
  bool isConstant() const { return kind == Kind::Constant; }
  bool isSymbol() const { return kind == Kind::Symbol; }
};

struct Type {
  enum class Kind : uint8_t { Unknown, Tensor, Tile, Scalar, Tuple };
  Kind kind = Kind::Unknown;
  const Dtype *dtype = nullptr;
  std::vector<Dimension> shape; // of a Tensor or Tile
  std::vector<Type> elements;   // of a Tuple

  static Type tensor(const Dtype *dtype, std::vector<Dimension> shape) {
    return shaped(Kind::Tensor, dtype, std::move(shape));
  }
  static Type shaped(Kind kind, const Dtype *dtype, std::vector<Dimension> shape);
  static Type scalar(const Dtype *dtype);
  static Type tuple(std::vector<Type> elements);

  bool is(Kind other) const { return kind == other; }
  bool isShaped() const { return kind == Kind::Tensor || kind == Kind::Tile; }
  /// Enough is known to write an annotation.
  bool isComplete() const;
};

/// What a function does with a parameter.
enum class Direction : uint8_t { In, Out, InOut };

bool operator==(const Dimension &left, const Dimension &right);
bool operator==(const Type &left, const Type &right);
inline bool operator!=(const Dimension &left, const Dimension &right) {
  return !(left == right);
}
inline bool operator!=(const Type &left, const Type &right) {
  return !(left == right);
}

/// For messages: `Tensor[[M, 128], FP32]`.
std::string print(const Dimension &dimension);
std::string print(const Type &type);

/// What a bare constant of a program has: bool BOOL, int INDEX, float FP32; null for others.
const Dtype *defaultDtype(const Value &value);

/// `value` as one of `dtype`, or empty with the reason: a float is no integer, 300 does not fit in INT8.
std::optional<Value> convertScalar(const Value &value, const Dtype &dtype, std::string &reason);

} // namespace pto::specialize
