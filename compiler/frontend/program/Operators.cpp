// The operators of an expression: how they are spelled and how tightly they bind.
// The rows are in the order of the enumerations.
#include "compiler/frontend/program/Operators.h"

namespace pto::frontend {

namespace {

struct Row {
  llvm::StringLiteral spelling;
  Precedence precedence;
};

constexpr Row binaryRows[] = {
    {"or", OrPrecedence},         {"and", AndPrecedence},
    {"in", ComparisonPrecedence}, {"not in", ComparisonPrecedence},
    {"is", ComparisonPrecedence}, {"is not", ComparisonPrecedence},
    {"==", ComparisonPrecedence}, {"!=", ComparisonPrecedence},
    {"<", ComparisonPrecedence},  {"<=", ComparisonPrecedence},
    {">", ComparisonPrecedence},  {">=", ComparisonPrecedence},
    {"|", BitOrPrecedence},       {"^", BitXorPrecedence},
    {"&", BitAndPrecedence},      {"<<", ShiftPrecedence},
    {">>", ShiftPrecedence},      {"+", SumPrecedence},
    {"-", SumPrecedence},         {"*", ProductPrecedence},
    {"/", ProductPrecedence},     {"//", ProductPrecedence},
    {"%", ProductPrecedence},     {"@", ProductPrecedence},
    {"**", PowerPrecedence},
};

constexpr Row unaryRows[] = {
    {"not", NotPrecedence}, {"+", SignPrecedence}, {"-", SignPrecedence}, {"~", SignPrecedence}};

template <typename Operator, size_t N>
std::optional<Operator> find(const Row (&rows)[N], llvm::StringRef spelling) {
  for (size_t i = 0; i < N; ++i)
    if (rows[i].spelling == spelling)
      return static_cast<Operator>(i);
  return std::nullopt;
}

} // namespace

llvm::StringRef spelling(BinaryOperator op) {
  return binaryRows[static_cast<size_t>(op)].spelling;
}
llvm::StringRef spelling(UnaryOperator op) {
  return unaryRows[static_cast<size_t>(op)].spelling;
}
Precedence precedence(BinaryOperator op) {
  return binaryRows[static_cast<size_t>(op)].precedence;
}
Precedence precedence(UnaryOperator op) {
  return unaryRows[static_cast<size_t>(op)].precedence;
}
bool isComparison(BinaryOperator op) {
  return precedence(op) == ComparisonPrecedence;
}

std::optional<BinaryOperator> binaryOperator(llvm::StringRef spelling) {
  return find<BinaryOperator>(binaryRows, spelling);
}

std::optional<UnaryOperator> unaryOperator(llvm::StringRef spelling) {
  return find<UnaryOperator>(unaryRows, spelling);
}

} // namespace pto::frontend
