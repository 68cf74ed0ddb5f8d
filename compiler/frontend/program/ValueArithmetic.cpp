// Arithmetic on values that are known before a program runs.
// Python's rules, in 64 bits: what does not fit is Unknown.
#include "compiler/frontend/program/Value.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"
#include <cmath>

namespace pto::frontend {

namespace {

using Kind = Value::Kind;

Value overflow() {
  return Value::unknown("an integer that does not fit in 64 bits");
}

Value unsupported(BinaryOperator op, const Value &left, const Value &right) {
  return Value::unknown("'" + spelling(op).str() + "' of " + describe(left.kind).str() + " and " +
                        describe(right.kind).str() + ", which is not a constant");
}

Value power(int64_t base, int64_t exponent) {
  if (exponent < 0)
    return Value::ofFloat(std::pow(double(base), double(exponent)));
  int64_t result = 1;
  while (exponent) {
    if ((exponent & 1) && llvm::MulOverflow(result, base, result))
      return overflow();
    exponent >>= 1;
    if (exponent && llvm::MulOverflow(base, base, base))
      return overflow();
  }
  return Value::ofInteger(result);
}

Value integers(BinaryOperator op, int64_t left, int64_t right) {
  int64_t result = 0;
  switch (op) {
  case BinaryOperator::Add:
    return llvm::AddOverflow(left, right, result) ? overflow() : Value::ofInteger(result);
  case BinaryOperator::Sub:
    return llvm::SubOverflow(left, right, result) ? overflow() : Value::ofInteger(result);
  case BinaryOperator::Mul:
    return llvm::MulOverflow(left, right, result) ? overflow() : Value::ofInteger(result);
  case BinaryOperator::FloatDiv:
    return right == 0 ? Value::unknown("a division by zero") : Value::ofFloat(double(left) / double(right));
  case BinaryOperator::FloorDiv:
  case BinaryOperator::FloorMod: {
    if (right == 0)
      return Value::unknown("a division by zero");
    if (left == INT64_MIN && right == -1)
      return op == BinaryOperator::FloorDiv ? overflow() : Value::ofInteger(0);
    int64_t quotient = llvm::divideFloorSigned(left, right);
    return Value::ofInteger(op == BinaryOperator::FloorDiv ? quotient : left - quotient * right);
  }
  case BinaryOperator::Pow:
    return power(left, right);
  case BinaryOperator::BitAnd:
    return Value::ofInteger(left & right);
  case BinaryOperator::BitOr:
    return Value::ofInteger(left | right);
  case BinaryOperator::BitXor:
    return Value::ofInteger(left ^ right);
  case BinaryOperator::ShiftLeft:
    if (right < 0)
      return Value::unknown("a shift by a negative number");
    if (left == 0)
      return Value::ofInteger(0);
    return right > 62 || llvm::MulOverflow(left, int64_t(1) << right, result) ? overflow() : Value::ofInteger(result);
  case BinaryOperator::ShiftRight:
    return right < 0 ? Value::unknown("a shift by a negative number")
                     : Value::ofInteger(left >> std::min<int64_t>(right, 63));
  default:
    return unsupported(op, Value::ofInteger(left), Value::ofInteger(right));
  }
}

Value floats(BinaryOperator op, double left, double right) {
  switch (op) {
  case BinaryOperator::Add:
    return Value::ofFloat(left + right);
  case BinaryOperator::Sub:
    return Value::ofFloat(left - right);
  case BinaryOperator::Mul:
    return Value::ofFloat(left * right);
  case BinaryOperator::Pow:
    return Value::ofFloat(std::pow(left, right));
  case BinaryOperator::FloatDiv:
  case BinaryOperator::FloorDiv:
  case BinaryOperator::FloorMod:
    if (right == 0)
      return Value::unknown("a division by zero");
    if (op == BinaryOperator::FloatDiv)
      return Value::ofFloat(left / right);
    return Value::ofFloat(op == BinaryOperator::FloorDiv ? std::floor(left / right)
                                                         : left - std::floor(left / right) * right);
  default:
    return unsupported(op, Value::ofFloat(left), Value::ofFloat(right));
  }
}

/// Empty if the two have no order.
std::optional<int> order(const Value &left, const Value &right) {
  auto sign = [](const auto &a, const auto &b) { return a < b ? -1 : b < a ? 1 : 0; };
  if (left.isNumber() && right.isNumber()) {
    if (left.is(Kind::Float) || right.is(Kind::Float))
      return sign(left.asFloat(), right.asFloat());
    return sign(left.integer, right.integer);
  }
  if (left.is(Kind::String) && right.is(Kind::String))
    return sign(left.text, right.text);
  return std::nullopt;
}

bool hasSymbol(const Value &value) {
  return value.is(Kind::Symbol) || llvm::any_of(value.elements(), hasSymbol);
}

Value compare(BinaryOperator op, const Value &left, const Value &right) {
  // A dynamic dimension is a number that is not known yet: it equals itself, and nothing else can be said.
  if (hasSymbol(left) || hasSymbol(right)) {
    bool isEquality = op == BinaryOperator::Eq || op == BinaryOperator::Ne;
    return isEquality && left == right ? Value::boolean(op == BinaryOperator::Eq)
                                       : Value::unknown("a comparison of dynamic dimensions");
  }
  switch (op) {
  case BinaryOperator::Eq:
    return Value::boolean(left == right);
  case BinaryOperator::Ne:
    return Value::boolean(!(left == right));
  case BinaryOperator::Is:
    return Value::boolean(left.kind == right.kind && left == right);
  case BinaryOperator::IsNot:
    return Value::boolean(left.kind != right.kind || !(left == right));
  case BinaryOperator::In:
  case BinaryOperator::NotIn:
    if (!right.isSequence())
      return unsupported(op, left, right);
    return Value::boolean(llvm::is_contained(right.elements(), left) == (op == BinaryOperator::In));
  default:
    break;
  }
  std::optional<int> sign = order(left, right);
  if (!sign)
    return unsupported(op, left, right);
  return Value::boolean(op == BinaryOperator::Lt   ? *sign < 0
                        : op == BinaryOperator::Le ? *sign <= 0
                        : op == BinaryOperator::Gt ? *sign > 0
                                                   : *sign >= 0);
}

Value repeated(const Value &sequence, int64_t count) {
  constexpr int64_t most = 1 << 16;
  if (count > most)
    return Value::unknown("a repetition of more than " + std::to_string(most) + " times");
  std::string text;
  std::vector<Value> elements;
  for (int64_t i = 0; i < count; ++i) {
    text += sequence.text;
    elements.insert(elements.end(), sequence.elements().begin(), sequence.elements().end());
    if (text.size() > size_t(most) || elements.size() > size_t(most))
      return Value::unknown("a repetition that is too long");
  }
  return sequence.is(Kind::String) ? Value::ofString(text) : Value::list(sequence.kind, std::move(elements));
}

Value extreme(std::vector<Value> values, bool largest) {
  if (values.size() == 1 && values.front().isSequence())
    values = std::vector<Value>(values.front().elements());
  if (values.empty())
    return Value::unknown("the minimum or maximum of nothing");
  Value best = values.front();
  for (const Value &value : values) {
    std::optional<int> sign = order(value, best);
    if (!sign)
      return Value::unknown("the minimum or maximum of values without an order");
    if (largest ? *sign > 0 : *sign < 0)
      best = value;
  }
  return best;
}

Value toInteger(const Value &value) {
  if (!value.is(Kind::Float))
    return Value::ofInteger(value.integer);
  bool fits = value.real > -9.2e18 && value.real < 9.2e18;
  return fits ? Value::ofInteger(int64_t(value.real)) : overflow();
}

Value rangeOf(const std::vector<Value> &arguments) {
  int64_t start = arguments.size() > 1 ? arguments[0].integer : 0;
  int64_t stop = arguments[arguments.size() > 1].integer;
  int64_t step = arguments.size() > 2 ? arguments[2].integer : 1;
  constexpr size_t most = size_t(1) << 16;
  std::vector<Value> elements;
  for (int64_t i = start; step > 0 ? i < stop : step < 0 && i > stop;) {
    elements.push_back(Value::ofInteger(i));
    if (elements.size() >= most || llvm::AddOverflow(i, step, i))
      return Value::unknown("a range of more than " + std::to_string(most) + " numbers");
  }
  return Value::list(Kind::List, std::move(elements));
}

constexpr llvm::StringLiteral builtins[] = {"len", "min",   "max",  "abs",  "sum",   "round",
                                            "int", "float", "bool", "list", "tuple", "range"};

} // namespace

Value apply(BinaryOperator op, const Value &left, const Value &right) {
  if (left.is(Kind::Unknown) || right.is(Kind::Unknown))
    return left.is(Kind::Unknown) ? left : right;
  if (op == BinaryOperator::And || op == BinaryOperator::Or) {
    std::optional<bool> truth = left.truth();
    if (!truth)
      return unsupported(op, left, right);
    return *truth == (op == BinaryOperator::And) ? right : left;
  }
  if (isComparison(op))
    return compare(op, left, right);
  if (left.isNumber() && right.isNumber()) {
    if (left.is(Kind::Float) || right.is(Kind::Float))
      return floats(op, left.asFloat(), right.asFloat());
    Value result = integers(op, left.integer, right.integer);
    bool logical = op == BinaryOperator::BitAnd || op == BinaryOperator::BitOr || op == BinaryOperator::BitXor;
    return logical && left.is(Kind::Bool) && right.is(Kind::Bool) ? Value::boolean(result.integer) : result;
  }
  if (op == BinaryOperator::Add && left.is(Kind::String) && right.is(Kind::String))
    return Value::ofString(left.text + right.text);
  if (op == BinaryOperator::Add && left.isSequence() && left.kind == right.kind) {
    std::vector<Value> elements = left.elements();
    elements.insert(elements.end(), right.elements().begin(), right.elements().end());
    return Value::list(left.kind, std::move(elements));
  }
  bool leftRepeats = (left.isSequence() || left.is(Kind::String)) && right.is(Kind::Integer);
  bool rightRepeats = (right.isSequence() || right.is(Kind::String)) && left.is(Kind::Integer);
  if (op == BinaryOperator::Mul && (leftRepeats || rightRepeats))
    return leftRepeats ? repeated(left, right.integer) : repeated(right, left.integer);
  return unsupported(op, left, right);
}

Value apply(UnaryOperator op, const Value &operand) {
  if (operand.is(Kind::Unknown))
    return operand;
  if (op == UnaryOperator::Not) {
    std::optional<bool> truth = operand.truth();
    return truth ? Value::boolean(!*truth) : Value::unknown("'not' of " + describe(operand.kind).str());
  }
  if (!operand.isNumber() || (op == UnaryOperator::BitNot && operand.is(Kind::Float)))
    return Value::unknown("'" + spelling(op).str() + "' of " + describe(operand.kind).str());
  if (operand.is(Kind::Float))
    return Value::ofFloat(op == UnaryOperator::Neg ? -operand.real : operand.real);
  if (op == UnaryOperator::BitNot)
    return Value::ofInteger(~operand.integer);
  if (op == UnaryOperator::Plus)
    return Value::ofInteger(operand.integer);
  return operand.integer == INT64_MIN ? overflow() : Value::ofInteger(-operand.integer);
}

bool isBuiltin(llvm::StringRef name) {
  return llvm::is_contained(builtins, name);
}

Value callBuiltin(llvm::StringRef name, const std::vector<Value> &arguments) {
  for (const Value &argument : arguments)
    if (argument.is(Kind::Unknown))
      return argument;
  const Value *first = arguments.empty() ? nullptr : &arguments.front();
  if (name == "min" || name == "max")
    return extreme(arguments, name == "max");
  if (name == "range" && first && arguments.size() <= 3 &&
      llvm::all_of(arguments, [](const Value &value) { return value.is(Kind::Integer); }))
    return rangeOf(arguments);
  if (arguments.size() == 1 && first->isNumber()) {
    if (name == "abs")
      return first->asFloat() < 0 ? apply(UnaryOperator::Neg, *first) : apply(UnaryOperator::Plus, *first);
    if (name == "round")
      return toInteger(first->is(Kind::Float) ? Value::ofFloat(std::nearbyint(first->real)) : *first);
    if (name == "int")
      return toInteger(*first);
    if (name == "float")
      return Value::ofFloat(first->asFloat());
  }
  if (arguments.size() == 1 && name == "bool" && first->truth())
    return Value::boolean(*first->truth());
  if (arguments.size() == 1 && name == "float" && first->is(Kind::String)) {
    llvm::StringRef text = first->text;
    double sign = text.consume_front("-") ? -1 : 1;
    if (text == "inf")
      return Value::ofFloat(sign * INFINITY);
    if (text == "nan")
      return Value::ofFloat(NAN);
  }
  if (arguments.size() == 1 && name == "len" && first->is(Kind::String))
    return Value::ofInteger(int64_t(first->text.size()));
  if (arguments.size() == 1 && first->isSequence()) {
    if (name == "len")
      return Value::ofInteger(int64_t(first->elements().size()));
    if (name == "list" || name == "tuple")
      return Value::list(name == "list" ? Kind::List : Kind::Tuple, first->elements());
    if (name == "sum") {
      Value total = Value::ofInteger(0);
      for (const Value &element : first->elements())
        total = apply(BinaryOperator::Add, total, element);
      return total;
    }
  }
  return Value::unknown("'" + name.str() + "' of something that is not a constant");
}

} // namespace pto::frontend
