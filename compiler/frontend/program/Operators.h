// The operators of an expression: how they are spelled and how tightly they bind.
// One table for the parser and the printers.
#pragma once

#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <optional>

namespace pto::frontend {

enum class BinaryOperator : uint8_t {
  Or,
  And,
  In,
  NotIn,
  Is,
  IsNot,
  Eq,
  Ne,
  Lt,
  Le,
  Gt,
  Ge,
  BitOr,
  BitXor,
  BitAnd,
  ShiftLeft,
  ShiftRight,
  Add,
  Sub,
  Mul,
  FloatDiv,
  FloorDiv,
  FloorMod,
  MatMul,
  Pow
};

enum class UnaryOperator : uint8_t { Not, Plus, Neg, BitNot };

/// Larger binds tighter. A conditional expression binds looser than all, an atom tighter.
enum Precedence : uint8_t {
  ConditionalPrecedence,
  OrPrecedence,
  AndPrecedence,
  NotPrecedence,
  ComparisonPrecedence,
  BitOrPrecedence,
  BitXorPrecedence,
  BitAndPrecedence,
  ShiftPrecedence,
  SumPrecedence,
  ProductPrecedence,
  SignPrecedence,
  PowerPrecedence,
  AtomPrecedence
};

llvm::StringRef spelling(BinaryOperator op);
llvm::StringRef spelling(UnaryOperator op);
Precedence precedence(BinaryOperator op);
Precedence precedence(UnaryOperator op);
bool isComparison(BinaryOperator op);

/// Of one token: `not in` and `is not` are the parser's affair.
std::optional<BinaryOperator> binaryOperator(llvm::StringRef spelling);
std::optional<UnaryOperator> unaryOperator(llvm::StringRef spelling);

} // namespace pto::frontend
